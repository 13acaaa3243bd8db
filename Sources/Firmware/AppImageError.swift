#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file is no app image that could be sent to a node.
public enum AppImageError: Error, Hashable, Sendable {
  /// Nothing has this name.
  case notFound(path: String)
  /// The system does not let this user read it.
  case notAllowed(path: String)
  /// A folder.
  case folder(path: String)
  /// A pipe or device: its length is not known before its end.
  case noFile(path: String)
  /// The system refused to open it.
  case openFailed(path: String, errno: Int32)
  /// The system stopped in the middle of reading.
  case readFailed(path: String, offset: Int, errno: Int32)
  /// It was replaced or became shorter while it was read.
  case changed(path: String)
  /// It does not begin as an image does.
  case foreign(path: String, kind: ForeignImage)
  /// The second-stage bootloader.
  case bootloader(path: String, offset: Int)
  /// Bootloader, partition table and app in one file, to be flashed over USB at 0x0.
  case merged(path: String, table: Int, app: Int?)
  /// The header counts no segments, or more than a bootloader takes.
  case badSegmentCount(path: String, count: Int)
  /// A segment's length that no build writes.
  case badSegment(path: String, number: Int, offset: Int, length: Int)
  /// The file ends too early; `offset` is where the part begins.
  case truncated(path: String, part: Part, offset: Int, missing: Int)
  /// The data's checksum is another than the one that the image holds.
  case wrongChecksum(path: String, offset: Int, stored: UInt8, computed: UInt8)
  /// The SHA-256 is another than the one at the image's end.
  case wrongDigest(path: String, offset: Int)
  /// A chip number that no known chip has.
  case unknownChip(path: String, number: UInt16)
  /// Filling behind the image.
  case padded(path: String, end: Int, byte: UInt8, count: Int)
  /// Bytes behind the image that do not belong to it.
  case followed(path: String, end: Int, count: Int)

  /// A part of an image.
  public enum Part: Hashable, Sendable {
    /// The 24 bytes in front.
    case header
    /// The segment of this number, counted from 0.
    case segment(Int)
    /// The byte behind the segments.
    case checksum
    /// The SHA-256 behind the checksum.
    case digest
  }

  static func opening(_ path: String, errno code: Int32) -> AppImageError {
    switch code {
    case ENOENT, ENOTDIR: .notFound(path: path)
    case EACCES, EPERM: .notAllowed(path: path)
    case ENXIO: .noFile(path: path)
    default: .openFailed(path: path, errno: code)
    }
  }
}

extension AppImageError: CustomStringConvertible {
  /// What is wrong, where in the file, and what to do next.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file \(path). Build first; an app image is build/PROJECT.bin."
    case .notAllowed(let path):
      "No permission to read \(path). Run 'ls -l' on it to see who may."
    case .folder(let path):
      "\(path) is a folder. Name the app image in it: build/PROJECT.bin."
    case .noFile(let path):
      "\(path) is no regular file. An image is read once for each node: save it to a file first."
    case .openFailed(let path, let code): "Cannot open \(path): \(systemText(code))."
    case .readFailed(let path, let offset, let code):
      "Reading \(path) stopped at offset \(hexadecimal(offset)): \(systemText(code)). Try a copy."
    case .changed(let path):
      "\(path) changed while it was read. Wait until the build has ended, and try again."
    case .foreign(let path, let kind): "\(path) is no app image: \(kind.explanation)"
    case .bootloader(let path, let offset):
      "\(path) is a bootloader: at offset \(hexadecimal(offset)), where an app has its descriptor, "
        + "it has none, and nothing in it runs from flash. Nodes take only apps over the network: "
        + "name build/PROJECT.bin. A bootloader is flashed over USB."
    case .merged(let path, let table, let app):
      "\(path) is a whole flash image: a partition table lies at offset \(hexadecimal(table))"
        + (app.map { ", the app begins at \(hexadecimal($0))" } ?? "")
        + ". It is for USB, at 0x0. Name the app alone: build/PROJECT.bin."
    case .badSegmentCount(let path, let count):
      "\(path) is damaged: its header counts \(count) segments at offset 0x1, where 1 to 16 are "
        + "possible. Build or copy it again."
    case .badSegment(let path, let number, let offset, let length):
      "\(path) is damaged: segment \(number) gives its length as \(length) at offset "
        + "\(hexadecimal(offset)), which no build writes. Build or copy it again."
    case .truncated(let path, let part, let offset, let missing):
      "\(path) is cut short: \(part.name), from offset \(hexadecimal(offset)) on, lacks "
        + "\(missing) \(missing == 1 ? "byte" : "bytes"). Copy it again, or build anew."
    case .wrongChecksum(let path, let offset, let stored, let computed):
      "\(path) is damaged: the checksum at offset \(hexadecimal(offset)) is "
        + "\(hexadecimal(Int(stored))), the data gives \(hexadecimal(Int(computed))). Copy it "
        + "again in binary mode, or build anew."
    case .wrongDigest(let path, let offset):
      "\(path) is damaged: the SHA-256 at offset \(hexadecimal(offset)) is not that of the image. "
        + "Copy it again in binary mode, or build anew; an image edited after its build needs a "
        + "new SHA-256."
    case .unknownChip(let path, let number):
      "\(path) is for chip number \(number) (offset 0xc), which this version does not know. "
        + "Check that it is an app image of an ESP32 chip."
    case .padded(let path, let end, let byte, let count):
      "\(path) is padded: behind the image, from offset \(hexadecimal(end)) on, come \(count) "
        + "bytes of \(hexadecimal(Int(byte))). Name the build's own .bin, or cut it: "
        + "head -c \(end) FILE > app.bin."
    case .followed(let path, let end, let count):
      "\(path) holds more than an image: \(count) \(count == 1 ? "byte follows" : "bytes follow") "
        + "its end at offset \(hexadecimal(end)). Name the build's own .bin."
    }
  }
}

extension AppImageError.Part {
  fileprivate var name: String {
    switch self {
    case .header: "the header"
    case .segment(let number): "segment \(number)"
    case .checksum: "the checksum"
    case .digest: "the SHA-256"
    }
  }
}

extension ForeignImage {
  fileprivate var explanation: String {
    switch self {
    case .empty: "it is empty. Build anew, and look at the disk's free space."
    case .elf: "it is an ELF file. Name the .bin that the build puts beside it."
    case .partitionTable:
      "it is a partition table, which is flashed over USB. Name build/PROJECT.bin."
    case .gzip: "it is packed with gzip. Unpack it first: gunzip -k FILE."
    case .zip: "it is a zip archive. Unpack it first: unzip FILE."
    case .uf2: "it is a UF2 file, for a drive in USB mode. Name build/PROJECT.bin."
    case .intelHex: "it is an Intel HEX file. Name build/PROJECT.bin."
    case .text:
      "it is text; a failed download leaves such a file behind. Look at it with 'head', and "
        + "download or build the image again."
    case .erased: "it begins with erased flash (0xff). Name build/PROJECT.bin."
    case .esp8266: "it is an image for an ESP8266. Name one for an ESP32 chip."
    case .unknown(let first):
      "its first byte, at offset 0x0, is \(hexadecimal(Int(first))) where 0xe9 belongs. An "
        + "encrypted image looks like this too: nodes want the plain build/PROJECT.bin."
    }
  }
}

private func hexadecimal(_ number: Int) -> String { "0x" + String(number, radix: 16) }

private func systemText(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
