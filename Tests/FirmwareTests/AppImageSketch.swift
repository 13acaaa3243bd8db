import Firmware
import Foundation

/// An app image put together for a test, field by field as `esp_image_format.h` lays them out.
struct AppImageSketch {
  var magic: UInt8 = 0xE9
  var segmentCount: UInt8?
  var chipID: UInt16 = 9
  var segments: [(address: UInt32, data: [UInt8])]
  var hasDigest = true
  var checksumError: UInt8 = 0
  var digestError: UInt8 = 0

  /// An app for an ESP32-S3 with data and code in flash, and code in RAM.
  init(version: String = "0.6.5", time: String = "15:04:05") {
    segments = [
      (
        0x3C08_0020,
        Self.descriptor(version: version, time: time) + [UInt8](repeating: 0x11, count: 700)
      ),
      (0x3FC9_4000, [UInt8](repeating: 0x22, count: 64)),
      (0x4200_0020, (0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }),
      (0x4037_4000, [UInt8](repeating: 0x33, count: 128)),
    ]
  }

  /// A bootloader, which runs from RAM.
  static func bootloader() -> AppImageSketch {
    var image = AppImageSketch()
    let about =
      [0x50, 0, 0, 0, 1, 0, 0, 0] + Self.field("v5.4", 32) + [UInt8](repeating: 0, count: 40)
    image.segments = [(0x3FCE_2810, about), (0x403C_8700, [UInt8](repeating: 5, count: 512))]
    return image
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = [magic, segmentCount ?? UInt8(segments.count), 2, 0x2F]
    bytes += Self.word(0x4037_5A10) + [0xEE, 0, 0, 0] + Self.word(UInt32(chipID)).prefix(2)
    bytes += [0, 0, 0, 0x63, 0, 0, 0, 0, 0, hasDigest ? 1 : 0]
    var checksum: UInt8 = 0xEF
    for segment in segments {
      bytes += Self.word(segment.address) + Self.word(UInt32(segment.data.count)) + segment.data
      checksum = segment.data.reduce(checksum) { $0 ^ $1 }
    }
    while bytes.count % 16 != 15 { bytes.append(0) }
    bytes.append(checksum ^ checksumError)
    if hasDigest {
      var digest = SHA256.digest(of: bytes).bytes
      digest[7] ^= digestError
      bytes += digest
    }
    return bytes
  }

  private static func descriptor(version: String, time: String) -> [UInt8] {
    var bytes = word(0xABCD_5432) + word(3) + [UInt8](repeating: 0, count: 8)
    bytes += field(version, 32) + field("esp32-csi-node", 32) + field(time, 16)
    bytes += field("Nov 21 2026", 16) + field("v5.4", 32) + (0..<32).map { UInt8($0) }
    return bytes + [UInt8](repeating: 0, count: 80)
  }

  static func field(_ text: String, _ length: Int) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
  }

  static func word(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }
}

/// Files of one test, gone with it.
final class TestFolder {
  let url = FileManager.default.temporaryDirectory.appending(
    path: "esptriage-image-" + UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8], to name: String = "app.bin") throws -> String {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }
}
