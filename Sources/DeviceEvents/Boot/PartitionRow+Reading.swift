import LineReading

extension PartitionRow {
  /// A row as the bootloader prints it, the same from 3.3 to 6.1:
  ///
  ///     ` 3 ota_0            OTA app          00 10 00020000 00200000`
  ///
  /// That is `%2d %-16s %-16s %02x %02x %08x %08x`. Authors and forums collapse blanks, so the
  /// numbers are taken from the right; the usage, which may be longer than its column, is known by
  /// its text. ESP-IDF `components/bootloader_support/src/bootloader_utility.c`.
  init?(_ text: ByteText) {
    var end = text.trimmedEnd
    guard let size = Self.field(text, digits: 8, &end),
      let offset = Self.field(text, digits: 8, &end),
      let subtype = Self.field(text, digits: 2, &end),
      let type = Self.field(text, digits: 2, &end)
    else { return nil }
    var cursor = TextCursor(text.slice(from: 0, to: end))
    cursor.skipBlanks()
    guard let index = cursor.decimal(), index >= 0, index < 256, cursor.skip(" ") else {
      return nil
    }
    let printed = Self.label(cursor.rest)
    let label = type == 0 ? Self.slot(printed, subtype: subtype) : printed.string
    guard !label.isEmpty else { return nil }
    self.init(label: label, type: type, subtype: subtype, offset: offset, size: size)
  }

  /// Takes a field of exactly so many hexadecimal digits from the right.
  private static func field(_ text: ByteText, digits: Int, _ end: inout Int) -> Int? {
    let head = text.slice(from: 0, to: end).trimmedEnd
    var cursor = TextCursor(text.slice(from: 0, to: head), at: max(head - digits, 0))
    guard head > digits, isBlank(text[head - digits - 1]) else { return nil }
    guard let value = cursor.hexadecimal(limit: digits), cursor.isAtEnd else { return nil }
    end = head - digits
    return value
  }

  /// The label of an app's row, where damage must not make another slot of it.
  private static func slot(_ label: ByteText, subtype: Int) -> String {
    guard let usual = SlotName.name(ofSubtype: subtype) else { return label.string }
    // No label has blanks in it: what stands beside the usual name is damage.
    var cursor = TextCursor(label)
    while !cursor.isAtEnd {
      cursor.skipBlanks()
      let word = cursor.take(until: 0x20)
      if word.string == usual || SlotName.meant(by: word, subtype: subtype) == usual {
        return usual
      }
    }
    return label.string
  }

  /// What stands before the usage; the first 16 bytes or the first word for an unknown usage.
  private static func label(_ text: ByteText) -> ByteText {
    let text = text.slice(from: 0, to: text.trimmedEnd)
    for usage in usages {
      let start = text.count - usage.utf8CodeUnitCount
      if start > 0, isBlank(text[start - 1]), text.has(usage, at: start) {
        return text.slice(from: 0, to: min(start, 16)).trimmed
      }
    }
    guard text.count <= 17 || !isBlank(text[16]) else {
      return text.slice(from: 0, to: 16).trimmed
    }
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    return cursor.take(until: 0x20).slice(from: 0, to: 16)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The bootloader's texts for what a partition is for; longer ones first where one ends another.
  private static let usages: [StaticString] = [
    "factory app", "test app", "TEE OTA data", "OTA app", "TEE app", "Unknown app", "OTA data",
    "RF data", "WiFi data", "NVS keys", "efuse", "Unknown data", "primary bootloader",
    "ota bootloader", "recovery bootloader", "primary partition_table", "ota partition_table",
    "unknown",
  ]
}

extension ByteText {
  /// Where the text ends without the blanks at its end.
  fileprivate var trimmedEnd: Int {
    var end = count
    while end > 0, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
    return end
  }
}
