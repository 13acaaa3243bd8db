import LineReading
import Testing

@testable import DeviceEvents

@Suite("Other systems than ESP-IDF")
struct ForeignSystemTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test(
    "are known by their banners",
    arguments: [
      ("*** Booting Zephyr OS build v4.1.0 ***", ForeignSystem.zephyr),
      ("[00:00:05.252,000] <inf> feeder: ready", .zephyr),
      ("*** Booting MCUboot v2.1.0 ***", .mcuboot),
      ("NuttShell (NSH) NuttX-12.4.0", .nuttx), ("nsh> ls", .nuttx),
      ("main(): This is RIOT! (Version: 2024.04)", .riot), ("*** RIOT kernel panic:", .riot),
      ("MicroPython v1.22.1 on 2024-01-05; Generic ESP32 module", .micropython),
    ])
  func banners(line: String, system: ForeignSystem) {
    #expect(events(line).contains(.foreign(system)))
  }

  @Test(
    "MCUboot's revert is its own, not what others say that it will do",
    arguments: [
      ("I: Swap type: revert", true), ("I: Image index: 0, Swap type: revert", true),
      ("[esp32] [INF] Image index: 0, Swap type: revert", true),
      ("[esp32c3] [INF] Swap type: revert", true), ("[INF] Swap type: revert", true),
      ("[esp32s3] [INF] Image index: 1, Swap type: revert", true),
      ("node> [esp32s2] [INF] Image index: 0, Swap type: revert", true),
      ("[esp32s3] [INF] Image index: 0, Swap type: test", false),
      ("[esp32s3] [INF] no Swap type: revert", false),
      ("swap type: revert", false),
      ("I: Swap type: test", false), ("[INFO][MCUb]: Swap type: revert", false),
      ("the Swap type: revert", false),
    ])
  func revert(line: String, isTold: Bool) {
    #expect(events(line).contains(.notice(Notice(.mcubootReverts))) == isTold)
  }

  @Test(
    "MCUboot's revert in a message is another chip's",
    arguments: [
      "I (30000) nrf: I: Swap type: revert", "I (30000) dfu: Image index: 0, Swap type: revert",
      "I (30000) nrf: [00:00:00.01] <inf> [INF] Swap type: revert",
      "I (30000) nrf: [esp32c3] [INF] Image index: 0, Swap type: revert",
    ])
  func revertOfAnother(line: String) {
    let found = events(line)
    #expect(!found.contains(.notice(Notice(.mcubootReverts))))
    #expect(!found.contains(.foreign(.mcuboot)))
  }

  @Test("RIOT's exceptions have their cause and the address, and no program counter")
  func riot() {
    let exception =
      "EXCEPTION!! exccause=28 (LoadProhibitedCause) @800d2f34 excvaddr=00000010"
    #expect(
      events(exception) == [
        .foreign(.riot), .panic(.header(reason: "LoadProhibited", core: nil)),
        .panic(
          .registers([
            Register(name: "A0", value: 0x800d_2f34), Register(name: "EXCCAUSE", value: 28),
            Register(name: "EXCVADDR", value: 0x10),
          ])),
      ])
    #expect(
      events("scheduler(): stack overflow detected, pid=5")
        == [.foreign(.riot), .panic(.stackOverflow(task: "pid 5"))])
    #expect(events("EXCEPTION!! exccause=many") == [])
    #expect(events("scheduler(): stack overflow detected, pid=none") == [])
  }

  @Test("Zephyr's register rows are no lines of an application")
  func zephyrRows() {
    var decoder = EventDecoder()
    let rows = (0..<6).map {
      "[00:00:02.104,000] <err> os:      a\($0): 00000010    t\($0): 42003a10"
    }
    _ = decoder.events(of: rows.joined(separator: "\n"))
    #expect(decoder.applicationLines == 0)
    _ = decoder.events(of: "[00:00:02.304,000] <err> pump: stuck")
    #expect(decoder.applicationLines == 1)
  }

  @Test("MCUboot's lines are the bootloader's, under ESP-IDF's tag where they name one")
  func mcuboot() {
    #expect(
      events("[esp32c3] [INF] Image index: 0, Swap type: none")
        == [.bootloader(.chip(.esp32c3)), .bootloader(.other)])
    let refused = "[esp32] [ERR] [boot_comm] This chip is revision 0 but the application is"
    let found = events(refused + " configured for minimum revision 3. Can't run.")
    #expect(
      found.contains { event in
        guard case .notice(let notice) = event else { return false }
        return notice.kind == .imageChipRevisionMismatch && notice.numbers == [0, 3]
      })
    #expect(events("[esp32s3] [XYZ] something else").isEmpty)
  }

  @Test(
    "Zephyr's fatal error is read behind every kind of prefix",
    arguments: ["", "E: ", "[00:00:04.881,000] <err> os: "])
  func zephyr(prefix: String) {
    let rows = [
      " ** FATAL EXCEPTION", " ** CPU 0 EXCCAUSE 28 (load prohibited)",
      " **  PC 0x420012ab VADDR 0x14", ">>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0",
      "Current thread: 0x3fc91c28 (sampler)",
    ]
    let found = events(rows.map { prefix + $0 }.joined(separator: "\n"))
    #expect(found.contains(.foreign(.zephyr)))
    #expect(found.contains(.panic(.header(reason: "LoadProhibited", core: 0))))
    #expect(
      found.contains(
        .panic(
          .registers([
            Register(name: "PC", value: 0x4200_12AB), Register(name: "EXCVADDR", value: 0x14),
          ]))))
    #expect(
      found.contains(.panic(.wrapperMessage(">>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0"))))
    #expect(found.contains(.panic(.crashedTask("sampler"))))
  }

  @Test("Zephyr's stack check is told from its other errors")
  func zephyrStack() {
    let text = ">>> ZEPHYR FATAL ERROR 2: Stack overflow on CPU 0"
    #expect(events("E: " + text).contains(.panic(.stackCheckFailed(text))))
  }

  @Test(
    "another family's chip is known by its registers, its memory or its kit",
    arguments: [
      "[00:00:01.250,000] <err> os: r0/a1:  0x00000003  r1/a2:  0x00000000  r2/a3:  0x00000000",
      "E: Faulting instruction address (r15/pc): 0x00002a5c",
      "E: Current thread: 0x20000a90 (main)", "*** Booting nRF Connect SDK v2.6.0 ***",
    ])
  func otherFamily(line: String) {
    #expect(
      events(line).contains { event in
        if case .notice(let notice) = event { notice.kind == .otherChipNamed } else { false }
      })
  }

  @Test("a thread in an ESP32's memory names no other chip")
  func ownMemory() {
    #expect(
      !events("E: Current thread: 0x3fc91c28 (main)").contains { event in
        if case .notice = event { true } else { false }
      })
  }

  @Test(
    "an ESP8266 is known by what its core prints when it fails",
    arguments: [
      "epc1=0x40213f8c epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000010 depc=0x00000000",
      "ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
      "sp: 3ffffdd0 end: 3fffffd0 offset: 0150", "sp: 3ffef9c0 end: 3ffefbd0 offset: 01a0",
      "Exception 28: LoadProhibited: A load referenced a page mapped with an attribute that does not permit loads",
      """
      Exception 20: InstFetchProhibited: An instruction fetch referenced a page mapped with an attribute that does \
      not permit instruction fetch
      """,
    ])
  func esp8266(line: String) {
    #expect(events(line).contains(.foreign(.esp8266)))
  }

  @Test(
    "words that are only like the ESP8266's are not",
    arguments: [
      "Exception (28):", "Exception 0: Illegal instruction", "Soft WDT reset", "ctx: cont",
      ">>>stack>>>", "sp: 3ffffdd0 of the task",
      "sp: 4081fdd0 end: 4081ffd0 offset: 0150",
      "epc1=0x40",
    ])
  func notESP8266(line: String) {
    #expect(!events(line).contains(.foreign(.esp8266)))
  }

  @Test("Zephyr's fatal error on RISC-V gives cause and address")
  func zephyrRISCV() {
    let found = events("E:  mcause: 5, Load access fault\nE:   mtval: 14\nE:    mepc: 42001234")
    #expect(found.contains(.panic(.header(reason: "Load access fault", core: nil))))
    #expect(found.contains(.panic(.registers([Register(name: "MTVAL", value: 0x14)]))))
    #expect(found.contains(.panic(.registers([Register(name: "MEPC", value: 0x4200_1234)]))))
  }

  @Test("NuttX's crash gives cause, task, registers and addresses")
  func nuttx() {
    let found = events(
      """
      [CPU0] xtensa_user_panic: User Exception: EXCCAUSE=001d task: sender
      _assert: Assertion failed user panic: at file: :0 task: sender process: sender 0x42020c10
      up_dump_register:    PC: 42020c40    PS: 00060930
      up_dump_register:   SAR: 00000018 CAUSE: 0000001d VADDR: 00000004
      sched_dumpstack: backtrace| 2: 0x42020c40 0x42012d0d
      """)
    #expect(found.contains(.panic(.header(reason: "StoreProhibited", core: nil))))
    #expect(found.contains(.panic(.crashedTask("sender"))))
    #expect(
      found.contains(
        .panic(
          .registers([
            Register(name: "SAR", value: 0x18), Register(name: "EXCCAUSE", value: 0x1D),
            Register(name: "EXCVADDR", value: 4),
          ]))))
    #expect(
      found.contains(
        .panic(
          .backtrace(
            Backtrace(
              frames: [
                Backtrace.Frame(pc: 0x4202_0C40, sp: nil),
                Backtrace.Frame(pc: 0x4201_2D0D, sp: nil),
              ], ending: .plain, isContinuation: true)))))
  }

  @Test("NuttX's assertions have file and line")
  func nuttxAssertion() {
    #expect(
      events(
        "dump_assert_info: Assertion failed x > 0: at file: queue.c:42 task: init process: init")
        == [
          .foreign(.nuttx),
          .panic(.assertion(Assertion(file: "queue.c", line: 42, expression: "x > 0"))),
          .panic(.crashedTask("init")),
        ])
  }

  @Test("NuttX's old exceptions have a cause and no message for a task")
  func nuttxException() {
    #expect(
      events("riscv_exception: PANIC!!! Exception = 00000007") == [
        .foreign(.nuttx), .panic(.registers([Register(name: "MCAUSE", value: 7)])),
      ])
    let place = "Assertion failed at file:common/riscv_exception.c line: 94"
    #expect(
      events("up_assert: \(place) task: riscv_exception: PANIC!!! Exception = 00000007") == [
        .foreign(.nuttx), .panic(.wrapperMessage(place)),
      ])
    #expect(
      events("up_assert: \(place) task: sender") == [
        .foreign(.nuttx), .panic(.wrapperMessage(place)), .panic(.crashedTask("sender")),
      ])
  }

  @Test("NuttX names the core beside the task")
  func nuttxCore() {
    #expect(
      events(
        "dump_assert_info: Assertion failed panic: at file: :0 task(CPU1): sender process: app")
        == [
          .foreign(.nuttx), .panic(.registerDump(core: 1)), .panic(.crashedTask("sender")),
        ])
  }
}

@Suite("Reports of tools and cores")
struct ReportTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test("the Arduino core's report gives chip, partitions and ESP-IDF's version")
  func arduino() {
    #expect(events("=========== Before Setup Start ===========") == [.application(.running)])
    #expect(events("  Model             : ESP32-C6") == [.application(.chip(.esp32c6))])
    #expect(events("  Revision          : 0.02") == [.application(.chipRevision("v0.2"))])
    #expect(events("  Revision          : 301") == [.application(.chipRevision("v3.1"))])
    #expect(events("  ESP-IDF Version   : v5.3.2-174") == [.application(.idf("v5.3.2-174"))])
    #expect(
      events("               app1 : addr: 0x00150000, size:  1280.0 KB, type:  APP, subtype: OTA_1")
        == [
          .application(
            .partition(
              PartitionRow(
                label: "app1", type: 0, subtype: 0x11, offset: 0x15_0000, size: 0x14_0000)))
        ])
    #expect(
      events("  ffat : addr: 0x00290000, size:   128.5 KB, type: DATA, subtype: FAT") == [
        .application(
          .partition(
            PartitionRow(label: "ffat", type: 1, subtype: 0x81, offset: 0x29_0000, size: 131_584)))
      ])
    #expect(events("  Model             : Thermostat").isEmpty)
  }

  @Test("a decoded core dump gives task, reason and registers")
  func coreDump() {
    #expect(
      events("Crashed task handle: 0x3ffb5b40, name: 'sampler', GDB name: 'process 1'")
        == [.panic(.crashedTask("sampler"))])
    #expect(
      events("Panic reason: abort() was called at PC 0x4200c3d5 on core 0")
        == [.panic(.abort(address: 0x4200_C3D5, core: 0))])
    #expect(
      events("exccause       0x1d (StoreProhibitedCause)")
        == [.panic(.registers([Register(name: "EXCCAUSE", value: 0x1D)]))])
    #expect(
      events("pc             0x400d55aa          0x400d55aa <sampler_task+18>")
        == [.panic(.registers([Register(name: "PC", value: 0x400D_55AA)]))])
    #expect(
      events("fp             0x3fc9a1c0\t0x3fc9a1c0")
        == [.panic(.registers([Register(name: "S0/FP", value: 0x3FC9_A1C0)]))])
    #expect(events("==================== ESP32 CORE DUMP START ====================").isEmpty)
    #expect(events("ps 0x12 volts").isEmpty)
    #expect(events("sensor         0x12").isEmpty)
  }

  @Test(
    "NuttX refuses a chip of an older revision",
    arguments: [
      ("ERROR: NuttX supports ESP32 chip revision >= v3.0 (chip revision is v1.1)", true),
      ("ERROR: Nuttx supports ESP32 chip revision >= v3.0(chip revision is v1.1)", true),
      ("WARNING: NuttX supports ESP32 chip revision >= v3.0 (chip is v1.1).", false),
    ])
  func nuttXRefusal(line: String, refuses: Bool) {
    let refusal: [DeviceEvent] = [
      .foreign(.nuttx), .notice(Notice(.imageChipRevisionMismatch, numbers: [3, 0, 1, 1])),
    ]
    #expect(events(line) == (refuses ? refusal : []))
  }

  @Test("a ROM refuses a bootloader for another chip")
  func chipMismatch() {
    #expect(
      events("Invalid chip id. Expected 9 read 5. Bootloader for wrong chip?")
        == [.notice(Notice(.romChipMismatch, numbers: [9, 5]))])
  }

  @Test("the task watchdog's list is read without its dashes")
  func watchdogList() {
    #expect(
      events("E (40317) task_wdt: main") == [.taskWatchdog(.starved(task: "main", cpu: nil))])
    #expect(
      events("E (40317) task_wdt: IDLE0 (CPU 0)")
        == [.taskWatchdog(.starved(task: "IDLE0", cpu: "CPU 0"))])
  }
}
