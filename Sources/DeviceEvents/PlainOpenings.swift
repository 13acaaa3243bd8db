import CLineScan

/// What lines without a log prefix may mean, told by how they begin.
///
/// Numbers as dumps print them, and lines that end like the rest of a cut sentence, are shown to the decoders in any
/// case, and so is every line that begins with neither a letter nor a number.
struct PlainOpenings: Sendable {
  private var kinds: [UInt8: clinescan_plain] = [:]
  private var openings: [StaticString] = []

  /// The openings that `decoders` listen to.
  init(_ decoders: [any PlainDecoder.Type]) {
    var undeclared: [FirstBytes] = []
    for decoder in decoders {
      switch decoder.plainInterest {
      case .textsWithMarkers: continue
      case .texts(let firstBytes):
        guard let openings = decoder.plainOpenings else {
          undeclared.append(firstBytes)
          continue
        }
        // What is too short to be told apart makes all loud that begins like it.
        undeclared.append(FirstBytes(of: openings.filter { $0.utf8CodeUnitCount < 4 }))
        self.openings += openings.filter { $0.utf8CodeUnitCount >= 4 }
      }
    }
    for first in UInt8(ascii: "0")...UInt8(ascii: "z") { note(first, undeclared) }
    note(UInt8(ascii: "-"), undeclared)
  }

  private mutating func note(_ first: UInt8, _ undeclared: [FirstBytes]) {
    guard !undeclared.contains(where: { $0.contains(first) }) else { return }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      kinds[first] = CLINESCAN_PLAIN_NUMBERS
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      kinds[first] = CLINESCAN_PLAIN_OPENINGS
    default: break
    }
  }

  /// Notes all of it in a quiet table.
  func note(in table: inout [UInt64]) {
    for (first, kind) in kinds { clinescan_quiet_plain(&table, first, kind) }
    // The bootloader's tag may bear a chip's name: `boot.esp32s3`.
    for opening in openings + ["boot"] { clinescan_quiet_plain_open(&table, opening.utf8Start) }
    for name in StartupTags.distinctive {
      clinescan_quiet_name(&table, name.utf8Start, name.utf8CodeUnitCount)
    }
  }
}
