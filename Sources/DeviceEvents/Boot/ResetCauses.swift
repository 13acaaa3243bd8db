/// What the number behind `rst:0x` means, chip by chip.
///
/// The numbers are the hardware's and do not change between ROMs; the texts do. Source: ESP-IDF
/// `components/soc/<chip>/include/soc/reset_reasons.h` and
/// `components/esp_system/port/soc/<chip>/reset_reason.c`, release/v6.1, with the differences of
/// v3.3 to v5.5 in `possibleReasons`.
public enum ResetCauses {
  /// The meaning of a code.
  ///
  /// Without a chip, the printed name narrows the chips down (`ROMResetNames`); where the remaining
  /// chips disagree, only what they share is told.
  public static func meaning(code: Int, chip: Chip?, name: String = "") -> ResetMeaning {
    let meaning = meaningOfCode(code, chip: chip, name: name)
    // The ROM prints the name of what it has, and no chip has another number for this one.
    return meaning == .unknown && name.hasPrefix("CPU_LOCKUP") ? lockup : meaning
  }

  private static let lockup = meaning(code: 0x1a, chip: .esp32c5)

  private static func meaningOfCode(_ code: Int, chip: Chip?, name: String) -> ResetMeaning {
    if let chip { return meaning(code: code, chip: chip) }
    let named = ROMResetNames.chips(printing: name)
    let candidates = named.isEmpty ? Chip.allCases : Chip.allCases.filter(named.contains)
    let meanings = candidates.map { meaning(code: code, chip: $0) }.filter(isKnown)
    guard let first = meanings.first else { return .unknown }
    return meanings.dropFirst().reduce(first, shared)
  }

  /// The meaning of a code on a chip; `.unknown` for a code the chip does not have.
  static func meaning(code: Int, chip: Chip) -> ResetMeaning {
    guard let row = rows.first(where: { $0.code == code && $0.chips.contains(chip) }) else {
      return .unknown
    }
    return row.meaning
  }

  /// Which chips have the code at all; all of them for an unknown code.
  static func chips(having code: Int) -> Set<Chip> {
    let found = rows.filter { $0.code == code }.flatMap(\.chips)
    return found.isEmpty ? Set(Chip.allCases) : Set(found)
  }

  private static func isKnown(_ meaning: ResetMeaning) -> Bool { meaning != .unknown }

  private static func shared(_ one: ResetMeaning, _ other: ResetMeaning) -> ResetMeaning {
    ResetMeaning(
      cause: one.cause == other.cause ? one.cause : .unknown,
      reason: one.reason == other.reason ? one.reason : nil,
      possibleReasons: one.possibleReasons
        + other.possibleReasons.filter { !one.possibleReasons.contains($0) },
      isUnambiguous: one.isUnambiguous && other.isUnambiguous && one.reason == other.reason)
  }

  private struct Row: Sendable {
    let code: Int
    let chips: Set<Chip>
    let meaning: ResetMeaning

    /// A code that maps to `reason`; `older` is what other versions of ESP-IDF or revisions of the
    /// chip map it to.
    init(
      _ code: Int, _ chips: Set<Chip>, _ cause: ResetCause, _ reason: ResetReason,
      older: [ResetReason] = [], sharedWith: [ResetCause] = []
    ) {
      self.code = code
      self.chips = chips
      meaning = ResetMeaning(
        cause: cause, reason: reason, possibleReasons: [reason] + older,
        isUnambiguous: older.isEmpty && sharedWith.isEmpty && reason != .unknown)
    }

    /// A software reset: the reason is the hint that was saved before it.
    init(software code: Int) {
      self.code = code
      chips = Set(Chip.allCases)
      meaning = ResetMeaning(
        cause: .software, reason: nil,
        possibleReasons: [.software, .panic, .brownout, .taskWatchdog, .interruptWatchdog],
        isUnambiguous: false)
    }
  }

  private static let all = Set(Chip.allCases)
  /// The generation between the ESP32 and the chips with an LP core.
  private static let rtcGeneration: Set<Chip> = [.esp32s2, .esp32s3, .esp32c2, .esp32c3]
  private static let lpGeneration: Set<Chip> = [
    .esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4,
  ]
  private static let hpGeneration: Set<Chip> = [.esp32p4, .esp32s31]

  private static let rows: [Row] = [
    Row(0x1, [.esp32, .esp32c2, .esp32p4, .esp32s31], .powerOn, .powerOn),
    Row(
      0x1, [.esp32s2, .esp32s3, .esp32c3], .powerOn, .powerOn,
      sharedWith: [.brownout, .superWatchdog]),
    Row(0x1, lpGeneration, .powerOn, .powerOn, sharedWith: [.brownout]),
    Row(software: 0x3),
    Row(0x4, [.esp32], .unknown, .unknown),
    Row(0x5, all, .deepSleep, .deepSleep),
    Row(0x6, [.esp32, .esp32c6], .sdio, .sdio),
    Row(0x6, [.esp32s31], .deepSleep, .deepSleep),
    Row(0x7, [.esp32c2], .timerGroupWatchdog, .interruptWatchdog),
    Row(0x7, [.esp32p4], .timerGroupWatchdog, .watchdog),
    Row(0x7, all.subtracting([.esp32c2, .esp32p4]), .timerGroupWatchdog, .taskWatchdog),
    Row(0x8, all.subtracting([.esp32c2, .esp32p4]), .timerGroupWatchdog, .interruptWatchdog),
    Row(0x9, all, .rtcWatchdog, .watchdog),
    Row(0xa, rtcGeneration.union([.esp32]), .unknown, .unknown),
    Row(0xb, all, .timerGroupWatchdog, .watchdog),
    Row(software: 0xc),
    Row(0xd, all, .rtcWatchdog, .watchdog),
    Row(0xe, [.esp32], .external, .unknown),
    Row(0xf, all, .brownout, .brownout),
    Row(0x10, all, .rtcWatchdog, .watchdog),
    Row(
      0x11, lpGeneration.union([.esp32s2, .esp32s3, .esp32c3]), .timerGroupWatchdog, .watchdog),
    Row(0x12, [.esp32h21], .superWatchdog, .unknown),
    Row(0x12, all.subtracting([.esp32, .esp32h21]), .superWatchdog, .watchdog),
    Row(0x13, rtcGeneration, .clockGlitch, .unknown),
    Row(0x13, hpGeneration.union([.esp32h4]), .powerGlitch, .powerGlitch),
    Row(0x14, [.esp32s2, .esp32s3, .esp32c2], .efuse, .unknown),
    // The C3 resets this way at power-on because of a fault of its eFuse block.
    Row(0x14, [.esp32c3], .efuse, .powerOn, sharedWith: [.powerOn]),
    Row(0x14, lpGeneration.union([.esp32s31]), .efuse, .efuse),
    // Chips before v1.0 wake from deep sleep with this code.
    Row(0x14, [.esp32p4], .efuse, .efuse, older: [.deepSleep]),
    Row(0x15, [.esp32s3, .esp32c3], .usb, .usb, older: [.unknown]),
    Row(0x15, lpGeneration, .usb, .usb),
    Row(0x16, [.esp32s3, .esp32c3], .usb, .usb, older: [.unknown]),
    Row(0x16, lpGeneration.union(hpGeneration), .usb, .usb),
    Row(0x17, [.esp32s3, .esp32c3], .powerGlitch, .unknown),
    Row(0x17, [.esp32h2, .esp32h21], .powerGlitch, .powerGlitch),
    Row(0x17, hpGeneration, .usb, .usb),
    Row(0x18, [.esp32c2, .esp32h4], .jtag, .unknown),
    Row(0x18, lpGeneration.union(hpGeneration).subtracting([.esp32h4]), .jtag, .jtag),
    Row(0x19, [.esp32c5], .powerGlitch, .powerGlitch),
    Row(0x19, [.esp32c61], .brownout, .brownout, older: [.unknown]),
    Row(0x19, [.esp32h4], .powerGlitch, .unknown),
    Row(0x1a, [.esp32c61], .cpuLockup, .cpuLockup, older: [.unknown]),
    Row(0x1a, [.esp32c5, .esp32h4, .esp32p4, .esp32s31], .cpuLockup, .cpuLockup),
    // The supply detector of the P4.
    Row(0x1b, [.esp32p4], .powerGlitch, .unknown),
  ]
}
