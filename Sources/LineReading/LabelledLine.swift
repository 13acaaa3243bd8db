/// A line of a node with something before it that may say which node it is.
struct LabelledLine {
  /// How the label stands in the line.
  enum Form: Hashable {
    /// Before the device's text.
    case text
    /// As the value of a field of a record, another field of which holds the device's text.
    case record
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
    guard line[start] != UInt8(ascii: "{") else { return readRecord(line) }
    guard let device = startOfDevice(in: line) else { return .unsure }
    guard start < device else { return .bare }
    var end = start
    var position = start
    while position < device {
      let next = min(endOfWord(in: line, from: position), device)
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
      if let length = TerminalCodes.length(at: position, in: line) {
        position += length
        continue
      }
      let end = endOfWord(in: line, from: position)
      guard end > position, isVariable(line.slice(from: position, to: end)) else { break }
      position = end
    }
    return position
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
    var search = 0
    while let found = line.firstIndex(of: "\":", from: search) {
      search = found + 2
      while line[search] == Byte.blank { search += 1 }
      guard line[search] == UInt8(ascii: "\""), DeviceText.begins(line, at: search + 1) else {
        continue
      }
      return .labelled(
        LabelledLine(label: node, end: 0, form: .record, beat: beat(of: line, at: search + 1)))
    }
    return .unsure
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

  private static func beat(of line: ByteText, at device: Int) -> Beat {
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

  /// Whether a word is a clock, a date or a counter. A small number in brackets is rather a name.
  private static func isVariable(_ word: ByteText) -> Bool {
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

  private static let calendar: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon",
    "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
  ]
}
