import CNodeServer

/// The handlers of the firmware.
extension SimulatedNode {
  /// Called with the headers, with each portion of the body, and at its end, and again after a wait.
  func serve(_ exchange: Exchange, _ bytes: UnsafeRawBufferPointer) -> cnode_course {
    if exchanges.updateValue(exchange, forKey: ObjectIdentifier(exchange)) == nil {
      state.requests += 1
      publish()
    }
    if exchange.stage == .headers, uploading != nil, uploading !== exchange {
      // The firmware's server is one task: while it writes an image, others wait.
      return cnode_wait
    }
    if setup.scenario.service == .otherWebServer {
      return exchange.answer(
        Reply(
          status: 404, contentType: "text/html",
          body: Array("<html><body><h1>Not Found</h1></body></html>".utf8)))
    }
    switch (exchange.method, exchange.path) {
    case ("GET", "/ota/status"): return tellStatus(exchange)
    case ("POST", "/ota"): return upload(exchange, bytes)
    case ("POST", "/ota/set-target"): return setTarget(exchange, bytes)
    case ("POST", "/ota/recalibrate"): return recalibrate(exchange, bytes)
    case (_, "/ota/status"), (_, "/ota"), (_, "/ota/set-target"), (_, "/ota/recalibrate"):
      return refuse(exchange, .wrongMethod)
    default: return refuse(exchange, .notFound)
    }
  }

  /// A request is over, however it ended.
  func end(_ exchange: Exchange) {
    exchange.isDone()
    exchanges[ObjectIdentifier(exchange)] = nil
    if uploading === exchange {
      if exchange.stage == .body || exchange.stage == .erasing {
        console.line("E", "ota_update", "OTA receive error at byte \(exchange.check.count)")
      }
      finishUpload()
    }
  }

  /// An answer that tells of a failure, and what the device logs about it.
  func refuse(_ exchange: Exchange, _ reply: Reply) -> cnode_course {
    log(reply)
    return exchange.answer(reply)
  }

  func log(_ reply: Reply) {
    let text = String(decoding: reply.body, as: UTF8.self)
    console.line("W", "httpd_txrx", "httpd_resp_send_err: \(reply.statusLine) - \(text)")
    console.line("W", "httpd_uri", "httpd_uri: uri handler execution failed")
  }

  /// Whether the request bears the node's key; logs why not.
  func allows(_ exchange: Exchange) -> Bool {
    switch setup.scenario.access {
    case .open: return true
    case .noKeyProvisioned:
      console.line(
        "W", "ota_update", "OTA rejected: no PSK in NVS (run provision.py --ota-psk <hex>)")
    case .withUnknownKey: break
    case .withKey:
      if exchange.header("Authorization") == "Bearer \(setup.key)" { return true }
    }
    console.line("W", "ota_update", "OTA upload rejected: authentication failed")
    return false
  }

  // MARK: - Status

  private func tellStatus(_ exchange: Exchange) -> cnode_course {
    if exchange.stage == .headers {
      // An answer before the request's end would also end the connection.
      exchange.stage = .body
      return cnode_go_on
    }
    let text = statusText
    var reply = Reply.json(text)
    switch setup.scenario.status {
    case .answers: break
    case .cutsTheJSON: reply = .json(String(text.prefix(text.count / 2)))
    case .cutsTheAnswer:
      reply.declared = UInt64(reply.body.count)
      reply.body = Array(reply.body.prefix(reply.body.count / 2))
    case .stalls:
      exchange.stage = .done
      return cnode_wait
    case .neverEnds:
      reply.body = Array((#"{"version":""# + String(repeating: "0.6.4-", count: 160)).utf8)
      reply.declared = UInt64.max
    case .redirects:
      reply = Reply(
        status: 302, contentType: "text/html", body: [],
        location: "http://\(socket.host):\(socket.port)/login")
    }
    return exchange.answer(reply)
  }

  private var statusText: String {
    let build = running?.descriptor ?? BuildDescription()
    return
      "{\"version\":\"\(build.version)\",\"date\":\"\(build.date)\",\"time\":\"\(build.time)\","
      + "\"running_partition\":\"\(state.running.rawValue)\","
      + "\"next_partition\":\"\(state.running.other.rawValue)\","
      + "\"max_size\":\(setup.scenario.maximumSize)}"
  }

  // MARK: - Settings

  private func setTarget(_ exchange: Exchange, _ bytes: UnsafeRawBufferPointer) -> cnode_course {
    if exchange.stage == .headers {
      guard allows(exchange) else { return refuse(exchange, .notAllowed) }
      exchange.stage = .body
      return cnode_go_on
    }
    guard bytes.isEmpty else {
      // An address and a port need no more.
      exchange.text += bytes.prefix(64 - min(64, exchange.text.count))
      return cnode_go_on
    }
    let text = String(decoding: exchange.text, as: UTF8.self)
    guard let target = Target(text) else {
      return refuse(exchange, .failure(400, "Invalid target (must be IPv4:PORT)"))
    }
    switch setup.scenario.settings {
    case .openFails, .writeFails:
      return refuse(exchange, .failure(500, setup.scenario.settings.rawValue))
    case .work, .commitFails: break
    }
    flash.target = target.text
    publish()
    reset(.software, after: setup.timing.restart)
    return exchange.answer(
      .json(
        "{\"status\":\"ok\",\"target_ip\":\"\(target.host)\",\"target_port\":\(target.port)}"))
  }

  private func recalibrate(_ exchange: Exchange, _ bytes: UnsafeRawBufferPointer) -> cnode_course {
    if exchange.stage == .headers {
      guard allows(exchange) else { return refuse(exchange, .notAllowed) }
      exchange.stage = .body
      return cnode_go_on
    }
    guard bytes.isEmpty else { return cnode_go_on }
    switch setup.scenario.settings {
    case .openFails, .commitFails:
      return refuse(exchange, .failure(500, setup.scenario.settings.rawValue))
    case .work, .writeFails: break
    }
    reset(.software, after: setup.timing.restart)
    return exchange.answer(
      .json(#"{"status":"ok","message":"Calibration cleared. Rebooting..."}"#))
  }
}

/// Where measurements are sent: `IPv4:PORT`.
struct Target {
  let host: String
  let port: UInt16

  var text: String { "\(host):\(port)" }

  init?(_ text: String) {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count == 2, let port = UInt16(halves[1]), port > 0 else { return nil }
    let numbers = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 4, numbers.allSatisfy({ UInt8($0) != nil && !$0.hasPrefix("+") }) else {
      return nil
    }
    host = String(halves[0])
    self.port = port
  }
}
