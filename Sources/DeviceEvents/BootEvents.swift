import LineReading

/// A line of the first stage.
public enum ROMLine: Hashable, Sendable {
  /// `ESP-ROM:esp32s3-20210327`, or `ets Jul 29 2019 12:21:46`.
  case banner(text: String, chip: Chip?)
  /// `Build:Mar 27 2021`.
  case build(String)
  /// `rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)`.
  case reset(ROMReset)
  /// `Saved PC:0x40376c10`; `core` where the ROM names it.
  case savedPC(address: UInt32, core: Int?)
  /// `load:0x3fce2820,len:0x1590`.
  case load(address: UInt32, length: Int)
  /// `entry 0x403c8920`: the last line of a good first stage.
  case entry(UInt32)
  /// `waiting for download`, `wait usb download` and the like.
  case waitsForDownload
  /// `SPIWP:…`, `mode:…`, `configsip:…`, `clk_drv:…`: says only that the ROM ran.
  case settings
  /// A line that only one chip's ROM prints, as `load:0x3fff0030,len:1184` with a decimal length.
  case chip(Chip)
}

/// Why the chip started again, as the ROM prints it.
public struct ROMReset: Hashable, Sendable {
  /// The number behind `rst:0x`.
  public var code: Int
  /// The text in parentheses, as printed; it differs between ROMs.
  public var name: String
  /// The number behind `boot:0x`: the strapping pins.
  public var bootModeCode: Int?
  /// The text of the boot mode, as printed.
  public var bootMode: String?

  /// Puts a reset together.
  public init(code: Int, name: String, bootModeCode: Int? = nil, bootMode: String? = nil) {
    self.code = code
    self.name = name
    self.bootModeCode = bootModeCode
    self.bootMode = bootMode
  }

  /// Whether the straps chose a download mode.
  public var isDownloadMode: Bool {
    guard var mode = bootMode else { return false }
    // Each reset asks; searching for a string in a string takes as long as decoding some lines.
    return mode.withUTF8 { ByteText($0).contains("DOWNLOAD") }
  }
}

/// A line of the second-stage bootloader.
public enum BootloaderLine: Hashable, Sendable {
  /// `boot: ESP-IDF v5.4.2 2nd stage bootloader`.
  case banner(idf: String)
  /// `boot: compile time May 18 2026 10:11:12`.
  case compileTime(String)
  /// `boot: chip revision: v0.2` (as printed, `v0.2` or `3`).
  case chipRevision(String)
  /// `boot.esp32s3: …`: the tag names the chip.
  case chip(Chip)
  /// `boot: Partition Table:`.
  case partitionTableBegins
  /// One row of the table.
  case partition(PartitionRow)
  /// `boot: End of partition table`.
  case partitionTableEnds
  /// `boot: Loaded app from partition at offset 0x20000`, also `Fast booting app …`.
  case loadedApp(offset: Int)
  /// `boot: Defaulting to factory image`, `No factory image, trying OTA 0`.
  case slotChosenByDefault(SlotDefault)
  /// `boot: Disabling RNG early entropy source...`: the last line of the bootloader.
  case finished
  /// Any other line under a bootloader's tag: says only that it ran.
  case other
}

/// Which slot the bootloader tries when the OTA data names none.
public enum SlotDefault: String, Hashable, Sendable {
  case factory, firstOTA
}

/// A row of the partition table, as the bootloader prints it.
public struct PartitionRow: Hashable, Sendable {
  /// The label, at most 16 characters.
  public var label: String
  /// The type's number: 0 app, 1 data, 2 bootloader, 3 partition table.
  public var type: Int
  /// The subtype's number: for apps 0 factory, 0x10 + n `ota_n`, 0x20 test.
  public var subtype: Int
  /// In bytes from the start of flash.
  public var offset: Int
  /// In bytes.
  public var size: Int

  /// Puts a row together.
  public init(label: String, type: Int, subtype: Int, offset: Int, size: Int) {
    self.label = label
    self.type = type
    self.subtype = subtype
    self.offset = offset
    self.size = size
  }

  /// The type's name in verdict documents, `app`, `data`, else `0x40`.
  public var typeName: String {
    switch type {
    case 0: "app"
    case 1: "data"
    case 2: "bootloader"
    case 3: "partition_table"
    default: "0x" + String(type, radix: 16)
    }
  }

  /// The subtype's name as in `partitions.csv`, else `0x40`.
  public var subtypeName: String {
    switch (type, subtype) {
    case (0, 0): "factory"
    case (0, 0x10...0x1f): "ota_\(subtype - 0x10)"
    case (0, 0x20): "test"
    case (1, 0): "ota"
    case (1, 1): "phy"
    case (1, 2): "nvs"
    case (1, 3): "coredump"
    case (1, 4): "nvs_keys"
    case (1, 5): "efuse"
    case (1, 0x81): "fat"
    case (1, 0x82): "spiffs"
    case (1, 0x83): "littlefs"
    default: "0x" + String(subtype, radix: 16)
    }
  }
}

/// A line `esp_image: segment 0: paddr=00020020 vaddr=3c0b0020 size=2a1c0h (172480) map`.
public struct ImageSegment: Hashable, Sendable {
  /// What happens to the segment.
  public enum Use: String, Hashable, Sendable {
    /// Mapped from flash.
    case map
    /// Copied to RAM by the bootloader.
    case load
    /// Nothing printed: a RAM segment seen from the running app, or of a bootloader image.
    case unnamed
  }

  /// The segment's number, from 0.
  public var index: Int
  /// Where it lies in flash, bytes.
  public var flashAddress: Int
  /// Where it is mapped or loaded.
  public var address: UInt32
  /// In bytes.
  public var size: Int
  /// What happens to it.
  public var use: Use
  /// The log's clock in milliseconds, where printed.
  public var time: Int?

  /// Puts a segment together.
  public init(
    index: Int, flashAddress: Int, address: UInt32, size: Int, use: Use, time: Int? = nil
  ) {
    self.index = index
    self.flashAddress = flashAddress
    self.address = address
    self.size = size
    self.use = use
    self.time = time
  }
}

/// A line of the application's start-up.
public enum ApplicationLine: Hashable, Sendable {
  /// `cpu_start: Multicore app`, `Pro cpu up.`, `cpu freq: …`: ESP-IDF's start-up code runs.
  case starting
  /// `app_init: Application information:`.
  case informationBegins
  /// `Project name:     esp32-csi-node`.
  case project(String)
  /// `App version:      0.6.5`.
  case version(String)
  /// `Compile time:     May 18 2026 10:11:40`.
  case compileTime(String)
  /// `ELF file SHA256:  0a1b2c3d4...` of the start-up (not of a panic): hex digits only.
  case elfSHA256(String)
  /// `ESP-IDF:          v5.4.2`.
  case idf(String)
  /// `efuse_init: Chip rev:         v0.2`.
  case chipRevision(String)
  /// `main_task: Calling app_main()`, `cpu_start: Starting scheduler`: the app's own code runs next.
  case mainStarts
  /// `main_task: Returned from app_main()`.
  case mainReturned
  /// A line that only a running application prints (its own tag, or a known framework's).
  case running
  /// `ESPHome version 2026.6.0 compiled on 2026-06-01 10:00:00 +0000`: what a framework prints of
  /// itself, once after each start and again whenever somebody asks.
  case describesItself(version: String, compiled: String)
  /// `Log initialized`: a line that a framework prints once after each start.
  case starts(StartMark)
  /// `"Uptime":"0T00:05:06"`: for how many seconds the application has run, as it tells itself.
  case runsFor(seconds: Int)
  /// `Last reset too quick; invoke in 7 restarts`: how many more starts that end soon lead to the safe mode.
  case startsBeforeSafeMode(Int)
  /// A MAC address of this chip, `f4:12:fa:00:11:22`.
  case mac(String)
  /// The application names the chip it runs on.
  case chip(Chip)
  /// The application lists the partition table anew.
  case partitionTableBegins
  /// One row of that list.
  case partition(PartitionRow)
}

/// The application says why it was reset, which slot it runs, or both.
///
/// `I (335) main: boot: reset_reason=SW running_partition=ota_1` and the variants of
/// `formats/boot.md` section 2.
public struct BootLine: Hashable, Sendable {
  /// Why, where the line says so.
  public var reason: ResetReason?
  /// The label of the running partition, where the line says so.
  public var partition: String?
  /// Where the partition lies, where the line gives an offset.
  public var partitionOffset: Int?
  /// The ROM's reset code, where the line prints that (`CPU0 reset reason: 12`) instead of ESP-IDF's
  /// reason; its meaning depends on the chip.
  public var romCode: Int?
  /// The number that stands for `reason`, where the line prints nothing else.
  public var reasonNumber: Int?
  /// Whose start the line tells of, as far as its words say.
  public var subject = Subject.thisNode

  /// Whether it stands under a tag under which programs speak of themselves, or under none. What a driver's tag says is
  /// believed as well, unless the ROM contradicts it.
  public var isUnderOwnTag = true

  /// The same for what has a name before it; the tag of its power supply is one of these, too.
  public var isUnderProgramsTag = true

  /// Whether it stands behind a name like `last reset: `, which programs also give to what they kept of an earlier start.
  public var mayBeKept = false

  /// Whether its words are prose of an application's own, which may tell of anything.
  public var isProse = false

  /// Whose start a boot line tells of.
  public enum Subject: Hashable, Sendable {
    /// The node's own.
    case thisNode
    /// Somebody's with a number or an address, with which the line begins: mostly what the node calls itself.
    case named
    /// The same, but the line begins otherwise: mostly another node's.
    case mentioned
    /// The node's own as far as the words go, which are prose.
    case told
    /// Nobody's: a reason without a word before it, as an example prints it at its start.
    case unnamed
  }

  /// Until when, in milliseconds since its boot, a node tells of its own start without saying so.
  public static let ownWordsEnd = BootloaderDecoder.longestUnknownBoot

  /// Whether a line without a time of its own tells of this node's start, if it stands at `clock` of its boot.
  public func isOwn(at clock: Int?) -> Bool {
    switch subject {
    case .thisNode: true
    case .mentioned: false
    case .named, .told, .unnamed: (clock ?? 0) < Self.ownWordsEnd
    }
  }

  /// Puts a boot line together.
  public init(
    reason: ResetReason?, partition: String?, partitionOffset: Int? = nil, romCode: Int? = nil,
    reasonNumber: Int? = nil
  ) {
    self.reason = reason
    self.partition = partition
    self.partitionOffset = partitionOffset
    self.romCode = romCode
    self.reasonNumber = reasonNumber
  }
}

/// ESP-IDF's `esp_reset_reason_t`; raw values are its names without `ESP_RST_`.
public enum ResetReason: String, CaseIterable, Hashable, Sendable {
  case unknown = "UNKNOWN"
  case powerOn = "POWERON"
  case external = "EXT"
  case software = "SW"
  case panic = "PANIC"
  case interruptWatchdog = "INT_WDT"
  case taskWatchdog = "TASK_WDT"
  case watchdog = "WDT"
  case deepSleep = "DEEPSLEEP"
  case brownout = "BROWNOUT"
  case sdio = "SDIO"
  case usb = "USB"
  case jtag = "JTAG"
  case efuse = "EFUSE"
  case powerGlitch = "PWR_GLITCH"
  case cpuLockup = "CPU_LOCKUP"

  /// The number in `esp_reset_reason_t` (ESP-IDF `esp_system.h`, the same since v3.1).
  public var number: Int { ResetReason.allCases.firstIndex(of: self) ?? 0 }

  /// The reason with that number.
  public init?(number: Int) {
    guard ResetReason.allCases.indices.contains(number) else { return nil }
    self = ResetReason.allCases[number]
  }
}
