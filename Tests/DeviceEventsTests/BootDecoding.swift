import LineReading

@testable import DeviceEvents

/// Lends a text as `ByteText` for the time of a call.
func lend<Result>(_ text: String, _ body: (ByteText) -> Result) -> Result {
  lend(Array(text.utf8), body)
}

/// Lends bytes as `ByteText`; the memory is exactly as long as the bytes.
func lend<Result>(_ bytes: [UInt8], _ body: (ByteText) -> Result) -> Result {
  bytes.withUnsafeBufferPointer { body(ByteText($0)) }
}

/// The events that a decoder of plain text finds at the start of a text; nil if it declines.
func plainEvents(_ decoder: any PlainDecoder.Type, _ text: String) -> [DeviceEvent]? {
  lend(text) { text in
    var events: [DeviceEvent] = []
    return decoder.decode(text) { events.append($0) } ? events : nil
  }
}

/// The events of a message, and whether the decoder took it.
func messageEvents(
  _ decoder: any MessageDecoder.Type, _ tag: String, _ message: String, time: Int? = 100
) -> (events: [DeviceEvent], isTaken: Bool) {
  lend(tag) { tag in
    lend(message) { message in
      var events: [DeviceEvent] = []
      let message = LogMessage(
        level: UInt8(ascii: "I"), time: time, tag: tag, message: message, style: .espIDF)
      let isTaken = decoder.decode(message) { events.append($0) }
      return (events, isTaken)
    }
  }
}
