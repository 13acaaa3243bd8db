/// What an application image says about itself: `esp_app_desc_t`, at offset 32 of the image.
public struct BuildDescription: Hashable, Sendable {
  /// `PROJECT_VER`, at most 31 bytes.
  public var version: String
  /// The project's name, at most 31 bytes.
  public var project: String
  /// The time of the build, as in `10:11:40`.
  public var time: String
  /// The day of the build, as in `May 18 2026`.
  public var date: String
  /// The ESP-IDF it was built with.
  public var idfVersion: String
  /// The SHA-256 of the ELF that the image was made from.
  public var elfSHA256: [UInt8]

  /// Puts a description together.
  public init(
    version: String = "0.6.5", project: String = "esp32-csi-node", date: String = "May 18 2026",
    time: String = "10:11:40", idfVersion: String = "v5.4.1", elfSHA256: [UInt8] = []
  ) {
    self.version = version
    self.project = project
    self.date = date
    self.time = time
    self.idfVersion = idfVersion
    self.elfSHA256 = elfSHA256
  }

  /// Where it lies in an image: behind the header and the first segment's header.
  static let offset = 32
  static let size = 256
  static let magic: UInt32 = 0xABCD_5432

  /// Reads the 256 bytes; nil where they are none of it.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size, bytes.littleEndian32(at: 0) == Self.magic else { return nil }
    version = bytes.text(at: 16, room: 32)
    project = bytes.text(at: 48, room: 32)
    time = bytes.text(at: 80, room: 16)
    date = bytes.text(at: 96, room: 16)
    idfVersion = bytes.text(at: 112, room: 32)
    elfSHA256 = Array(bytes[144..<176])
  }

  /// The 256 bytes.
  var bytes: [UInt8] {
    var all = [UInt8](repeating: 0, count: Self.size)
    all.put(littleEndian32: Self.magic, at: 0)
    all.put(version, at: 16, room: 32)
    all.put(project, at: 48, room: 32)
    all.put(time, at: 80, room: 16)
    all.put(date, at: 96, room: 16)
    all.put(idfVersion, at: 112, room: 32)
    all.put(Array(elfSHA256.prefix(32)), at: 144)
    return all
  }

  /// The first digits of the ELF's SHA-256, as ESP-IDF 5.4 prints them.
  var shortELF: String {
    String(elfSHA256.flatMap { [$0 >> 4, $0 & 15] }.prefix(9).map { Character(hexDigit($0)) })
  }
}

private func hexDigit(_ value: UInt8) -> Unicode.Scalar {
  Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
}
