import Foundation
import Measuring
import Testing

@testable import DeviceEvents

/// Lines of every kind, in the layout of several versions, with invented contents.
private let lines: [String] = [
  "Guru Meditation Error: Core  0 panic'ed (StoreProhibited). Exception was unhandled.",
  "Guru Meditation Error of type LoadProhibited occurred on core  0. Exception was unhandled.",
  ". Exception was unhandled.", "Core  0 register dump:", "Core  1 was running in ISR context:",
  "PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3ffbf1f0  ",
  "S0/FP   : 0x3fc94b60  S1      : 0x00000000  A0      : 0x00000001  MSTATUS : 0x00001881",
  "Stack memory:", "3fc93a80: 0x00000030 0x00000021 0x3fc93ab0 0x4200690e 0x00000000",
  "Backtrace: 0x400812ca:0x3ffb70d00x40087f3d:0x3ffb70f0 0x400d1b44:0x3ffb7110  |<-CORRUPTED",
  "1a2c:0x3ffb5e30 0x400812ca:0x3ffb70d0 |<-CONTINUES", "ELF file SHA256: 4f3c0a91d",
  "abort() was called at PC 0x4037d3ab on core 0",
  "assert failed: xQueueSemaphoreTake queue.c:1549 (pxQueue->uxItemSize == 0)",
  "assert failed: 0x400d1a2c <cached disabled>:120 (<cached disabled>)",
  "assertion \"ret == ESP_OK\" failed: file \"main.c\", line 12, function: app_main",
  "queue.c:1442 (xQueueGenericReceive)- assert failed!",
  "ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVALID_STATE) at 0x4200a1f3",
  "file: \"./main/main.c\" line 42",
  "***ERROR*** A stack overflow in task httpd has been detected.",
  "Debug exception reason: Stack canary watchpoint triggered (main) ",
  "Detected in task \"httpd\" at 0x4200d8f0", "Stack bounds: 0x3fca4a68 - 0x3fca5a60",
  "CORRUPT HEAP: Bad tail at 0x3ffb8f2c. Expected 0xbaad5678 got 0xbaad5600",
  "Mem alloc fail. size 0x00001000 caps 0x00001800",
  "Memory dump at 0x400d1a28: bad00bad bad00bad bad00bad",
  "MMU entry fault error, error address: 0x3c0a1000, error size: 0x00000004",
  "Undefined behavior of type out_of_bounds",
  "FreeRTOS: FreeRTOS Task \"worker\" should not return, Aborting now!",
  "thread 'main' panicked at src/main.rs:12:5:", "Rebooting in  5 seconds...", "$T0b#e6",
  "Task watchdog got triggered. The following tasks did not reset the watchdog in time:",
  " - IDLE0 (CPU 0)", "CPU 0: edge_task", "Print CPU 0 (current core) backtrace",
  "================= CORE DUMP START =================", "Coredump checksum='5e3e6d0c'",
]

/// A small generator with a seed (xorshift), so that a failure can be repeated.
private struct Randomness: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite("damaged crash lines")
struct CrashDamageTests {
  @Test("cut at any byte give no address that the whole line has not", arguments: lines)
  func cut(line: String) {
    let whole = Array(line.utf8)
    let known = addresses(CrashReading.events(whole))
    for start in 0..<whole.count {
      for address in addresses(CrashReading.events(Array(whole[start...]))) {
        #expect(known.contains(address), "without the first \(start) bytes: \(line)")
      }
    }
    for length in 0..<whole.count {
      let events = CrashReading.events(Array(whole.prefix(length)))
      #expect(events.count <= 1)
      for address in addresses(events) {
        #expect(known.contains(address), "cut at \(length): \(line)")
      }
    }
  }

  @Test("with any bytes in them are survived", arguments: lines)
  func noise(line: String) {
    let seed = UInt64.random(in: 1...UInt64.max)
    var randomness = Randomness(state: seed)
    for _ in 0..<150 {
      var bytes = Array(line.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &randomness) {
        let at = Int.random(in: 0..<bytes.count, using: &randomness)
        bytes[at] = UInt8.random(in: 0...255, using: &randomness)
      }
      bytes += line.utf8.prefix(Int.random(in: 0...line.utf8.count, using: &randomness))
      let events = CrashReading.events(bytes)
      #expect(events.count <= bytes.count, "seed \(seed)")
    }
  }

  /// The thread sanitizer makes everything ten times as slow; what is quadratic would still take a hundred times as long.
  private static let isWatchedByThreadSanitizer =
    ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil

  @Test("of 64 KiB that are full of markers are read within seconds")
  func full() {
    for piece in [
      "CORRUPT HEAP: ", "assert failed: f a:1 (", "(f)- assert failed!", "Backtrace: 0x",
    ] {
      let line = String(repeating: piece, count: 65_536 / piece.utf8.count)
      let time = computingTime { #expect(CrashReading.events(line).count <= 65_536) }
      #expect(time < .seconds(Self.isWatchedByThreadSanitizer ? 200 : 20))
    }
  }

  @Test("of endless digits, brackets and colons are survived")
  func endless() {
    let many = 20_000
    for piece in ["f", "0x", "(", ":1 (", "0x40000000:", " ", "=", "- assert failed!"] {
      for head in ["Backtrace: ", "assert failed: f ", "abort() was called at PC 0x", "", "CPU "] {
        let line = head + String(repeating: piece, count: piece.utf8.count > 4 ? 200 : many / 4)
        #expect(CrashReading.events(line).count <= 1_000)
      }
    }
  }

  /// The addresses that a verdict would show.
  private func addresses(_ events: [DeviceEvent]) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for case .panic(let line) in events {
      switch line {
      case .abort(let address, _), .labelledAbort(let address, _), .errorCheck(_, let address),
        .detail(_, let address):
        if let address { found.insert(address) }
      case .assertion(let assertion):
        if let address = assertion.address { found.insert(address) }
      case .heapCorruption(let damage):
        found.formUnion([damage.address, damage.found].compactMap { $0 })
      case .stackGuard(_, let address), .stackPointer(let address):
        found.insert(address)
      case .stackBounds(let low, let high):
        found.formUnion([low, high])
      case .memoryDump(let address, let words), .stackRow(let address, let words):
        found.formUnion([address] + words)
      case .registers(let registers):
        found.formUnion(registers.map(\.value))
      case .backtrace(let backtrace):
        found.formUnion(backtrace.frames.map(\.pc))
        found.formUnion(backtrace.frames.compactMap(\.sp))
      case .resolved(let call):
        if let address = call.address { found.insert(address) }
      case .header, .announced, .errorCheckWithoutAbort, .errorCheckDetail, .stackOverflow,
        .stackSmashing,
        .allocationFailed, .debugReason, .undefinedBehavior, .cppTermination, .wrapperMessage,
        .taskReturned, .registerDump, .interruptContext, .stackMemory, .elfSHA256, .nested,
        .gdbStub, .rebooting, .halted, .crashedTask, .stackCheckFailed:
        break
      }
    }
    return found
  }
}
