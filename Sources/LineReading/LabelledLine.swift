/// A line of a node with something before it that may say which node it is.
struct LabelledLine {
  /// How the label stands in the line.
  enum Form: Hashable {
    /// Before the device's text.
    case text
    /// As the value of a field of a record, another field of which holds the device's text.
    case record
    /// As the value of a pair, `host=attic`, before the device's text or before the pair that holds it.
    case pair
    /// As a field of a row of CSV, another field of which holds the device's text.
    case row
    /// The whole head of a recorder, which is the same for all lines.
    case head
  }

  /// What the line tells of the node's clock.
  enum Beat {
    /// Milliseconds since the boot.
    case clock(Int)
    /// The clock begins anew.
    case reset
    /// Nothing.
    case none
  }

  /// What a line shows.
  enum Reading {
    /// A device's line with nothing before it but clocks.
    case bare
    /// A device's line with a label.
    case labelled(LabelledLine)
    /// None that is surely a device's.
    case unsure
  }

  /// What stands before the device's text, clocks aside.
  let label: ByteText
  /// Where the label ends in the line.
  let end: Int
  let form: Form
  let beat: Beat

  /// How far into a line the device's text may begin.
  private static let longestLead = 96

  /// Reads a line.
  static func read(_ line: ByteText) -> Reading {
    let start = startOfLabel(in: line)
    if line[start] == UInt8(ascii: "{"), !LabelledPairs.open(line, at: start) {
      return readRecord(line)
    }
    if !DeviceText.begins(line, at: start) {
      if let pairs = LabelledPairs(line) { return pairs.reading(of: line) }
      if let row = LabelledRow(line) {
        return .labelled(
          LabelledLine(label: row.label, end: 0, form: .row, beat: beat(of: line, at: row.device)))
      }
      if let device = startOfDevice(inRecordOf: line, from: start) {
        guard node(ofRecord: line) == nil else { return readRecord(line) }
        return read(line, from: start, to: device.record, device: device.text)
      }
    }
    guard let device = startOfDevice(in: line) else { return .unsure }
    guard start < device else { return .bare }
    return read(line, from: start, to: device, device: device)
  }

  /// Reads a label that stands between two places of the line.
  private static func read(
    _ line: ByteText, from start: Int, to labelEnd: Int, device: Int
  ) -> Reading {
    var end = start
    var position = start
    while position < labelEnd {
      let next = min(endOfWord(in: line, from: position), labelEnd)
      if isVariable(line.slice(from: position, to: next)) { break }
      end = next
      position = next
      while line[position] == Byte.blank || line[position] == Byte.tab { position += 1 }
    }
    let label = line.slice(from: start, to: end)
    // Other records, comments and quotations are read as they are elsewhere.
    guard label.count >= 2, label.firstIndex(of: UInt8(ascii: "\"")) == nil,
      label.buffer.contains(where: { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 })
    else { return .bare }
    return .labelled(
      LabelledLine(label: label, end: end, form: .text, beat: beat(of: line, at: device)))
  }

  /// Where the label begins: behind colours, clocks, dates and counters.
  static func startOfLabel(in line: ByteText) -> Int {
    var position = 0
    while position < longestLead, position < line.count {
      while line[position] == Byte.blank || line[position] == Byte.tab { position += 1 }
      if let length = TerminalCodes.length(at: position, in: line)
        ?? lengthOfPriority(at: position, in: line)
      {
        position += length
        continue
      }
      let end = endOfWord(in: line, from: position)
      guard end > position, isVariable(line.slice(from: position, to: end)) else { break }
      position = end
    }
    return position
  }

  /// The length of a system log's priority, `<30>`, with the version of its format, `<134>1`.
  private static func lengthOfPriority(at start: Int, in line: ByteText) -> Int? {
    guard line[start] == UInt8(ascii: "<") else { return nil }
    var position = start + 1
    while position < start + 4, line[position] &- 0x30 < 10 { position += 1 }
    guard position > start + 1, line[position] == UInt8(ascii: ">") else { return nil }
    let isVersioned = line[position + 1] &- 0x30 < 10 && line[position + 2] == Byte.blank
    return position + (isVersioned ? 2 : 1) - start
  }

  /// The value of the field that names the node of a record.
  static func node(ofRecord line: ByteText) -> ByteText? {
    for name in nodeFields {
      guard let found = line.slice(from: 0, to: 512).firstIndex(of: name) else { continue }
      var position = found + name.utf8CodeUnitCount
      while line[position] == Byte.blank { position += 1 }
      guard line[position] == UInt8(ascii: "\"") else { continue }
      let end = line.firstIndex(of: UInt8(ascii: "\""), from: position + 1) ?? line.count
      return line.slice(from: position + 1, to: end)
    }
    return nil
  }

  private static let nodeFields: [StaticString] = [
    "\"device\":", "\"node\":", "\"device_id\":", "\"node_id\":", "\"hostname\":", "\"host\":",
    "\"topic\":", "\"port\":", "\"dut\":", "\"container_name\":",
  ]

  private static func readRecord(_ line: ByteText) -> Reading {
    guard let node = node(ofRecord: line), !node.isEmpty else { return .unsure }
    guard let device = startOfDevice(inFieldsOf: line, from: 0) else { return .unsure }
    return .labelled(
      LabelledLine(label: node, end: 0, form: .record, beat: beat(of: line, at: device)))
  }

  /// Where the device's text begins in a record that stands behind a topic, and where the record does.
  private static func startOfDevice(
    inRecordOf line: ByteText, from start: Int
  ) -> (text: Int, record: Int)? {
    let lead = line.slice(from: 0, to: longestLead)
    guard let record = lead.firstIndex(of: " {\"", from: start),
      !(start..<record).contains(where: { DeviceText.begins(line, at: $0) }),
      let device = startOfDevice(inFieldsOf: line, from: record)
    else { return nil }
    return (device, record)
  }

  /// Where the device's text begins as the value of a record's field; nil if none of them holds it.
  private static func startOfDevice(inFieldsOf line: ByteText, from start: Int) -> Int? {
    var search = start
    while let found = line.firstIndex(of: "\":", from: search) {
      search = found + 2
      while line[search] == Byte.blank { search += 1 }
      if line[search] == UInt8(ascii: "\""), DeviceText.begins(line, at: search + 1) {
        return search + 1
      }
    }
    return nil
  }

  private static func startOfDevice(in line: ByteText) -> Int? {
    (0..<min(longestLead, line.count)).first { position in
      switch position > 0 ? line[position - 1] : Byte.blank {
      case Byte.blank, Byte.tab, UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: "]"),
        UInt8(ascii: ">"):
        DeviceText.begins(line, at: position)
      default: false
      }
    }
  }

  static func beat(of line: ByteText, at device: Int) -> Beat {
    if line.hasLogLine(at: device) {
      var time = 0
      var position = device + 3
      while position < device + 15, line[position] &- 0x30 < 10 {
        time = time * 10 + Int(line[position] &- 0x30)
        position += 1
      }
      return .clock(time)
    }
    let resets: [StaticString] = ["rst:0x", "ESP-ROM:", "ets J", "Rebooting..."]
    return resets.contains { line.has($0, at: device) } ? .reset : .none
  }

  private static func endOfWord(in line: ByteText, from start: Int) -> Int {
    var position = start
    while position < line.count, line[position] != Byte.blank, line[position] != Byte.tab {
      position += 1
    }
    return position
  }

  /// Whether a word is a clock, a date or a counter, also as the value of a pair. A small number in brackets is rather
  /// a name, and so is an address.
  static func isVariable(_ word: ByteText) -> Bool {
    if let equals = word.firstIndex(of: UInt8(ascii: "=")), equals > 0 {
      let value = word.slice(from: equals + 1)
      guard !value.isEmpty, value.firstIndex(of: UInt8(ascii: "=")) == nil else { return false }
      let isQuoted = value.count > 2 && value[0] == UInt8(ascii: "\"")
      return isVariable(isQuoted ? value.slice(from: 1, to: value.count - 1) : value)
    }
    guard !isAddress(word) else { return false }
    let bytes = word.buffer
    let digits = bytes.count { $0 &- 0x30 < 10 }
    if digits == 0 { return calendar.contains { word.count == 3 && word.has($0) } }
    if digits <= 2, word[0] == UInt8(ascii: "["), word[word.count - 1] == UInt8(ascii: "]"),
      digits + 2 == word.count
    {
      return false
    }
    return bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "T"), UInt8(ascii: "Z"),
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"):
        true
      default: false
      }
    }
  }

  /// Whether a word is an address of IPv4, `192.168.1.40:`, with what sets it apart and a port.
  private static func isAddress(_ word: ByteText) -> Bool {
    var position = 0
    if word[0] == UInt8(ascii: "[") || word[0] == UInt8(ascii: "(") { position = 1 }
    for part in 0..<4 {
      var number = 0
      let start = position
      while position < start + 3, word[position] &- 0x30 < 10 {
        number = number * 10 + Int(word[position] &- 0x30)
        position += 1
      }
      guard position > start, number < 256 else { return false }
      guard part < 3 else { break }
      guard word[position] == UInt8(ascii: ".") else { return false }
      position += 1
    }
    guard position < word.count else { return true }
    switch word[position] {
    case UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "|"),
      UInt8(ascii: ","):
      return true
    default: return false
    }
  }

  private static let calendar: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon",
    "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
  ]
}
