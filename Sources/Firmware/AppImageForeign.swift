/// What a file is that does not begin as an app image does.
public enum ForeignImage: Hashable, Sendable {
  /// Nothing in it.
  case empty
  /// The program with its symbols.
  case elf
  /// A partition table.
  case partitionTable
  /// Packed.
  case gzip, zip
  /// Formats that carry an image in another wrapping.
  case uf2, intelHex
  /// A web page or another text: what a failed download leaves behind.
  case text
  /// Erased flash: 0xff only, at least where an image should begin.
  case erased
  /// An image for an ESP8266.
  case esp8266
  /// Something else, or an image that was encrypted.
  case unknown(firstByte: UInt8)

  static func explanation(of file: borrowing AppImageFile) throws(AppImageError) -> AppImageError {
    let head = try file.bytes(at: 0, count: 512)
    let kind = ForeignImage(head.all)
    switch kind {
    case .erased, .unknown:
      // Chips that start at 0x1000 or 0x2000 leave erased flash in front of a merged image.
      if let table = try PartitionTableSearch(in: file).found {
        return .merged(path: file.path, table: table.offset, app: table.firstApp)
      }
    case .empty, .elf, .partitionTable, .gzip, .zip, .uf2, .intelHex, .text, .esp8266: break
    }
    return .foreign(path: file.path, kind: kind)
  }

  private init(_ head: [UInt8]) {
    guard let first = head.first else {
      self = .empty
      return
    }
    for (signature, kind) in Self.signatures where head.starts(with: signature) {
      self = kind
      return
    }
    if head.allSatisfy({ $0 == 0xFF }) {
      self = .erased
    } else if head.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || 0x09...0x0D ~= $0 }) {
      self = first == UInt8(ascii: ":") ? .intelHex : .text
    } else {
      self = .unknown(firstByte: first)
    }
  }

  private static let signatures: [([UInt8], ForeignImage)] = [
    ([0x7F] + Array("ELF".utf8), .elf),
    ([0xAA, 0x50], .partitionTable),
    ([0x1F, 0x8B], .gzip),
    (Array("PK".utf8) + [0x03, 0x04], .zip),
    (Array("UF2\n".utf8), .uf2),
    ([0xEA], .esp8266),
  ]
}

/// A bootloader's word about itself: `esp_bootloader_desc_t`, at the start of its first segment.
enum BootloaderDescriptor {
  private static let magic: UInt8 = 0x50

  static func begins(_ bytes: ImageBytes) -> Bool {
    // The magic is one byte; a version of ESP-IDF must stand in its field as well.
    bytes.byte(at: 0) == magic && bytes.byte(at: 1) == 0 && bytes.byte(at: 2) == 0
      && (bytes.text(at: 8, length: 32).hasPrefix("v") || bytes.byte(at: 8) == UInt8(ascii: "-"))
  }
}

/// Looks for a partition table inside a file: where there is one, the file is a whole flash image.
struct PartitionTableSearch {
  struct Table {
    let offset: Int
    /// Where its first app begins; nil when the table lists none.
    let firstApp: Int?
  }

  let found: Table?

  /// The usual place is 0x8000; secure boot moves it behind a larger bootloader.
  private static let places = stride(from: 0x8000, through: 0x2_0000, by: 0x1000)
  private static let entryLength = 32
  private static let mostEntries = 95
  private static let magic: UInt16 = 0x50AA

  init(in file: borrowing AppImageFile) throws(AppImageError) {
    for offset in Self.places {
      guard offset < file.length else { break }
      let bytes = try file.bytes(at: offset, count: Self.entryLength * Self.mostEntries)
      guard let entries = Self.entries(bytes) else { continue }
      let app = entries.first { $0.type == 0 }
      found = Table(offset: offset, firstApp: app.map { Int($0.offset) })
      return
    }
    found = nil
  }

  /// Entries of one that holds at least two with sensible places; code can look like a single one.
  private static func entries(_ bytes: ImageBytes) -> [(type: UInt8, offset: UInt32)]? {
    var entries: [(type: UInt8, offset: UInt32)] = []
    for start in stride(from: 0, to: bytes.count, by: entryLength) {
      guard bytes.half(at: start) == magic else { break }
      let place = bytes.word(at: start + 4)
      guard place % 0x1000 == 0, place > 0, bytes.word(at: start + 8) > 0 else { return nil }
      entries.append((bytes.byte(at: start + 2), place))
    }
    return entries.count >= 2 ? entries : nil
  }
}
