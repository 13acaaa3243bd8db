/// Masks what tells whose node it is: Wi-Fi names, MAC and IP addresses, coordinates.
enum PersonalData {
  /// The text with all of it masked.
  static func masked(_ text: String) -> String {
    var copy = text
    let kept: [UInt8]? = copy.withUTF8 { bytes in
      let scan = PersonalScan(SecretScan(bytes: bytes))
      var kept: [UInt8] = []
      var copied = 0
      var position = 0
      while position < bytes.count {
        guard let found = scan.range(at: position), !found.isEmpty else {
          position += 1
          continue
        }
        kept += bytes[copied..<found.lowerBound]
        kept += Redaction.mask.utf8
        copied = found.upperBound
        position = max(found.upperBound, position + 1)
      }
      return copied == 0 ? nil : kept + bytes[copied...]
    }
    return kept.map { String(decoding: $0, as: UTF8.self) } ?? text
  }
}

/// Finds personal data in one text.
private struct PersonalScan {
  private let text: SecretScan

  init(_ text: SecretScan) { self.text = text }

  /// What this place begins, or names.
  func range(at position: Int) -> Range<Int>? {
    let before = text.byte(position - 1)
    let isInsideWord = text.isWord(position - 1) || before == UInt8(ascii: ".")
    switch text.lower(position) {
    case UInt8(ascii: "$"): return satelliteSentence(at: position)
    case UInt8(ascii: "-"), UInt8(ascii: "+"): return isInsideWord ? nil : coordinates(at: position)
    case UInt8(ascii: ":"): return version6(at: position)
    default: break
    }
    if let name = networkName(at: position) { return name }
    guard !isInsideWord else { return nil }
    return hardware(at: position) ?? version4(at: position) ?? version6(at: position)
      ?? coordinates(at: position) ?? namedCoordinate(at: position)
  }

  // MARK: Wi-Fi names

  /// What stands in front of a network's name, and what behind it where it is not in quotes.
  private static let openings: [(opening: StaticString, closing: StaticString)] = [
    ("connected with ", ", aid"), ("connected to ap ", ","), ("connecting to ap ", ","),
    ("connecting to network ", ","), ("connected to network ", ","),
  ]

  private func networkName(at position: Int) -> Range<Int>? {
    switch text.lower(position) {
    case UInt8(ascii: "s") where text.has("ssid", at: position): return name(behind: position + 4)
    case UInt8(ascii: "c") where text.has("connect", at: position): break
    default: return nil
    }
    for (opening, closing) in Self.openings where text.has(opening, at: position) {
      let start = position + opening.utf8CodeUnitCount
      // `connected to ap SSID:lab password:x`
      guard !text.has("ssid", at: start) else { return nil }
      if text.isQuote(start) { return text.value(from: start)?.bytes }
      var end = start
      while !text.isLineEnd(end), !text.has(closing, at: end) { end += 1 }
      return start..<end
    }
    for opening: StaticString in ["connecting to ", "connected to "]
    where text.has(opening, at: position) {
      let start = position + opening.utf8CodeUnitCount
      return text.isQuote(start) ? text.value(from: start)?.bytes : nil
    }
    return nil
  }

  /// `ssid=lab`, `SSID: lab, channel: 6`, `"ssid":"lab"`, `SSID 'lab'`, `SSID [lab]`
  private func name(behind end: Int) -> Range<Int>? {
    // `ssid_len=4`, `ssids: 12`
    guard !text.isWord(end) else { return nil }
    var cursor = text.isQuote(end) ? end + 1 : end
    cursor = text.pastBlanks(cursor)
    if text.isSign(cursor) {
      cursor = text.pastBlanks(cursor + 1)
    } else if !text.isQuote(cursor), text.byte(cursor) != UInt8(ascii: "[") {
      return nil
    }
    if text.byte(cursor) == UInt8(ascii: "[") { cursor += 1 }
    return text.value(from: cursor)?.bytes
  }

  // MARK: addresses

  /// `aa:bb:cc:dd:ee:ff`, also with hyphens
  private func hardware(at position: Int) -> Range<Int>? {
    let sign = text.byte(position + 2)
    guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: "-") else { return nil }
    var cursor = position
    for pair in 0..<6 {
      if pair > 0 {
        guard text.byte(cursor) == sign else { return nil }
        cursor += 1
      }
      guard text.isHex(cursor), text.isHex(cursor + 1) else { return nil }
      cursor += 2
    }
    guard !text.isWord(cursor) else { return nil }
    return position..<cursor
  }

  /// `10.0.0.7`; not `v5.4.2.1`
  private func version4(at position: Int) -> Range<Int>? {
    guard text.isDigit(position) else { return nil }
    var cursor = position
    for part in 0..<4 {
      if part > 0 {
        guard text.byte(cursor) == UInt8(ascii: ".") else { return nil }
        cursor += 1
      }
      let start = cursor
      var value = 0
      while text.isDigit(cursor), cursor - start < 4 {
        value = value * 10 + Int(text.byte(cursor) &- 0x30)
        cursor += 1
      }
      guard cursor > start, value <= 255 else { return nil }
    }
    let continues = text.byte(cursor) == UInt8(ascii: ".") && text.isDigit(cursor + 1)
    return text.isWord(cursor) || continues ? nil : position..<cursor
  }

  /// `fe80::1`, `2001:db8:0:0:0:0:0:7`; not a time, and not a name of C++
  private func version6(at position: Int) -> Range<Int>? {
    guard text.isHex(position) || text.has("::", at: position), !text.isWord(position - 1),
      text.byte(position - 1) != UInt8(ascii: ":")
    else { return nil }
    var cursor = position
    var colons = 0
    var digits = 0
    var groups = 0
    var isShortened = false
    while text.isHex(cursor) || text.byte(cursor) == UInt8(ascii: ":") {
      if text.isHex(cursor) {
        if digits == 0 { groups += 1 }
        digits += 1
        guard digits <= 4 else { return nil }
      } else {
        colons += 1
        if text.byte(cursor + 1) == UInt8(ascii: ":") { isShortened = true }
        digits = 0
      }
      cursor += 1
    }
    guard !text.isWord(cursor), groups >= 1, isShortened ? groups <= 7 : colons == 7 else {
      return nil
    }
    let hasDigit = (position..<cursor).contains { text.isDigit($0) }
    return hasDigit ? position..<cursor : nil
  }

  // MARK: places

  /// `52.5200, 13.4050`: two numbers of degrees with three decimals or more
  private func coordinates(at position: Int) -> Range<Int>? {
    guard let first = degrees(from: position) else { return nil }
    let second = text.pastSeparators(first)
    guard second > first, let end = degrees(from: second) else { return nil }
    return position..<end
  }

  private func degrees(from start: Int) -> Int? {
    var cursor = start
    if text.byte(cursor) == UInt8(ascii: "-") || text.byte(cursor) == UInt8(ascii: "+") {
      cursor += 1
    }
    let whole = cursor
    while text.isDigit(cursor) { cursor += 1 }
    guard 1...3 ~= cursor - whole, text.byte(cursor) == UInt8(ascii: ".") else { return nil }
    let point = cursor
    cursor += 1
    while text.isDigit(cursor) { cursor += 1 }
    return cursor - point > 3 && !text.isWord(cursor) ? cursor : nil
  }

  /// `lat=52.5`, `longitude: 13.4`
  private func namedCoordinate(at position: Int) -> Range<Int>? {
    guard text.lower(position) == UInt8(ascii: "l") else { return nil }
    for name: StaticString in ["latitude", "longitude", "lat", "lon", "lng"]
    where text.has(name, at: position) && !text.isWord(position + name.utf8CodeUnitCount) {
      var cursor = position + name.utf8CodeUnitCount
      if text.isQuote(cursor) { cursor += 1 }
      cursor = text.pastBlanks(cursor)
      guard text.isSign(cursor) else { return nil }
      cursor = text.pastBlanks(cursor + 1)
      if text.isQuote(cursor) { cursor += 1 }
      var end = cursor
      while text.isDigit(end) || [0x2b, 0x2d, 0x2e].contains(text.byte(end)) { end += 1 }
      return end > cursor ? cursor..<end : nil
    }
    return nil
  }

  /// `$GPGGA,…` of a satellite receiver
  private func satelliteSentence(at position: Int) -> Range<Int>? {
    guard text.has("$g", at: position), text.isLetter(position + 2), text.isLetter(position + 5),
      text.byte(position + 6) == UInt8(ascii: ",")
    else { return nil }
    var end = position + 7
    while !text.isLineEnd(end) { end += 1 }
    return position + 7..<end
  }
}
