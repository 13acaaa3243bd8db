/// Strips what terminals, monitors and forums added to a line.
///
/// The forms are those of `esp-idf-monitor`, the Arduino IDE, PlatformIO, ESPHome, tio, minicom,
/// SSCOM, Docklight, Tera Term, `ts`, journald, Docker and Markdown, and what authors put before the
/// lines that they quote: comment marks, list marks, quotation marks, line numbers, HTML; they may be nested, so they are
/// stripped until none is left.
struct Decorations {
  /// Lines with codes in their middle are copied here without them.
  private var cleaned: [UInt8] = []
  private var prefixes = HostPrefixes()
  private var hostRecords = HostRecords()
  /// What the field of a record holds.
  private var field: [UInt8] = []

  /// Whether a capture's prefix was learned, so that lines are looked at for it.
  var learnedPrefixes: LineRun.Prefixes {
    if prefixes.isLearned || hostRecords.isLearned { return .learned }
    return prefixes.isLearning ? .learning : .none
  }

  /// Whether lines may be records.
  var records: LineRun.Records { hostRecords.isRuledOut ? .ruledOut : .possible }

  /// Notes that a line of the device stands in the log as it was printed.
  mutating func noteBareLine() {
    hostRecords.isRuledOut = true
    prefixes.noteBareLine()
  }

  /// Notes lines that were stepped over: all stand as they were printed, or behind a capture's clock.
  @inline(__always)
  mutating func noteSteppedLines(holdLogLine: Bool) {
    prefixes.noteUnquotedLine()
    if holdLogLine { noteBareLine() }
  }

  /// Takes a line without its decorations, who wrote it, and where it begins in what was joined: 0
  /// for the first or only one, decorations included.
  typealias Taking = (_ text: ByteText, _ origin: LogLine.Origin, _ start: Int) -> Void

  /// Hands `body` the line without its decorations, or each of those that were joined in it.
  mutating func strip(
    _ line: ByteText, at place: LinePlace, oddBytes: OddBytes, from start: Int = 0, _ body: Taking
  ) {
    if place == .lineStart, hostRecords.take(from: line, into: &field) {
      stripField(at: start, body)
    } else {
      if !hostRecords.isRuledOut || prefixes.isLearning,
        DeviceText.begins(line, at: HostClock.length(in: line) ?? 0)
      {
        noteBareLine()
      }
      stripText(line, at: place, oddBytes: oddBytes, from: start, body)
    }
  }

  /// Hands on the lines that the field of a record holds, each as if it stood where the record begins.
  private mutating func stripField(at start: Int, _ body: Taking) {
    var lines: [UInt8] = []
    swap(&lines, &field)
    lines.withUnsafeBufferPointer { bytes in
      var rest = ByteText(bytes)
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        stripLine(of: rest.slice(from: 0, to: end), at: start, body)
        rest = rest.slice(from: end + 1)
      }
      if !rest.isEmpty || lines.isEmpty { stripLine(of: rest, at: start, body) }
    }
    swap(&lines, &field)
  }

  private mutating func stripLine(of field: ByteText, at start: Int, _ body: Taking) {
    stripText(field.withoutTrailingReturns, at: .lineStart, oddBytes: .unknown, from: 0) {
      text, origin, _ in body(text, origin, start)
    }
  }

  private mutating func stripText(
    _ line: ByteText, at place: LinePlace, oddBytes: OddBytes, from start: Int, _ body: Taking
  ) {
    guard !Self.hasLinesBehindReturns(line) else {
      stripEach(of: line, oddBytes: oddBytes, body)
      return
    }
    var text = line
    var lostForms = TerminalCodes.Form.whole
    if place == .lineStart {
      var quote: UInt8?
      let length = lengthOfPrefixes(in: text, lostForms: &lostForms, quote: &quote)
      text = text.slice(from: length)
      if let quote {
        strip(
          text, quotedBy: quote, oddBytes: oddBytes, lostForms: lostForms
        ) { text, origin, inside in
          body(text, origin, inside == 0 ? start : start + length + inside)
        }
        return
      }
    }
    strip(text, oddBytes: oddBytes, lostForms: lostForms, from: start, body)
  }

  /// Whether carriage returns alone end the device's lines, as some terminals save them.
  private static func hasLinesBehindReturns(_ line: ByteText) -> Bool {
    guard let first = line.firstIndex(of: UInt8(ascii: "\r"), from: 1) else { return false }
    var next = first
    while let found = line.firstIndex(of: UInt8(ascii: "\r"), from: next), next - first < 4_096 {
      if DeviceText.begins(line, at: found + 1) { return true }
      next = found + 1
    }
    return false
  }

  private mutating func stripEach(
    of line: ByteText, oddBytes: OddBytes, _ body: Taking
  ) {
    var start = 0
    while start < line.count {
      let end = line.firstIndex(of: UInt8(ascii: "\r"), from: start) ?? line.count
      if end > start {
        strip(
          line.slice(from: start, to: end), at: .lineStart, oddBytes: oddBytes, from: start, body)
      }
      start = end + 1
    }
  }

  /// Hands on what stood in quotation marks; several lines may be joined, `"…" "…"`.
  private mutating func strip(
    _ line: ByteText, quotedBy quote: UInt8, oddBytes: OddBytes, lostForms: TerminalCodes.Form,
    _ body: Taking
  ) {
    var start = 0
    while let end = Self.endOfQuotation(in: line, from: start, quote: quote) {
      strip(
        line.slice(from: start, to: end.text), oddBytes: oddBytes, lostForms: lostForms,
        from: start,
        body)
      start = end.next
    }
    let rest = Self.withoutClosingQuote(line.slice(from: start), quote: quote)
    strip(rest, oddBytes: oddBytes, lostForms: lostForms, from: start, body)
  }

  /// Where a quoted line ends that another one follows: `" "`, `", "`.
  private static func endOfQuotation(
    in line: ByteText, from start: Int, quote: UInt8
  ) -> (text: Int, next: Int)? {
    var search = start
    while let found = line.firstIndex(of: quote, from: search) {
      search = found + 1
      var next = found + 1
      if line[next] == UInt8(ascii: ",") { next += 1 }
      guard line[next] == Byte.blank else { continue }
      while line[next] == Byte.blank { next += 1 }
      guard line[next] == quote, DeviceText.begins(line, at: next + 1) else { continue }
      return (Self.withoutEscapedEnd(line.slice(from: start, to: found)).count + start, next + 1)
    }
    return nil
  }

  private static func withoutClosingQuote(_ line: ByteText, quote: UInt8) -> ByteText {
    var text = line
    while text[text.count - 1] == Byte.blank || text[text.count - 1] == UInt8(ascii: ",")
      || text[text.count - 1] == UInt8(ascii: ";")
    {
      text = text.slice(from: 0, to: text.count - 1)
    }
    guard text[text.count - 1] == quote else { return line }
    return withoutEscapedEnd(text.slice(from: 0, to: text.count - 1))
  }

  /// Without line ends as programming languages write them: `\\r\\n`.
  private static func withoutEscapedEnd(_ line: ByteText) -> ByteText {
    var text = line
    while text.has("\\n", at: text.count - 2) || text.has("\\r", at: text.count - 2) {
      text = text.slice(from: 0, to: text.count - 2)
    }
    return text
  }

  private mutating func strip(
    _ line: ByteText, oddBytes: OddBytes, lostForms: TerminalCodes.Form, from start: Int,
    _ body: Taking
  ) {
    let text = Self.withoutSuffixes(line, lostForms: lostForms)
    guard mayHoldCodes(text, oddBytes: oddBytes, lostForms: lostForms) else {
      body(text, MonitorLines.origin(of: text), start)
      return
    }
    cleaned.removeAll(keepingCapacity: true)
    TerminalCodes.copy(text, to: &cleaned, lostForms: lostForms)
    cleaned.withUnsafeBufferPointer {
      let text = Self.withoutSuffixes(ByteText($0), lostForms: lostForms)
      body(text, MonitorLines.origin(of: text), start)
    }
  }

  private func mayHoldCodes(
    _ text: ByteText, oddBytes: OddBytes, lostForms: TerminalCodes.Form
  ) -> Bool {
    switch (lostForms, oddBytes) {
    case (.escapeLost, _), (.escapeSpelled, _): true
    case (.whole, .absent): false
    case (.whole, .unknown):
      text.firstOddByte() != nil
        && (TerminalCodes.stand(in: text) || TerminalCodes.hasWideBlank(text))
    }
  }

  /// How many bytes at the start of the line are decorations.
  private mutating func lengthOfPrefixes(
    in line: ByteText, lostForms: inout TerminalCodes.Form, quote: inout UInt8?
  ) -> Int {
    var start = 0
    var isNoted = false
    defer { if !isNoted { prefixes.noteBeginning(of: line.slice(from: start)) } }
    while start < line.count, !line.hasLogLine(at: start) {
      let text = line.slice(from: start)
      if !isNoted, text[0] == UInt8(ascii: ">") {
        isNoted = true
        prefixes.noteBeginning(of: text)
      }
      if let length = TerminalCodes.length(at: 0, in: text) {
        if text[0] == UInt8(ascii: "<") { lostForms = .escapeSpelled }
        start += length
      } else if let length = TerminalCodes.lengthWithoutEscape(at: 0, in: text) {
        lostForms = .escapeLost
        start += length
      } else if let length = Self.garbageLength(text) ?? prefixes.length(in: text) {
        start += length
        let last = line[start - 1]
        switch last {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = last
        default: break
        }
      } else if let length = TerminalCodes.lengthOfRuin(at: 0, in: text) {
        lostForms = .escapeLost
        start += length
      } else {
        break
      }
    }
    return start
  }

  private static func withoutSuffixes(
    _ line: ByteText, lostForms: TerminalCodes.Form
  ) -> ByteText {
    var text = line
    while true {
      if text.has("<LF>", at: text.count - 4) || text.has("<CR>", at: text.count - 4)
        || text.has("<\\n>", at: text.count - 4) || text.has("<\\r>", at: text.count - 4)
      {
        text = text.slice(from: 0, to: text.count - 4)
      } else if text[text.count - 1] == UInt8(ascii: "\r") {
        text = text.slice(from: 0, to: text.count - 1)
      } else if text.has("\u{240D}", at: text.count - 3) || text.has("\u{240A}", at: text.count - 3)
      {
        // Terminals that show control characters show a line's end so.
        text = text.slice(from: 0, to: text.count - 3)
      } else if let length = elementLength(atEndOf: text) {
        text = text.slice(from: 0, to: text.count - length)
      } else if let length = TerminalCodes.length(atEndOf: text, lostForms: lostForms) {
        text = text.slice(from: 0, to: text.count - length)
      } else {
        return text
      }
    }
  }

  /// The length of an element of HTML at the end of a line.
  private static func elementLength(atEndOf text: ByteText) -> Int? {
    guard text[text.count - 1] == UInt8(ascii: ">") else { return nil }
    let elements: [StaticString] = [
      "<br>", "<br/>", "<br />", "</p>", "</code>", "</pre>", "</div>", "</span>", "</li>",
    ]
    let found = elements.first { text.has($0, at: text.count - $0.utf8CodeUnitCount) }
    return found?.utf8CodeUnitCount
  }

  /// The length of a burst that no text begins with: NUL and 0xff of a resetting UART, the
  /// replacement characters made of it, a byte order mark, stray carriage returns.
  private static func garbageLength(_ text: ByteText) -> Int? {
    switch text[0] {
    case 0, 0xff, UInt8(ascii: "\r"): 1
    case 0xef where text.has("\u{FEFF}") || TextDamage.isReplacement(at: 0, in: text): 3
    default: nil
    }
  }
}
