/// The tags under which ESP-IDF itself prints before the application's own code runs.
///
/// A line under any other tag proves that the application runs, however sparse the log is. These
/// tags prove nothing: they belong to the second-stage bootloader, to the start-up code, or (as
/// `esp_image`, `spi_flash` and the core dump writer) to code that both share. The lists of
/// ESP-IDF v3.3 to v6.1, see `formats/boot.md` sections 3 and 4; the last three of the bootloader are those of the
/// simple boot and of MCUboot, `hal_espressif` of Zephyr and NuttX.
enum StartupTags {
  /// The bootloader prints under these, and the running application does not; `boot.esp32s3` and
  /// its kin count as `boot`.
  static let bootloader: [StaticString] = [
    "boot", "boot_comm", "boot_tee", "qio_mode", "bootloader_flash", "bootloader_mmap",
    "bootloader_random", "bootloader_utility", "bootloader_common", "bootloader_sha",
    "bootloader_esp32", "flash_parts", "esp_image", "flash_encrypt", "secure_boot",
    "secure_boot_v1", "secure_boot_v2", "secure_boot_v2_rsa", "secure_boot_v2_ecdsa", "efuse",
    "soc_init", "flash_init", "soc_random",
  ]
  /// Those that are no words of prose: they tell a log line that lost its level and time.
  static let distinctive: [StaticString] = [
    "boot_comm", "qio_mode", "bootloader_flash", "bootloader_mmap", "bootloader_random",
    "flash_parts", "esp_image", "flash_encrypt", "secure_boot", "secure_boot_v1",
    "secure_boot_v2", "cpu_start", "app_init", "efuse_init", "heap_init", "spi_flash",
    "sleep_gpio", "esp_psram", "octal_psram", "quad_psram", "hex_psram", "main_task",
    "esp_core_dump_uart", "esp_core_dump_flash", "esp_core_dump_elf", "esp_core_dump_common",
    "BOD", "task_wdt", "app_start", "esp_ota_ops", "esp_https_ota",
  ]

  /// The start-up code prints under these.
  static let startup: [StaticString] = [
    "cpu_start", "app_init", "efuse_init", "heap_init", "spi_flash", "memspi", "sleep_gpio",
    "sleep_clock", "coexist", "coex", "esp_psram", "octal_psram", "quad_psram", "hex_psram",
    "psram", "spiram", "MSPI Timing", "MSPI DQS", "mspi_timing", "intr_alloc", "clk", "rtc_clk",
    "pmu_param", "pmu_sleep", "ldo", "cache", "mmu_psram", "main_task", "system_api", "xt_wdt",
    "esp_core_dump", "esp_core_dump_uart", "esp_core_dump_flash", "esp_core_dump_elf",
    "esp_core_dump_common", "esp_core_dump_port", "esp_core_dump_sha", "esp_core_dump_crc",
    "esp_core_dump_init", "esp_core_dump_binary", "esp_core_dump_port_impl", "BOD", "task_wdt",
    "app_start", "esp_apptrace", "vfs_console", "memprot", "region_protection", "flash HPM",
  ]
}
