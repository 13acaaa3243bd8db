import BootTimeline
import DeviceEvents
import Testing

@Suite("What belongs to a crash")
struct CrashTests {
  @Test("header, registers, backtrace and SHA are one crash")
  func whole() throws {
    let crashes = timeline(of: Block.powerOn + Block.start + Block.panic).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.kind == .exception)
    #expect(crash.reason == "LoadProhibited")
    #expect(crash.core == 0)
    #expect(crash.pc == 0x4200_1234)
    #expect(crash.faultAddress == 4)
    #expect(crash.backtrace?.frames.map(\.pc) == [0x4200_1231, 0x4200_5675])
    #expect(crash.elfSHA256 == "0a1b2c3d4")
    #expect(crash.isFatal)
  }

  @Test("what an interrupt saved of a task has neither a fault's address nor a core")
  func savedTask() throws {
    let text = """
      E (6102) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
      E (6102) task_wdt:  - pump (CPU 0)
      E (6102) task_wdt: Tasks currently running:
      E (6102) task_wdt: CPU 0: pump
      E (6102) task_wdt: Aborting.
      Core  0 register dump:
      MEPC    : 0x42012c38  RA      : 0x42013e62  SP      : 0x4081e3b0  GP      : 0x4080d444
      MSTATUS : 0x00000000  MTVEC   : 0x00000000  MCAUSE  : 0x40819d70  MTVAL   : 0x00000001
      MHARTID : 0x00000004
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.kind == .taskWatchdog)
    #expect(crash.pc == 0x4201_2c38)
    #expect(crash.faultAddress == nil)
    #expect(crash.core == 0)
  }

  @Test("a backtrace of one entry in a line keeps those with a name, and no second copy of one")
  func namedEntries() throws {
    let text = """
      Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.
      Backtrace:
      0x400d2f0d:0x3ffb2150
      0x400d300e:0x3ffb2170 pump_start
      0x400d310e:0x3ffb2190 app_main
      0x400d2f0d:0x3ffb2150 pump_turn
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.backtrace?.frames.map(\.pc) == [0x400d_2f0d, 0x400d_300e, 0x400d_310e])
  }

  @Test("a source of ESP-IDF that is one chip's tells the chip")
  func chipOfSource() {
    let head =
      "Guru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.\n"
    let hal =
      "--- 0x42012c38: i2c_ll_start at C:\\esp\\components\\hal\\esp32c6\\include/hal/i2c_ll.h:767\n"
    let own = "--- 0x42012c38: setup at src/esphome/components/esp32/core.cpp:76\n"
    #expect(timeline(of: head + hal).device.chip == .esp32c6)
    #expect(timeline(of: head + own).device.chip == nil)
  }

  @Test("a reset number that the ROM printed as its code is that code")
  func numberOfROM() throws {
    let text = Block.rom("5", "DSLEEP") + Block.start + "Reset Reason = 5\n"
    let boot = try #require(timeline(of: text).boots.first)
    #expect(boot.resetReason == .deepSleep)
  }

  @Test("a crash that a web page joined into one line keeps its registers and its backtrace")
  func joined() throws {
    let text = """
      Guru Meditation Error: Core 1 panic'ed (LoadProhibited). Exception was unhandled. \
      Core 1 register dump: PC : 0x400d2f10 PS : 0x00060830 A0 : 0x800d3011 A1 : 0x3ffb2150 \
      A2 : 0x00000000 A3 : 0x3ffb2170 A4 : 0x00000001 A5 : 0x3ffb1f00 A6 : 0x00000004 \
      EXCCAUSE: 0x0000001c EXCVADDR: 0x00000008 LBEG : 0x400014fd LEND : 0x4000150d \
      Backtrace: 0x400d2f0d:0x3ffb2150 0x400d300e:0x3ffb2170 |<-CORRUPTED \
      ELF file SHA256: 5c6d7e8f9 Rebooting...
      """
    let crashes = timeline(of: text).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.kind == .exception)
    #expect(crash.reason == "LoadProhibited")
    #expect(crash.core == 1)
    #expect(crash.pc == 0x400d_2f10)
    #expect(crash.faultAddress == 8)
    #expect(crash.register("LEND") == 0x4000_150d)
    #expect(crash.backtrace?.frames.map(\.pc) == [0x400d_2f0d, 0x400d_300e])
    #expect(crash.backtrace?.ending == .corrupted)
    #expect(crash.elfSHA256 == "5c6d7e8f9")
    #expect(crash.otherCores.isEmpty)
  }

  @Test(
    "a decoded core dump names a cause of ESP-IDF's own by 64 more than its number",
    arguments: [
      ("0x42 (DoubleException)", CrashKind.doubleException),
      ("0x45 (InterruptWDTTimoutCPU0)", .interruptWatchdog),
      ("0x46 (InterruptWDTTimoutCPU1)", .interruptWatchdog),
      ("0x47 (CacheDisabled)", .cacheError), ("0x1d (StoreProhibitedCause)", .exception),
    ])
  func storedCause(cause: String, kind: CrashKind) throws {
    let text = """
      Crashed task handle: 0x3ffb7d84, name: 'pump', GDB name: 'process 1073446276'

      exccause       \(cause)
      excvaddr       0x0
      pc             0x4008a01c          0x4008a01c <spinlock_acquire+40>
      """
    let crashes = timeline(of: text).crashes
    #expect(crashes.map(\.kind) == [kind])
    #expect(crashes.first?.task == "pump")
  }

  @Test("a decoded core dump gives the reason without its label")
  func decodedReason() {
    let text = """
      Crashed task handle: 0x3ffb7d84, name: 'pump', GDB name: 'process 1073446276'
      Panic reason: assert failed: pump_task pump.c:53 (ready)
      """
    let crashes = timeline(of: text).crashes
    #expect(crashes.map(\.kind) == [.assert])
    #expect(crashes.first?.reason == "assert failed: pump_task pump.c:53 (ready)")
  }

  @Test("an abort that the monitor names an error check is one")
  func namedErrorCheck() throws {
    let text = """
      abort() was called at PC 0x40087c1b on core 0
      0x40087c1b: _esp_error_check_failed at /idf/components/esp_system/esp_err.c:50

      Backtrace: 0x40081a2e:0x3ffb5a10 0x40087c25:0x3ffb5a30 0x4008e1d2:0x3ffb5a50

      Rebooting...
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.kind == .errorCheck)
    #expect(crash.pc == 0x4008_7c1b)
  }

  @Test("a header that is cut before its reason gives none")
  func cutHeader() throws {
    let crash = try #require(
      timeline(of: Block.powerOn + Block.start + "Guru Meditation Error: Core\n").crashes.first)
    #expect(crash.kind == .exception)
    #expect(crash.reason == nil)
  }

  @Test("the reason of a watchdog's report holds nothing of the line that it cut")
  func watchdogReason() throws {
    let text = """
      I (8297) lcd: 0x3fca0c10   0a 00 1f E (8301) task_wdt: Task watchdog got triggered. \
      The following tasks did not reset the watchdog in time:
      E (8301) task_wdt:  - IDLE (CPU 0)
      E (8301) task_wdt: Tasks currently running:
      E (8301) task_wdt: CPU 0: pump
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(
      crash.reason
        == "Task watchdog got triggered. The following tasks did not reset the watchdog in time:"
    )
    #expect(crash.watchedTask == "IDLE")
  }

  @Test("rows of a stack at the start of a log are the rest of a panic; a row or two are not")
  func headlessStack() throws {
    let rows = [
      "3fcd0a20: 0x00000000 0x3fcd0b40 0x4201a3c2 0x00000001 0x00000000 0x3c05a120 0x00000040 0x403812aa\n",
      "3fcd0a40: 0x00000000 0x00000000 0x4201a4f0 0x3fcd0b44 0x00000000 0x00000000 0x00000010 0x42019ee4\n",
      "3fcd0a60: 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5\n",
    ]
    let crashes = timeline(of: rows.joined()).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.firstLine.number == 1)
    #expect(!crash.isBeginningKnown)
    #expect(crash.isFatal)
    #expect(crash.stack.count == 3)
    #expect(timeline(of: rows[0] + rows[1]).crashes.isEmpty)
    #expect(timeline(of: rows[0] + rows[2] + rows[1]).crashes.isEmpty)
    #expect(timeline(of: "I (8301) app: memory\n" + rows.joined()).crashes.isEmpty)
  }

  @Test("an assert that aborts is one crash, and its address is that of the abort")
  func oldAssert() throws {
    let text = """
      assertion "queue" failed: file "main.c", line 12, function: app_main
      abort() was called at PC 0x400d1234 on core 1

      Backtrace: 0x40088990:0x3ffb5e10 0x40088b8d:0x3ffb5e30

      Rebooting...
      """
    let crashes = timeline(of: text).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.kind == .assert)
    #expect(crash.pc == 0x400d_1234)
    #expect(crash.core == 1)
    #expect(crash.assertion?.function == "app_main")
  }

  @Test("a second register dump is another core, not another crash")
  func twoCores() throws {
    let text = """
      Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).

      Core  0 register dump:
      PC      : 0x40081234  PS      : 0x00060435  A0      : 0x80085678  A1      : 0x3ffb0be0

      Backtrace: 0x40081231:0x3ffb0be0 0x40085675:0x3ffb0c00

      Core  1 register dump:
      PC      : 0x4008a1f3  PS      : 0x00060435  A0      : 0x800d9abc  A1      : 0x3ffb0fe0

      Backtrace: 0x4008a1f0:0x3ffb0fe0 0x400d9ab9:0x3ffb1000

      ELF file SHA256: 0123456789abcdef

      Rebooting...
      """
    let crashes = timeline(of: text).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.kind == .interruptWatchdog)
    #expect(crash.pc == 0x4008_1234)
    #expect(crash.otherCores.count == 1)
    #expect(crash.otherCores.first?.core == 1)
    #expect(crash.otherCores.first?.backtrace?.frames.first?.pc == 0x4008_a1f0)
  }

  @Test("cores, registers and calls that no chip has do not pile up")
  func invented() throws {
    let registers = (0..<10).map { row in
      (0..<10).map { "A\(row)\($0)     : 0x00000001" }.joined(separator: "  ") + "\n"
    }.joined()
    let calls = "Backtrace:" + String(repeating: " 0x42001231:0x3fc9a2f0", count: 800) + "\n"
    let panic =
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n"
    let cores = (1..<400).map { "Core  \($0 % 9 + 1) register dump:\n" + registers }
    let story = timeline(
      of: Block.powerOn + Block.start + panic + "Core  0 register dump:\n" + registers
        + cores.joined() + "\nRebooting...\n")
    let crash = try #require(story.crashes.first)
    #expect(story.crashes.count == 1)
    #expect(crash.registers.count == 64)
    #expect(crash.otherCores.count == 4)
    #expect(crash.otherCores.map(\.registers.count) == [64, 64, 64, 64])
    let broken = timeline(
      of: Block.powerOn + Block.start + panic + calls
        + String(
          repeating: String(repeating: " 0x42001231:0x3fc9a2f0", count: 20) + "\n", count: 400))
    #expect(try #require(broken.crashes.first?.backtrace?.frames.count) < 2_000)
  }

  @Test("a panic inside a panic is noted, the first one stands")
  func nested() throws {
    let text = """
      Guru Meditation Error: Core  1 panic'ed (Cache disabled but cached memory region accessed)
      Guru Meditation Error: Core  1 panic'ed (Cache disabled but cached memory region accessed)
      Guru Meditation Error: Core  1 panic'ed (Double exception)
      rst:0x7 (TG0WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
      """
    let crashes = timeline(of: text).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.isNested)
    #expect(crash.kind == .cacheError)
  }

  @Test("a task watchdog that only prints stops nothing")
  func printing() throws {
    let text =
      Block.powerOn + Block.start + """
        E (15045) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
        E (15045) task_wdt:  - IDLE0 (CPU 0)
        E (15045) task_wdt: Tasks currently running:
        E (15045) task_wdt: CPU 0: edge_task
        E (15045) task_wdt: CPU 1: IDLE1
        E (15045) task_wdt: Print CPU 0 (current core) backtrace
        Backtrace: 0x4200ABCD:0x3FC9A2F0 0x42005675:0x3FC9A310

        I (15100) main: still here
        I (15200) main: still here
        """
    let story = timeline(of: text)
    let crash = try #require(story.crashes.first)
    #expect(!crash.isFatal)
    #expect(crash.kind == .taskWatchdog)
    #expect(crash.task == "edge_task")
    #expect(crash.watchedTask == "IDLE0")
    #expect(story.boots.first?.ending == .endOfLog)
  }

  @Test("a task watchdog that aborts is a crash, and the next boot knows why")
  func aborting() {
    let text =
      Block.powerOn + Block.start + """
        E (10318) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
        E (10318) task_wdt:  - IDLE0 (CPU 0)
        E (10318) task_wdt: Tasks currently running:
        E (10318) task_wdt: CPU 0: spinner
        E (10318) task_wdt: Aborting.
        E (10318) task_wdt: Print CPU 0 (current core) backtrace


        Backtrace: 0x42007c1e:0x3fc9a2f0 0x42005675:0x3fc9a310

        ELF file SHA256: 0a1b2c3d4

        Rebooting...

        """ + Block.software
    let story = timeline(of: text)
    #expect(story.crashes.map(\.isFatal) == [true])
    #expect(story.boots.first?.ending == .watchdog)
    #expect(story.boots.last?.resetReason == .taskWatchdog)
  }

  @Test("a heap report without an abort is a report")
  func heapReport() {
    let text =
      Block.powerOn + Block.start + """
        CORRUPT HEAP: Bad tail at 0x3fca1234. Expected 0xbaad5678 got 0xbaad5600
        I (900) main: a
        I (901) main: b
        I (902) main: c
        I (903) main: d
        I (904) main: e
        I (905) main: f
        """
    #expect(timeline(of: text).crashes.map(\.isFatal) == [false])
  }

  @Test("a crash knows the update that was open")
  func duringUpdate() {
    let text =
      Block.powerOn + Block.start + Block.bootLine("POWERON", "ota_0") + """
        I (9000) ota_update: OTA update started, content_length=800000

        ***ERROR*** A stack overflow in task httpd has been detected.

        Backtrace: 0x40382697:0x3fca2a70 0x4203471d:0x3fca2ad0 |<-CORRUPTED

        ELF file SHA256: bca24e535

        Rebooting...

        """ + Block.software
    let story = timeline(of: text)
    #expect(story.crashes.first?.updatePhase == .receiving)
    #expect(story.crashes.first?.task == "httpd")
    #expect(story.updates.first?.outcome == .handlerCrashed)
  }
}

@Suite("A panic of which the log holds the end alone")
struct CrashEndTests {
  private let end = """
    3fc9a230: 0x42009e4e 0x4080c2f0 0x4080b288 0x4080b30c 0x00000000 0x4080b30c 0x00000004 0x00000020


    ELF file SHA256: 7c1f02ab9

    """

  @Test("is a crash where the reboot follows the hash")
  func rebooted() throws {
    let found = timeline(of: end + "Rebooting...\n" + Block.software)
    let crash = try #require(found.crashes.first)
    #expect(crash.elfSHA256 == "7c1f02ab9")
    #expect(crash.isFatal)
    #expect(crash.firstLine.number == 4)
    #expect(found.crashes.count == 1)
    #expect(found.boots.count == 2)
  }

  @Test("is none where one of the two stands alone")
  func alone() {
    #expect(timeline(of: end + Block.software).crashes.isEmpty)
    #expect(timeline(of: "Rebooting...\n" + Block.software).crashes.isEmpty)
  }
}
