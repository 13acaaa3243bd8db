import Firmware
import Foundation
import Testing

@Suite("App images")
struct AppImageTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func read(_ bytes: [UInt8]) throws -> AppImage {
    try AppImage(reading: folder.write(bytes))
  }

  private func refusal(_ bytes: [UInt8]) throws -> AppImageError? {
    let path = try folder.write(bytes)
    return #expect(throws: AppImageError.self) { try AppImage(reading: path) }
  }

  @Test("an image tells its chip, its segments and what it says of itself")
  func whole() throws {
    let sketch = AppImageSketch()
    let image = try read(sketch.bytes)
    #expect(image.chip == .esp32s3)
    #expect(image.entryPoint == 0x4037_5A10)
    #expect(image.segments.map(\.loadAddress) == sketch.segments.map(\.address))
    #expect(image.segments.first?.fileOffset == 0x20)
    #expect(image.segments.map(\.length) == sketch.segments.map(\.data.count))
    #expect(image.length == sketch.bytes.count)
    #expect(image.trailer == .none)
    #expect(image.fileDigest == SHA256.digest(of: sketch.bytes))
    #expect(image.appendedDigest == SHA256.digest(of: sketch.bytes.dropLast(32)))
    let descriptor = try #require(image.descriptor)
    #expect(descriptor.project == "esp32-csi-node")
    #expect(descriptor.version == "0.6.5")
    #expect(descriptor.date == "Nov 21 2026")
    #expect(descriptor.time == "15:04:05")
    #expect(descriptor.idf == "v5.4")
    #expect(descriptor.secureVersion == 3)
    #expect(descriptor.elfDigest?.description.hasPrefix("000102") == true)
  }

  @Test("an image without a SHA-256 at its end is whole, too")
  func withoutDigest() throws {
    var sketch = AppImageSketch()
    sketch.hasDigest = false
    let image = try read(sketch.bytes)
    #expect(image.appendedDigest == nil)
    #expect(image.length == sketch.bytes.count)
  }

  @Test("an image of megabytes is read in pieces, and its sums are right")
  func large() throws {
    var sketch = AppImageSketch()
    sketch.segments[2].data = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    #expect(try read(sketch.bytes).length == sketch.bytes.count)
  }

  @Test("a changed byte of the data is told by the checksum's place and both values")
  func checksum() throws {
    var sketch = AppImageSketch()
    sketch.checksumError = 1
    let error = try #require(try refusal(sketch.bytes))
    guard case .wrongChecksum(_, let offset, let stored, let computed) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(offset == sketch.bytes.count - 33)
    #expect(stored == computed ^ 1)
    #expect(error.description.contains("0x" + String(offset, radix: 16)))
  }

  @Test("a SHA-256 that is not the image's is told by its place")
  func digest() throws {
    var sketch = AppImageSketch()
    sketch.digestError = 0x40
    let error = try #require(try refusal(sketch.bytes))
    #expect(
      error
        == .wrongDigest(
          path: folder.url.appending(path: "app.bin").path, offset: sketch.bytes.count - 32))
  }

  @Test("an image that was cut anywhere is refused as cut short, with what is missing")
  func truncated() throws {
    let bytes = AppImageSketch().bytes
    for length in [1, 23, 24, 31, 40, 700, 1_500, bytes.count - 40, bytes.count - 1] {
      let error = try #require(try refusal(Array(bytes.prefix(length))))
      guard case .truncated(_, _, _, let missing) = error else {
        Issue.record("cut to \(length): \(error)")
        continue
      }
      #expect(missing > 0)
    }
    let error = try #require(try refusal(Array(bytes.dropLast(1))))
    #expect(error.description.contains("the SHA-256"))
    #expect(error.description.contains("lacks 1 byte."))
  }

  @Test("no image with random damage crashes the reader")
  func hostile() throws {
    var generator = SeededGenerator(state: 0x5EED)
    let whole = AppImageSketch().bytes
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let last = Bool.random(using: &generator) ? 64 : bytes.count
        bytes[Int.random(in: 0..<last, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      bytes = Array(bytes.prefix(.random(in: 0...bytes.count * 2, using: &generator)))
      let path = try folder.write(bytes)
      do {
        let image = try AppImage(reading: path)
        // Damage in fields that no sum covers.
        #expect(image.length <= bytes.count)
      } catch {
        #expect(error.description.contains(path))
      }
    }
  }

  @Test("lengths of segments that no build writes are refused with their place")
  func segmentLength() throws {
    var bytes = AppImageSketch().bytes
    bytes[0x1C] = 0x03
    #expect(try refusal(bytes)?.description.contains("segment 0") == true)
    bytes.replaceSubrange(0x1C..<0x20, with: [0xFC, 0xFF, 0xFF, 0xFF])
    #expect(try refusal(bytes)?.description.contains("offset 0x1c") == true)
    bytes[1] = 17
    #expect(try refusal(bytes)?.description.contains("17 segments") == true)
    bytes[1] = 0
    #expect(try refusal(bytes)?.description.contains("0 segments") == true)
  }

  @Test("an image for a chip that nobody knows is refused by its number")
  func chip() throws {
    var sketch = AppImageSketch()
    sketch.chipID = 0x77
    #expect(try refusal(sketch.bytes)?.description.contains("chip number 119") == true)
  }

  @Test("filling behind an image is told with the command that cuts it")
  func padded() throws {
    let bytes = AppImageSketch().bytes
    let image = try read(bytes + [UInt8](repeating: 0xFF, count: 5_000))
    #expect(image.trailer == .fill(0xFF, count: 5_000))
    #expect(image.length == bytes.count)
    let error = #expect(throws: AppImageError.self) { try image.checkTrailer() }
    #expect(error?.description.contains("head -c \(bytes.count) FILE") == true)
    let followed = try read(bytes + [0xFF, 1, 0xFF])
    #expect(followed.trailer == .unknown(count: 3))
    #expect(throws: AppImageError.self) { try followed.checkTrailer() }
  }

  @Test("a secure boot signature belongs to the image")
  func signature() throws {
    let bytes = AppImageSketch().bytes
    let toSector = [UInt8](repeating: 0xFF, count: 4_096 - bytes.count % 4_096)
    let second = try read(bytes + toSector + [0xE7, 2] + [UInt8](repeating: 9, count: 4_094))
    #expect(second.trailer == .signature)
    try second.checkTrailer()
    let first = try read(bytes + [0, 0, 0, 0] + [UInt8](repeating: 9, count: 64))
    #expect(first.trailer == .signature)
  }
}

/// The same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
