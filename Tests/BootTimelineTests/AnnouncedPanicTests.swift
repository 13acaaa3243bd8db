import BootTimeline
import DeviceEvents
import Testing

@Suite("Panics that are announced, named or only seen to end")
struct AnnouncedPanicTests {
  private static let announcement = """
    A fatal error occurred. The crash dump printed below may be used to help
    determine what caused it. If you are not already running the most recent
    version of MicroPython, consider upgrading. New versions often fix bugs.

    MPY version : v1.26.0 on 2025-08-09
    IDF version : v5.4.2

    """

  @Test("MicroPython's announcement is a crash where the log ends behind it")
  func cut() throws {
    let crashes = timeline(of: Self.announcement).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.isFatal)
    #expect(crash.kind == .other)
  }

  @Test(
    "the panic that was announced is the same crash",
    arguments: [
      (
        "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
        CrashKind.exception
      ),
      ("abort() was called at PC 0x42011a3c on core 0", .abort),
      ("assert failed: valve_open valve.c:88 (valve != NULL)", .assert),
      ("***ERROR*** A stack overflow in task mp_task has been detected.", .stackOverflow),
    ])
  func announced(line: String, kind: CrashKind) throws {
    let crashes = timeline(of: Self.announcement + "\n" + line + "\n").crashes
    #expect(crashes.map(\.kind) == [kind])
    #expect(crashes.first?.isFatal == true)
  }

  @Test("what Rust's standard library ends in is an abort")
  func rust() throws {
    let text = """
      thread 'main' panicked at src/main.rs:21:9:
      no valve

      abort() was called at PC 0x4202a1c4 on core 0
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.kind == .abort)
    #expect(crash.message?.contains("panicked at") == true)
  }

  @Test(
    "the address of a cache error is that of its own sentence",
    arguments: [
      "MMU entry fault error occurred while accessing the address 0x3c6a0040 (invalid mmu entry)",
      "Dcache reject error occurred while accessing the address 0x3c6a0040",
      "Dbus write to cache rejected, error address: 0x3c6a0040",
    ])
  func cacheError(sentence: String) throws {
    let text = """
      Guru Meditation Error: Core  0 panic'ed (Cache error). 
      \(sentence)

      Core  0 register dump:
      PC      : 0x42012f3e  PS      : 0x00060b30  A0      : 0x82013a48  A1      : 0x3fcebc10  
      A14     : 0x00000000  A15     : 0x3fcebd40  SAR     : 0x0000001c  EXCCAUSE: 0x00000007  
      EXCVADDR: 0x00000000  LBEG    : 0x400570e8  LEND    : 0x400570f3  LCOUNT  : 0x00000000  
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.kind == .cacheError)
    #expect(crash.faultAddress == 0x3c6a_0040)
    #expect(crash.faultLine?.number == 2)
  }

  @Test(
    "a decoded backtrace alone shows the crash by the calls that nothing comes back from",
    arguments: [
      ("abort at newlib/abort.c:46", CrashKind.abort),
      ("__assert_func at newlib/assert.c:85", .assert),
      ("task_wdt_isr at esp_system/task_wdt.c line 176", .taskWatchdog),
    ])
  func named(call: String, kind: CrashKind) throws {
    let text = """
      0x40376f2a: panic_abort at esp_system/panic.c:408
      0x40382c31: esp_system_abort at esp_system/esp_system.c:137
      0x4038a8d5: \(call)
      0x42009c1e: pump_check at main/pump.c:61
      """
    let crashes = timeline(of: text).crashes
    let crash = try #require(crashes.first)
    #expect(crashes.count == 1)
    #expect(crash.kind == kind)
    #expect(crash.isFatal)
    #expect(crash.resolvedCalls.count == 4)
  }

  @Test("a decoded backtrace without such a call, or behind a start, is no crash of its own")
  func namedNothing() {
    #expect(timeline(of: "0x42009c1e: pump_check at main/pump.c:61\n").crashes.isEmpty)
    let text = Block.powerOn + "0x40376f2a: panic_abort at esp_system/panic.c:408\n"
    #expect(timeline(of: text).crashes.isEmpty)
  }

  @Test(
    "a decoded backtrace before a log of a start is what somebody pasted, unless its reboot follows"
  )
  func namedBeforeStart() throws {
    let calls = """
      It crashed last week:
      0x40376f2a: panic_abort at esp_system/panic.c:408
      0x40382c31: esp_system_abort at esp_system/esp_system.c:137

      """
    for start in [Block.powerOn, Block.software] {
      let log = timeline(of: calls + "\nNow it runs:\n" + start + Block.start)
      #expect(log.crashes.isEmpty)
      #expect(log.boots.last?.resetReason != .panic)
    }
    let ended = timeline(of: calls + "Rebooting...\n" + Block.software + Block.start)
    #expect(ended.crashes.map(\.isFatal) == [true])
  }

  @Test("a header before a power-on is dropped among prose, and a crash where it stands alone")
  func headerBeforePowerOn() {
    let header =
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n"
    let start = Block.powerOn + Block.start
    let prose = "Before I changed it:\n\n" + header + "\nand now:\n"
    #expect(timeline(of: prose + start).crashes.isEmpty)
    #expect(timeline(of: "Last month I had this " + header + start).crashes.isEmpty)
    #expect(timeline(of: header + start).crashes.map(\.isFatal) == [true])
    #expect(timeline(of: "\n" + header + "\n" + start).crashes.map(\.isFatal) == [true])
    #expect(timeline(of: "door 4 open\n" + header + start).crashes.map(\.isFatal) == [true])
  }

  @Test("the calls that espflash names between the addresses do not end a backtrace")
  func namedInBetween() throws {
    let text = """
      ====================== PANIC ======================
      panicked at src/bin/gate.rs:88:14:
      called `Option::unwrap()` on a `None` value

      Backtrace:

      0x400e1a1c
      0x400e1a1c - core::option::unwrap_failed
          at /src/core/option.rs:1984
      0x400d6f30
      0x400d6f30 - gate::open
          at src/bin/gate.rs:88
      0x400d7244
      0x400d7244 - main
          at src/bin/gate.rs:20
      """
    let crash = try #require(timeline(of: text).crashes.first)
    #expect(crash.backtrace?.frames.map(\.pc) == [0x400e_1a1c, 0x400d_6f30, 0x400d_7244])
  }

  @Test("a log that begins with the panic handler's last words begins in another boot")
  func lastWords() throws {
    let reset = """
      ets Jul 29 2019 12:21:46

      rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)

      """
    for opening in ["Rebooting...\n", "ELF file SHA256: \n\nRebooting...\n"] {
      let boots = timeline(of: opening + reset).boots
      #expect(boots.map(\.ending) == [.panic, .endOfLog])
      #expect(boots.last?.resetReason == .panic)
      #expect(boots.last?.resetReasonSource == .text)
    }
    let sketch = timeline(of: "no network\nRebooting...\n" + reset).boots
    #expect(sketch.last?.resetReason == nil)
  }
}
