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

  @Test("change nothing about a sample between plain prints", arguments: Sample.all)
  func samplesAmongPrints(_ sample: Sample) throws {
    var (chance, seed) = Chance.seeded()
    var log: [UInt8] = []
    for line in try sample.log.split(separator: 0x0a, omittingEmptySubsequences: false) {
      // So many that each line is met while prints are stepped over.
      for _ in 0..<5 {
        log += Array("Distance: \(Int.random(in: 0...999, using: &chance)) cm\r\n".utf8)
      }
      log += line + [0x0a]
    }
    let piece = Int.random(in: 200...70_000, using: &chance)
    let report = (
      short: Self.timeline(log, .allowed, inPiecesOf: piece), long: Self.timeline(log, .forbidden)
    )
    #expect(report.short == report.long, "seed \(seed)")
  }

  @Test("change nothing about a sample behind a capture's clock", arguments: Sample.all)
  func samplesWithClocks(_ sample: Sample) throws {
    var (chance, seed) = Chance.seeded()
    let clock = Int.random(in: 0..<Self.clocks.count, using: &chance)
    var log: [UInt8] = []
    var second = 3_500
    for line in try (sample.log + sample.log).split(separator: 0x0a) {
      second += Int.random(in: 0...9, using: &chance)
      log += Array(Self.clocks[clock](second).utf8) + line + [0x0a]
    }
    let piece = Int.random(in: 200...70_000, using: &chance)
    let report = (
      short: Self.timeline(log, .allowed, inPiecesOf: piece), long: Self.timeline(log, .forbidden)
    )
    #expect(report.short == report.long, "seed \(seed)")
  }

  @Test("change nothing about lines of all shapes under all kinds of tags")
  func shapes() {
    var (chance, seed) = Chance.seeded()
    for round in 0..<24 {
      let log = Array(Self.shapes(with: &chance).utf8)
      let piece = Int.random(in: 1...5_000, using: &chance)
      let report = (
        short: Self.timeline(log, .allowed, inPiecesOf: round < 12 ? log.count : piece),
        long: Self.timeline(log, .forbidden)
      )
      #expect(report.short == report.long, "seed \(seed), round \(round)")
    }
  }

  /// Whether a line stands behind a mark of some tool is told by the lines before it, also by those that say nothing.
  @Test(
    "change nothing about what stands before lines",
    arguments: [
      // A label that other lines do without is a device's own.
      """
      # I (402) main: up
      I (500) sensor: t=23.4
      [cellar] I (12000) vent: flap 20 %
      [cellar] I (12100) vent: flap] I (600) vent: 21 %
      """,
      """
      // I (402) main: up
      I (500) sensor: t=23.4
      rx: I (12000) vent: flap 20 %
      rx: I (12100) vent: Brownout detector was triggered
      rx: Brownout detector was triggered
      """,
    ])
  func marks(_ log: String) {
    let log = Array(log.utf8)
    #expect(Self.timeline(log, .allowed) == Self.timeline(log, .forbidden))
  }

  private enum Shortcuts { case allowed, forbidden }

  private static func timeline(
    _ log: [UInt8], _ shortcuts: Shortcuts, inPiecesOf size: Int = .max
  ) -> Timeline {
    let patterns: [LinePattern] =
      switch shortcuts {
      case .allowed: []
      case .forbidden: [LinePattern(tag: nil, message: "\u{1}\u{2}")]
      }
    var reader = LineReader()
    var builder = TimelineBuilder(watching: patterns)
    log.withUnsafeBufferPointer { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = UnsafeBufferPointer(rebasing: rest.prefix(size))
        reader.feed(
          piece, steppingOver: { builder.stepOver(&$0) }, lettingGo: { builder.letGo() },
          { builder.feed($0) })
        rest = rest.dropFirst(size)
      }
      reader.finish { builder.feed($0) }
    }
    var capture = Capture()
    capture.lines = reader.statistics.lines
    capture.undecodableBytes = reader.statistics.undecodableBytes
    return builder.timeline(capture: capture)
  }

  /// What captures put before lines, with a time of day in seconds.
  private static let clocks: [@Sendable (Int) -> String] = [
    { "[\(time($0)).\(100 + $0 % 900)] " },
    { "2026-05-18 \(time($0)).\(100 + $0 % 900) " },
    { "\(time($0)).\(100 + $0 % 900) -> " },
    { "May 18 \(time($0)) " },
    { "May 18 \(time($0)) host program[123]: " },
    { "2026-05-18T\(time($0)).\(100_000 + $0)+02:00 " },
    { "[\(1_747_563_630 + $0).123456] " },
    { "[2026-05-18 \(time($0))] " },
    { "node-1  | \(time($0)) " },
    { "\(time($0)):\(100 + $0 % 900) \u{1b}[0;32m" },
  ]

  private static func time(_ second: Int) -> String {
    [second / 3_600 % 24, second / 60 % 60, second % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// What applications print without a log macro, and what only looks like it.
  private static let prints = [
    "t=23.4 h=56", "Temperature: 23.4", "12.5,33,1013", "-3", "-", "1747563630.123 4",
    "boot: hello",
    "esp_image: segment", "cpu_start: Pro cpu up.", "12) cpu_start: up", "E wifi: failed", "E x",
    "Core 0 idle", "CPU 0: main", "PC : 4011b968 PS : 00060030", "a0 0x4011b968", "mode:DIO, clock",
    "Rebooting...", "mepc: 42006", "0 1 2 00 10 00020000 00200000", "3fc93a80: 00000030 00000021",
    "", " ", "x | y", "node | I", "ends with .", "going", "array[0m", "b'x'", "e[0;32mI",
    "May 18 10:20",
    "Light sleep", "Exception was unhandled.", "Write operation at address 4 not permitted",
    "nsh> ls", "assertion x", "Total Write binary data length: 5", "Waiting for 0X12", "A1 B2 C3",
    "Humidity 40 % and more words than fit into sixty-four bytes, so that pieces of it overlap, 4011b968: x",
  ]

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
      switch Int.random(in: 0..<32, using: &chance) {
      case 0, 1, 2: line = "\u{1b}[0;32m\(line)\u{1b}[0m"
      case 3: line = "\u{1b}[0;32m\(line)"
      case 4: line = "10:20:30 " + line
      case 5: line = message
      case 6: line = "\(level) (\(clock)0000000) \(tag): \(message)"
      case 7: line = "\(level) (10:20:30.\(clock % 1000)) \(tag): \(message)"
      case 8: line = "\(level) (\(clock)) no colon at all"
      case 9: line += String(repeating: " and on", count: 700)
      case 10...17:
        let prints = isOrdinary ? Array(prints.prefix(4)) : prints
        line = prints.randomElement(using: &chance) ?? ""
      case 18: line = "[\(time(clock / 1_000)).\(clock % 1_000)] \u{1b}[0;32m\(line)\u{1b}[0m"
      case 19...20: line = "\(time(clock / 1_000)) \(line)"
      default: break
      }
      text += line + (["\n", "\r\n", "\r\r\n"].randomElement(using: &chance) ?? "\n")
    }
    return text
  }
}
