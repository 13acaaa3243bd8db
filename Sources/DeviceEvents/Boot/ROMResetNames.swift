import LineReading

/// The texts in parentheses behind `rst:0x…`, by the chips whose ROM prints them.
///
/// Texts that are only known from the ROM headers stand here too. The text narrows the chip down
/// where the banner was lost; the number says what happened.
enum ROMResetNames {
  /// The chips whose ROM prints `name`; empty for a name that is not known.
  static func chips(printing name: String) -> Set<Chip> { table[name] ?? [] }

  /// The one name that this is but for one byte; nil where it may be another as well.
  static func name(nearly word: ByteText) -> String? {
    guard word.count >= 6 else { return nil }
    let near = table.keys.filter { name in
      name.utf8.withContiguousStorageIfAvailable { word.isNearly($0) } ?? false
    }
    return near.count == 1 ? near.first : nil
  }

  private static let table: [String: Set<Chip>] = {
    var table: [String: Set<Chip>] = [:]
    for (chips, names) in families {
      for name in names { table[name, default: []].formUnion(chips) }
    }
    return table
  }()

  private static let families: [(chips: Set<Chip>, names: [String])] = [
    (
      [.esp32],
      [
        "POWERON_RESET", "SW_RESET", "OWDT_RESET", "DEEPSLEEP_RESET", "SDIO_RESET",
        "TG0WDT_SYS_RESET", "TG1WDT_SYS_RESET", "RTCWDT_SYS_RESET", "TGWDT_CPU_RESET",
        "RTCWDT_CPU_RESET", "EXT_CPU_RESET", "RTCWDT_BROWN_OUT_RESET", "RTCWDT_RTC_RESET",
      ]
    ),
    ([.esp32, .esp32p4, .esp32s31], ["SW_CPU_RESET"]),
    ([.esp32, .esp32s2, .esp32s3, .esp32c2, .esp32c3], ["INTRUSION_RESET"]),
    (Set(Chip.allCases).subtracting([.esp32]), ["POWERON"]),
    (
      [.esp32s2, .esp32s3, .esp32c2, .esp32c3],
      [
        "RTC_SW_SYS_RST", "DSLEEP", "TG0WDT_SYS_RST", "TG1WDT_SYS_RST", "RTCWDT_SYS_RST",
        "TG0WDT_CPU_RST", "RTC_SW_CPU_RST", "RTCWDT_CPU_RST", "BROWN_OUT_RST", "BROWNOUT_RST",
        "RTCWDT_RTC_RST", "TG1WDT_CPU_RST", "SUPER_WDT_RST",
      ]
    ),
    ([.esp32s3, .esp32c3], ["USB_UART_CHIP_RESET", "USB_JTAG_CHIP_RESET"]),
    ([.esp32s3, .esp32c3, .esp32h2, .esp32h21], ["POWER_GLITCH_RESET"]),
    ([.esp32c6, .esp32h2, .esp32h21], ["LP_SW_HPSYS"]),
    ([.esp32c5, .esp32c61, .esp32h4], ["RTC_SW_HPSYS"]),
    (
      [.esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4],
      [
        "SLEEP_WAKEUP", "TG0_WDT_HPSYS", "TG1_WDT_HPSYS", "LP_WDT_HPSYS", "TG0_WDT_CPU",
        "TG1_WDT_CPU", "SW_CPU", "LP_WDT_CPU", "LP_BOD_SYS", "LP_SWDT_SYS", "RTC_SWDT_SYS",
        "EFUSE_HPSYS", "USB_UART_HPSYS", "USB_JTAG_HPSYS", "JTAG_CPU",
      ]
    ),
    // The documentation of the P4 shows the LP generation's text for this one.
    (
      [.esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4, .esp32p4],
      ["LP_WDT_SYS"]
    ),
    ([.esp32c6], ["SDIO_HPSYS"]),
    (
      [.esp32p4, .esp32s31],
      [
        "SW_SYS_RESET", "PMU_SYS_PWR_DOWN_RESET", "HP_SYS_LP_WDT_RESET", "HP_CORE_HP_WDT_RESET",
        "HP_CORE_LP_WDT_RESET", "BROWN_OUT_RESET", "CHIP_LP_WDT_RESET", "EFUSE_CRC_ERR_RESET",
        "CHIP_USB_JTAG_RESET", "CHIP_USB_UART_RESET",
      ]
    ),
    ([.esp32p4], ["HP_SYS_HP_WDT_RESET"]),
    (
      [.esp32s31],
      ["PMU_CPU_PWR_DOWN_RESET", "HP_SYS_HP_WDT0_RESET", "HP_SYS_HP_WDT1_RESET"]
    ),
    (
      [.esp32s2, .esp32s3, .esp32c2, .esp32c3, .esp32h4, .esp32p4, .esp32s31],
      ["GLITCH_RTC_RESET"]
    ),
    ([.esp32c2, .esp32c5, .esp32c61, .esp32h4, .esp32p4, .esp32s31], ["JTAG_RESET"]),
    ([.esp32c5, .esp32c61, .esp32h4, .esp32p4, .esp32s31], ["CPU_LOCKUP_RESET"]),
    ([.esp32c61, .esp32h4], ["RTC_PWR_GLITCH_RESET"]),
  ]
}
