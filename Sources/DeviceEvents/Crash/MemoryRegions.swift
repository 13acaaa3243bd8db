/// A part of a chip's address space.
struct MemoryRegion: Sendable {
  let low: UInt32
  /// The first address behind it.
  let end: UInt32
  let kind: AddressClass
  /// Whether the processor may fetch instructions from it.
  let isExecutable: Bool

  init(_ low: UInt32, _ end: UInt32, _ kind: AddressClass, executable: Executable = .no) {
    self.low = low
    self.end = end
    self.kind = kind
    self.isExecutable = executable == .yes
  }

  /// Whether instructions may be fetched.
  enum Executable: Sendable { case yes, no }

  func contains(_ address: UInt32) -> Bool { address >= low && address < end }
}

/// The address spaces, from ESP-IDF's `soc.h` and `ext_mem_defs.h` of each chip and the technical
/// reference manuals where the headers are silent. Versions differ a little: good for telling what
/// an address is, not for rejecting one.
extension Chip {
  /// The regions in the order of precedence.
  var memoryRegions: [MemoryRegion] {
    switch self {
    case .esp32: Self.esp32Regions
    case .esp32s2: Self.esp32s2Regions
    case .esp32s3: Self.esp32s3Regions
    case .esp32c2: Self.esp32c2Regions
    case .esp32c3: Self.esp32c3Regions
    case .esp32c5: Self.esp32c5Regions
    case .esp32c6: Self.esp32c6Regions
    case .esp32c61: Self.esp32c61Regions
    case .esp32h2: Self.esp32h2Regions
    case .esp32h21: Self.esp32h21Regions
    case .esp32h4: Self.esp32h4Regions
    case .esp32p4: Self.esp32p4Regions
    case .esp32s31: Self.esp32s31Regions
    }
  }

  private static let esp32Regions = [
    MemoryRegion(0x4000_0000, 0x4007_0000, .rom, executable: .yes),
    MemoryRegion(0x4007_0000, 0x400C_0000, .iram, executable: .yes),
    MemoryRegion(0x400C_0000, 0x400C_2000, .rtc, executable: .yes),
    MemoryRegion(0x400D_0000, 0x4040_0000, .flashCode, executable: .yes),
    MemoryRegion(0x3F40_0000, 0x3F80_0000, .flashData),
    MemoryRegion(0x3F80_0000, 0x3FC0_0000, .psram),
    MemoryRegion(0x3FF0_0000, 0x3FF8_0000, .peripheral),
    MemoryRegion(0x3FF8_0000, 0x3FF8_2000, .rtc),
    MemoryRegion(0x3FF9_0000, 0x3FFA_0000, .rom),
    MemoryRegion(0x3FFA_E000, 0x4000_0000, .dram),
    MemoryRegion(0x5000_0000, 0x5000_2000, .rtc),
    MemoryRegion(0x6000_0000, 0x6010_0000, .peripheral),
  ]

  private static let esp32s2Regions = [
    MemoryRegion(0x4000_0000, 0x4002_0000, .rom, executable: .yes),
    MemoryRegion(0x4002_0000, 0x4007_0000, .iram, executable: .yes),
    MemoryRegion(0x4007_0000, 0x4007_2000, .rtc, executable: .yes),
    MemoryRegion(0x4008_0000, 0x4080_0000, .flashCode, executable: .yes),
    MemoryRegion(0x3F00_0000, 0x3F40_0000, .flashData),
    MemoryRegion(0x3F40_0000, 0x3F50_0000, .peripheral),
    MemoryRegion(0x3F50_0000, 0x3FF8_0000, .psram),
    MemoryRegion(0x3FF9_E000, 0x3FFA_0000, .rtc),
    MemoryRegion(0x3FFA_0000, 0x3FFB_0000, .rom),
    MemoryRegion(0x3FFB_0000, 0x4000_0000, .dram),
    MemoryRegion(0x5000_0000, 0x5000_2000, .rtc),
    MemoryRegion(0x6000_0000, 0x6010_0000, .peripheral),
    MemoryRegion(0x6180_0000, 0x6190_0000, .peripheral),
  ]

  private static let esp32s3Regions = [
    MemoryRegion(0x4000_0000, 0x4006_0000, .rom, executable: .yes),
    MemoryRegion(0x4037_0000, 0x403E_0000, .iram, executable: .yes),
    MemoryRegion(0x4200_0000, 0x4400_0000, .flashCode, executable: .yes),
    MemoryRegion(0x3C00_0000, 0x3E00_0000, .flashData),
    MemoryRegion(0x3FC8_8000, 0x3FD0_0000, .dram),
    MemoryRegion(0x3FF0_0000, 0x3FF2_0000, .rom),
    MemoryRegion(0x5000_0000, 0x5000_2000, .rtc),
    MemoryRegion(0x600F_E000, 0x6010_0000, .rtc, executable: .yes),
    MemoryRegion(0x6000_0000, 0x600F_E000, .peripheral),
  ]

  private static let esp32c2Regions = [
    MemoryRegion(0x4000_0000, 0x4009_0000, .rom, executable: .yes),
    MemoryRegion(0x4037_C000, 0x403C_0000, .iram, executable: .yes),
    MemoryRegion(0x4200_0000, 0x4240_0000, .flashCode, executable: .yes),
    MemoryRegion(0x3C00_0000, 0x3C40_0000, .flashData),
    MemoryRegion(0x3FCA_0000, 0x3FCE_0000, .dram),
    MemoryRegion(0x3FF0_0000, 0x3FF5_0000, .rom),
    MemoryRegion(0x6000_0000, 0x6010_0000, .peripheral),
    MemoryRegion(0x2000_0000, 0x2800_0000, .peripheral),
  ]

  private static let esp32c3Regions = [
    MemoryRegion(0x4000_0000, 0x4006_0000, .rom, executable: .yes),
    MemoryRegion(0x4037_C000, 0x403E_0000, .iram, executable: .yes),
    MemoryRegion(0x4200_0000, 0x4280_0000, .flashCode, executable: .yes),
    MemoryRegion(0x3C00_0000, 0x3C80_0000, .flashData),
    MemoryRegion(0x3FC8_0000, 0x3FCE_0000, .dram),
    MemoryRegion(0x3FF0_0000, 0x3FF2_0000, .rom),
    MemoryRegion(0x5000_0000, 0x5000_2000, .rtc, executable: .yes),
    MemoryRegion(0x6000_0000, 0x6010_0000, .peripheral),
    MemoryRegion(0x2000_0000, 0x2800_0000, .peripheral),
  ]

  private static let esp32c5Regions = unified(
    rom: 0x4005_0000, ram: 0x4080_0000..<0x4086_0000, flash: 0x4400_0000, rtc: 0x5000_4000)
  private static let esp32c6Regions = unified(
    rom: 0x4005_0000, ram: 0x4080_0000..<0x4088_0000, flash: 0x4300_0000, rtc: 0x5000_4000)
  private static let esp32c61Regions = unified(
    rom: 0x4004_0000, ram: 0x4080_0000..<0x4085_0000, flash: 0x4400_0000, rtc: nil)
  private static let esp32h2Regions = unified(
    rom: 0x4002_0000, ram: 0x4080_0000..<0x4085_0000, flash: 0x4300_0000, rtc: 0x5000_1000)
  private static let esp32h21Regions = unified(
    rom: 0x4002_0000, ram: 0x4080_0000..<0x4085_0000, flash: 0x4300_0000, rtc: 0x5000_1000)
  private static let esp32h4Regions = unified(
    rom: 0x4005_0000, ram: 0x4081_0000..<0x4086_0000, flash: 0x4400_0000, rtc: 0x5000_4000)

  /// The layout since the C6: one window of flash (with PSRAM where there is any) and one RAM, for
  /// instructions and data alike. The arguments but `ram` say where a region ends.
  private static func unified(
    rom: UInt32, ram: Range<UInt32>, flash: UInt32, rtc: UInt32?
  ) -> [MemoryRegion] {
    var regions = [
      MemoryRegion(0x4000_0000, rom, .rom, executable: .yes),
      MemoryRegion(ram.lowerBound, ram.upperBound, .dram, executable: .yes),
      MemoryRegion(0x4200_0000, flash, .flashCode, executable: .yes),
      MemoryRegion(0x6000_0000, 0x6010_0000, .peripheral),
      MemoryRegion(0x2000_0000, 0x3000_0000, .peripheral),
    ]
    if let rtc { regions.append(MemoryRegion(0x5000_0000, rtc, .rtc, executable: .yes)) }
    return regions
  }

  private static let esp32p4Regions = [
    MemoryRegion(0x4000_0000, 0x4400_0000, .flashCode, executable: .yes),
    MemoryRegion(0x4FC0_0000, 0x4FC2_0000, .rom, executable: .yes),
    MemoryRegion(0x4FF0_0000, 0x4FFC_0000, .dram, executable: .yes),
    MemoryRegion(0x3010_0000, 0x3010_2000, .dram, executable: .yes),
    MemoryRegion(0x4800_0000, 0x4C00_0000, .psram, executable: .yes),
    MemoryRegion(0x5010_0000, 0x5010_4000, .rom, executable: .yes),
    MemoryRegion(0x5010_8000, 0x5011_0000, .rtc, executable: .yes),
    MemoryRegion(0x5000_0000, 0x5010_0000, .peripheral),
    MemoryRegion(0x5011_0000, 0x5013_0000, .peripheral),
    MemoryRegion(0x2000_0000, 0x3000_0000, .peripheral),
  ]

  private static let esp32s31Regions = [
    MemoryRegion(0x4000_0000, 0x4400_0000, .flashCode, executable: .yes),
    MemoryRegion(0x2F80_0000, 0x2F85_0000, .rom, executable: .yes),
    MemoryRegion(0x2F00_0000, 0x2F08_0000, .dram, executable: .yes),
    MemoryRegion(0x5000_0000, 0x5400_0000, .psram, executable: .yes),
    MemoryRegion(0x2E00_0000, 0x2E00_8000, .rtc, executable: .yes),
  ]
}
