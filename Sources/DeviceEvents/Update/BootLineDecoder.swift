// I (335) main: boot: reset_reason=SW running_partition=ota_1
// Reset reason: ESP_RST_PANIC
// CPU0 reset reason: 12
// I (612) ota: Running partition type 0 subtype 16 (offset 0x00010000)
// I (350) app: running from ota_1
//
// The pair is the sensor node's (firmware/esp32-csi-node/main/main.c); ESP-IDF itself prints neither
// (`Running partition type …` is its OTA example's, 3.3 to 6.1). The other wordings are those of
// ESPHome, Tasmota, arduino-esp32 and applications: see ResetReasonWording.

import LineReading

/// Decodes what an application says about its reset reason and its running partition, together, in
/// either order, or alone.
enum BootLineDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = ["main", "app_main", "debug"]
  /// The markers are all the keys that the scan looks for.
  static let interest = MessageInterest.messagesWithMarkers

  static let plainInterest = PlainInterest.textsWithMarkers

  static var markers: [StaticString] {
    BootLineScan.reasonKeys + BootLineScan.partitionKeys + ResetReasonWording.sentences
      + ResetReasonWording.sentencesOfExample + ResetReasonWording.namesAlone
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let found = BootLineScan.bootLines(in: message.message, at: message.time)
    for line in found where !line.isOfAnother {
      if let content = line.content.told(by: message) { body(.bootLine(content)) }
    }
    return !found.isEmpty
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    decode(at: 0, in: text, body)
  }

  /// How many bytes around a marker of a long line are read.
  private static let reach = 512

  /// The line is read as a whole for each marker, since a reason may stand on either side of its
  /// partition; what begins at the marker is handed on.
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    // What stands farther away in a long line says nothing of it, and reading all for each marker takes too long.
    let start = text.count > reach * 4 ? max(position - reach, 0) : 0
    let near =
      start == 0 && text.count <= reach * 4 ? text : text.slice(from: start, to: position + reach)
    let lines = BootLineScan.bootLines(in: near)
    guard let line = lines.first(where: { $0.start + start == position && !$0.isOfAnother }) else {
      return false
    }
    body(.bootLine(line.content))
    return true
  }
}

/// Finds the reset reasons and running partitions of a line and pairs neighbours.
enum BootLineScan {
  /// A boot line and where in the text it begins.
  struct Found {
    var start: Int
    var content: BootLine
    /// Whether the text tells it of another node.
    var isOfAnother = false
  }

  static let reasonKeys: [StaticString] = [
    "reset_reason", "reset reason", "Reset reason", "Reset Reason", "RESET REASON",
    "reset-reason", "ResetReason", "resetReason", "reset cause", "Reset cause", "Reset Cause",
    "reset_cause", "RestartReason", "rst reason", "rst_reason", "RST reason", "ESP_RST_",
  ]

  static let partitionKeys: [StaticString] = [
    "running_partition", "running partition", "Running partition", "Running Partition",
    "runningPartition", "running from", "Running from", "Running on partition",
    "Booted from partition",
  ]

  /// Until when a node tells its own reset reason, in milliseconds since its boot.
  private static let ownWordsEnd = BootLine.ownWordsEnd

  private enum Fact {
    case reason(PrintedReason)
    /// A reason without any word that says what it is.
    case bareReason(PrintedReason)
    case partition(label: String?, offset: Int?)
  }

  /// The boot lines of a text, from left to right.
  ///
  /// `time` is the clock of the line, in milliseconds: in its first seconds a node speaks of itself, whatever it calls
  /// itself; later, `child 3` is another one.
  static func bootLines(in text: ByteText, at time: Int? = nil) -> [Found] {
    var found = undamagedBootLines(in: text)
    if time.map({ $0 >= ownWordsEnd }) ?? true {
      for index in found.indices {
        switch subject(of: found[index], in: text) {
        case .another: found[index].isOfAnother = true
        case .thisNode: break
        // What has a time is late here, what has none may be early.
        case .named where time == nil: found[index].content.subject = .named
        case .mentioned where time == nil: found[index].content.subject = .mentioned
        case .named, .mentioned: found[index].isOfAnother = true
        }
      }
    }
    // Half a boot line is as little as none, and mostly one wrong byte away from a whole one.
    guard text.has("boot: "), found.count <= 1, !(found.first?.content.isWhole ?? false) else {
      return found
    }
    for key: StaticString in ["reset_reason=", "running_partition="] where !text.contains(key) {
      for start in 6..<max(text.count, 6) {
        guard let mended = text.mended(key.buffer, at: start) else { continue }
        let whole = mended.withUnsafeBufferPointer { undamagedBootLines(in: ByteText($0)) }
        guard let line = whole.first, whole.count == 1, line.content.isWhole else { continue }
        // Where it begins is asked for in the text as it is.
        return [Found(start: found.first?.start ?? line.start, content: line.content)]
      }
    }
    return found
  }

  /// Whose start a line tells of.
  private static func subject(of line: Found, in text: ByteText) -> OtherNodes.Subject {
    let isBootLine = text.has("boot: ", at: line.start - "boot: ".utf8.count)
    if line.content.isWhole || isBootLine {
      return OtherNodes.isPassedOn(before: line.start, in: text) ? .another : .thisNode
    }
    return OtherNodes.subject(before: line.start, in: text)
  }

  private static func undamagedBootLines(in text: ByteText) -> [Found] {
    var result: [Found] = []
    var position = 0
    while position < text.count {
      guard isKeyStart(text[position]), let (fact, end) = fact(at: position, in: text) else {
        position += 1
        continue
      }
      if let last = result.last, let joined = join(last.content, fact) {
        result[result.count - 1].content = joined
      } else {
        result.append(Found(start: position, content: bootLine(of: fact)))
      }
      position = max(end, position + 1)
    }
    return result
  }

  private static func isKeyStart(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "r"), UInt8(ascii: "e"), UInt8(ascii: "b"), UInt8(ascii: "s"),
      UInt8(ascii: "l"), UInt8(ascii: "v"), UInt8(ascii: "t"), UInt8(ascii: "d"),
      UInt8(ascii: "p"):
      true
    default: false
    }
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
    guard text.slice(from: 0, to: position).trimmed.isEmpty else { return nil }
    for sentence in ResetReasonWording.sentencesOfExample where text.has(sentence, at: position) {
      var cursor = TextCursor(text, at: position)
      return ResetReasonWording.read(&cursor, numbersAre: .reasons)
        .map { (.bareReason($0), cursor.position) }
    }
    return ResetReasonWording.nameAlone(text).map { (.bareReason($0), text.count) }
  }

  private static func reason(
    behind key: StaticString, at position: Int, in text: ByteText
  ) -> (Fact, Int)? {
    let core = core(before: position, in: text)
    guard core != .other else { return nil }
    let isName =
      key.utf8CodeUnitCount == "ESP_RST_".utf8.count && text.has("ESP_RST_", at: position)
    var cursor = TextCursor(text, at: position + (isName ? 0 : key.utf8CodeUnitCount))
    guard isName || skipSeparator(&cursor) || isPlainValue(cursor) else { return nil }
    let numbers: ResetReasonWording.NumberMeaning = core == .main ? .romCodes : .reasons
    guard let reason = ResetReasonWording.read(&cursor, numbersAre: numbers) else { return nil }
    return (.reason(reason), cursor.position)
  }

  /// Whether a value may stand here without `:` or `=` before it: a number or a name in capitals;
  /// other words are prose about reset reasons.
  private static func isPlainValue(_ cursor: TextCursor) -> Bool {
    let first = cursor.byte == UInt8(ascii: "(") ? cursor.position + 1 : cursor.position
    let isCapital = { (byte: UInt8) in (0x41...0x5a).contains(byte) }
    return (0x30...0x39).contains(cursor.text[first])
      || (isCapital(cursor.text[first]) && isCapital(cursor.text[first + 1]))
  }

  private enum Core { case unnamed, main, other }

  /// Arduino's sketches print the ROM's code for each core; the second core's says little.
  private static func core(before position: Int, in text: ByteText) -> Core {
    let before = text.slice(from: position - 8, to: position).trimmed
    for name: StaticString in ["CPU0", "CPU 0", "PRO CPU", "Core 0", "core 0", "cpu0"]
    where before.has(name, at: before.count - name.utf8CodeUnitCount) {
      return .main
    }
    for name: StaticString in ["CPU1", "CPU 1", "APP CPU", "Core 1", "core 1", "cpu1"]
    where before.has(name, at: before.count - name.utf8CodeUnitCount) {
      return .other
    }
    return .unnamed
  }

  /// Steps over `: `, ` = `, ` is `; says whether one stood there.
  @discardableResult
  private static func skipSeparator(_ cursor: inout TextCursor) -> Bool {
    if cursor.byte == UInt8(ascii: "\"") { cursor.advance() }
    cursor.skipBlanks()
    let found = cursor.skip(":") || cursor.skip("=") || cursor.skip("is ") || cursor.skip("was ")
    cursor.skipBlanks()
    return found
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
    while Letters.isWord(cursor.byte) || cursor.byte == UInt8(ascii: "-") { cursor.advance() }
    let label = text.slice(from: start, to: cursor.position)
    guard (1...16).contains(label.count), isNamed || isSlotName(label) else { return nil }
    for closing: StaticString in ["'", "\"", ">", "]"] { _ = cursor.skip(closing) }
    let end = cursor.position
    let offset = offset(&cursor)
    return (
      .partition(label: SlotName.meant(by: label), offset: offset),
      offset == nil ? end : cursor.position
    )
  }

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
    case .bareReason(let reason): unnamed(bootLine(of: .reason(reason)))
    case .partition(let label, let offset):
      BootLine(reason: nil, partition: label, partitionOffset: offset)
    }
  }

  private static func unnamed(_ line: BootLine) -> BootLine {
    var line = line
    line.subject = .unnamed
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
    case .partition(let label, let offset):
      guard !hasPartition else { return nil }
      joined.subject = .thisNode
      joined.partition = label
      joined.partitionOffset = offset
    }
    return joined
  }
}

extension BootLine {
  /// The line as a log message told it, which mostly has a time; nil if it is not this node's.
  func told(by message: LogMessage) -> BootLine? {
    var own = self
    own.subject = .thisNode
    switch subject {
    case .thisNode: return own
    case .unnamed: return nil
    case .named where message.time == nil: return self
    case .named, .mentioned:
      return message.time.map { $0 < Self.ownWordsEnd } ?? false ? own : nil
    }
  }

  /// Whether it tells a reason and a partition.
  fileprivate var isWhole: Bool {
    (reason != nil || romCode != nil) && (partition != nil || partitionOffset != nil)
  }
}
