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
}
