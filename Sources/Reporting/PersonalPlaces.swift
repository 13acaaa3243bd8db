// Where a node stands.

extension PersonalScan {
  /// What makes two numbers a place.
  private static let words: [StaticString] = [
    "lat", "lon", "lng", "gps", "coord", "position", "location", "geo",
  ]

  /// `52.5200, 13.4050`: two numbers of degrees with four decimals or more, or three where the text speaks of a place.
  /// Three numbers in a row are a vector.
  mutating func coordinates(at position: Int) -> Range<Int>? {
    guard let first = degrees(from: position, below: 90) else { return nil }
    let second = text.pastSeparators(first.end)
    guard second > first.end, let last = degrees(from: second, below: 180) else { return nil }
    let isPlace = places.isFound(before: position) { [text] index in
      Self.words.contains { text.has($0, at: index) }
    }
    guard isPlace || first.decimals >= 4 && last.decimals >= 4 else { return nil }
    let third = text.pastSeparators(last.end)
    if third > last.end, number(from: third) || isNumber(before: position), !isPlace { return nil }
    if isNumber(before: position), !isPlace { return nil }
    // `3.3012, 1.8001 V` has a unit.
    if text.isBlank(last.end), text.isLetter(last.end + 1), !text.isLetter(last.end + 2), !isPlace,
      ![0x4e, 0x53, 0x45, 0x57].contains(text.byte(last.end + 1))
    {
      return nil
    }
    return position..<last.end
  }

  private func degrees(from start: Int, below limit: Int) -> (end: Int, decimals: Int)? {
    var cursor = start
    if text.byte(cursor) == UInt8(ascii: "-") || text.byte(cursor) == UInt8(ascii: "+") {
      cursor += 1
    }
    let whole = cursor
    var value = 0
    while text.isDigit(cursor), cursor < whole + 4 {
      value = value * 10 + Int(text.byte(cursor) &- 0x30)
      cursor += 1
    }
    guard 1...3 ~= cursor - whole, value <= limit, text.byte(cursor) == UInt8(ascii: ".") else {
      return nil
    }
    let point = cursor
    cursor += 1
    while text.isDigit(cursor) { cursor += 1 }
    let decimals = cursor - point - 1
    // `52.5200N 13.4050E`
    if isDirection(cursor), !text.isWord(cursor + 1) { cursor += 1 }
    return decimals >= 3 && !text.isWord(cursor) && text.byte(cursor) != UInt8(ascii: ".")
      ? (cursor, decimals) : nil
  }

  /// North, south, east or west.
  private func isDirection(_ index: Int) -> Bool {
    [0x4e, 0x53, 0x45, 0x57].contains(text.byte(index))
  }

  /// `52° 31' 12" N`; a temperature has no minutes.
  func degreesAndMinutes(at position: Int) -> Range<Int>? {
    var cursor = position
    while cursor < position + 3, text.isDigit(cursor) { cursor += 1 }
    cursor = text.pastBlanks(cursor)
    let sign: StaticString = "°"
    guard text.has(sign, at: cursor) else { return nil }
    cursor = text.pastBlanks(cursor + sign.utf8CodeUnitCount)
    let minutes = cursor
    while cursor < minutes + 8, text.isDigit(cursor) || text.byte(cursor) == UInt8(ascii: ".") {
      cursor += 1
    }
    guard cursor > minutes, text.byte(cursor) == UInt8(ascii: "'") || text.has("′", at: cursor)
    else { return nil }
    let end = (cursor..<cursor + 20).first { isDirection($0) }
    return end.map { position..<$0 + 1 }
  }

  private func number(from start: Int) -> Bool {
    text.isDigit(start) || [0x2b, 0x2d].contains(text.byte(start)) && text.isDigit(start + 1)
  }

  /// Whether a number with decimals stands before: the third of a row.
  private func isNumber(before position: Int) -> Bool {
    var index = position - 1
    guard text.isSeparator(index) else { return false }
    while index > position - 4, text.isSeparator(index) { index -= 1 }
    let end = index
    while index > end - 12, text.isDigit(index) || text.byte(index) == UInt8(ascii: ".") {
      index -= 1
    }
    return index < end && (index + 1...end).contains { text.byte($0) == UInt8(ascii: ".") }
  }

  /// `lat=52.5`, `longitude: 13.4`, `lat 52.52`
  func namedCoordinate(at position: Int) -> Range<Int>? {
    guard text.lower(position) == UInt8(ascii: "l") else { return nil }
    for name: StaticString in ["latitude", "longitude", "lat", "lon", "lng"]
    where text.has(name, at: position) && !text.isWord(position + name.utf8CodeUnitCount) {
      var cursor = position + name.utf8CodeUnitCount
      if text.isQuote(cursor) { cursor += 1 }
      cursor = text.pastBlanks(cursor)
      let hasSign = text.isSign(cursor)
      if hasSign { cursor = text.pastBlanks(cursor + 1) }
      if text.isQuote(cursor) { cursor += 1 }
      var end = cursor
      while text.isDigit(end) || [0x2b, 0x2d, 0x2e].contains(text.byte(end)) { end += 1 }
      guard end > cursor else { return nil }
      return hasSign || isDegrees(cursor..<end) ? cursor..<end : nil
    }
    return nil
  }

  /// `lat 52.52 lon 13.40`; not `lat 3.41 ms`, which is a latency.
  private func isDegrees(_ number: Range<Int>) -> Bool {
    guard let point = number.first(where: { text.byte($0) == UInt8(ascii: ".") }),
      number.upperBound - point > 2, !text.isWord(number.upperBound)
    else { return false }
    let unit = text.pastBlanks(number.upperBound)
    return !["ms", "us", "s", "sec", "msec"].contains { (word: StaticString) in
      text.has(word, at: unit) && !text.isWord(unit + word.utf8CodeUnitCount)
    }
  }

  /// `$GPGGA,…` of a satellite receiver
  func satelliteSentence(at position: Int) -> Range<Int>? {
    guard text.has("$g", at: position), text.isLetter(position + 2), text.isLetter(position + 5),
      text.byte(position + 6) == UInt8(ascii: ",")
    else { return nil }
    var end = position + 7
    while !text.isLineEnd(end) { end += 1 }
    return position + 7..<end
  }
}
