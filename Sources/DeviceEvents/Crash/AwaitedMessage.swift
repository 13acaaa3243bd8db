// panicked at src/main.rs:12:5:
// sensor did not answer within 5 s
//
// Rust from 1.73 on prints the message of a panic in the line behind its place (library/core, PanicMessage). The words are
// the application's own, so that only the place tells what they are.

import LineReading

/// Reads the message of a Rust panic, whatever it says.
enum AwaitedMessage {
  /// Whether the next line is the message of what this event tells.
  static func isAnnounced(by event: DeviceEvent) -> Bool {
    guard case .panic(.wrapperMessage(let text)) = event else { return false }
    return text.endsWithPlaceOfPanic
  }

  /// The message, if a line that said nothing else is one: what Rust prints instead of one, or behind it, is none.
  static func read(_ text: ByteText) -> PanicLine? {
    let line = text.trimmed
    guard LogMessage(text) == nil, PlainText.isReadable(line),
      !others.contains(where: { line.has($0) })
    else { return nil }
    return .detail(line.sentence, address: nil)
  }

  private static let others: [StaticString] = ["note: ", "stack backtrace:", "Backtrace", "===="]
}

extension String {
  /// Whether it ends with the place at which Rust panicked: `panicked at src/main.rs:12:5:`.
  package var endsWithPlaceOfPanic: Bool {
    guard utf8.last == UInt8(ascii: ":"), let digit = utf8.dropLast().last,
      (0x30...0x39).contains(digit)
    else { return false }
    return contains("panicked at ")
  }
}
