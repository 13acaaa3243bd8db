/// What an app says of itself: `esp_app_desc_t`, at the start of its first segment.
public struct AppDescriptor: Hashable, Sendable {
  /// The project's name.
  public let project: String
  /// The version as the project counts it.
  public let version: String
  /// The day of the build as the compiler writes it, `Nov  1 2026`; empty in reproducible builds.
  public let date: String
  /// The time of the build, `15:04:05`; empty in reproducible builds.
  public let time: String
  /// The version of ESP-IDF.
  public let idf: String
  /// The SHA-256 of the ELF that belongs to it; nil where the build did not fill it in.
  public let elfDigest: Digest?
  /// The version that anti-rollback compares.
  public let secureVersion: UInt32

  /// The bytes that it takes in an image.
  static let length = 256
  private static let magic: UInt32 = 0xABCD_5432

  /// Reads the beginning of a first segment; nil where no descriptor stands there.
  ///
  /// The texts are as the file has them: escape them before a terminal sees them.
  init?(_ bytes: ImageBytes) {
    guard bytes.count >= Self.length, bytes.word(at: 0) == Self.magic else { return nil }
    secureVersion = bytes.word(at: 4)
    version = bytes.text(at: 16, length: 32)
    project = bytes.text(at: 48, length: 32)
    time = bytes.text(at: 80, length: 16)
    date = bytes.text(at: 96, length: 16)
    idf = bytes.text(at: 112, length: 32)
    let digest = bytes.slice(at: 144, length: 32)
    elfDigest = digest.allSatisfy { $0 == 0 } ? nil : Digest(bytes: digest)
  }
}
