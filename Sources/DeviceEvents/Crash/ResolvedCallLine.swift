import LineReading

/// Reads what monitors print under a crash when they have the ELF.
///
///     0x400d1b44: parse_frame at main/parser.c:42
///     --- 0x4200a3b2: parse_frame at main/parser.c:42
///      (inlined by) handle at main/parser.c:77
///     0x400d1b44: parse_frame at main/parser.c line 42
///     0x400d1b44 - parser::parse_frame
///       #1  0x400d1b44 in parse_frame (data=0x0) at main/parser.c:42
///
/// In this order: esp-idf-monitor before 1.2 and after, either's second line, Arduino's decoder, espflash (whose place
/// follows on a line of its own and is not read), PlatformIO's decoder and gdb.
enum ResolvedCallLine {
  private static let longestName = 400

  static func decode(_ text: ByteText) -> ResolvedCall? {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    if cursor.skip("--- ") { cursor.skipBlanks() }
    if cursor.skip("(inlined by) ") { return place(cursor.rest, at: nil, form: .inlinedBy) }
    if cursor.skip("#") {
      guard cursor.decimal() != nil else { return nil }
      cursor.skipBlanks()
      guard let address = wholeAddress(&cursor) else { return nil }
      if cursor.skip(":0x") { _ = cursor.hexadecimal(limit: 8) }
      guard cursor.skip(" in ") else { return nil }
      cursor.skipBlanks()
      return place(cursor.rest, at: address, form: .frame)
    }
    guard let address = wholeAddress(&cursor) else { return nil }
    if cursor.skip(" - ") { return place(cursor.rest, at: address, form: .address) }
    guard cursor.skip(": ") else { return nil }
    return place(cursor.rest, at: address, form: .address)
  }

  private static func wholeAddress(_ cursor: inout TextCursor) -> UInt32? {
    guard cursor.rest.has("0x") else { return nil }
    let start = cursor.position
    guard let address = cursor.address(), cursor.position == start + 10 else { return nil }
    return address
  }

  /// `name (arguments) at file:line (discriminator 2)`, `name in ROM`, or a name alone.
  private static func place(
    _ text: ByteText, at address: UInt32?, form: ResolvedCall.Form
  ) -> ResolvedCall? {
    guard text.count > 0, text.count < 4_096 else { return nil }
    var name = text.trimmed
    var file: String?
    var line: Int?
    if let place = lastIndex(of: " at ", in: name) {
      (file, line) = fileAndLine(name.slice(from: place + 4))
      name = name.slice(from: 0, to: place)
    } else if let rom = lastIndex(of: " in ROM", in: name), rom + 7 == name.count {
      name = name.slice(from: 0, to: rom)
    }
    // gdb's arguments hold the values of variables; C++ keeps the types behind the name's own.
    if form == .frame, let arguments = name.firstIndex(of: " (") {
      name = name.slice(from: 0, to: arguments)
    }
    name = name.trimmed
    guard name.count > 0, name.count <= longestName, name[0] != UInt8(ascii: "?") else {
      return nil
    }
    return ResolvedCall(
      address: address, form: form, function: name.string, file: file, line: line)
  }

  private static func lastIndex(of literal: StaticString, in text: ByteText) -> Int? {
    var found: Int?
    var start = 0
    while let next = text.firstIndex(of: literal, from: start) {
      found = next
      start = next + 1
    }
    return found
  }

  /// `main/parser.c:42 (discriminator 2)`, `main/parser.c line 42`; a line of `?` is none.
  private static func fileAndLine(_ text: ByteText) -> (file: String?, line: Int?) {
    let place = text.firstIndex(of: " (discriminator").map { text.slice(from: 0, to: $0) } ?? text
    if let words = lastIndex(of: " line ", in: place), words > 0 {
      var number = TextCursor(place, at: words + 6)
      if let line = number.decimal(), number.isAtEnd {
        return (place.slice(from: 0, to: words).string, line > 0 ? line : nil)
      }
    }
    var colon = place.count
    while colon > 0, place[colon - 1] != UInt8(ascii: ":") { colon -= 1 }
    guard colon > 1 else { return (nil, nil) }
    let file = place.slice(from: 0, to: colon - 1).string
    guard file != "??" else { return (nil, nil) }
    var number = TextCursor(place, at: colon)
    let line = number.decimal()
    return (file, line.flatMap { $0 > 0 ? $0 : nil })
  }
}
