import DeviceEvents

extension ELFFile {
  /// The chips that this ELF can be for: those with memory wherever it puts something.
  ///
  /// An ELF does not name its chip. Several remain where chips share a memory map.
  static func chips(_ layout: ELFLayout) -> [Chip] {
    let loaded = layout.sections.filter { $0.isLoaded && $0.size > 0 }
    return Chip.allCases.filter { chip in
      chip.instructionSet == layout.instructionSet
        && loaded.allSatisfy { section in
          section.isExecutable
            ? AddressMap.isCode(section.address, chip: chip)
            : isMemory(section.address, of: chip)
        }
    }
  }

  private static func isMemory(_ address: UInt32, of chip: Chip) -> Bool {
    switch AddressMap.classify(address, chip: chip) {
    case .iram, .flashCode, .flashData, .dram, .psram, .rtc: true
    case .rom, .peripheral, .null, .nullOffset, .minusOne, .poisonFreed, .poisonUninitialised,
      .poisonHeapCanary, .poisonStackFill, .poisonCacheDisabled, .ascii, .returnAddress, .wild:
      false
    }
  }
}
