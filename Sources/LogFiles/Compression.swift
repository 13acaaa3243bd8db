/// How a stream is packed, told by its first bytes and never by its name.
enum Compression: Equatable {
  case none, gzip, zstd, xz
  case foreign(LogFileError.ForeignArchive)

  /// The longest beginning that has to be seen.
  static let lengthOfBeginning = 10

  /// Nil when more bytes are needed to tell; `isWhole` says that none will come.
  init?(beginning: UnsafeRawBufferPointer, isWhole: Bool) {
    for (magic, kind) in Compression.magics {
      var agreed = 0
      while agreed < min(magic.count, beginning.count),
        magic[agreed].contains(beginning[agreed])
      {
        agreed += 1
      }
      if agreed == magic.count {
        self = kind
        return
      }
      if agreed == beginning.count, !isWhole { return nil }
    }
    self = .none
  }

  private static let magics: [([ClosedRange<UInt8>], Compression)] = [
    (exactly([0x1f, 0x8b]), .gzip),
    (exactly([0x28, 0xb5, 0x2f, 0xfd]), .zstd),
    // A skippable frame, with which parallel zstd begins.
    ([0x50...0x5f] + exactly([0x2a, 0x4d, 0x18]), .zstd),
    (exactly([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), .xz),
    (exactly(Array("BZh".utf8)) + [0x31...0x39] + exactly(Array("1AY&SY".utf8)), .foreign(.bzip2)),
    (exactly([0x04, 0x22, 0x4d, 0x18]), .foreign(.lz4)),
    (exactly([0x50, 0x4b, 0x03, 0x04]), .foreign(.zip)),
  ]

  private static func exactly(_ bytes: [UInt8]) -> [ClosedRange<UInt8>] {
    bytes.map { $0...$0 }
  }
}

/// One library's way of unpacking a stream piece by piece.
protocol Unpacker: AnyObject {
  /// Unpacks as much of `input` as fits `output`; never needs to see the same input twice.
  func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> UnpackingStep

  /// Called once when the input has ended: what is missing, or nil when all parts were whole.
  func end() -> String?
}

/// What one call of an unpacker did. Bytes made before the damage are good.
struct UnpackingStep {
  var consumed: Int
  var produced: Int
  var damage: String?
}

let cutShort = "the file ends in the middle of the packed data"

/// How damage is named that leaves no text at all.
let nothingUnpacked = "before anything could be unpacked"
