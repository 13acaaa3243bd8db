import Testing

@testable import DeviceEvents

@Suite("The second-stage bootloader")
struct BootBootloaderTests {
  private func events(_ message: String, tag: String = "boot", time: Int? = 30) -> [DeviceEvent] {
    messageEvents(BootloaderDecoder.self, tag, message, time: time).events
  }

  @Test(
    "its lines",
    arguments: [
      ("3.1 to 5.1", "ESP-IDF v4.4.4-dirty 2nd stage bootloader", .banner(idf: "v4.4.4-dirty")),
      (
        "5.2+, cut to 31", "ESP-IDF v6.1-dev-5047-ga20ab68fd55-dirt 2nd stage bootloader",
        .banner(idf: "v6.1-dev-5047-ga20ab68fd55-dirt")
      ),
      (
        "git failed", "ESP-IDF -128-NOTFOUND 2nd stage bootloader", .banner(idf: "-128-NOTFOUND")
      ),
      ("≤5.0", "compile time 10:11:12", .compileTime("10:11:12")),
      ("5.1+", "compile time May 18 2026 10:11:12", .compileTime("May 18 2026 10:11:12")),
      ("3.3, 4.0", "Chip Revision: 1", .chipRevision("1")),
      ("4.1 to 4.4.3", "chip revision: 3", .chipRevision("3")),
      ("4.3.5+", "chip revision: v0.2", .chipRevision("v0.2")),
      ("5.1.7+", "efuse block revision: v1.3", .other),
      ("4.4.6+", "Multicore bootloader", .other),
      ("all", "Enabling RNG early entropy source...", .other),
      ("all", "Partition Table:", .partitionTableBegins),
      ("all", "## Label            Usage          Type ST Offset   Length", .other),
      ("all", "End of partition table", .partitionTableEnds),
      ("3.3+", "Defaulting to factory image", .slotChosenByDefault(.factory)),
      ("3.3+", "No factory image, trying OTA 0", .slotChosenByDefault(.firstOTA)),
      ("3.3+", "Loaded app from partition at offset 0x20000", .loadedApp(offset: 0x20000)),
      ("4.1+", "Fast booting app from partition at offset 0x1f0000", .loadedApp(offset: 0x1f0000)),
      ("5.5+", "Loaded TEE app from partition at offset 0x10000", .other),
      ("3.3+", "Disabling RNG early entropy source...", .finished),
    ] as [(String, String, BootloaderLine)])
  func lines(version: String, message: String, line: BootloaderLine) {
    #expect(events(message) == [.bootloader(line)], "\(version)")
  }

  @Test("the tag names the chip from 4.2 on")
  func chipTag() {
    #expect(
      events("SPI Mode       : SLOW READ", tag: "boot.esp32s3")
        == [.bootloader(.chip(.esp32s3)), .bootloader(.other)])
    #expect(events("SPI Speed      : 80MHz", tag: "boot.esp99") == [.bootloader(.other)])
    #expect(
      events("Espressif ESP32 2nd stage bootloader v. V0.1")
        == [.bootloader(.chip(.esp32)), .bootloader(.banner(idf: "V0.1"))])
  }

  @Test(
    "partition rows, as printed and with their blanks collapsed",
    arguments: [
      (
        " 0 nvs              WiFi data        01 02 00009000 00006000",
        PartitionRow(label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x6000)
      ),
      (
        "0 nvs WiFi data 01 02 00009000 00006000",
        PartitionRow(label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x6000)
      ),
      (
        "12 sixteen_letters_ OTA app          00 1f 00020000 00200000 ",
        PartitionRow(
          label: "sixteen_letters_", type: 0, subtype: 0x1f, offset: 0x20000, size: 0x200000)
      ),
      (
        " 3 my storage       Unknown data     01 82 00420000 003e0000",
        PartitionRow(
          label: "my storage", type: 1, subtype: 0x82, offset: 0x420000, size: 0x3e0000)
      ),
      (
        " 1 tables           primary partition_table 03 00 00008000 00001000",
        PartitionRow(label: "tables", type: 3, subtype: 0, offset: 0x8000, size: 0x1000)
      ),
      (
        " 4 tee_0            TEE app          00 30 00010000 00030000",
        PartitionRow(label: "tee_0", type: 0, subtype: 0x30, offset: 0x10000, size: 0x30000)
      ),
      (
        " 4 vendor           strange use      40 01 00310000 00001000",
        PartitionRow(label: "vendor", type: 0x40, subtype: 1, offset: 0x310000, size: 0x1000)
      ),
      (
        "4 vendor strange 40 01 00310000 00001000",
        PartitionRow(label: "vendor", type: 0x40, subtype: 1, offset: 0x310000, size: 0x1000)
      ),
    ])
  func partitions(text: String, row: PartitionRow) {
    #expect(events(text) == [.bootloader(.partition(row))])
    #expect(plainEvents(BootloaderDecoder.self, text) == [.bootloader(.partition(row))])
  }

  @Test(
    "what is no partition row",
    arguments: [
      "nvs WiFi data 01 02 00009000 00006000", "0 nvs WiFi data 01 02 9000 6000",
      "0 01 02 00009000 00006000", "00009000 00006000", "1 x 01 02 00009000 0000600g", "",
      "0 nvs WiFi data 01 02 00009000", "-1 a b 01 02 00009000 00006000",
    ])
  func noPartition(text: String) {
    #expect(plainEvents(BootloaderDecoder.self, text) == nil)
  }

  @Test(
    "its complaints",
    arguments: [
      ("≤5.3", "PRO CPU has been reset by WDT.", .watchdogResetSeen, [0]),
      ("ESP32 5.4+", "APP CPU has been reset by WDT", .watchdogResetSeen, [1]),
      ("P4", "CPU has been reset by WDT.", .watchdogResetSeen, []),
      (
        "≤5.3", "WDT reset info: PRO CPU PC=0x400d1234 (waiti mode)", .watchdogResetPC,
        [0x400d_1234]
      ),
      ("5.4+", "WDT rst info: APP CPU PC=0x400d1234", .watchdogResetPC, [0x400d_1234]),
      ("≤4.1", "failed to load bootloader header!", .bootloaderHeaderUnreadable, []),
      ("4.2+", "failed to load bootloader image header!", .bootloaderHeaderUnreadable, []),
      ("4.0+", "failed when running XMC startup flow, reboot!", .xmcStartupFailed, []),
      ("ESP32 5.4+", "XMC startup flow failed, reboot!", .xmcStartupFailed, []),
      (
        "≤5.3", "Chip CPU frequency rated for 160MHz, configured for 240MHz. Modify",
        .cpuFrequencyTooHigh, [160, 240]
      ),
      (
        "5.4+", "Chip CPU freq rated for 160MHz, configured for 240MHz. Modify",
        .cpuFrequencyTooHigh, [160, 240]
      ),
      (
        "≤4.3", "Assert failed in bootloader_main, bootloader_start.c:42 (ok)", .bootloaderAssert,
        []
      ),
      ("all", "Failed to set QIE bit, not enabling QIO mode", .flashQuadModeFailed, []),
      ("all", "Failed to verify partition table", .partitionTableInvalid, []),
      ("all", "load partition table error!", .partitionTableInvalid, []),
      ("all", "bootloader_mmap(0x8000, 0xc00) failed", .flashMapFailed, [0x8000, 0xc00]),
      ("all", "ota data partition invalid, falling back to factory", .otadataInvalid, []),
      (
        "all", "ota data partition invalid and no factory, will try all partitions",
        .otadataInvalid, []
      ),
      (
        "all", "ota_info partition size 4096 is too small (minimum 8192 bytes)", .otadataTooSmall,
        [4096]
      ),
      ("all", "Error in write_otadata operation. err = 0x105", .otadataWriteFailed, [0x105]),
      ("all", "Set actual ota_seq=1 in otadata[0]", .otadataInitialised, [1]),
      ("all", "Factory app partition is not bootable", .slotNotBootable, [-1]),
      ("all", "Factory test app partition is not bootable", .slotNotBootable, [-2]),
      ("all", "OTA app partition slot 1 is not bootable", .slotNotBootable, [1]),
      ("all", "No bootable app partitions in the partition table", .noBootablePartition, []),
      ("all", "No bootable test partition in the partition table", .testImageMissing, []),
      ("all", "Falling back to test app as only bootable partition", .testImageBoots, []),
      ("all", "Detect a condition of the factory reset", .factoryReset, []),
      ("all", "Not all partitions were erased", .factoryResetIncomplete, []),
      ("4.1+", "Fast booting is not successful", .fastBootFailed, []),
      ("5.5+", "Failed to load TEE app", .teeLoadFailed, []),
      (
        "D", "otadata[1] is selected as new and marked PENDING_VERIFY state", .otadataMarkedPending,
        [1]
      ),
      ("D", "otadata[0] is marking as ABORTED", .otadataMarkedAborted, [0]),
      ("D", "Mapping seq 4 -> OTA slot 1", .otadataSlotSelected, [4, 1]),
      ("D", "otadata[1]: sequence values 0x00000005", .otadataSequence, [1, 5]),
      (
        "D", "Trying partition index -1 offs 0x10000 size 0x100000", .bootloaderTriesSlot,
        [-1, 0x10000, 0x100000]
      ),
      (
        "D", "OTA slot 1 has an app with secure_version, this version is smaller",
        .antiRollbackRejected, [1]
      ),
      ("all", "FAILED TO ENABLE SECURE BOOT (259).", .secureBootFailed, [259]),
      ("4.x", "Secure Boot v2 failed (-1)", .secureBootFailed, [-1]),
      ("≤4.4", "Flash encryption check failed (261).", .flashEncryptionFailed, [261]),
      ("5.0+", "Encryption flash contents failed (261)", .flashEncryptionFailed, [261]),
      ("all", "Resetting with flash encryption enabled...", .flashEncryptionWorks, []),
      ("5.0+", "Error programming eFuses (err=0x1605).", .efuseProblem, [0x1605]),
      (
        "all", "Image contains multiple DROM segments. Only the last one will be mapped.",
        .imageSegmentsRepeated, []
      ),
    ] as [(String, String, NoticeKind, [Int])])
  func complaints(version: String, message: String, kind: NoticeKind, numbers: [Int]) {
    let found = events(message)
    #expect(found.count == 2 && found.first == .bootloader(.other), "\(version)")
    guard case .notice(let notice) = found.last else {
      Issue.record("no notice: \(message)")
      return
    }
    #expect(notice.kind == kind && notice.numbers == numbers, "\(version)")
  }

  @Test("before 3.1 segments stand under the bootloader's own tag")
  func oldSegments() {
    let segment = ImageSegment(
      index: 7, flashAddress: 0x40010, address: 0x400d_0018, size: 0x20428, use: .map, time: 30)
    #expect(
      events("segment 7: paddr=0x00040010 vaddr=0x400d0018 size=0x20428 (132136) map")
        == [.bootloader(.other), .segment(segment)])
  }

  @Test("an assertion is also read without its prefix")
  func plainAssert() {
    #expect(
      plainEvents(BootloaderDecoder.self, "Assert failed in main, boot.c:88 (x != 0)")
        == [.notice(Notice(.bootloaderAssert, detail: "main, boot.c:88 (x != 0)"))])
  }

  @Test("an application that logs under the tag is not taken for the bootloader")
  func applicationTag() {
    let line = messageEvents(
      BootloaderDecoder.self, "boot", "reset_reason=SW running_partition=ota_1")
    #expect(line.events.isEmpty && !line.isTaken)
    #expect(events("services are up", time: 60_000).isEmpty)
    #expect(events("services are up", time: 40) == [.bootloader(.other)])
    #expect(events("Partition Table:", time: 60_000) == [.bootloader(.partitionTableBegins)])
  }

  @Test("a ROM banner glued behind a message is left to the marker search")
  func glued() {
    let line = messageEvents(
      BootloaderDecoder.self, "boot", "Defaulting to facESP-ROM:esp32c6-20220919")
    #expect(line.events == [.bootloader(.other)] && !line.isTaken)
    let whole = messageEvents(
      BootloaderDecoder.self, "boot", "compile time 10:11:12rst:0x1 (POWERON)")
    #expect(whole.events == [.bootloader(.compileTime("10:11:12"))] && !whole.isTaken)
  }
}
