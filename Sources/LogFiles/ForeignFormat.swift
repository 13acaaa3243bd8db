/// A format that is no log, told by the signature at the beginning of a file.
///
/// Noise from a capture at the wrong baud rate must not pass for one of these: each has at least
/// three fixed bytes, or a header whose fields all make sense.
public enum ForeignFormat: Hashable, Sendable, CaseIterable {
  /// A program or core dump for a debugger.
  case elf
  /// What is flashed to a chip: an app or a bootloader.
  case firmwareImage
  /// An ESP partition table.
  case partitionTable
  /// A picture.
  case png, jpeg, gif
  /// A document.
  case pdf
  /// A database.
  case sqlite
  /// Files packed into one.
  case zip, sevenZip, rar, tar, ar
  /// Captured network packets.
  case packetCapture
  /// The binary log of systemd.
  case journal

  /// The format whose signature `head` bears, the beginning of a file after unpacking.
  public init?(beginning head: UnsafeRawBufferPointer) {
    for (signature, format) in Self.signatures where head.starts(with: signature) {
      self = format
      return
    }
    if Self.isFirmwareImage(head) {
      self = .firmwareImage
    } else if Self.isTar(head) {
      self = .tar
    } else {
      return nil
    }
  }

  private static let signatures: [([UInt8], ForeignFormat)] = [
    ([0x7f] + Array("ELF".utf8), .elf),
    ([0x89] + Array("PNG".utf8), .png),
    ([0xff, 0xd8, 0xff], .jpeg),
    (Array("GIF87a".utf8), .gif),
    (Array("GIF89a".utf8), .gif),
    (Array("%PDF-".utf8), .pdf),
    (Array("SQLite format 3".utf8), .sqlite),
    (Array("!<arch>\n".utf8), .ar),
    (Array("LPKSHHRH".utf8), .journal),
    ([0xaa, 0x50, 0x01], .partitionTable),
    ([0xd4, 0xc3, 0xb2, 0xa1], .packetCapture),
    ([0x0a, 0x0d, 0x0d, 0x0a], .packetCapture),
    ([0x50, 0x4b, 0x03, 0x04], .zip),
    ([0x37, 0x7a, 0xbc, 0xaf], .sevenZip),
    (Array("Rar!\u{1a}\u{07}".utf8), .rar),
  ]

  /// The header of an ESP image (`esp_image_header_t`): its strings come so early that it would
  /// pass for text. The entry address lies in the address space of code, 0x40000000 to 0x50ffffff.
  private static func isFirmwareImage(_ head: UnsafeRawBufferPointer) -> Bool {
    head.count >= 24 && head[0] == 0xe9 && 1...16 ~= head[1] && head[2] <= 5
      && 0x40...0x50 ~= head[7]
  }

  /// POSIX and GNU tar bear their name behind the first file's header fields.
  private static func isTar(_ head: UnsafeRawBufferPointer) -> Bool {
    head.count >= 512 && head[257..<262].elementsEqual("ustar".utf8)
  }
}

extension ForeignFormat {
  /// With its article.
  var inWords: String {
    switch self {
    case .elf: "an ELF file (a program or a core dump)"
    case .firmwareImage: "a firmware image"
    case .partitionTable: "a partition table"
    case .png, .jpeg, .gif: "a picture"
    case .pdf: "a PDF document"
    case .sqlite: "an SQLite database"
    case .zip: "a zip archive"
    case .sevenZip: "a 7z archive"
    case .rar: "a rar archive"
    case .tar: "a tar archive"
    case .ar: "an ar archive (a library or package)"
    case .packetCapture: "a capture of network packets"
    case .journal: "a journal of systemd"
    }
  }

  /// What to do instead.
  var nextStep: String {
    switch self {
    case .zip, .sevenZip, .rar, .tar: "Unpack it, and name the logs in it."
    case .journal: "Write it as text with 'journalctl -o cat --file FILE'."
    case .png, .jpeg, .gif, .pdf: "Save the log itself as text."
    case .elf, .firmwareImage, .partitionTable, .sqlite, .ar, .packetCapture:
      "Give what the node printed on its serial line."
    }
  }
}
