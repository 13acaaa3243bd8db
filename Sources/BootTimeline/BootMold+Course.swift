import DeviceEvents
import LineReading

// Which boots leave the same behind whenever they take the same course.
extension BootMold {
  /// Whether nothing in a record depends on more than its boot's lines: on times, on boots before, on updates.
  static func isMoldable(_ record: BootRecord) -> Bool {
    let boot = record.boot
    guard boot.index > 0, boot.beganInLog, boot.endsAtNextBeginning, boot.lostNetwork == nil,
      boot.repeats == 0, record.updates.isEmpty, !record.hasProseAroundCrash,
      record.elidedCrashes == 0, !record.mayTellOfAnother
    else { return false }
    return record.crashes.allSatisfy { crash in
      crash.isBeginningKnown && crash.resolvedCalls.isEmpty && crash.coreDump == .none
        && crash.coreDumpLines == nil && crash.update == nil
        && boot.segments.starts(with: crash.segments)
        && (crash.kind != .cacheError || crash.faultAddress == nil)
    }
  }

  /// Whether a text of the record quotes what another boot has otherwise: a line's time, or a number of a crash.
  static func quotesTimes(_ record: BootRecord, _ lines: [RecordedStep]) -> Bool {
    let texts =
      record.crashes.compactMap(\.message) + record.crashes.compactMap(\.reason)
      + record.notices.compactMap(\.notice.detail)
    var numbers: Set<UInt32> = []
    for text in texts {
      let isFree = Array(text.utf8).withUnsafeBufferPointer { bytes in
        let text = ByteText(bytes)
        for start in FreeNumbers.numbers(in: text) {
          if let number = HexadecimalWord.value(in: text, at: start) { numbers.insert(number) }
        }
        return text.firstLogPrefix(from: 0) == nil
      }
      guard isFree else { return true }
    }
    return !numbers.isEmpty && lines.contains { $0.hasFree(among: numbers) }
  }

  /// Which lines tell the times of the boot's segments; nil where that is not clear.
  static func segmentTimes(
    _ record: BootRecord, _ lines: [RecordedStep]
  ) -> [(place: Int, segment: Int)]? {
    var times: [(place: Int, segment: Int)] = []
    var count = 0
    for (place, line) in lines.enumerated() {
      for case .segment(let segment) in line.step.events {
        guard record.boot.segments.indices.contains(count),
          record.boot.segments[count] == segment
        else { return nil }
        if line.step.facts.change.hasTime, segment.time != nil { times.append((place, count)) }
        count += 1
      }
    }
    return count == record.boot.segments.count ? times : nil
  }
}

extension RecordedStep {
  /// Whether what the line told means the same in any boot that takes the same course.
  var isMoldable: Bool {
    guard line != nil, !step.facts.change.isInCoreDump else { return false }
    return step.events.allSatisfy { event in
      switch event {
      case .rom, .bootloader, .segment, .application, .taskWatchdog, .power, .watched: true
      case .panic(let line):
        switch line {
        case .resolved, .gdbStub: false
        default: true
        }
      // Whether it contradicts the ROM may be a matter of its time.
      case .bootLine(let told):
        told.subject == .thisNode && (told.partition != nil || step.facts.change.hasTime)
      case .notice(let notice): isMoldable(notice.kind)
      case .update, .coreDump, .clockWentBack, .foreign: false
      }
    }
  }

  private func isMoldable(_ kind: NoticeKind) -> Bool {
    switch kind {
    case .crashRetold, .otherChipNamed, .earlierCrashReported, .mcubootReverts: return false
    default: break
    }
    // Who says it, bootloader or app, may be a matter of its time.
    return step.facts.stage > .bootloader || kind.isFromROM || kind.isFromBootloader
  }

  /// Whether one of the numbers that another boot may have otherwise is among these.
  fileprivate func hasFree(among numbers: Set<UInt32>) -> Bool {
    step.text.withUnsafeBufferPointer { bytes in
      step.freeNumbers.contains { start in
        HexadecimalWord.value(in: ByteText(bytes), at: start).map(numbers.contains) ?? true
      }
    }
  }
}

extension DeviceEvent {
  /// Whether nothing of the line's text comes into a boot's record but what the event itself says, and the reference
  /// to the line.
  var isToldWithoutItsText: Bool {
    switch self {
    case .bootloader, .application, .bootLine, .power, .notice, .watched: true
    case .rom, .segment, .update, .panic, .taskWatchdog, .coreDump, .clockWentBack, .foreign: false
    }
  }
}
