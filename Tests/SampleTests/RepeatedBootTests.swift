import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading
import Reporting
import Testing

/// Boots that go as earlier ones did are compared with them, line by line, and not decoded again. Whether
/// they are must never show.
@Suite("Repeated boots")
struct RepeatedBootTests {
  @Test(
    "tell of a sample, told over and over with damage, what decoding tells", arguments: Sample.all)
  func samples(_ sample: Sample) throws {
    var (chance, seed) = Chance.seeded()
    let log = try sample.log.prefix(8_000) + [0x0a]
    let cut = log.prefix(log.count / 2)
    var told: [UInt8] = []
    for round in 0..<8 {
      let isCut = round > 2 && Int.random(in: 0..<5, using: &chance) == 0
      let start = told.count
      told += isCut ? cut : log
      if round > 3, told.count > start, Int.random(in: 0..<3, using: &chance) == 0 {
        for _ in 0..<Int.random(in: 1...3, using: &chance) {
          let place = Int.random(in: start..<told.count, using: &chance)
          told[place] = UInt8.random(in: 3...255, using: &chance)
        }
      }
    }
    let limits = Bool.random(using: &chance) ? Self.narrow : Self.wide
    expectAgreement(on: told, limits: limits, seed: seed, with: &chance)
  }

  @Test("tell of crash loops with differing numbers, tasks and chatter what decoding tells")
  func loops() {
    var (chance, seed) = Chance.seeded()
    var followed = 0
    for _ in 0..<24 {
      let loop = CrashLoop(with: &chance)
      let log = loop.log(boots: Int.random(in: 12...60, using: &chance), with: &chance)
      followed += expectAgreement(on: log, limits: Self.narrow, seed: seed, with: &chance).followed
    }
    #expect(followed > 100, "seed \(seed)")
  }

  @Test("are kept with all that decoding tells, where they are kept")
  func keptBoots() {
    var (chance, seed) = Chance.seeded()
    var kept = 0
    for round in 0..<24 {
      let loop = CrashLoop(with: &chance)
      let log = loop.log(boots: Int.random(in: 4...40, using: &chance), with: &chance)
      kept += expectAgreement(on: log, limits: Self.wide, seed: seed, with: &chance).kept
      let form = SteadyLoop.Form.allCases[round % SteadyLoop.Form.allCases.count]
      let steady = SteadyLoop(form, oneDamagedOf: [0, 5][round % 2]).log(boots: 12, with: &chance)
      kept += expectAgreement(on: steady, limits: Self.wide, seed: seed, with: &chance).kept
    }
    #expect(kept > 100, "seed \(seed)")
  }

  @Test(
    "tell of long boots that are equal but for times, registers and damage what decoding tells",
    arguments: SteadyLoop.Form.allCases)
  func steadyLoops(_ form: SteadyLoop.Form) {
    var (chance, seed) = Chance.seeded()
    var followed = 0
    for damagedBoots in [0, 30, 5] {
      let loop = SteadyLoop(form, oneDamagedOf: damagedBoots)
      let log = loop.log(boots: 150, with: &chance)
      followed += expectAgreement(on: log, limits: Self.narrow, seed: seed, with: &chance).followed
    }
    #expect(followed > 150, "seed \(seed)")
  }

  @Test("are compared wherever the pieces end in which they come", arguments: [1, 7, 64, 173])
  func pieces(size: Int) {
    var (chance, seed) = Chance.seeded()
    let log = SteadyLoop(.returns, oneDamagedOf: 0).log(boots: 24, with: &chance)
    var compared = Reading(.compared, Self.narrow)
    var decoded = Reading(.decoded, Self.narrow)
    for start in stride(from: 0, to: log.count, by: size) {
      let piece = log[start..<min(start + size, log.count)]
      compared.feed(piece)
      decoded.feed(piece)
      #expect(compared.builder.bootCount == decoded.builder.bootCount, "seed \(seed)")
    }
    compared.finish()
    decoded.finish()
    #expect(compared.timeline == decoded.timeline, "seed \(seed)")
    #expect(compared.builder.followedBoots > 5)
  }

  @Test("leave a report of a long loop, its JSON and its counts as they are")
  func report() {
    var (chance, seed) = Chance.seeded()
    let loop = CrashLoop(with: &chance)
    let log = loop.log(boots: 400, with: &chance)
    func json(_ repeatedBoots: RepeatedBoots) -> String {
      var analysis = LogAnalysis(source: "loop.log", repeatedBoots: repeatedBoots)
      analysis.feed(log, inPiecesOf: 65_536)
      let report = analysis.finish()
      #expect(report.timeline.boots.count + report.timeline.elided.boots == analysis.bootCount)
      return JSONReport(report).text
    }
    #expect(json(.compared) == json(.decoded), "seed \(seed)")
  }

  @Test("tell of a system that shows late what decoding tells, and tell it once")
  func foreign() {
    var (chance, seed) = Chance.seeded()
    let boot = """
      ESP-ROM:esp32s3-20210327
      rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
      entry 0x403c8920
      I (312) cpu_start: Multicore app
      I (404) sensor: sampling
      abort() was called at PC 0x42001234 on core 0

      """
    let zephyr = "[00:00:05.252,000] <inf> feeder: ready\n"
    let log =
      String(repeating: boot, count: 60) + boot + zephyr
      + String(repeating: boot + zephyr, count: 40)
    let followed = expectAgreement(
      on: Array(log.utf8), limits: Self.narrow, seed: seed, with: &chance
    ).followed
    #expect(followed > 30, "seed \(seed)")
    var reading = Reading(.compared, Self.narrow)
    reading.feed(Array(log.utf8)[...])
    reading.finish()
    #expect(reading.timeline.foreign.keys.contains(.zephyr))
  }

  @Test("take no record that the device printed for one of the capture")
  func records() {
    var (chance, seed) = Chance.seeded()
    let boot = """
      ESP-ROM:esp32s3-20210327
      rst:0x5 (DSLEEP),boot:0x8 (SPI_FAST_FLASH_BOOT)
      entry 0x403c8920
      I (312) cpu_start: Multicore app
      I (404) hub: awake
      polling the child node for its last words
      {"node":7,"msg":"Guru Meditation Error: Core  0 panic'ed (LoadProhibited)."}
      I (900) hub: entering deep sleep

      """
    let log = Array(String(repeating: boot, count: 400).utf8)
    expectAgreement(on: log, limits: Self.narrow, seed: seed, with: &chance)
    var reading = Reading(.compared, Self.narrow)
    for start in stride(from: 0, to: log.count, by: 1_000) {
      reading.feed(log[start..<min(start + 1_000, log.count)])
      if start % 16_000 == 0 { #expect(reading.timeline.crashes.isEmpty, "byte \(start)") }
    }
    reading.finish()
    #expect(reading.timeline.crashes.isEmpty)
  }

  @Test("end what an application tells of an earlier crash at the very line where decoding ends it")
  func retold() {
    var (chance, seed) = Chance.seeded()
    let boot = """
      ESP-ROM:esp32s3-20210327
      rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
      entry 0x403c8920
      I (312) cpu_start: Multicore app
      [E][esp32.crash:332]: *** CRASH DETECTED ON PREVIOUS BOOT ***

      """
    let backtrace = "Backtrace: 0x42001231:0x3fc9a2f0 0x42005675:0x3fc9a310\n"
    var log = ""
    var boots = [0, 0]
    for _ in 0..<80 {
      let between = Int.random(in: 30...50, using: &chance)
      log += boot + String(repeating: "I (404) sensor: sampling\n", count: between) + backtrace
      boots[between < 40 ? 0 : 1] += 1
    }
    expectAgreement(on: Array(log.utf8), limits: Self.narrow, seed: seed, with: &chance)
    var reading = Reading(.compared, Self.narrow)
    reading.feed(Array(log.utf8)[...])
    reading.finish()
    // The report of an earlier crash takes some lines; a backtrace far behind it is one of this boot.
    let crashes = reading.timeline.crashes.count + reading.timeline.elided.crashes
    #expect(crashes == boots[1] && boots[0] > 0, "seed \(seed)")
  }

  /// So little is kept that repeated boots come soon.
  private static let narrow = HistoryLimits(
    newest: 2, ofOneShape: 1, boots: 12, bootsWithUpdate: 20)

  /// So much is kept that all boots are.
  private static let wide = HistoryLimits(
    newest: 8, ofOneShape: 1_000, boots: 1_000, bootsWithUpdate: 1_000)

  /// Reads the log in both ways, in pieces of any size, and returns how many boots were compared, and how many of them
  /// were kept without having been read.
  @discardableResult
  private func expectAgreement(
    on log: [UInt8], limits: HistoryLimits, seed: UInt64, with chance: inout Chance
  ) -> (followed: Int, kept: Int) {
    var compared = Reading(.compared, limits)
    var decoded = Reading(.decoded, limits)
    var start = 0
    let size = [1_000, 4_000, 70_000, 1 << 20].randomElement(using: &chance) ?? 1
    while start < log.count {
      let end = min(start + Int.random(in: 1...size, using: &chance), log.count)
      compared.feed(log[start..<end])
      decoded.feed(log[start..<end])
      start = end
      #expect(compared.builder.bootCount == decoded.builder.bootCount, "seed \(seed)")
      #expect(compared.builder.eventfulLines == decoded.builder.eventfulLines, "seed \(seed)")
      if Int.random(in: 0..<40, using: &chance) == 0 {
        #expect(compared.timeline == decoded.timeline, "seed \(seed), byte \(end)")
      }
    }
    compared.finish()
    decoded.finish()
    #expect(compared.timeline == decoded.timeline, "seed \(seed)")
    return (compared.builder.followedBoots, compared.builder.castBoots)
  }

  private struct Reading {
    var reader = LineReader()
    var builder: TimelineBuilder

    init(_ repeatedBoots: RepeatedBoots, _ limits: HistoryLimits) {
      builder = TimelineBuilder(
        watching: RuleSet.embedded.linePatterns, repeatedBoots: repeatedBoots, keeping: limits)
    }

    mutating func feed(_ bytes: ArraySlice<UInt8>) {
      bytes.withUnsafeBufferPointer { bytes in
        reader.feed(
          bytes, steppingOver: { builder.stepOver(&$0) }, lettingGo: { builder.letGo() },
          { builder.feed($0) })
      }
    }

    mutating func finish() { reader.finish { builder.feed($0) } }

    var timeline: Timeline {
      var capture = Capture()
      capture.bytes = reader.statistics.bytes
      capture.lines = reader.statistics.lines
      capture.undecodableBytes = reader.statistics.undecodableBytes
      return builder.timeline(capture: capture)
    }
  }
}
