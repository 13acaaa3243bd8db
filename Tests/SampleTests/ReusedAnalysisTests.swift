import Analysis
import Testing

/// Whoever reads many logs reads them with one analysis, which remembers what lines said. That must never show.
@Suite("An analysis that reads one log after the other")
struct ReusedAnalysisTests {
  @Test("tells of each sample, whole and damaged, what an analysis of its own tells")
  func samples() throws {
    var (chance, seed) = Chance.seeded()
    var reused = LogAnalysis(source: "none")
    for sample in (Sample.all + Sample.all).shuffled(using: &chance) {
      var log = try sample.log
      if !log.isEmpty, Bool.random(using: &chance) {
        for _ in 0..<log.count / 300 {
          log[Int.random(in: log.indices, using: &chance)] ^=
            1 << UInt8.random(in: 0..<8, using: &chance)
        }
        log.removeLast(Int.random(in: 0..<log.count, using: &chance))
      }
      reused.startOver(source: sample.name)
      reused.feed(log, inPiecesOf: 65_536)
      let own = Sample.report(on: log, source: sample.name)
      #expect(reused.finish() == own, "\(sample.name), seed \(seed)")
    }
  }

  @Test("learns anew in each log what its capture puts around lines")
  func captures() {
    let rom = """
      ets Jul 29 2019 12:21:46
      rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
      configsip: 0, SPIWP:0xee
      mode:DIO, clock div:2
      load:0x3fff0030,len:7176
      entry 0x40080640

      """
    let start = "I (312) cpu_start: Multicore app\nI (404) main_task: Calling app_main()\n"
    let panic = "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled."
    let logs = [
      String(repeating: rom + start + panic + "\nRebooting...\n", count: 6),
      rom + "{\"seq\": 1, \"msg\": \"\(panic)\"}\n{\"seq\": 2, \"msg\": \"Rebooting...\"}\n",
      rom + "0,\"\(panic)\"\n1,\"Rebooting...\"\n2,\"entry 0x40080640\"\n",
      String(
        repeating: rom + "RX: I (312) cpu_start: Multicore app\nRX: I (404) wifi: up\nRX: alive\n",
        count: 4),
    ]
    var (chance, seed) = Chance.seeded()
    var reused = LogAnalysis(source: "none")
    for _ in 0..<12 {
      for log in logs.shuffled(using: &chance) {
        reused.startOver(source: "log")
        reused.feed(Array(log.utf8), inPiecesOf: 65_536)
        let own = Sample.report(on: Array(log.utf8), source: "log")
        #expect(reused.finish() == own, "seed \(seed)")
      }
    }
  }
}
