import LineReading

extension LogMessage {
  /// The longest tag that is believed; a colon further on is part of a message.
  private static let longestTag = 64

  /// Takes a text apart that begins with a log macro's prefix; nil if it has none.
  @inline(__always)
  init?(_ text: ByteText) {
    let first = text[0]
    if Self.isLevel(first), text[1] == UInt8(ascii: " ") {
      self.init(espIDF: text)
    } else if first == UInt8(ascii: "[") {
      self.init(bracketed: text)
    } else {
      return nil
    }
  }

  /// Whether `byte` is a level letter of ESP-IDF.
  @inline(__always)
  static func isLevel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "E"), UInt8(ascii: "W"), UInt8(ascii: "I"), UInt8(ascii: "D"),
      UInt8(ascii: "V"):
      true
    default: false
    }
  }

  /// `I (1234) tag: message`, `I (12:34:56.789) tag: message`, `E tag: message` of
  /// `ESP_DRAM_LOGx`, and `I (1234) wifi:message` of the radio libraries (ESP-IDF `log`, all
  /// versions).
  private init?(espIDF text: ByteText) {
    var time: Int?
    var position = 2
    let hasTime = text[2] == UInt8(ascii: "(")
    if hasTime {
      guard let end = Self.readTime(text, &time) else { return nil }
      position = end
    }
    let tagStart = position
    let limit = min(text.count, tagStart + Self.longestTag)
    let bytes = text.buffer
    while position < limit, bytes[position] != UInt8(ascii: ":") { position += 1 }
    if position >= limit {
      // With a null tag, V2 of the log library prints none.
      guard hasTime else { return nil }
      self.init(
        level: text[0], time: time, tag: text.slice(from: tagStart, to: tagStart),
        message: text.slice(from: tagStart), style: .espIDF)
      return
    }
    let tag = text.slice(from: tagStart, to: position)
    position += 1
    let hasBlank = text[position] == UInt8(ascii: " ")
    // Without a time, only a colon and a blank behind one word tell a log line from prose.
    guard hasTime || (hasBlank && Self.isPlausibleBareTag(tag)) else { return nil }
    if hasBlank { position += 1 }
    self.init(
      level: text[0], time: time, tag: tag, message: text.slice(from: position), style: .espIDF)
  }

  /// Reads what stands in parentheses, and returns where the tag begins. Only milliseconds since
  /// boot give a time: a Unix time has 13 digits, wall clocks have colons.
  @inline(__always)
  private static func readTime(_ text: ByteText, _ time: inout Int?) -> Int? {
    var position = 3
    var value = 0
    while case let digit = text[position] &- 0x30, digit < 10, position < 16 {
      value = value &* 10 &+ Int(digit)
      position += 1
    }
    if text[position] == UInt8(ascii: ")"), position > 3 {
      if position <= 13 { time = value }
    } else {
      while isClock(text[position]), position < 32 { position += 1 }
      guard text[position] == UInt8(ascii: ")"), position > 3 else { return nil }
    }
    return text[position + 1] == UInt8(ascii: " ") ? position + 2 : nil
  }

  private static func isClock(_ byte: UInt8) -> Bool {
    // Digits and the colon, the dot and the dash, and the blank between date and clock.
    (0x30...0x3a).contains(byte) || byte == 0x2d || byte == 0x2e || byte == 0x20
  }

  private static func isPlausibleBareTag(_ tag: ByteText) -> Bool {
    if tag.has("MSPI ") { return tag.count <= 16 }
    guard !tag.isEmpty, tag.count <= 32 else { return false }
    for index in 0..<tag.count where !isTagByte(tag[index]) { return false }
    return true
  }

  static func isTagByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}

extension LogMessage {
  /// The same message without what stands behind its first `end` bytes.
  func ending(before end: Int) -> LogMessage {
    LogMessage(
      level: level, time: time, tag: tag, message: message.slice(from: 0, to: end), style: style)
  }

  /// Whether the tag reads like one; a tag in a damaged line often does not. Brackets count behind level and time, in
  /// pairs and behind a name, as in Matter's `chip[SWU]`.
  var hasPlausibleTag: Bool {
    var closing: UInt8 = 0
    for index in 0..<tag.count {
      let byte = tag[index]
      if Self.isTagByte(byte) || byte == UInt8(ascii: " ") { continue }
      guard index > 0, time != nil else { return false }
      if byte == closing {
        closing = 0
      } else if closing == 0, byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@") {
        continue
      } else if closing == 0, let other = Self.closing(byte) {
        closing = other
      } else {
        return false
      }
    }
    return !tag.isEmpty && closing == 0
  }

  /// What closes a bracket; nil for other bytes.
  private static func closing(_ bracket: UInt8) -> UInt8? {
    switch bracket {
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: nil
    }
  }
}
