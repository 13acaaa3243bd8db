import Testing

@testable import DeviceEvents

@Suite("an address in a crash")
struct CrashAddressTests {
  @Test(
    "is classified by the chip's memory map",
    arguments: [
      (0x0000_0000, Chip?.some(.esp32), AddressClass.null),
      (0x0000_0001, .esp32, .nullOffset), (0x0000_0FFF, .esp32c3, .nullOffset),
      (0xFFFF_FFFF, .esp32, .minusOne), (0xFFFF_FF00, .esp32p4, .minusOne),
      (0x4000_C46C, .esp32, .rom), (0x4008_12CA, .esp32, .iram), (0x400D_1A2C, .esp32, .flashCode),
      (0x3F40_1000, .esp32, .flashData), (0x3FFB_5E10, .esp32, .dram),
      (0x3F80_0000, .esp32, .psram),
      (0x3FF4_0000, .esp32, .peripheral), (0x5000_0010, .esp32, .rtc),
      (0x4008_12CA, .esp32s2, .flashCode), (0x3F50_0000, .esp32s2, .psram),
      (0x4037_8000, .esp32s3, .iram), (0x3C0A_1000, .esp32s3, .flashData),
      (0x600F_E010, .esp32s3, .rtc), (0x6000_0000, .esp32s3, .peripheral),
      (0x4200_68AA, .esp32c3, .flashCode), (0x3FC9_4B30, .esp32c3, .dram),
      (0x4080_1234, .esp32c6, .dram), (0x4200_0000, .esp32c61, .flashCode),
      (0x4000_1000, .esp32p4, .flashCode), (0x4FC0_0000, .esp32p4, .rom),
      (0x4FF0_0000, .esp32p4, .dram), (0x4800_0000, .esp32p4, .psram),
      (0x2F00_0000, .esp32s31, .dram),
      (0xFEFE_FEFE, .esp32, .poisonFreed), (0xFEFE_FF06, .esp32, .poisonFreed),
      (0xCECE_CECE, .esp32c3, .poisonUninitialised), (0xCECE_CED2, .esp32, .poisonUninitialised),
      (0xABBA_1234, .esp32, .poisonHeapCanary), (0xBAAD_5678, .esp32c3, .poisonHeapCanary),
      (0xA5A5_A5A5, .esp32, .poisonStackFill), (0x25A5_A5A5, .esp32, .poisonStackFill),
      (0x65A5_A5A2, .esp32s3, .poisonStackFill), (0xBAD0_0BAD, .esp32, .poisonCacheDisabled),
      (0x6464_6168, .esp32, .ascii), (0x7A79_7877, nil, .ascii),
      (0x800D_1B47, .esp32, .returnAddress), (0xC200_1234, .esp32s3, .returnAddress),
      (0x800D_1B47, .esp32c3, .wild), (0x8011_05F4, .esp32, .returnAddress),
      (0x1234_5601, .esp32, .wild), (0x8000_0001, .esp32p4, .wild),
    ] as [(UInt32, Chip?, AddressClass)])
  func classes(address: UInt32, chip: Chip?, expected: AddressClass) {
    #expect(AddressMap.classify(address, chip: chip) == expected)
  }

  @Test("of an unknown chip is classified by its registers")
  func unknownChip() {
    #expect(AddressMap.classify(0x400D_1A2C, chip: nil, registersOf: .xtensa) == .flashCode)
    #expect(AddressMap.classify(0x4080_1234, chip: nil, registersOf: .riscv) == .dram)
    #expect(AddressMap.classify(0x3FC9_4B30, chip: nil, registersOf: .xtensa) == .dram)
    #expect(AddressMap.classify(0x25A5_A5A5, chip: nil, registersOf: .xtensa) == .poisonStackFill)
    #expect(AddressMap.classify(0x800D_1B47, chip: nil, registersOf: .riscv) == .wild)
    #expect(AddressMap.classify(0x800D_1B47, chip: nil) == .returnAddress)
  }

  @Test("is code where the chip can run it")
  func code() {
    #expect(AddressMap.isCode(0x400D_1A2C, chip: .esp32))
    #expect(!AddressMap.isCode(0x3FFB_5E10, chip: .esp32))
    #expect(AddressMap.isCode(0x4080_1234, chip: .esp32c6))
    #expect(!AddressMap.isCode(0x3FC9_4B30, chip: .esp32c3))
    #expect(AddressMap.isCode(0x4037_8000, chip: nil))
    #expect(!AddressMap.isCode(0xA5A5_A5A5, chip: nil))
    #expect(!AddressMap.isCode(0, chip: nil))
  }

  @Test("that is text is shown in memory order")
  func text() {
    #expect(AddressMap.text(of: 0x6464_6168) == "hadd")
    #expect(AddressMap.text(of: 0x400D_1A2C) == nil)
  }

  @Test("has regions that do not overlap and are not empty", arguments: Chip.allCases)
  func regions(chip: Chip) {
    let regions = chip.memoryRegions.sorted { $0.low < $1.low }
    #expect(regions.count >= 5)
    for (one, next) in zip(regions, regions.dropFirst()) { #expect(one.end <= next.low) }
    for region in regions { #expect(region.low < region.end) }
    #expect(regions.contains { $0.kind == .flashCode && $0.isExecutable })
  }
}
