import LineReading

/// Reads the sentences that detail a fault: what the cache, the memory protection, the debug unit
/// or the trusted environment recorded.
///
///     Cache disabled but cached memory region accessed
///     Icache reject error occurred while accessing the address 0x3f4d1000 (invalid mmu entry)
///     Dbus write to cache rejected, error address: 0x3c0a1000
///     EXTMEM_CORE0_ACS_CACHE_INT_ST_REG = 0x00000010
///     Write operation at address 0x40370010 not permitted (IRAM0_SRAM)
///     memory type: IRAM0_SRAM
///     faulting address: 0x40380010
///     Memory dump at 0x400d1a28: bad00bad bad00bad bad00bad
///     Fault addr: 0x408001a0 | Origin: U-mode
///
/// ESP-IDF `panic_arch.c` and `cache_err_int.c` of each chip (v4.2+), memory protection of S2 and C3
/// (v4.2+), the memory dump since v3.1.3, ESP-TEE since v5.5.
enum FaultDetail {
  /// How the sentences begin.
  static var openings: [StaticString] {
    ["Memory dump at"] + cacheSentences.literals + otherSentences.literals + operations.literals
      + fields.literals
  }

  static func decode(_ text: ByteText) -> PanicLine? {
    if text.has("Memory dump at 0x") { return memoryDump(text) }
    if text.begins(withAnyOf: cacheSentences) || text.begins(withAnyOf: otherSentences) {
      return .detail(text.sentence, address: address(text))
    }
    if text.begins(withAnyOf: operations) {
      guard text.contains("not permitted") else { return nil }
      return .detail(text.sentence, address: address(text))
    }
    if text.begins(withAnyOf: fields) { return .detail(text.sentence, address: address(text)) }
    return nil
  }

  /// What the cache hardware recorded; by chip and version, formats differ in capitals alone.
  private static let cacheSentences: Openings = [
    "Cache disabled but cached memory region accessed",
    "Cached memory region accessed while ",
    "Cache access error", "Cache error active, but failed to find",
    "Icache ", "Dcache ", "MMU entry fault", "Write back error occurred",
    "dbus tried to write cache", "Dbus tried to write cache", "Dbus write to cache rejected",
    "dbus authentication failed", "Dbus authentication failed",
    "ibus tried to write cache", "Ibus tried to write cache",
    "ibus authentication failed", "Ibus authentication failed",
    "access to cache while ", "preload configurations fault", "Preload configurations fault",
    "sync configurations fault", "Sync configurations fault",
    "EXTMEM_CORE0_ACS_CACHE_INT_ST_REG = 0x", "EXTMEM_CACHE_ILG_INT_ST_REG = 0x",
    "The following backtrace may not indicate the code that caused",
  ]

  private static let operations: Openings = [
    "Instruction fetch operation at address", "Read operation at address",
    "Write operation at address", "Unknown operation at address",
  ]

  /// Rows of the memory protection of C3 and of ESP-TEE.
  private static let fields: Openings = [
    "memory type: ", "faulting address: ", "world: ", "world:", "operation type: ",
    "byte-enables: ", "- no details available -", "Fault addr: ", "Access addr: ",
    "Module: ", "Master: ",
  ]

  private static let otherSentences: Openings = [
    "ASSIST_DEBUG is not triggered BUT interrupt occur", "Re-enable cpu cache.",
    "Warning: SPI Flash cache is disabled, cannot process eh_frame",
    "Setting breakpoint at 0x", "Backtrace ended abruptly", "Unsupported DWARF opcode",
    "Please enable CONFIG_ESP_SYSTEM_USE_FRAME_POINTER",
  ]

  /// The address that the sentence is about. Registers of the cache are no addresses, and all ones
  /// is what the S2 prints when it recorded none.
  private static func address(_ text: ByteText) -> UInt32? {
    guard !text.has("EXTMEM_"), let address = text.firstAddress, address != .max else { return nil }
    return address
  }

  private static func memoryDump(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("Memory dump at "), let address = cursor.wholeAddress(), cursor.skip(":")
    else { return nil }
    var words: [UInt32] = []
    while words.count < 8 {
      cursor.skipBlanks()
      guard let word = cursor.wholeWord() else { break }
      words.append(word)
    }
    return .memoryDump(address: address, words: words)
  }
}
