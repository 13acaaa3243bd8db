import Testing

@testable import DeviceEvents

@Suite("guards of stacks and heap")
struct CrashStackAndHeapTests {
  @Test(
    "say what they found",
    arguments: [
      (
        "***ERROR*** A stack overflow in task httpd has been detected.",
        PanicLine.stackOverflow(task: "httpd")
      ),
      (
        "***ERROR*** A stack overflow in task Tmr Svc has been detected.",
        .stackOverflow(task: "Tmr Svc")
      ),
      (
        "I (8123) app: coun***ERROR*** A stack overflow in task main has been detected.",
        .stackOverflow(task: "main")
      ),
      ("***ERROR*** A stack overflow in task  has been detected.", .stackOverflow(task: "")),
      ("ROR*** A stack overflow in task httpd has been detected.", .stackOverflow(task: "httpd")),
      ("A stack overflow in task httpd has been detected.", .stackOverflow(task: "httpd")),
      ("Stack smashing protect failure!", .stackSmashing),
      (
        "Debug exception reason: Stack canary watchpoint triggered (main) ",
        .debugReason("Stack canary watchpoint triggered (main)", canaryTask: "main")
      ),
      (
        "Debug exception reason: Stack canary watchpoint triggered (a (b) c) BREAK instr ",
        .debugReason(
          "Stack canary watchpoint triggered (a (b) c) BREAK instr", canaryTask: "a (b) c")
      ),
      (
        "Debug exception reason: Stack canary watchpoint triggered ",
        .debugReason("Stack canary watchpoint triggered", canaryTask: "")
      ),
      (
        "Debug exception reason: Stack canary watchpoint triggered () ",
        .debugReason("Stack canary watchpoint triggered ()", canaryTask: "")
      ),
      (
        "Debug exception reason: Stack canary watchpoint triggered (mai",
        .debugReason("Stack canary watchpoint triggered (mai", canaryTask: "")
      ),
      ("Debug exception reason: BREAK instr ", .debugReason("BREAK instr", canaryTask: nil)),
      (
        "Detected in task \"httpd\" at 0x4200d8f0", .stackGuard(task: "httpd", address: 0x4200_D8F0)
      ),
      ("Stack pointer: 0x3fca4a10", .stackPointer(0x3FCA_4A10)),
      (
        "Stack bounds: 0x3fca4a68 - 0x3fca5a60",
        .stackBounds(low: 0x3FCA_4A68, high: 0x3FCA_5A60)
      ),
      (
        "CORRUPT HEAP: Bad head at 0x3ffb8f2c. Expected 0xabba1234 got 0x3ffb9040",
        .heapCorruption(
          HeapDamage(
            kind: .badHead, address: 0x3FFB_8F2C, expected: 0xABBA_1234, found: 0x3FFB_9040))
      ),
      (
        "CORRUPT HEAP: Bad tail at 0x3ffb8f2c. Expected 0xbaad5678 got 0xbaad5600",
        .heapCorruption(
          HeapDamage(
            kind: .badTail, address: 0x3FFB_8F2C, expected: 0xBAAD_5678, found: 0xBAAD_5600))
      ),
      (
        "CORRUPT HEAP: Invalid data at 0x3ffb8f2d. Expected 0xfe got 0x41",
        .heapCorruption(
          HeapDamage(kind: .invalidData, address: 0x3FFB_8F2D, expected: 0xFE, found: 0x41))
      ),
      (
        "CORRUPT HEAP: Size at 0x3ffb8f2c expected <=0x00000200 got 0xfefefefe",
        .heapCorruption(
          HeapDamage(kind: .size, address: 0x3FFB_8F2C, expected: 0x200, found: 0xFEFE_FEFE))
      ),
      (
        "CORRUPT HEAP: multi_heap.c:432 detected at 0x3ffb8f2c",
        .heapCorruption(HeapDamage(kind: .structure, address: 0x3FFB_8F2C))
      ),
      (
        "CORRUPT HEAP: Block 0x3ffb8f2c is outside heap (last valid block 0x3ffb8f00)",
        .heapCorruption(HeapDamage(kind: .structure, address: 0x3FFB_8F2C))
      ),
      (
        "CORRUPT HEAP: Expected 12 free bytes counted 16",
        .heapCorruption(HeapDamage(kind: .structure))
      ),
      (
        "CORRUPT HEAP: Bad tail at 0x3ffb8f2c. Expected 0xbaad5678 got 0xbaad",
        .heapCorruption(
          HeapDamage(kind: .badTail, address: 0x3FFB_8F2C, expected: 0xBAAD_5678))
      ),
      (
        "Mem alloc fail. size 0x00001000 caps 0x00001800",
        .allocationFailed(size: 4096, capabilities: 0x1800)
      ),
    ])
  func lines(line: String, panic: PanicLine) {
    #expect(CrashReading.panic(line) == panic)
  }

  @Test(
    "are not heard where they are only told of",
    arguments: [
      "Docs: A stack overflow in task httpd has been detected.",
      "last: \"***ERROR*** A stack overflow in task httpd has been detected.\"",
      "A stack overflow in task httpd is what it looks like",
    ])
  func told(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test("give advice for the tasks that people overflow")
  func knownTasks() {
    #expect(KnownTaskStacks.stack(ofTask: "main")?.defaultSize == 3584)
    #expect(KnownTaskStacks.stack(ofTask: "Tmr Svc")?.advice.contains("timer") == true)
    #expect(KnownTaskStacks.stack(ofTask: "httpd")?.defaultSize == 4096)
    #expect(KnownTaskStacks.stack(ofTask: "my_task") == nil)
  }

  @Test(
    "of cache and memory keep the sentence and its address",
    arguments: [
      ("Cache disabled but cached memory region accessed", UInt32?.none),
      (
        "Icache reject error occurred while accessing the address 0x3f4d1000 (invalid mmu entry)",
        0x3F4D_1000
      ),
      ("Dbus write to cache rejected, error address: 0x3c0a1000", 0x3C0A_1000),
      ("MMU entry fault error, error address: 0x3c0a1000, error size: 0x00000004", 0x3C0A_1000),
      ("EXTMEM_CORE0_ACS_CACHE_INT_ST_REG = 0x00000010", nil),
      ("access to cache while dbus or cache is disabled", nil),
      ("Cached memory region accessed while ibus or cache is disabled", nil),
      ("Write operation at address 0x40370010 not permitted (IRAM0_SRAM)", 0x4037_0010),
      ("Unknown operation at address 0xffffffff not permitted (INVALID_MEM_TYPE)", nil),
      ("faulting address: 0x40380010", 0x4038_0010),
      ("memory type: IRAM0_SRAM", nil), ("world: PMS_WORLD_0", nil), ("operation type: WRITE", nil),
      ("- no details available -", nil),
      ("Fault addr: 0x408001a0 | Origin: U-mode", 0x4080_01A0),
      ("Setting breakpoint at 0x400d1a2c and returning...", 0x400D_1A2C),
      (
        "Backtrace ended abruptly: cannot find DWARF information for instruction at address 0xfffffffe",
        0xFFFF_FFFE
      ),
      ("Backtrace ended abruptly: maximum iterations reached", nil),
      ("ASSIST_DEBUG is not triggered BUT interrupt occured!", nil),
      ("Please enable CONFIG_ESP_SYSTEM_USE_FRAME_POINTER option to have a full backtrace.", nil),
    ] as [(String, UInt32?)])
  func details(line: String, address: UInt32?) {
    #expect(CrashReading.panic("  " + line) == .detail(line, address: address))
  }

  @Test("include the words around an illegal instruction")
  func memoryDump() {
    #expect(
      CrashReading.panic("Memory dump at 0x400d1a28: bad00bad 00000000 3600416c")
        == .memoryDump(address: 0x400D_1A28, words: [0xBAD0_0BAD, 0, 0x3600_416C]))
    #expect(
      CrashReading.panic("Memory dump at 0x400d1a28: bad00bad 0000")
        == .memoryDump(address: 0x400D_1A28, words: [0xBAD0_0BAD]))
  }
}
