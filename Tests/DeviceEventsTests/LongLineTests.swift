import LineReading
import Measuring
import Testing

@testable import DeviceEvents

@Suite("Long lines")
struct LongLineTests {
  /// How long it takes at least to decode a line that says a sentence so many times, and how many events that gives.
  private func reading(
    _ sentence: String, times: Int, behind opening: String = ""
  ) -> (time: Duration, events: Int) {
    let bytes = Array((opening + String(repeating: sentence, count: times) + "\n").utf8)
    var least = Duration.seconds(3_600)
    var events = 0
    // The least of some readings: what else the machine does empties caches.
    for _ in 0..<3 {
      var reader = LineReader()
      var decoder = EventDecoder()
      events = 0
      let time = computingTime {
        bytes.withUnsafeBufferPointer { buffer in
          reader.feed(buffer) { line in decoder.decode(line) { _ in events += 1 } }
        }
      }
      least = min(least, time)
    }
    return (least, events)
  }

  @Test(
    "that say one sentence over and over are read in a time that grows as they do",
    arguments: [
      "E BOD: Brownout detector was triggered",
      "***ERROR*** A stack overflow in task sys_evt has been detected.",
    ])
  func sameSentence(_ sentence: String) {
    let times = 14_000 / sentence.utf8.count
    let short = reading(sentence, times: times)
    let long = reading(sentence, times: 4 * times)
    #expect(short.events > 0)
    // Four times as much text; what looks through the rest of the line at each sentence takes sixteen times as long.
    #expect(long.time < short.time * 9, "\(short.time), \(long.time)")
  }

  @Test(
    "full of the ROM's complaints, or of a bootloader's swap, are read in a time that grows as they do",
    arguments: [
      ("I (400) main: ", " csum err:0x1!=0x2"), ("", " csum err:0x1!=0x2"),
      ("node> ", " invalid header: 0x0000beef"), ("I: ", "Swap type: revert "),
      ("I: ", "Image index: 0, Swap type: revert "),
    ])
  func complaints(opening: String, sentence: String) {
    let times = 14_000 / sentence.utf8.count
    let short = reading(sentence, times: times, behind: opening)
    let long = reading(sentence, times: 4 * times, behind: opening)
    #expect(short.events > 0)
    #expect(long.time < short.time * 9, "\(short.time), \(long.time)")
  }

  @Test(
    "full of words that begin no reason tell of no start, or of one",
    arguments: [
      "reboot reason ", "last reset: ", "restarted after ", "reset reason ", "last run crashed ",
      "Crash on previous boot ",
    ])
  func startWords(_ words: String) {
    #expect(reading(words, times: 60_000 / words.utf8.count).events <= 1)
  }

  @Test(
    "full of words that are nearly a key of a boot line are read in a time that grows as they do",
    arguments: ["reset_reason ", "running_partition ", "running_partition", "reset-reason=? "])
  func nearlyKeys(_ words: String) {
    let times = 14_000 / words.utf8.count
    let short = reading(words, times: times, behind: "I (600) main: boot: ")
    let long = reading(words, times: 4 * times, behind: "I (600) main: boot: ")
    #expect(long.time < short.time * 9, "\(short.time), \(long.time)")
  }

  @Test("of one word that never ends are read in a time that grows as they do")
  func endlessName() {
    let short = reading("ESP_RST_", times: 1_800, behind: "I (400) main: ")
    let long = reading("ESP_RST_", times: 7_200, behind: "I (400) main: ")
    #expect(long.time < short.time * 9, "\(short.time), \(long.time)")
  }

  @Test("of a record that passes on many resets are read in a time that grows as they do")
  func record() {
    let reset = "rx: rst:0x8 (TG1WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT) "
    let short = reading(reset, times: 200, behind: "{\"m\":\"")
    let long = reading(reset, times: 800, behind: "{\"m\":\"")
    #expect(short.events == 0 && long.events == 0)
    #expect(long.time < short.time * 9, "\(short.time), \(long.time)")
  }
}
