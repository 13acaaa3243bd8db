import DeviceEvents

/// An app as it is flashed and uploaded: the `.bin` of a build (ESP-IDF `esp_image_format.h`).
///
/// What is here has been checked: the segments lie in the file, and checksum and SHA-256 are right.
public struct AppImage: Hashable, Sendable {
  /// A piece of the app that the bootloader maps or loads.
  public struct Segment: Hashable, Sendable {
    /// Where it appears in the chip's address space.
    public let loadAddress: UInt32
    /// Where its data begins in the file; a header of 8 bytes stands before it.
    public let fileOffset: Int
    /// The bytes of its data.
    public let length: Int

    /// Puts a segment together.
    public init(loadAddress: UInt32, fileOffset: Int, length: Int) {
      self.loadAddress = loadAddress
      self.fileOffset = fileOffset
      self.length = length
    }

    /// Where its data ends in the file.
    public var fileEnd: Int { fileOffset + length }
  }

  /// What follows the image in its file.
  public enum Trailer: Hashable, Sendable {
    /// Nothing: the usual case.
    case none
    /// A secure boot signature, which belongs to what is flashed.
    case signature
    /// So many times this byte, as in a dump of a partition.
    case fill(UInt8, count: Int)
    /// Bytes of another origin.
    case unknown(count: Int)
  }

  /// The file that it was read from.
  public let path: String
  /// The chip's number in the header (`esp_chip_id_t`).
  public let chipID: UInt16
  /// Where the app starts.
  public let entryPoint: UInt32
  /// The segments in the order of the file.
  public let segments: [Segment]
  /// The image's bytes as the bootloader counts them: with checksum and SHA-256, without a trailer.
  public let length: Int
  /// The bytes of the file.
  public let fileLength: Int
  /// What follows the image in its file.
  public let trailer: Trailer
  /// The SHA-256 at the image's end, found right; nil where the build was told to leave it out.
  public let appendedDigest: Digest?
  /// The SHA-256 of the whole file: tells one upload from another.
  public let fileDigest: Digest
  /// What the app says of itself; nil for apps that were not built by ESP-IDF 3.3 or later.
  public let descriptor: AppDescriptor?

  /// The chip that it was built for; nil for a number that this version does not know.
  public var chip: Chip? { Chip(imageChipID: Int(chipID)) }
}
