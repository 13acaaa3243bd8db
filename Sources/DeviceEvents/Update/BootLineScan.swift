import LineReading

/// Finds the reset reasons and running partitions of a line and pairs neighbours.
enum BootLineScan {
  /// A boot line and where in the text it begins.
  struct Found {
    var start: Int
    var end: Int
    var content: BootLine
    /// Whether nothing but a sentence or a name says that it is about a start.
    var isWithoutKey = false
    /// Whether the text tells it of another node.
    var isOfAnother = false
  }

  static let reasonKeys: [StaticString] = [
    "reset_reason", "reset reason", "Reset reason", "Reset Reason", "RESET REASON", "RESET_REASON",
    "reset-reason", "ResetReason", "resetReason", "reset cause", "Reset cause", "Reset Cause",
    "reset_cause", "ResetCause", "resetCause", "RestartReason", "rst reason", "rst_reason",
    "RST reason", "ESP_RST_",
    // ESPEasy on these chips; on an ESP8266 no CPU is named.
    "Restart Reason: CPU0",
  ]

  static let partitionKeys: [StaticString] = [
    "running_partition", "running partition", "Running partition", "Running Partition",
    "runningPartition", "running from", "Running from", "Running on partition",
    "Booted from partition",
  ]

  private enum Fact {
    case reason(PrintedReason)
    /// A reason without any word that says what it is.
    case bareReason(PrintedReason)
    /// What prose tells of the start.
    case toldReason(ToldStart.Told)
    case partition(label: String?, offset: Int?)
  }

  /// The boot lines of a text, from left to right.
  ///
  /// `time` is the clock of the line, in milliseconds: in its first seconds a node speaks of itself, whatever it calls
  /// itself; later, `child 3` is another one.
  static func bootLines(in text: ByteText, at time: Int? = nil) -> [Found] {
    var found = bootLinesOfAnybody(in: text)
    for index in found.indices { judge(&found[index], in: text, at: time) }
    return found
  }

  /// The boot line that begins at `position` and is no other node's. Of a line full of them each is asked for, and whose
  /// the others are does not matter then.
  static func bootLine(at position: Int, in text: ByteText) -> Found? {
    // Of a long line full of keys, most without a value, this is asked at each of them.
    guard isKeyStart(at: position, in: text), fact(at: position, in: text) != nil else {
      return nil
    }
    let lines = bootLinesOfAnybody(in: text, through: position)
    guard var line = lines.first(where: { $0.start == position }) else { return nil }
    judge(&line, in: text, at: nil)
    return line.isOfAnother ? nil : line
  }

  private static func bootLinesOfAnybody(in text: ByteText, through last: Int = .max) -> [Found] {
    let found = undamagedBootLines(in: text, through: last)
    return mendedBootLine(in: text, where: found).map { [$0] } ?? found
  }

  /// So many boot lines of a line are read: no node tells more of its start in one, and a hostile line holds thousands.
  private static let mostOfALine = 16

  /// Those up to the one that begins behind `last`, or all.
  static func undamagedBootLines(in text: ByteText, through last: Int = .max) -> [Found] {
    var result: [Found] = []
    var position = 0
    while position < text.count, result.count < mostOfALine,
      result.last.map({ $0.start <= last }) ?? true
    {
      guard isKeyStart(at: position, in: text), let (fact, end) = fact(at: position, in: text)
      else {
        position += 1
        continue
      }
      if let last = result.last, let joined = join(last.content, fact) {
        result[result.count - 1].content = joined
        result[result.count - 1].end = end
        result[result.count - 1].isWithoutKey = false
      } else {
        result.append(
          Found(
            start: position, end: end, content: bootLine(of: fact),
            isWithoutKey: isWithoutKey(fact, at: position, in: text)))
      }
      position = max(end, position + 1)
    }
    return result
  }

  /// Whether a reason stands there as a sentence, or as one of ESP-IDF's names behind no word about a start.
  private static func isWithoutKey(_ fact: Fact, at position: Int, in text: ByteText) -> Bool {
    guard case .reason = fact, !text.has("Last reset", at: position) else { return false }
    if ResetReasonWording.sentences.contains(where: { text.has($0, at: position) }) { return true }
    guard text.has("ESP_RST_", at: position) else { return false }
    return !isAboutStart(text.slice(from: max(position - 32, 0), to: position))
  }

  /// Whether words, in whatever letters, speak of a start or of what led to it.
  private static func isAboutStart(_ words: ByteText) -> Bool {
    (0..<words.count).contains { position in
      startWords.contains { word in
        (0..<word.utf8CodeUnitCount).allSatisfy { index in
          words[position + index] | 0x20 == word.utf8Start[index]
        }
      }
    }
  }

  private static let startWords: [StaticString] = [
    "res", "rst", "boot", "reason", "cause", "start",
  ]

  /// Whether a key or a sentence may begin there, told by two letters in any case.
  static func isKeyStart(at position: Int, in text: ByteText) -> Bool {
    let second = text[position + 1] | 0x20
    return switch text[position] | 0x20 {
    case UInt8(ascii: "r"): isOne(second, of: "eustr")
    case UInt8(ascii: "c"): isOne(second, of: "r")
    case UInt8(ascii: "u"): second == UInt8(ascii: "n")
    case UInt8(ascii: "w"): second == UInt8(ascii: "o")
    case UInt8(ascii: "e"): isOne(second, of: "s")
    case UInt8(ascii: "b"): isOne(second, of: "or")
    case UInt8(ascii: "s"): isOne(second, of: "ow")
    case UInt8(ascii: "l"): isOne(second, of: "ae")
    case UInt8(ascii: "v"): isOne(second, of: "b")
    case UInt8(ascii: "t"): isOne(second, of: "ig")
    case UInt8(ascii: "d"): isOne(second, of: "e")
    case UInt8(ascii: "p"): isOne(second, of: "or")
    default: false
    }
  }

  private static func isOne(_ letter: UInt8, of letters: StaticString) -> Bool {
    (0..<letters.utf8CodeUnitCount).contains { letters.utf8Start[$0] == letter }
  }

  private static func fact(at position: Int, in text: ByteText) -> (Fact, Int)? {
    for key in reasonKeys where text.has(key, at: position) {
      return reason(behind: key, at: position, in: text)
    }
    for key in partitionKeys where text.has(key, at: position) {
      let isField = text[position + "running".utf8.count] == UInt8(ascii: "_")
      guard isField || !Letters.isWord(text[position - 1]) else { return nil }
      return partition(behind: key, at: position, in: text)
    }
    for sentence in ResetReasonWording.sentences where text.has(sentence, at: position) {
      guard Letters.beginsSentence(at: position, in: text) else { return nil }
      var cursor = TextCursor(text, at: position)
      return ResetReasonWording.read(&cursor, numbersAre: .reasons)
        .map { (.reason($0), cursor.position) }
    }
    if let told = ToldStart.read(at: position, in: text) { return (.toldReason(told), told.end) }
    guard isOpening(position, of: text) else { return nil }
    for sentence in ResetReasonWording.sentencesOfExample where text.has(sentence, at: position) {
      var cursor = TextCursor(text, at: position)
      return ResetReasonWording.read(&cursor, numbersAre: .reasons)
        .map { (.bareReason($0), cursor.position) }
    }
    return ResetReasonWording.nameAlone(text).map { (.bareReason($0), text.count) }
  }

  /// Whether only blanks stand before `position`: read backwards, since at each word of a long line this is asked.
  private static func isOpening(_ position: Int, of text: ByteText) -> Bool {
    var before = position - 1
    while before >= 0, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    return before < 0
  }

  private static func reason(
    behind key: StaticString, at position: Int, in text: ByteText
  ) -> (Fact, Int)? {
    let isName =
      key.utf8CodeUnitCount == "ESP_RST_".utf8.count && text.has("ESP_RST_", at: position)
    if isName, !Letters.isWord(text[position + "ESP_RST_".utf8.count]) { return nil }
    let coreBefore = core(before: position, in: text)
    var cursor = TextCursor(text, at: position + (isName ? 0 : key.utf8CodeUnitCount))
    let coreBehind: Core = isName ? .unnamed : skipCore(&cursor)
    guard coreBefore != .other, coreBehind != .other else { return nil }
    _ = isName || cursor.skip(" code")
    guard isName || skipSeparator(&cursor) || coreBehind == .unnamed && isPlainValue(cursor) else {
      return nil
    }
    let isMain = coreBefore == .main || coreBehind == .main
    let numbers: ResetReasonWording.NumberMeaning = isMain ? .romCodes : .reasons
    let reason =
      isName
      ? ResetReasonWording.read(&cursor, numbersAre: numbers)
      : ResetReasonWording.readField(&cursor, numbersAre: numbers)
    return reason.map { (.reason($0), cursor.position) }
  }

  private static func partition(
    behind key: StaticString, at position: Int, in text: ByteText
  ) -> (Fact, Int)? {
    var cursor = TextCursor(text, at: position + key.utf8CodeUnitCount)
    let isNamed = skipSeparator(&cursor)
    if cursor.skip("type ") {
      guard cursor.decimal() != nil, cursor.skip(" subtype "), cursor.decimal() != nil,
        let offset = offset(&cursor)
      else { return nil }
      return (.partition(label: nil, offset: offset), cursor.position)
    }
    for word: StaticString in ["partition ", "slot ", "label "] { _ = cursor.skip(word) }
    if let offset = offset(&cursor) {
      return (.partition(label: nil, offset: offset), cursor.position)
    }
    while cursor.byte == UInt8(ascii: "'") || cursor.byte == UInt8(ascii: "\"")
      || cursor.byte == UInt8(ascii: "<") || cursor.byte == UInt8(ascii: "[")
    { cursor.advance() }
    let start = cursor.position
    if isNamed, cursor.skip("?") {
      return (.partition(label: nil, offset: nil), cursor.position)
    }
    while cursor.position <= start + longestLabel,
      Letters.isWord(cursor.byte) || cursor.byte == UInt8(ascii: "-")
    { cursor.advance() }
    let label = text.slice(from: start, to: cursor.position)
    guard (1...longestLabel).contains(label.count), isNamed || isSlotName(label) else { return nil }
    for closing: StaticString in ["'", "\"", ">", "]"] { _ = cursor.skip(closing) }
    let end = cursor.position
    let offset = offset(&cursor)
    return (
      .partition(label: SlotName.meant(by: label), offset: offset),
      offset == nil ? end : cursor.position
    )
  }

  /// A partition table has room for so many bytes.
  private static let longestLabel = 16

  /// ` (offset 0x00010000`, ` at 0x10000`, `@ 0x10000`.
  private static func offset(_ cursor: inout TextCursor) -> Int? {
    var trial = cursor
    while trial.byte == 0x20 || trial.byte == UInt8(ascii: "(") || trial.byte == UInt8(ascii: ",")
      || trial.byte == UInt8(ascii: "@")
    { trial.advance() }
    _ = trial.skip("at ")
    _ = trial.skip("offset ") || trial.skip("offset=") || trial.skip("address ")
    guard trial.skip("0x"), let value = trial.hexadecimal(limit: 8) else { return nil }
    cursor = trial
    return value
  }

  /// `ota_0`, `app1`, `factory`, `test`: what a slot is usually called.
  private static func isSlotName(_ label: ByteText) -> Bool {
    if label.string == "factory" || label.string == "test" { return true }
    for prefix: StaticString in ["ota_", "ota", "app"] where label.has(prefix) {
      let digits = label.slice(from: prefix.utf8CodeUnitCount)
      return (1...2).contains(digits.count)
        && digits.buffer.allSatisfy { (0x30...0x39).contains($0) }
    }
    return false
  }

  private static func bootLine(of fact: Fact) -> BootLine {
    switch fact {
    case .reason(.reason(let reason)): BootLine(reason: reason, partition: nil)
    case .reason(.romCode(let code)): BootLine(reason: nil, partition: nil, romCode: code)
    case .reason(.number(let number)):
      BootLine(reason: ResetReason(number: number), partition: nil, reasonNumber: number)
    case .bareReason(let reason): bootLine(of: .reason(reason)).speaking(of: .unnamed)
    case .toldReason(let told): bootLine(of: told)
    case .partition(let label, let offset):
      BootLine(reason: nil, partition: label, partitionOffset: offset)
    }
  }

  /// What is told without a name before it is never believed against the ROM.
  private static func bootLine(of told: ToldStart.Told) -> BootLine {
    var line = bootLine(of: .reason(told.reason)).speaking(of: .told)
    line.isUnderOwnTag = told.isLabelled
    line.isUnderProgramsTag = told.isLabelled
    line.mayBeKept = told.isLabelled
    line.isProse = told.isProse
    return line
  }

  /// The two as one boot line, if the second fact is the other half of the first.
  private static func join(_ line: BootLine, _ fact: Fact) -> BootLine? {
    let hasReason = line.reason != nil || line.romCode != nil
    let hasPartition = line.partition != nil || line.partitionOffset != nil
    var joined = line
    switch fact {
    case .reason(.reason(let reason)):
      guard !hasReason else { return nil }
      joined.reason = reason
    case .reason(.romCode(let code)):
      guard !hasReason else { return nil }
      joined.romCode = code
    case .reason(.number(let number)):
      guard !hasReason else { return nil }
      joined.reason = ResetReason(number: number)
      joined.reasonNumber = number
    case .bareReason(let reason): return join(line, .reason(reason))
    case .toldReason(let told): return join(line, .reason(told.reason))
    case .partition(let label, let offset):
      guard !hasPartition else { return nil }
      joined.subject = .thisNode
      joined.partition = label
      joined.partitionOffset = offset
    }
    return joined
  }
}
