import LineReading

@testable import DeviceEvents

/// Runs the crash decoders over a line as the dispatch does: the whole line first, then every marker
/// behind its start.
enum CrashReading {
  static func events(_ line: String) -> [DeviceEvent] { events(Array(line.utf8)) }

  static func events(_ bytes: [UInt8]) -> [DeviceEvent] {
    bytes.withUnsafeBufferPointer { buffer in
      let text = ByteText(buffer)
      var events: [DeviceEvent] = []
      _ =
        PanicDecoder.decode(text) { events.append($0) }
        || TaskWatchdogDecoder.decode(text) { events.append($0) }
        || CoreDumpDecoder.decode(text) { events.append($0) }
      for position in stride(from: 1, to: text.count, by: 1) {
        run(PanicDecoder.self, at: position, in: text) { events.append($0) }
        run(TaskWatchdogDecoder.self, at: position, in: text) { events.append($0) }
        run(CoreDumpDecoder.self, at: position, in: text) { events.append($0) }
      }
      return events
    }
  }

  private static func run(
    _ decoder: any PlainDecoder.Type, at position: Int, in text: ByteText, _ body: EventSink
  ) {
    for marker in decoder.markers where text.has(marker, at: position) {
      _ = decoder.decode(at: position, in: text, body)
    }
  }

  /// The only event of a line, if it is one of a panic.
  static func panic(_ line: String) -> PanicLine? {
    let found = events(line)
    guard found.count == 1, case .panic(let panic)? = found.first else { return nil }
    return panic
  }

  /// The events of a message under a tag.
  static func events(_ message: String, tag: String, of decoder: any MessageDecoder.Type)
    -> [DeviceEvent]
  {
    var message = message
    var tag = tag
    return message.withUTF8 { message in
      tag.withUTF8 { tag in
        var events: [DeviceEvent] = []
        let line = LogMessage(
          level: UInt8(ascii: "E"), time: 10_318, tag: ByteText(tag), message: ByteText(message),
          style: .espIDF)
        _ = decoder.decode(line) { events.append($0) }
        return events
      }
    }
  }
}
