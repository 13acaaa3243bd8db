import Analysis
import Diagnosis
import Foundation
import Testing

/// A cheap form of `scripts/damage`, which draws the whole curves.
@Suite("Logs damaged on their way")
struct DamageTests {
  private struct Log {
    let name: String
    let bytes: [UInt8]
    let context: Context
  }

  private static let logs: [Log] = {
    let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Samples")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: samples.path)) ?? []
    return names.sorted().compactMap { name in
      let folder = samples.appending(path: name)
      let node = folder.appending(path: "node.json")
      guard !FileManager.default.fileExists(atPath: node.path),
        let log = try? Data(contentsOf: folder.appending(path: "uart.log")), !log.isEmpty,
        log.count < 20_000,
        let expected = try? String(
          contentsOf: folder.appending(path: "expected.json"), encoding: .utf8)
      else { return nil }
      var context = Context()
      if expected.contains("\"--expect-update\"") { context.expectsUpdate = true }
      return Log(name: name, bytes: Array(log), context: context)
    }
  }()

  private func verdict(_ bytes: [UInt8], _ context: Context) -> Verdict {
    var analysis = LogAnalysis(source: "damaged", context: context)
    analysis.feed(bytes, inPiecesOf: 1 << 16)
    return analysis.finish().conclusion.verdict
  }

  /// So many bits flip in 10,000 bytes.
  private func flip(_ bytes: [UInt8], perTenThousand rate: Int, _ chance: inout Chance) -> [UInt8] {
    var damaged = bytes
    for place in damaged.indices where Int.random(in: 0..<10_000, using: &chance) < rate {
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
    }
    return damaged
  }

  @Test("one flipped bit in 10,000 bytes changes one verdict in a hundred at the most")
  func flips() throws {
    let (first, seed) = Chance.seeded()
    var chance = first
    try #require(Self.logs.count > 150)
    var changed: [String] = []
    for log in Self.logs {
      let damaged = flip(log.bytes, perTenThousand: 1, &chance)
      guard damaged != log.bytes else { continue }
      if verdict(damaged, log.context).id != verdict(log.bytes, log.context).id {
        changed.append(log.name)
      }
    }
    #expect(changed.count * 100 <= Self.logs.count + 100, "seed \(seed): \(changed)")
  }

  @Test("where one bit in 200 bytes is flipped, few are sure of what is wrong")
  func manyFlips() throws {
    let (first, seed) = Chance.seeded()
    var chance = first
    var wrong = 0
    var compared = 0
    for log in Self.logs where log.bytes.count > 2_000 {
      compared += 1
      let told = verdict(flip(log.bytes, perTenThousand: 50, &chance), log.context)
      let isSure = told.confidence >= 0.7 && told.id != .noESPLog
      if isSure, told.id != verdict(log.bytes, log.context).id { wrong += 1 }
    }
    #expect(wrong * 10 <= compared, "seed \(seed): \(wrong) of \(compared)")
  }
}
