/// What an address in a crash looks like; the raw values are the names that rules use.
public enum AddressClass: String, CaseIterable, Hashable, Sendable {
  /// 0.
  case null
  /// 1 to 0xfff: a member of a structure at NULL, or an element of an array there.
  case nullOffset = "null_offset"
  /// 0xffffff00 and up: -1, or NULL minus a little.
  case minusOne = "minus_one"
  /// The chip's mask ROM, code or data.
  case rom
  /// Memory for instructions.
  case iram
  /// Flash mapped for instructions; on chips with one window for both, data as well.
  case flashCode = "flash_code"
  /// Flash mapped for data; on the ESP32-S3 the PSRAM lies in the same window.
  case flashData = "flash_data"
  /// Memory for data; on chips with one memory for both, code as well.
  case dram
  /// External RAM.
  case psram
  /// Memory of the low-power domain.
  case rtc
  /// Registers of peripherals or of the debug unit.
  case peripheral
  /// 0xfe bytes: the heap's fill of freed blocks (comprehensive poisoning).
  case poisonFreed = "poison_freed"
  /// 0xce bytes: the heap's fill of new blocks (comprehensive poisoning).
  case poisonUninitialised = "poison_uninitialised"
  /// 0xabba1234 or 0xbaad5678: the heap's guard words.
  case poisonHeapCanary = "poison_heap_canary"
  /// 0xa5 bytes: the fill of a task's stack.
  case poisonStackFill = "poison_stack_fill"
  /// 0xbad00bad: what the ESP32 reads through a disabled cache.
  case poisonCacheDisabled = "poison_cache_disabled"
  /// Four printable characters.
  case ascii
  /// A return address of Xtensa with its window bits: contents of a stack.
  case returnAddress = "return_address"
  /// None of these.
  case wild
}

extension AddressClass {
  /// What it is, in words.
  public var words: String {
    switch self {
    case .null: "NULL"
    case .nullOffset: "close behind NULL"
    case .minusOne: "-1, or close before NULL"
    case .rom: "the chip's ROM"
    case .iram: "instruction memory"
    case .flashCode: "code in flash"
    case .flashData: "data in flash"
    case .dram: "data memory"
    case .psram: "external memory"
    case .rtc: "memory of the low-power domain"
    case .peripheral: "registers of peripherals"
    case .poisonFreed: "the fill of freed memory"
    case .poisonUninitialised: "the fill of fresh memory"
    case .poisonHeapCanary: "a guard word of the heap"
    case .poisonStackFill: "the fill of unused stack"
    case .poisonCacheDisabled: "what a disabled cache returns"
    case .ascii: "text"
    case .returnAddress: "a return address with window bits"
    case .wild: "no memory of this chip"
    }
  }
}
