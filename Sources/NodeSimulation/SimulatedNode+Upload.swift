import CNodeServer

/// `POST /ota`, in the order of the firmware's handler.
extension SimulatedNode {
  func upload(_ exchange: Exchange, _ bytes: UnsafeRawBufferPointer) -> cnode_course {
    switch exchange.stage {
    case .headers: return beginUpload(exchange)
    case .erasing:
      exchange.stage = .body
      return cnode_go_on
    case .body: return bytes.isEmpty ? endUpload(exchange) : write(bytes, of: exchange)
    case .done: return cnode_close
    }
  }

  private func beginUpload(_ exchange: Exchange) -> cnode_course {
    guard allows(exchange) else { return refuse(exchange, .notAllowed) }
    exchange.announced = exchange.header("Content-Length").flatMap { Int($0) } ?? 0
    console.line(
      "I", "ota_update", "OTA update started, content_length=\(exchange.announced)")
    guard exchange.announced > 0, exchange.announced <= setup.scenario.maximumSize else {
      return refuse(exchange, .wrongSize)
    }
    if case .fails(.noPartition) = setup.scenario.upload { return fail(exchange, .noPartition) }
    if case .fails(.begin) = setup.scenario.upload { return fail(exchange, .begin) }
    // An image that is on trial may not be replaced by the next one.
    if flash.bootChoice.isPending { return fail(exchange, .begin) }
    state.uploadsBegun += 1
    uploading = exchange
    flash.images[state.running.other] = nil
    exchange.stage = .erasing
    publish()
    let erase: Duration
    if case .erases(let long) = setup.scenario.upload {
      erase = long
    } else {
      erase = setup.timing.erase
    }
    return wait(exchange, erase)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, of exchange: Exchange) -> cnode_course {
    let before = exchange.check.count
    exchange.check.take(bytes)
    let now = exchange.check.count
    guard exchange.check.beginsAsImage else {
      console.line("E", "esp_ota_ops", "OTA image has invalid magic byte, expected 0xE9")
      return failMidway(exchange, .write)
    }
    if now / 65_536 > before / 65_536 {
      let (done, all) = (now / 65_536 * 65_536, exchange.announced)
      console.line(
        "I", "ota_update", "OTA progress: \(done) / \(all) bytes (\(done * 100 / all)%)")
    }
    if now >= exchange.announced / 2, let course = endHalfway(exchange) { return course }
    return wait(
      exchange, .seconds(Double(bytes.count) / Double(max(1, setup.timing.bytesPerSecond))))
  }

  /// What the scenario has for the middle of the body; nil where it goes on.
  private func endHalfway(_ exchange: Exchange) -> cnode_course? {
    switch setup.scenario.upload {
    case .diesHalfway(let reason):
      uploading = nil
      if reason == .brownout {
        console.brownout()
        reset(.brownout)
      } else {
        later(.zero) { $0.panic(.loadProhibited) }
      }
      return exchange.resetConnection()
    case .hangs:
      later(setup.timing.watchdog) { node in
        node.console.taskWatchdog()
        node.reset(.taskWatchdog)
      }
      return cnode_wait
    case .fails(.receive): return failMidway(exchange, .receive)
    case .fails(.write): return failMidway(exchange, .write)
    case .works, .erases, .fails, .forgetsTheNewSlot, .diesAtTheEnd, .resetsAfterTheAnswer,
      .resetsInsteadOfTheAnswer:
      return nil
    }
  }

  private func endUpload(_ exchange: Exchange) -> cnode_course {
    let slot = state.running.other
    if case .diesAtTheEnd = setup.scenario.upload {
      uploading = nil
      console.verification(exchange.check.segments, of: slot)
      later(.zero) { $0.panic(.handlerOverflow) }
      return exchange.resetConnection()
    }
    var image: StoredImage
    do throws(ImageCheck.Failure) {
      image = try exchange.check.finish()
      if case .fails(.validation) = setup.scenario.upload { throw .hash }
    } catch {
      console.refused(error, exchange.check.segments, slot)
      return fail(exchange, .validation)
    }
    console.verification(image.segments, of: slot)
    image.conduct = setup.scenario.newImage
    flash.images[slot] = image
    if case .fails(.setBoot) = setup.scenario.upload { return fail(exchange, .setBoot) }
    console.verification(image.segments, of: slot)
    return succeed(exchange, slot)
  }

  private func succeed(_ exchange: Exchange, _ slot: PartitionSlot) -> cnode_course {
    if setup.scenario.upload != .forgetsTheNewSlot {
      flash.bootChoice.set(slot, setup.scenario.rollback)
      flash.images[state.running]?.conduct = setup.scenario.oldImage
      state.uploadsTaken += 1
    }
    console.line(
      "I", "ota_update", "OTA update successful! Rebooting to partition '\(slot.rawValue)'...")
    finishUpload()
    publish()
    reset(.software, after: setup.timing.restart)
    if setup.scenario.upload == .resetsInsteadOfTheAnswer { return exchange.resetConnection() }
    var reply = Reply.updated
    if setup.scenario.upload == .resetsAfterTheAnswer { reply.ending = .reset }
    return exchange.answer(reply)
  }

  // MARK: - Waiting and failing

  private func wait(_ exchange: Exchange, _ duration: Duration) -> cnode_course {
    later(duration) { node in
      exchange.resume()
      node.runServer()
    }
    return cnode_wait
  }

  private func fail(_ exchange: Exchange, _ failure: UploadFailure) -> cnode_course {
    console.failure(failure, of: exchange.check)
    log(.failure(500, failure.rawValue))
    finishUpload(exchange)
    return exchange.answer(.failure(500, failure.rawValue))
  }

  private func failMidway(_ exchange: Exchange, _ failure: UploadFailure) -> cnode_course {
    console.failure(failure, of: exchange.check)
    log(.failure(500, failure.rawValue))
    finishUpload(exchange)
    return exchange.answerMidway(.failure(500, failure.rawValue))
  }

  private func finishUpload(_ exchange: Exchange) {
    if uploading === exchange { finishUpload() }
  }

  /// The handler returns: those who waited for it are served.
  func finishUpload() {
    uploading = nil
    publish()
    later(.zero) { node in
      for exchange in node.exchanges.values where exchange.stage == .headers { exchange.resume() }
      node.runServer()
    }
  }
}
