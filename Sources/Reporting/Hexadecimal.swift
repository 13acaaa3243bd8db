/// Addresses and offsets as every report writes them.
enum Hexadecimal {
  /// An address in memory, `0x42101a30`: always eight digits.
  static func address(_ address: UInt32) -> String {
    let digits = String(address, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  /// An offset or size in flash, `0x20000`: as `partitions.csv` writes them.
  static func offset(_ offset: Int) -> String { "0x" + String(offset, radix: 16) }
}
