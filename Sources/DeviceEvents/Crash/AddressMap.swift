/// Tells what an address of a crash is.
public enum AddressMap {
  /// What `address` looks like on `chip`.
  ///
  /// Where the chip is not known, `registersOf` narrows it to the chips with those registers, the
  /// common ones first. Precedence: NULL and -1, the chip's memory map, poison words and what lies
  /// close to them, text, return addresses with window bits (Xtensa).
  public static func classify(
    _ address: UInt32, chip: Chip?, registersOf instructionSet: InstructionSet? = nil
  ) -> AddressClass {
    if address == 0 { return .null }
    if address < 0x1000 { return .nullOffset }
    if address >= 0xFFFF_FF00 { return .minusOne }
    let instructions = chip?.instructionSet ?? instructionSet
    if let region = region(of: address, chip: chip, instructions) { return region.kind }
    if let poison = poison(address, instructions) { return poison }
    if isText(address) { return .ascii }
    if isReturnAddress(address, chip: chip, instructions) { return .returnAddress }
    return .wild
  }

  /// Whether `chip` can fetch instructions from `address`; any chip of the family where it is nil.
  public static func isCode(_ address: UInt32, chip: Chip?) -> Bool {
    if let chip { return isCode(address, on: chip) }
    return Chip.allCases.contains { isCode(address, on: $0) }
  }

  /// Whether an address is a poison word or close to one; `classify` tells whether there is memory instead.
  public static func isNearPoison(_ address: UInt32) -> Bool { poison(address, nil) != nil }

  /// The four characters of an address that is text, as they lie in memory.
  public static func text(of address: UInt32) -> String? {
    guard isText(address) else { return nil }
    return String(decoding: bytes(address), as: UTF8.self)
  }

  private static func isCode(_ address: UInt32, on chip: Chip) -> Bool {
    chip.memoryRegions.contains { $0.isExecutable && $0.contains(address) }
  }

  private static let xtensaChips: [Chip] = [.esp32, .esp32s3, .esp32s2]
  private static let riscvChips: [Chip] = [
    .esp32c3, .esp32c6, .esp32c2, .esp32h2, .esp32c5, .esp32p4, .esp32c61, .esp32h4, .esp32h21,
    .esp32s31,
  ]

  private static func candidates(_ chip: Chip?, _ instructions: InstructionSet?) -> [Chip] {
    if let chip { return [chip] }
    switch instructions {
    case .xtensa: return xtensaChips
    case .riscv: return riscvChips
    case nil: return xtensaChips + riscvChips
    }
  }

  private static func region(
    of address: UInt32, chip: Chip?, _ instructions: InstructionSet?
  ) -> MemoryRegion? {
    // Each register of each crash is asked about: no list is made for the one chip there is.
    if let chip { return chip.memoryRegions.first { $0.contains(address) } }
    for candidate in candidates(nil, instructions) {
      if let region = candidate.memoryRegions.first(where: { $0.contains(address) }) {
        return region
      }
    }
    return nil
  }

  /// How far a member may lie behind a poisoned pointer, or before it.
  private static let nearPoison: UInt32 = 0x400

  /// Poison words of ESP-IDF: the fills of `multi_heap_poisoning.c`, FreeRTOS's stack fill, and the
  /// word of the ESP32's cache.
  private static func poison(
    _ address: UInt32, _ instructions: InstructionSet?
  ) -> AddressClass? {
    func isNear(_ word: UInt32) -> Bool {
      let distance = address > word ? address - word : word - address
      return distance < nearPoison
    }
    if address == 0xBAD0_0BAD { return .poisonCacheDisabled }
    if isNear(0xABBA_1234) || isNear(0xBAAD_5678) { return .poisonHeapCanary }
    if isNear(0xFEFE_FEFE) { return .poisonFreed }
    if isNear(0xCECE_CECE) { return .poisonUninitialised }
    if isNear(0xA5A5_A5A5) { return .poisonStackFill }
    // Xtensa masks return addresses to 30 bits; a backtrace adds bit 30 and takes 3 away.
    if instructions != .riscv, isNear(0x25A5_A5A5) || isNear(0x65A5_A5A2) {
      return .poisonStackFill
    }
    return nil
  }

  private static func bytes(_ address: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: address >> $0) }
  }

  private static func isText(_ address: UInt32) -> Bool {
    for shift: UInt32 in stride(from: 0, to: 32, by: 8) {
      guard 0x20...0x7E ~= UInt8(truncatingIfNeeded: address >> shift) else { return false }
    }
    return true
  }

  /// `call4`, `call8` and `call12` leave 1, 2 or 3 in the two upper bits of a return address.
  private static func isReturnAddress(
    _ address: UInt32, chip: Chip?, _ instructions: InstructionSet?
  ) -> Bool {
    guard instructions != .riscv, address >= 0x8000_0000 else { return false }
    let target = address & 0x3FFF_FFFF | 0x4000_0000
    if let chip { return isCode(target, on: chip) }
    return xtensaChips.contains { isCode(target, on: $0) }
  }
}
