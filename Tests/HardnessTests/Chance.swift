import Foundation

/// A small generator with a printed seed (SplitMix64), so that a failure can be had again.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// A seed that differs from run to run, unless `ESPTRIAGE_SEED` names one.
  static func seeded() -> (Chance, UInt64) {
    let named = ProcessInfo.processInfo.environment["ESPTRIAGE_SEED"].flatMap { UInt64($0) }
    let seed = named ?? UInt64.random(in: 0..<1_000_000)
    return (Chance(seed: seed), seed)
  }
}
