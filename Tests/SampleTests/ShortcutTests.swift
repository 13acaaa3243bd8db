import BootTimeline
import DeviceEvents
import LineReading
import Testing

/// Lines that nobody listens to are stepped over, and lines that come again are recalled. A pattern that
/// may stand in any line, and in fact stands in none, forbids both.
@Suite("Shortcuts")
struct ShortcutTests {
  @Test("change nothing about a sample, told three times with damage", arguments: Sample.all)
  func samples(_ sample: Sample) throws {
    var (chance, seed) = Chance.seeded()
    var log = try sample.log + [0x0a]
    log += log + log
    for _ in 0..<log.count / 2_000 {
      log[Int.random(in: 0..<log.count, using: &chance)] = UInt8.random(in: 3...255, using: &chance)
    }
    let report = (short: Self.timeline(log, .allowed), long: Self.timeline(log, .forbidden))
    #expect(report.short == report.long, "seed \(seed)")
  }

  @Test("change nothing about lines of all shapes under all kinds of tags")
  func shapes() {
    var (chance, seed) = Chance.seeded()
    for round in 0..<12 {
      let log = Array(Self.shapes(with: &chance).utf8)
      let report = (short: Self.timeline(log, .allowed), long: Self.timeline(log, .forbidden))
      #expect(report.short == report.long, "seed \(seed), round \(round)")
    }
  }

  private enum Shortcuts { case allowed, forbidden }

  private static func timeline(_ log: [UInt8], _ shortcuts: Shortcuts) -> Timeline {
    let patterns: [LinePattern] =
      switch shortcuts {
      case .allowed: []
      case .forbidden: [LinePattern(tag: nil, message: "\u{1}\u{2}")]
      }
    var reader = LineReader()
    var builder = TimelineBuilder(watching: patterns)
    log.withUnsafeBufferPointer { bytes in
      reader.feed(bytes, steppingOver: { builder.stepOver(&$0) }, { builder.feed($0) })
      reader.finish { builder.feed($0) }
    }
    var capture = Capture()
    capture.lines = reader.statistics.lines
    capture.undecodableBytes = reader.statistics.undecodableBytes
    return builder.timeline(capture: capture)
  }

  private static let tags = [
    "sensor", "wifi", "main", "boot", "boot.esp32s3", "ota", "x", "esp_image", "a tag",
    "tag_of_15_bytes",
    "tag_of_16_bytes_", "tag_of_17_bytes__", "partial_http_download_example", "",
    "a_tag_that_is_longer_than_thirty_two_bytes", "app", "task_wdt", "httpd",
  ]

  private static let messages = [
    "all is well", "mode : sta (f4:12:fa:00:11:22)",
    "boot: reset_reason=PANIC running_partition=ota_1",
    "OTA update started, content_length=891234", "Beginning sleep", "abc", "", "ends with >",
    "ends in [0m",
    "state:12 I (77) other: glued", "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)", "caf\u{e9}",
    "a\tb", "a\rb", "\u{1b}[1mbold", "Backtrace: 0x4011b965:0x3ffbf1f0", "no response",
    "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
  ]

  private static func shapes(with chance: inout Chance) -> String {
    var text =
      "ESP-ROM:esp32s3-20210327\nI (335) main: boot: reset_reason=SW running_partition=ota_0\n"
    var clock = 400
    for _ in 0..<1_500 {
      clock += Int.random(in: -20...300, using: &chance)
      if Int.random(in: 0..<300, using: &chance) == 0 {
        clock = Int.random(in: 0..<900, using: &chance)
      }
      if Int.random(in: 0..<300, using: &chance) == 0 { clock += 123_456_789 }
      let isOrdinary = Int.random(in: 0..<3, using: &chance) > 0
      let tag = isOrdinary ? "sensor" : tags.randomElement(using: &chance) ?? ""
      let message = isOrdinary ? "value \(clock)" : messages.randomElement(using: &chance) ?? ""
      let level = "IIIIWEDVX".randomElement(using: &chance) ?? "I"
      var line = "\(level) (\(max(clock, 0))) \(tag): \(message)"
      switch Int.random(in: 0..<24, using: &chance) {
      case 0, 1, 2: line = "\u{1b}[0;32m\(line)\u{1b}[0m"
      case 3: line = "\u{1b}[0;32m\(line)"
      case 4: line = "10:20:30 " + line
      case 5: line = message
      case 6: line = "\(level) (\(clock)0000000) \(tag): \(message)"
      case 7: line = "\(level) (10:20:30.\(clock % 1000)) \(tag): \(message)"
      case 8: line = "\(level) (\(clock)) no colon at all"
      case 9: line += String(repeating: " and on", count: 700)
      default: break
      }
      text += line + (["\n", "\r\n", "\r\r\n"].randomElement(using: &chance) ?? "\n")
    }
    return text
  }
}
