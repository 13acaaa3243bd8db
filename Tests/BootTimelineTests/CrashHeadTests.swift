import BootTimeline
import Testing

@Suite("What a crash is known by")
struct CrashHeadTests {
  @Test(
    "the message of a Rust panic stands in the line behind its place",
    arguments: ["panicked at src/main.rs:10:5:", "thread 'main' panicked at src/main.rs:10:5:"])
  func rustMessage(place: String) {
    func message(_ lines: String) -> String? {
      timeline(of: "I (410) node: up\n\(place)\n\(lines)\n").crashes.first?.reason
    }
    #expect(message("no reading from the probe") == "\(place) no reading from the probe")
    #expect(
      message("called `Option::unwrap()` on a `None` value")
        == "\(place) called `Option::unwrap()` on a `None` value")
    #expect(message("note: run with `RUST_BACKTRACE=1`") == place)
    #expect(message("I (420) wifi: no reading from the probe") == place)
    #expect(message("Backtrace:\nno reading from the probe") == place)
  }

  @Test("a message that ends like a place takes in no end of lines")
  func endlessMessage() {
    let lines = String(repeating: "panicked at src/main.rs:10:5:\nprobe:5:\n", count: 2_000)
    let reason = timeline(of: "I (410) node: up\n" + lines).crashes.first?.reason ?? ""
    #expect((1...1_024).contains(reason.utf8.count))
  }

  @Test("abort() behind a label begins a crash if the rest of one follows")
  func labelledAbort() {
    let abort = "abort() was called at PC 0x400d1a2c on core 0\n"
    let rest = "\n\nBacktrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0\n\nRebooting...\n"
    let run = "I (410) node: up\n"
    let crash = timeline(of: run + "lvgl: " + abort + rest).crashes.first
    #expect(crash?.kind == .abort)
    #expect(crash?.pc == 0x400d_1a2c)
    #expect(crash?.firstLine.number == 2)
    #expect(crash?.reason == "abort() was called at PC 0x400d1a2c on core 0")
    #expect(timeline(of: run + "lvgl: " + abort + run).crashes.isEmpty)
    #expect(timeline(of: run + "last crash: " + abort + rest).crashes.first?.kind == .other)
    #expect(timeline(of: run + "I (420) app: was: " + abort + rest).crashes.first?.kind == .other)
  }
}
