import Testing

@testable import DeviceEvents

@Suite("Telling the chip")
struct BootChipTests {
  private func chip(_ events: [DeviceEvent]) -> Chip? {
    var clues = ChipClues()
    for event in events { clues.add(event) }
    return clues.chip
  }

  private func loads(_ addresses: [UInt32]) -> [DeviceEvent] {
    addresses.map { .rom(.load(address: $0, length: 16)) }
  }

  private func segments(_ addresses: [UInt32]) -> [DeviceEvent] {
    addresses.enumerated().map {
      .segment(
        ImageSegment(index: $0, flashAddress: 0x20, address: $1, size: 16, use: .map))
    }
  }

  @Test("reset names of one chip alone tell it")
  func resetNames() {
    #expect(chip([.rom(.reset(ROMReset(code: 1, name: "POWERON_RESET")))]) == .esp32)
    #expect(chip([.rom(.reset(ROMReset(code: 1, name: "POWERON")))]) == nil)
    #expect(chip([.rom(.reset(ROMReset(code: 0xc, name: "SW_CPU_RESET")))]) == nil)
    #expect(chip([.rom(.reset(ROMReset(code: 0x1b, name: "?")))]) == .esp32p4)
  }

  @Test("load addresses of a bootloader tell chips with a layout of their own")
  func loadAddresses() {
    #expect(chip(loads([0x3fce_2820, 0x403c_8700, 0x403c_b700])) == .esp32s3)
    #expect(chip(loads([0x4086_c410, 0x4086_e610, 0x4087_5720])) == .esp32c6)
    #expect(chip(loads([0x4ff3_3ce0, 0x4ff2_9ed0])) == .esp32p4)
    #expect(chip(loads([0x3fff_0030, 0x4007_8000])) == .esp32)
    #expect(chip(loads([0x3ffe_6108, 0x4004_c000, 0x4005_0000])) == .esp32s2)
    #expect(chip(loads([0x3fcd_5820, 0x403c_c710])) == nil)
    #expect(
      chip(
        [.rom(.reset(ROMReset(code: 0xc, name: "SW_CPU_RESET")))]
          + loads([0x3fff_0030, 0x4007_8000])) == .esp32)
  }

  @Test("the day on which a ROM was built tells the chip")
  func romBuilds() {
    #expect(chip([.rom(.build("Mar 27 2021"))]) == .esp32s3)
    #expect(chip([.rom(.build("Feb  7 2021"))]) == .esp32c3)
    #expect(chip([.rom(.build("Feb 7 2021"))]) == .esp32c3)
    #expect(chip([.rom(.build("Feb  8 2021"))]) == nil)
    #expect(
      chip([.rom(.banner(text: "", chip: .esp32c6)), .rom(.build("Mar 27 2021"))]) == .esp32c6)
  }

  @Test("segment addresses tell a chip only where no other has them")
  func segmentAddresses() {
    #expect(chip(segments([0x3f40_0020, 0x3ffb_0000, 0x4008_0000])) == .esp32)
    #expect(chip(segments([0x3f00_0020, 0x3ff9_e000])) == .esp32s2)
    #expect(chip(segments([0x3c0b_0020, 0x3fc9_8000, 0x4200_0020, 0x4037_4000])) == .esp32s3)
    #expect(chip(segments([0x3c03_0020, 0x3fc8_2000])) == .esp32c3)
    #expect(chip(segments([0x4200_0020, 0x4080_0000])) == nil)
    #expect(chip(segments([0x5000_0000])) == nil)
  }

  @Test("a name decides against every guess, and a clue that contradicts is dropped")
  func names() {
    #expect(
      chip([.rom(.banner(text: "", chip: .esp32c3))] + loads([0x3fce_2820])) == .esp32c3)
    #expect(chip([.bootloader(.chip(.esp32h2))]) == .esp32h2)
    #expect(chip(loads([0x3fce_2820, 0x4ff3_3ce0])) == .esp32s3)
    #expect(chip([.rom(.savedPC(address: 0, core: 1))] + loads([0x4ff3_3ce0])) == .esp32p4)
    #expect(chip([]) == nil)
  }

  @Test("every chip is known by the name its ROM prints", arguments: Chip.allCases)
  func romNames(chip: Chip) {
    #expect(Chip(romBanner: chip.rawValue + "-20300101") == chip)
  }
}
