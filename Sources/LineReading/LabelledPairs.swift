// 2025-03-04T11:00:00Z {device="attic"} I (31) boot: …
// ts=2025-03-04T11:00:00Z host=attic msg="I (31) boot: …"
//
// Loki's streams and loggers that write logfmt name the node in a pair.

/// A line with pairs of names and values, one of which names the node.
struct LabelledPairs {
  /// The name of the node.
  let label: ByteText
  /// Where the device's text begins, and where it ends.
  let text: Range<Int>

  /// How far into a line the device's text may begin.
  private static let longestLead = 256

  private static let nodeNames: [StaticString] = [
    "device=", "node=", "device_id=", "node_id=", "hostname=", "host=", "instance=", "topic=",
    "port=", "dut=", "container_name=", "container=", "pod=",
  ]

  private static let textNames: [StaticString] = [
    "msg=\"", "message=\"", "line=\"", "log=\"", "text=\"",
  ]

  /// Whether the pairs of a stream open there, and no record.
  static func open(_ line: ByteText, at start: Int) -> Bool {
    guard line[start] == UInt8(ascii: "{") else { return false }
    var position = start + 1
    while HostPrefixes.isNameByte(line[position]) { position += 1 }
    return position > start + 1 && line[position] == UInt8(ascii: "=")
  }

  /// The pairs of a line; nil if it has none that name a node.
  init?(_ line: ByteText) {
    let lead = line.slice(from: 0, to: Self.longestLead)
    guard lead.firstIndex(of: UInt8(ascii: "=")) != nil else { return nil }
    if let start = lead.firstIndex(of: UInt8(ascii: "{")), Self.open(line, at: start),
      !DeviceText.begins(line, at: 0), let end = lead.firstIndex(of: UInt8(ascii: "}"), from: start)
    {
      guard let label = Self.value(in: line.slice(from: start + 1, to: end)) else { return nil }
      self.label = label
      let isApart = line[end + 1] == Byte.blank || line[end + 1] == Byte.tab
      text = min(end + (isApart ? 2 : 1), line.count)..<line.count
      return
    }
    for name in Self.textNames {
      guard let found = lead.firstIndex(of: name), found > 0, line[found - 1] == Byte.blank else {
        continue
      }
      guard let label = Self.value(in: line.slice(from: 0, to: found)) else { return nil }
      self.label = label
      let start = found + name.utf8CodeUnitCount
      text = start..<Self.endOfText(in: line, from: start)
      return
    }
    return nil
  }

  /// Whose line it is, where the device's text shows that it is one.
  func reading(of line: ByteText) -> LabelledLine.Reading {
    guard DeviceText.begins(line, at: text.lowerBound) else { return .unsure }
    return .labelled(
      LabelledLine(
        label: label, end: 0, form: .pair,
        beat: LabelledLine.beat(of: line, at: text.lowerBound)))
  }

  /// The value of the pair that names the node.
  private static func value(in pairs: ByteText) -> ByteText? {
    for name in nodeNames {
      var search = 0
      while let found = pairs.firstIndex(of: name, from: search) {
        search = found + 1
        guard found == 0 || !HostPrefixes.isNameByte(pairs[found - 1]) else { continue }
        var start = found + name.utf8CodeUnitCount
        let isQuoted = pairs[start] == UInt8(ascii: "\"")
        if isQuoted { start += 1 }
        var end = start
        while end < pairs.count, !endsValue(pairs[end], isQuoted ? .quoted : .bare) { end += 1 }
        return end > start ? pairs.slice(from: start, to: end) : nil
      }
    }
    return nil
  }

  private enum Value { case bare, quoted }

  private static func endsValue(_ byte: UInt8, _ value: Value) -> Bool {
    switch value {
    case .quoted: byte == UInt8(ascii: "\"")
    case .bare: byte == Byte.blank || byte == UInt8(ascii: ",")
    }
  }

  /// Where the quotation mark stands that ends a text, or the end of the line.
  private static func endOfText(in line: ByteText, from start: Int) -> Int {
    var position = start
    while position < line.count, line[position] != UInt8(ascii: "\"") {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(position, line.count)
  }
}
