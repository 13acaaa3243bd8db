import Testing

@testable import DeviceEvents

@Suite("a failed check")
struct CrashFailedCheckTests {
  @Test(
    "of abort() is read with and without padding and core",
    arguments: [
      ("abort() was called at PC 0x400d1a2c on core 0", UInt32(0x400D_1A2C), 0),
      ("abort() was called at PC 0x4201f923 on core 1", 0x4201_F923, 1),
      ("abort() was called at PC 0x1a2c on core 1\u{8}", 0x1A2C, 1),
      ("abort() was called at PC 0x4201f923 on core 0Rebooting...", 0x4201_F923, 0),
      ("Temp 21.5 abort() was called at PC 0x400d1a2c on core 0", 0x400D_1A2C, 0),
    ] as [(String, UInt32, Int)])
  func abort(line: String, address: UInt32, core: Int) {
    #expect(CrashReading.panic(line) == .abort(address: address, core: core))
  }

  @Test("of abort() in the bootloader has no core")
  func bootloaderAbort() {
    let line = "abort() was called at PC 0x403ce1a4"
    #expect(CrashReading.panic(line) == .abort(address: 0x403C_E1A4, core: nil))
  }

  @Test("of abort() that is cut in the address has none")
  func cutAbort() {
    #expect(
      CrashReading.panic("abort() was called at PC 0x400d") == .abort(address: nil, core: nil))
  }

  @Test(
    "is not seen where it is only told of",
    arguments: [
      "the word abort() was called at PC in the manual",
      "last panic: abort() was called at PC 0x400d1a2c on core 0",
      "panic reason: assert failed: do_work main.c:12 (p != NULL)",
      "reason='assert failed: do_work main.c:12 (p != NULL)'",
      "assert failed: and nothing more is known",
      "assertion \"x\" holds", "ESP_ERROR_CHECK failed: see the manual",
    ])
  func told(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test(
    "of assert() is read in every version's form",
    arguments: [
      (
        "assert failed: xQueueSemaphoreTake queue.c:1549 (pxQueue->uxItemSize == 0)",
        Assertion(
          function: "xQueueSemaphoreTake", file: "queue.c", line: 1549,
          expression: "pxQueue->uxItemSize == 0")
      ),
      (
        "assert failed: xQueueGenericSend queue.c:832 (( pxQueue ))",
        Assertion(
          function: "xQueueGenericSend", file: "queue.c", line: 832, expression: "( pxQueue )")
      ),
      (
        "assert failed: run C:\\esp\\my app\\main.cpp:123 (ok)",
        Assertion(function: "run", file: "C:\\esp\\my app\\main.cpp", line: 123, expression: "ok")
      ),
      (
        "assert failed: pick /IDF/components/a/b.c:7 (x ? y:2 (z",
        Assertion(
          function: "pick", file: "/IDF/components/a/b.c", line: 7, expression: "x ? y:2 (z")
      ),
      ("assert failed: 0x400d1a2c", Assertion(address: 0x400D_1A2C)),
      (
        "assert failed: 0x400d1a2c <cached disabled>:120 (<cached disabled>)",
        Assertion(
          file: "<cached disabled>", line: 120, expression: "<cached disabled>",
          address: 0x400D_1A2C)
      ),
      (
        "assert failed: \u{8} spinlock.h:122 (lock)",
        Assertion(file: "spinlock.h", line: 122, expression: "lock")
      ),
      (
        "assert failed: heap_caps_free heap_caps.c:388 (heap != NULL && \"free() target pointer is outside heap areas\")",
        Assertion(
          function: "heap_caps_free", file: "heap_caps.c", line: 388,
          expression: "heap != NULL && \"free() target pointer is outside heap areas\"")
      ),
      (
        "assert failed: operator() main.cpp:12 (false)",
        Assertion(function: "operator()", file: "main.cpp", line: 12, expression: "false")
      ),
      ("assert failed: vTaskSwitch", Assertion(function: "vTaskSwitch")),
      (
        "assertion \"ret == ESP_OK\" failed: file \"../main/main.c\", line 12, function: app_main",
        Assertion(
          function: "app_main", file: "../main/main.c", line: 12, expression: "ret == ESP_OK")
      ),
      (
        "assertion \"s == \"x\"\" failed: file \"main.c\", line 4",
        Assertion(file: "main.c", line: 4, expression: "s == \"x\"")
      ),
      (
        "../freertos/queue.c:1442 (xQueueGenericReceive)- assert failed!",
        Assertion(
          function: "xQueueGenericReceive", file: "../freertos/queue.c", line: 1442,
          isFatal: false)
      ),
      (
        "Assert failed in bootloader_init, bootloader.c:12 (err == 0)",
        Assertion(
          function: "bootloader_init", file: "bootloader.c", line: 12, expression: "err == 0")
      ),
    ])
  func assertions(line: String, assertion: Assertion) {
    #expect(CrashReading.panic(line) == .assertion(assertion))
  }

  @Test("of assert() may be cut at 199 characters")
  func longAssertion() throws {
    let whole =
      "assert failed: check main.c:12 (" + String(repeating: "value && ", count: 40) + "1)"
    let line = String(whole.prefix(199))
    guard case .assertion(let assertion)? = CrashReading.panic(line) else {
      Issue.record("no assertion in \(line)")
      return
    }
    #expect(assertion.line == 12)
    #expect(assertion.expression?.hasPrefix("value && value") == true)
  }

  @Test(
    "of ESP_ERROR_CHECK keeps number, name and address",
    arguments: [
      (
        "ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVALID_STATE) at 0x4200a1f3",
        ErrorCode(number: 0x103, name: "ESP_ERR_INVALID_STATE"), UInt32(0x4200_A1F3)
      ),
      (
        "ESP_ERROR_CHECK failed: esp_err_t 0xffffffff (ESP_FAIL) at 0x400d1a2c",
        ErrorCode(number: -1, name: "ESP_FAIL"), 0x400D_1A2C
      ),
      (
        "ESP_ERROR_CHECK failed: esp_err_t 0x101 at 0x400d1a2c",
        ErrorCode(number: 0x101, name: nil), 0x400D_1A2C
      ),
      (
        "ESP_ERROR_CHECK failed: esp_err_t 0x7001 (UNKNOWN ERROR) at 0x400d1a2c",
        ErrorCode(number: 0x7001, name: nil), 0x400D_1A2C
      ),
      (
        "ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVAL",
        ErrorCode(number: 0x103, name: nil), nil
      ),
      ("ESP_ERROR_CHECK failed: esp_err_t 0x10", ErrorCode(number: nil, name: nil), nil),
    ] as [(String, ErrorCode, UInt32?)])
  func errorCheck(line: String, error: ErrorCode, address: UInt32?) {
    #expect(CrashReading.panic(line) == .errorCheck(error, address: address))
  }

  @Test("that goes on is told apart")
  func withoutAbort() {
    let line =
      "ESP_ERROR_CHECK_WITHOUT_ABORT failed: esp_err_t 0x101 (ESP_ERR_NO_MEM) at 0x4200a1f3"
    let error = ErrorCode(number: 0x101, name: "ESP_ERR_NO_MEM")
    #expect(CrashReading.panic(line) == .errorCheckWithoutAbort(error))
  }

  @Test(
    "has its details on lines of their own",
    arguments: [
      "file: \"./main/main.c\" line 42", "func: app_main", "expression: esp_netif_init()",
    ])
  func details(line: String) {
    #expect(CrashReading.panic(line) == .errorCheckDetail(line))
  }

  @Test(
    "of a runtime or a library is read",
    arguments: [
      ("Undefined behavior of type out_of_bounds", PanicLine.undefinedBehavior("out_of_bounds")),
      (
        "terminate called after throwing an instance of 'std::bad_alloc'",
        .cppTermination("terminate called after throwing an instance of 'std::bad_alloc'")
      ),
      ("  what():  std::bad_alloc", .cppTermination("what():  std::bad_alloc")),
      ("pure virtual method called", .cppTermination("pure virtual method called")),
      (
        "thread 'main' panicked at src/main.rs:12:5:",
        .wrapperMessage("thread 'main' panicked at src/main.rs:12:5:")
      ),
      (
        "KASAN error: WRITE of size 4 at 0x3fc94b30",
        .wrapperMessage("KASAN error: WRITE of size 4 at 0x3fc94b30")
      ),
      (
        "  Bug type: use-after-free (shadow nibble=0xd)",
        .detail("Bug type: use-after-free (shadow nibble=0xd)", address: nil)
      ),
      (
        "BLE assert: line 1200 in function r_ble_isr, param: 0x0, 0x1",
        .wrapperMessage("BLE assert: line 1200 in function r_ble_isr, param: 0x0, 0x1")
      ),
      (
        "ASSERT_PARAM(1 0), in rwble.c at line 222",
        .wrapperMessage("ASSERT_PARAM(1 0), in rwble.c at line 222")
      ),
      (
        "FreeRTOS: FreeRTOS Task \"worker\" should not return, Aborting now!",
        .taskReturned(task: "worker")
      ),
      (
        "FreeRTOS Task \"my task\" should not return, Aborting now!",
        .taskReturned(task: "my task")
      ),
    ])
  func runtimes(line: String, panic: PanicLine) {
    #expect(CrashReading.panic(line) == panic)
  }
}
