import Firmware
import Foundation
import Testing

/// Damage of all kinds: nothing a file holds may end the program.
@Suite("Damaged ELFs")
struct MutatedELFTests {
  @Test(
    "thousands of damaged ELFs give answers or errors", arguments: toolchains, [2, 5])
  func mutated(toolchain: BuiltELF.Toolchain, version: Int) throws {
    let built = try BuiltELF("crash.c", toolchain, "-O2", "-gdwarf-\(version)")
    let whole = Array(try Data(contentsOf: URL(filePath: built.path)))
    let elf = try built.open()
    let code = try #require(elf.section(named: ".text"))
    let addresses = stride(from: code.address, to: code.address + code.size, by: 6)
    var chance = Chance(seed: 20_261_121)
    var deepest = 0
    for _ in 0..<1_000 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<6, using: &chance) {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        case 1: bytes[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &chance) ?? 0
        case 2:
          for index in place..<min(place + 4, bytes.count) { bytes[index] = 0xFF }
        default:
          let from = Int.random(in: 0..<bytes.count, using: &chance)
          for index in 0..<min(16, bytes.count - max(from, place)) {
            bytes[place + index] = whole[from + index]
          }
        }
      }
      guard let damaged = try? ELFFile(bytes: bytes, path: "damaged.elf") else { continue }
      for address in addresses {
        deepest = max(deepest, damaged.frames(at: address).count)
      }
      _ = damaged.descriptor
    }
    #expect((1...257).contains(deepest))
  }

  /// A generator that gives the same numbers everywhere (SplitMix64).
  struct Chance: RandomNumberGenerator {
    var seed: UInt64

    mutating func next() -> UInt64 {
      seed &+= 0x9E37_79B9_7F4A_7C15
      var word = seed
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}
