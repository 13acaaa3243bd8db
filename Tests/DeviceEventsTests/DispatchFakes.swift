import LineReading

@testable import DeviceEvents

/// Decoders that only say what reached them, so that the dispatch is tested by itself.
enum FakeBootloader: MessageDecoder {
  static let tags: [StaticString] = ["boot", "wifi"]
  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard message.message.has("ESP-IDF") else { return false }
    body(.bootloader(.banner(idf: message.message.string)))
    return true
  }
}

enum FakeLateBootloader: MessageDecoder {
  static let tags: [StaticString] = ["boot"]
  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    body(.bootloader(.other))
    return true
  }
}

enum FakeReluctant: MessageDecoder {
  static let tags: [StaticString] = ["main"]
  static let interest = MessageInterest.messagesWithMarkers
  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    body(.application(.project(message.message.string)))
    return true
  }
}

enum FakeROM: PlainDecoder {
  static let markers: [StaticString] = ["ESP-ROM:", "rst:0x"]
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    guard text.has("ESP-ROM:") || text.has("rst:0x") else { return false }
    body(.rom(.banner(text: text.string, chip: nil)))
    return true
  }
}

enum FakePanic: PlainDecoder {
  static let markers: [StaticString] = ["Guru Meditation Error", "Backtrace:"]
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    if text.has("Guru Meditation Error") {
      body(.panic(.header(reason: text.string, core: nil)))
    } else if text.has("Backtrace:") {
      body(.panic(.halted))
    } else {
      return false
    }
    return true
  }
}

enum FakeCoreDump: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = ["esp_core_dump_uart"]
  static let markers: [StaticString] = ["= CORE DUMP START =", "= CORE DUMP END ="]
  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    body(.coreDump(.progress))
    return true
  }
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    guard text.has("==="), text.contains("CORE DUMP") else { return false }
    body(.coreDump(text.contains("START") ? .begins : .ends))
    return true
  }
}

/// Finds its words by what stands before them, as a boot line's decoder does.
enum FakeBackward: PlainDecoder {
  static let markers: [StaticString] = ["running_partition="]
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool { false }
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    body(.application(.version(text.slice(from: 0, to: position).string)))
    return true
  }
}

extension EventDecoder {
  /// A decoder with the fakes for its decoders.
  static func fake(watching patterns: [LinePattern] = []) -> EventDecoder {
    EventDecoder(
      plan: DispatchPlan(
        messages: [
          FakeBootloader.self, FakeLateBootloader.self, FakeReluctant.self, FakeCoreDump.self,
        ],
        plain: [FakeROM.self, FakePanic.self, FakeCoreDump.self, FakeBackward.self]),
      watching: patterns)
  }

  /// The events of a whole log.
  mutating func events(of log: String) -> [DeviceEvent] { events(of: Array(log.utf8)) }

  mutating func events(of bytes: [UInt8]) -> [DeviceEvent] {
    var reader = LineReader()
    var events: [DeviceEvent] = []
    bytes.withUnsafeBufferPointer {
      reader.feed($0) { line in decode(line) { events.append($0) } }
    }
    reader.finish { line in decode(line) { events.append($0) } }
    return events
  }
}
