import LineReading
import Testing

@testable import DeviceEvents

/// Hands a string to a decoder the way the line's dispatch does.
enum Reading {
  /// The events of a message under a tag; without the tag's decoder the markers decide.
  static func message<D: MessageDecoder & PlainDecoder>(
    _ decoder: D.Type, _ tag: String, _ message: String, level: Character = "I"
  ) -> [DeviceEvent] {
    withText(tag) { tagText in
      withText(message) { text in
        var events: [DeviceEvent] = []
        let isOwn = D.tags.contains { $0.description == tag }
        let line = LogMessage(
          level: level.asciiValue ?? 0, time: 1, tag: tagText, message: text, style: .espIDF)
        if isOwn, D.decode(line, { events.append($0) }) { return events }
        search(decoder, text, from: 0) { events.append($0) }
        return events
      }
    }
  }

  /// The events of a line without log prefix.
  static func plain<D: PlainDecoder>(_ decoder: D.Type, _ line: String) -> [DeviceEvent] {
    plain(decoder, Array(line.utf8))
  }

  static func plain<D: PlainDecoder>(_ decoder: D.Type, _ bytes: [UInt8]) -> [DeviceEvent] {
    bytes.withUnsafeBufferPointer { buffer in
      let text = ByteText(buffer)
      var events: [DeviceEvent] = []
      let isDecoded = D.decode(text) { events.append($0) }
      search(decoder, text, from: isDecoded ? 1 : 0) { events.append($0) }
      return events
    }
  }

  private static func search<D: PlainDecoder>(
    _ decoder: D.Type, _ text: ByteText, from start: Int, _ body: EventSink
  ) {
    var position = start
    while position < text.count {
      let marker = D.markers.first { text.has($0, at: position) }
      if let marker, D.decode(at: position, in: text, body) {
        position += marker.utf8CodeUnitCount
      } else {
        position += 1
      }
    }
  }

  static func withText<Result>(_ string: String, _ body: (ByteText) -> Result) -> Result {
    Array(string.utf8).withUnsafeBufferPointer { body(ByteText($0)) }
  }

  /// Every beginning of a line, byte by byte.
  static func cuts(of line: String) -> [[UInt8]] {
    let bytes = Array(line.utf8)
    return (0...bytes.count).map { Array(bytes.prefix($0)) }
  }
}

/// A line and what it gives.
struct Expectation: Sendable, CustomTestStringConvertible {
  var tag: String
  var message: String
  var events: [DeviceEvent]

  init(_ tag: String, _ message: String, _ events: [DeviceEvent]) {
    self.tag = tag
    self.message = message
    self.events = events
  }

  init(_ tag: String, _ message: String, _ update: UpdateLine) {
    self.init(tag, message, [.update(update)])
  }

  init(
    _ tag: String, _ message: String, _ kind: NoticeKind, _ numbers: [Int] = [],
    _ detail: String? = nil
  ) {
    self.init(tag, message, [.notice(Notice(kind, numbers: numbers, detail: detail))])
  }

  var testDescription: String { "\(tag): \(message)" }
}
