import LineReading

/// The lines of a live log for a screen that scrolls: harmless, and coloured by their level.
public struct LogScroll: Sendable {
  /// Which of several nodes a line comes from.
  public struct Lane: Hashable, Sendable {
    /// A short name, hostile like all that comes from outside.
    public let name: String
    /// Counted from 0; decides the colour.
    public let number: Int

    /// A lane.
    public init(name: String, number: Int) {
      self.name = name
      self.number = number
    }
  }

  private let layout: TextLayout
  /// The secrets that go on over lines, by the numbers of their lanes.
  private var secrets: [Int: SecretLines] = [:]

  /// A scroll for this screen.
  public init(_ layout: TextLayout) { self.layout = layout }

  /// A line of the device, with a line feed at its end; longer ones than the screen are for the screen to break.
  public mutating func text(of line: LogLine, from lane: Lane? = nil) -> String {
    let level = Level(of: line)
    let masked = Redaction.masked(
      line: line.text.buffer, following: &secrets[lane?.number ?? 0, default: SecretLines()])
    let text = masked.map { String(decoding: $0, as: UTF8.self) } ?? line.text.string
    return prefix(lane) + inked(layout.privacy.shown(HostileText.escaped(text)), level?.code) + "\n"
  }

  /// Words of our own between the lines of the device, with a line feed at their end.
  public func mark(_ text: String, from lane: Lane? = nil) -> String {
    let room = layout.columns - 5 - (lane.map { TextWidth.columns(shownName($0)) + 2 } ?? 0)
    let rows = TextWidth.wrapped(layout.privacy.safe(text), to: room)
    return rows.enumerated().map { index, row in
      prefix(lane) + inked((index == 0 ? "─── " : "    ") + row, "36") + "\n"
    }.joined()
  }

  /// A line that has not ended yet, cut to the screen.
  public func unfinished(_ line: LogLine, from lane: Lane? = nil) -> String {
    let before = lane.map { TextWidth.columns(shownName($0)) + 2 } ?? 0
    let text = layout.privacy.shown(HostileText.shown(line.text.string))
    let cut = TextWidth.cut(text, to: max(layout.columns - before - 1, 1))
    return prefix(lane) + inked(cut, "2")
  }

  private static let laneCodes = ["35", "34", "36", "32", "33", "95", "94", "96"]

  private func prefix(_ lane: Lane?) -> String {
    guard let lane else { return "" }
    let code = Self.laneCodes[((lane.number % 8) + 8) % 8]
    return inked(shownName(lane) + "│", code) + " "
  }

  private func shownName(_ lane: Lane) -> String { layout.privacy.safe(lane.name) }

  private func inked(_ shown: String, _ code: String?) -> String {
    guard layout.colouring == .ansi, let code, !shown.isEmpty else { return shown }
    return "\u{1b}[" + code + "m" + shown + "\u{1b}[0m"
  }
}

/// How grave the device says a line is.
private enum Level {
  case error, warning, info, debug

  /// `E (123) tag: text` of ESP-IDF, `[   123][E][file.cpp:1] function(): text` of the Arduino core.
  init?(of line: LogLine) {
    let text = line.text
    if text[1] == UInt8(ascii: " "), text[2] == UInt8(ascii: "(") {
      self.init(letter: text[0])
    } else if text[0] == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "]")),
      end < 16, text[end + 1] == UInt8(ascii: "["), text[end + 3] == UInt8(ascii: "]")
    {
      self.init(letter: text[end + 2])
    } else {
      return nil
    }
  }

  private init?(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "E"): self = .error
    case UInt8(ascii: "W"): self = .warning
    case UInt8(ascii: "I"): self = .info
    case UInt8(ascii: "D"), UInt8(ascii: "V"): self = .debug
    default: return nil
    }
  }

  /// The colours that ESP-IDF itself uses.
  var code: String {
    switch self {
    case .error: "31"
    case .warning: "33"
    case .info: "32"
    case .debug: "2"
    }
  }
}
