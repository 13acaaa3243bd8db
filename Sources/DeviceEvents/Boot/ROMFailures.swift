import LineReading

/// The ROM's complaints.
///
///     invalid header: 0xffffffff                 all chips, again and again
///     flash read err, 1000                       ESP32
///     ets_main.c 371                             the line of the ROM's source that gave up
///     ets_loader.c 67                            C6
///     csum err:0x5c!=0xa1                        ESP32
///     Checksum failure. Calculated 0x5c stored 0xa1
///     SHA-256 comparison failed:                 then Calculated:, Expected:, Attempting to boot anyway...
///     Invalid chip id. Expected 9 read 5. Bootloader for wrong chip?     S3 and later
///     Invalid image block, can't boot.
///     Sig block 0 invalid: Image digest does not match
///     secure boot verification failed
///     2 mmu set 00010000, pos 00010000           ESP32, an application where the bootloader belongs
///
/// From recorded and posted logs; the ROM's source is not public.
enum ROMFailures {
  /// How the lines below begin, those with a number first aside.
  static let openings: [StaticString] = [
    "invalid header: 0", "Expected: ", "Calculated: ", "flash read err", "csum err:",
    "Checksum failure", "SHA-256 comparison", "Attempting to boot", "ets_main.c", "ets_loader.c",
    "secure boot verification", "Sig block ", "No signature block", "Invalid chip id",
    "Invalid image block", "Falling back to", "assertion ", "user code done",
  ]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    if text.has("invalid header: 0") {
      // A cut word is no word: `0xffff` would not mean erased flash.
      body(.notice(Notice(.romInvalidHeader, numbers: word(in: text).map { [$0] } ?? [])))
      return true
    }
    if let notice = expectedHash(text) {
      body(.notice(notice))
      return true
    }
    if text.has("Calculated: "), hashDigits(text, from: "Calculated: ".utf8.count) >= 16 {
      body(.rom(.settings))
      return true
    }
    guard let notice = table.notice(for: text) else { return false }
    body(.notice(notice))
    return true
  }

  /// Reads what the ROM says behind its first words, in a log of which a web page has eaten the line feeds: each kind
  /// of complaint once, and behind a reset the segments that it loads, up to where a ROM starts again.
  static func decodeBehind(_ text: ByteText, _ body: EventSink) {
    guard text.count > shortestJoined else { return }
    let start = text.slice(from: 0, to: startOfNext(in: text))
    var read: [Int] = []
    for complaint in complaintsBehind {
      guard let found = start.firstIndex(of: complaint, from: shortestStatement),
        start[found - 1] == 0x20
      else { continue }
      read.append(found)
    }
    for found in read.sorted() { _ = decode(start.slice(from: found, to: found + 80), body) }
    let isReset = start.has("rst:0x")
    var next = shortestStatement
    for _ in 0..<8 {
      guard let found = start.firstIndex(of: " load:0x", from: next) else { return }
      _ = ROMDecoder.decodeLoad(start.slice(from: found + 1, to: found + 60)) { event in
        if case .notice = event { body(event) } else if isReset { body(event) }
      }
      next = found + 8
    }
  }

  /// Where the words of the next start begin, or what is too far behind the first words to belong to them.
  private static func startOfNext(in text: ByteText) -> Int {
    var end = reach
    for beginning in beginnings {
      let near = text.slice(from: 0, to: end)
      if let found = near.firstIndex(of: beginning, from: shortestStatement) { end = found }
    }
    return end
  }

  private static let complaintsBehind: [StaticString] = [
    "invalid header: 0x", "flash read err, ", "csum err:0x", "ets_loader.c ", "ets_main.c ",
  ]
  private static let beginnings: [StaticString] = ["rst:0x", "ets J", "ESP-ROM:"]
  /// How far behind its first words a start's complaints and segments are looked for, in bytes: a whole start has 300,
  /// and 450 where a tool stamped its lines.
  private static let reach = 600
  /// In bytes; the shortest word of the ROM with a complaint behind it is longer.
  private static let shortestStatement = 10
  private static let shortestJoined = 28

  private static func word(in text: ByteText) -> Int? {
    var cursor = TextCursor(text)
    guard cursor.skip("invalid header: 0x") else { return nil }
    let start = cursor.position
    guard let word = cursor.hexadecimal(limit: 8), cursor.position - start == 8 else { return nil }
    return word
  }

  private static func expectedHash(_ text: ByteText) -> Notice? {
    let start = "Expected: ".utf8.count
    guard text.has("Expected: ") else { return nil }
    let count = hashDigits(text, from: start)
    guard count >= 16 else { return nil }
    let hash = text.slice(from: start, to: start + count)
    let isErased = hash.buffer.allSatisfy { $0 | 0x20 == UInt8(ascii: "f") }
    return Notice(.romExpectedHash, numbers: [isErased ? 1 : 0], detail: hash.string)
  }

  private static func hashDigits(_ text: ByteText, from start: Int) -> Int {
    var end = start
    while TextCursor.hexDigit(text[end]) != nil { end += 1 }
    return end - start
  }

  private static let table = NoticeTable([
    NoticeRow("flash read err, %d", .romFlashReadError),
    NoticeRow("csum err:0x%x!=0x%x", .romChecksumError),
    NoticeRow("csum err:", .romChecksumError),
    NoticeRow("Checksum failure. Calculated 0x%x stored 0x%x", .romChecksumError),
    NoticeRow("Checksum failure.", .romChecksumError),
    NoticeRow("SHA-256 comparison failed", .romHashMismatch),
    NoticeRow("Attempting to boot anyway", .romBootsAnyway),
    NoticeRow("ets_main.c %d", .romFatalExit),
    NoticeRow("ets_loader.c %d", .romLoaderRejected),
    NoticeRow("secure boot verification failed", .romSecureBootFailed),
    NoticeRow("Sig block %d invalid: %s", .romSecureBootFailed),
    NoticeRow("No signature block magic byte found at signature sector", .romSignatureMissing),
    NoticeRow("Invalid chip id. Expected %d read %d", .romChipMismatch),
    NoticeRow("Invalid chip id. expected %d read %d", .romChipMismatch),
    NoticeRow("Invalid image block, can't boot", .romLoaderRejected),
    NoticeRow("Falling back to built-in command interpreter", .romBasicInterpreter),
    NoticeRow(
      "assertion \"result == ETS_OK\" failed: file \"ets_main.c\", line %d", .romAssert),
    NoticeRow("%d mmu set %x, pos %x", .romMapsImage),
    NoticeRow("user code done", .romUserCodeDone),
  ])
}
