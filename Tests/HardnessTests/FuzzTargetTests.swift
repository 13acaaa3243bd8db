import Foundation
import FuzzEntryPoints
import Testing

/// The fuzzer's targets on seeds that were damaged by chance: a few seconds of what `scripts/fuzz` does for hours.
@Suite("Readers of foreign bytes")
struct FuzzTargetTests {
  @Test("no damage to a seed breaks a law of its reader", arguments: FuzzTarget.allCases)
  func damagedSeeds(_ target: FuzzTarget) throws {
    let (first, seed) = Chance.seeded()
    var chance = first
    print("target \(target), seed \(seed)")
    let seeds = try Seeds.all(for: target)
    try #require(!seeds.isEmpty)
    let deadline = ContinuousClock.now + .milliseconds(700)
    var rounds = 0
    while ContinuousClock.now < deadline || rounds < 40 {
      guard var bytes = seeds.randomElement(using: &chance) else { return }
      Damage.apply(&chance, to: &bytes, besides: seeds)
      bytes.withUnsafeBytes { target.run($0) }
      rounds += 1
    }
    #expect(rounds >= 40)
  }

  @Test("no bytes, and every single byte, are an input", arguments: FuzzTarget.allCases)
  func shortest(_ target: FuzzTarget) {
    target.run(UnsafeRawBufferPointer(start: nil, count: 0))
    for byte in UInt8.min...UInt8.max { withUnsafeBytes(of: byte) { target.run($0) } }
  }
}
