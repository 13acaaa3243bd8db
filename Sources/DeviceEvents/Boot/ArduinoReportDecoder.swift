import LineReading

/// Decodes the report that the Arduino core prints before `setup()` at the level "verbose".
///
///     =========== Before Setup Start ===========
///     Chip Info:
///       Model             : ESP32-S3
///       Revision          : 0.02
///     Partitions Info:
///                    app0 : addr: 0x00010000, size:  1280.0 KB, type:  APP, subtype: OTA_0
///     Software Info:
///       ESP-IDF Version   : v5.1.4
///
/// arduino-esp32 `cores/esp32/chip-debug-report.cpp`, 3.0 and later. It has no log prefix; the
/// columns are as wide as shown.
enum ArduinoReportDecoder: PlainDecoder {
  static let markers: [StaticString] = []
  static let plainOpenings: [StaticString]? = [
    "Model  ", "Revision  ", "ESP-IDF Version", "Partitions Info:",
  ]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    let line = text.trimmed
    switch line[0] {
    case UInt8(ascii: "="):
      guard isFrame(line) else { return false }
      body(.application(.running))
      return true
    case UInt8(ascii: "M"):
      guard let model = value(of: "Model             : ", in: line) else { return false }
      guard let chip = Chip.allCases.first(where: { $0.title == model.string }) else {
        return false
      }
      body(.application(.chip(chip)))
      return true
    case UInt8(ascii: "R"):
      guard let revision = value(of: "Revision          : ", in: line).flatMap(revision) else {
        return false
      }
      body(.application(.chipRevision(revision)))
      return true
    case UInt8(ascii: "E"):
      guard let version = value(of: "ESP-IDF Version   : ", in: line), !version.isEmpty else {
        return false
      }
      body(.application(.idf(version.string)))
      return true
    case UInt8(ascii: "P"):
      guard line.count == 16, line.has("Partitions Info:") else { return false }
      body(.application(.partitionTableBegins))
      return true
    default:
      guard let row = PartitionRow(arduino: line) else { return false }
      body(.application(.partition(row)))
      return true
    }
  }

  private static func value(of field: StaticString, in line: ByteText) -> ByteText? {
    line.has(field) ? line.slice(from: field.utf8CodeUnitCount).trimmed : nil
  }

  /// `=========== Before Setup Start ===========` and its kin.
  private static func isFrame(_ line: ByteText) -> Bool {
    var cursor = TextCursor(line)
    while cursor.byte == UInt8(ascii: "=") { cursor.advance() }
    guard cursor.position >= 8, cursor.skip(" ") else { return false }
    guard cursor.skip("Before Setup ") || cursor.skip("After Setup ") else { return false }
    return cursor.skip("Start =") || cursor.skip("End =")
  }

  /// `0.02` and `3.01` as the start-up writes them: `v0.2`, `v3.1`; before 3.0.0 the whole number.
  private static func revision(_ text: ByteText) -> String? {
    var cursor = TextCursor(text)
    guard let number = cursor.decimal(), number >= 0 else { return nil }
    guard cursor.skip(".") else {
      return cursor.isAtEnd ? "v\(number / 100).\(number % 100)" : nil
    }
    guard let fraction = cursor.decimal(), (0..<100).contains(fraction) else { return nil }
    return "v\(number).\(fraction)"
  }
}

extension PartitionRow {
  /// `app0 : addr: 0x00010000, size:  1280.0 KB, type:  APP, subtype: OTA_0`.
  init?(arduino line: ByteText) {
    guard let end = line.firstIndex(of: " : addr: 0x"), (1...17).contains(end) else { return nil }
    var cursor = TextCursor(line, at: end + " : addr: ".utf8.count)
    guard let offset = cursor.wholeAddress(), cursor.skip(", size:") else { return nil }
    cursor.skipBlanks()
    // In units of 1024 bytes, with one decimal.
    guard let units = cursor.decimal(), (0..<1 << 22).contains(units), cursor.skip("."),
      let tenths = cursor.decimal(), (0..<10).contains(tenths), cursor.skip(" KB, type: ")
    else { return nil }
    cursor.skipBlanks()
    let type = cursor.skip("APP") ? 0 : cursor.skip("DATA") ? 1 : -1
    guard type >= 0, cursor.skip(", subtype: ") else { return nil }
    guard let subtype = Self.subtype(arduino: cursor.rest.trimmed, type: type) else { return nil }
    self.init(
      label: line.slice(from: 0, to: end).trimmed.string, type: type, subtype: subtype,
      offset: Int(offset), size: units * 1_024 + tenths * 1_024 / 10)
  }

  private static func subtype(arduino name: ByteText, type: Int) -> Int? {
    var cursor = TextCursor(name)
    if cursor.skip("0x") { return cursor.hexadecimal(limit: 2) }
    if type == 0 {
      if cursor.skip("OTA_"), let slot = cursor.decimal(), (0..<16).contains(slot) {
        return 0x10 + slot
      }
      return name.has("FACTORY") ? 0 : name.has("TEST") ? 0x20 : nil
    }
    switch name.string {
    case "OTA": return 0
    case "PHY": return 1
    case "NVS": return 2
    case "COREDUMP": return 3
    case "NVS_KEYS": return 4
    case "EFUSE_EM": return 5
    case "UNDEFINED": return 6
    case "ESPHTTPD": return 0x80
    case "FAT": return 0x81
    case "SPIFFS": return 0x82
    case "LITTLEFS": return 0x83
    default: return nil
    }
  }
}
