/// Finds what host tools put before a line: their clock, their name, quotation marks.
struct HostPrefixes {
  /// The service name with which Docker Compose began the last line that was surely a device's;
  /// rows that do not look like a device's by themselves are recognised by it.
  private var service: [UInt8] = []
  /// What stood before the last log line that began within a line; before two such lines it is the
  /// mark of some tool or script, `RX: `, `[COM5] `, `{"log":"`.
  private var label: [UInt8] = []

  /// How often that label stood before a log line.
  private var sightings = 0
  /// Whether a line of the device stood bare: then a label is rather that of another device's lines.
  private var isBareLineKnown = false

  /// How many lines in a row began with a `>` and a word right behind it.
  private var quotedLines = 0

  /// So many such lines are a quotation; what somebody types behind a prompt has answers in between.
  private static let linesOfQuotation = 3

  private var isQuotation: Bool { quotedLines >= Self.linesOfQuotation && !isBareLineKnown }

  /// Whether lines are looked at for a prefix that was learned.
  var isLearned: Bool { !service.isEmpty || isQuotation }

  /// Notes how a line begins, without what stands before its first `>`.
  mutating func noteBeginning(of line: ByteText) {
    guard line[0] == UInt8(ascii: ">") else { return noteUnquotedLine() }
    let behind = line[1]
    if (behind | 0x20) &- 0x61 < 26 || behind == UInt8(ascii: "[") { quotedLines += 1 }
  }

  /// Notes that a line stood in no quotation.
  mutating func noteUnquotedLine() { quotedLines = 0 }

  /// Whether each line counts, since one that stands bare tells that the label is none of a tool's.
  var isLearning: Bool { isBareLineKnown && sightings > 0 && service.isEmpty }

  /// Notes that a line of the device stood bare.
  mutating func noteBareLine() {
    isBareLineKnown = true
    sightings = 0
  }

  /// So often a label must stand before log lines where others stood bare before, and none between: more often than
  /// in one start of another device.
  private static let sightingsBesideBareLines = 256

  /// The longest label that is learned, in bytes.
  private static let longestLabel = 48

  /// The length of one prefix at the start of `text`, or nil if there is none.
  mutating func length(in text: ByteText) -> Int? {
    lengthOfKnown(in: text) ?? labelLength(in: text)
  }

  private mutating func lengthOfKnown(in text: ByteText) -> Int? {
    switch text[0] {
    case UInt8(ascii: "["), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return HostClock.length(in: text) ?? serviceLength(in: text)
        ?? Self.lineNumberLength(in: text)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return HostClock.length(in: text) ?? Self.bytesLiteralLength(in: text)
        ?? serviceLength(in: text)
    case Byte.blank, Byte.tab: return indentLength(in: text)
    case UInt8(ascii: ">"): return Self.quoteLength(in: text, mark: 1) ?? (isQuotation ? 1 : nil)
    case UInt8(ascii: "&"): return text.has("&gt;") ? Self.quoteLength(in: text, mark: 4) : nil
    case UInt8(ascii: "<"):
      return text.has("<CR>") || text.has("<LF>") ? 4 : Self.elementLength(in: text)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return DeviceText.begins(text, at: 1) ? 1 : nil
    case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "|"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ";"), UInt8(ascii: "`"), 0xe2:
      // Whoever marks lines marks each. Where others stand bare, the device printed the mark itself, before what
      // another device told it.
      return isBareLineKnown ? nil : Self.markLength(in: text)
    default: return nil
    }
  }

  /// Markdown's `> `; without the blank only before what is surely a device's line.
  private static func quoteLength(in text: ByteText, mark: Int) -> Int? {
    if text[mark] == Byte.blank { return mark + 1 }
    return DeviceText.begins(text, at: mark) ? mark : nil
  }

  /// Blanks and tabs, only before what is surely a device's line, or another prefix of one: rows of
  /// reports are indented.
  private mutating func indentLength(in text: ByteText) -> Int? {
    var position = 0
    while text[position] == Byte.blank || text[position] == Byte.tab { position += 1 }
    if DeviceText.begins(text, at: position) { return position }
    let rest = text.slice(from: position)
    switch rest[0] {
    case UInt8(ascii: "["), UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "*"),
      UInt8(ascii: "|"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ";"),
      UInt8(ascii: "`"), UInt8(ascii: "\""), 0xe2, UInt8(ascii: "0")...UInt8(ascii: "9"):
      guard let inner = lengthOfKnown(in: rest) else { return nil }
      return DeviceText.begins(rest, at: inner) ? position : nil
    default: return nil
    }
  }

  /// What comments, lists, tables and inline code begin with: `// `, `# `, `* `, `| `, `- `, `• `;
  /// only before what is surely a device's line.
  private static func markLength(in text: ByteText) -> Int? {
    var position = 0
    if text.has("\u{2022}") || text.has("\u{2502}") {
      position = 3
    } else {
      let mark = text[0]
      while position < 4, text[position] == mark { position += 1 }
      // `#73 ` counts the lines, `#1  0x42001234` the frames of a debugger.
      if mark == UInt8(ascii: "#"), position == 1 {
        while position < 10, text[position] &- 0x30 < 10 { position += 1 }
        if position > 1, text.has("  ", at: position) || text.has(" 0x", at: position) {
          return nil
        }
      }
      // esp-idf-monitor's own lines begin with `--- `.
      if mark == UInt8(ascii: "-"), position > 1 { return nil }
      if mark == UInt8(ascii: "/"), position < 2 { return nil }
    }
    while text[position] == Byte.blank || text[position] == Byte.tab { position += 1 }
    return DeviceText.begins(text, at: position) ? position : nil
  }

  /// The line number that an editor or `grep -n` put before the line: `12: `, `12. `, `12 | `.
  private static func lineNumberLength(in text: ByteText) -> Int? {
    var position = 0
    while position < 7, text[position] &- 0x30 < 10 { position += 1 }
    guard position > 0, position < 7 else { return nil }
    let digits = position
    while text[position] == Byte.blank || text[position] == Byte.tab { position += 1 }
    switch text[position] {
    case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "|"), UInt8(ascii: ")"): position += 1
    default: guard position > digits else { return nil }
    }
    while text[position] == Byte.blank || text[position] == Byte.tab { position += 1 }
    return DeviceText.begins(text, at: position) ? position : nil
  }

  /// Python's `b'…'`, as scripts print what they read from the port.
  private static func bytesLiteralLength(in text: ByteText) -> Int? {
    guard text.has("b'") || text.has("b\"") else { return nil }
    return DeviceText.begins(text, at: 2) ? 2 : nil
  }

  /// An element of HTML, `<pre>`, `<code>`, `<p>`, `<br />`, only before a device's line.
  private static func elementLength(in text: ByteText) -> Int? {
    var position = 0
    for _ in 0..<4 where text[position] == UInt8(ascii: "<") {
      let name = text.slice(from: position, to: position + 8)
      guard let end = name.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      position += end + 1
    }
    return DeviceText.begins(text, at: position) ? position : nil
  }

  /// A label that stood before two log lines already.
  private mutating func labelLength(in text: ByteText) -> Int? {
    var position = 2
    let limit = min(text.count, Self.longestLabel)
    while position < limit, !text.hasLogLine(at: position) { position += 1 }
    guard position < limit else { return begins(text, with: service) ? service.count : nil }
    switch text[position - 1] {
    case Byte.blank, Byte.tab, UInt8(ascii: ":"), UInt8(ascii: "]"): break
    case UInt8(ascii: "\""):
      let words = text.slice(from: 0, to: position)
      let object = words.firstIndex(of: UInt8(ascii: "{")) ?? position
      guard !HostRecords.isPublished(behind: words.slice(from: 0, to: object)) else { return nil }
    default: return nil
    }
    guard begins(text, with: label), label.count == position else {
      label = Array(text.slice(from: 0, to: position).buffer)
      sightings = 1
      return nil
    }
    sightings += 1
    guard !isBareLineKnown || sightings >= Self.sightingsBesideBareLines else { return nil }
    service = label
    return position
  }

  private func begins(_ text: ByteText, with prefix: [UInt8]) -> Bool {
    !prefix.isEmpty && text.count >= prefix.count
      && prefix.indices.allSatisfy { text[$0] == prefix[$0] }
  }

  /// Docker Compose's `service-1  | `.
  private mutating func serviceLength(in text: ByteText) -> Int? {
    if begins(text, with: service) { return service.count }
    // It stands before each line of a log.
    guard !isBareLineKnown else { return nil }
    var position = 0
    while position < 64, Self.isNameByte(text[position]) { position += 1 }
    let nameEnd = position
    while position < 64, text[position] == Byte.blank { position += 1 }
    guard position > nameEnd, text.has("| ", at: position) else { return nil }
    let row = text.slice(from: position + 2)
    guard DeviceText.begins(row, at: 0) || HostClock.length(in: row) != nil else { return nil }
    service = Array(text.slice(from: 0, to: position + 2).buffer)
    return service.count
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }
}
