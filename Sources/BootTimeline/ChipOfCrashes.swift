import DeviceEvents

/// The chip of a log that shows crashes and nothing of a start.
///
/// Of the chips with Xtensa cores the S3 alone runs code from 0x4200_0000 on (ESP-IDF
/// `components/soc/<chip>/include/soc/soc.h`); ESP32 and S2 map theirs from 0x4008_0000 and 0x400d_0000 on.
enum ChipOfCrashes {
  /// So many calls in code are no coincidence, as one wild jump may be.
  private static let fewestCalls = 3

  /// The chip; nil where the crashes do not tell.
  static func chip(in records: [BootRecord]) -> Chip? {
    for record in records {
      for crash in record.crashes where isOfS3(crash.registers, crash.backtrace) { return .esp32s3 }
    }
    let named = Set(
      records.flatMap(\.crashes).flatMap(\.resolvedCalls).compactMap { call in
        call.file.flatMap { chip(ofSource: $0) }
      })
    return named.count == 1 ? named.first : nil
  }

  /// The chip of a source of ESP-IDF's that is compiled for it alone: `components/hal/esp32c6/include/hal/i2c_ll.h`. Not
  /// a component of that name, `components/esp32/core.cpp`, which may be anybody's for any chip.
  private static func chip(ofSource file: String) -> Chip? {
    let parts = file.split { $0 == "/" || $0 == "\\" }
    guard let start = parts.lastIndex(of: "components"), start + 2 < parts.count else { return nil }
    return parts[(start + 2)...].dropLast().lazy.compactMap { Chip(rawValue: String($0)) }.first
  }

  private static func isOfS3(_ registers: [Register], _ backtrace: Backtrace?) -> Bool {
    guard InstructionSet(registers: registers) == .xtensa, let frames = backtrace?.frames else {
      return false
    }
    let inCode = frames.filter { (0x4200_0000..<0x4400_0000).contains($0.pc) }
    let elsewhere = frames.contains { (0x400d_0000..<0x4020_0000).contains($0.pc) }
    return inCode.count >= fewestCalls && !elsewhere
  }
}
