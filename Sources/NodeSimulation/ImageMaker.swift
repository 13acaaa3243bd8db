import Firmware

/// A valid application image for an ESP32-S3, made up: nothing in it would run.
public struct ImageMaker: Hashable, Sendable {
  /// What the image says about itself.
  public var build: BuildDescription
  /// The bytes to make, or nearly: images end at a multiple of 16, and have at least `smallest`.
  public var size: Int

  /// Bytes that the smallest image needs: headers, descriptor, checksum, hash.
  public static let smallest = 1024

  /// Describes an image; its content depends on nothing else.
  public init(_ build: BuildDescription = BuildDescription(), size: Int = 200_000) {
    self.build = build
    self.size = size
  }

  /// Where mapped code and data lie must agree with the flash in its lower 16 bits.
  private static let page = 0x10000
  private static let headerSize = 24
  private static let segmentHeaderSize = 8
  private static let hashSize = 32

  /// Makes it.
  public func bytes() -> [UInt8] {
    var build = build
    if build.elfSHA256.isEmpty {
      let names = [build.project, build.version, build.date, build.time, build.idfVersion]
      build.elfSHA256 = SHA256.digest(of: Array(names.joined(separator: "\n").utf8)).bytes
    }
    let total = max(Self.smallest, size) / 16 * 16
    var content = Filling(seed: build.elfSHA256)
    var image: [UInt8] = []
    image.reserveCapacity(total)
    let plan = segments(total)
    image += header(segments: plan.count)
    var checksum: UInt8 = 0xEF
    for (number, segment) in plan.enumerated() {
      var head = [UInt8](repeating: 0, count: Self.segmentHeaderSize)
      head.put(littleEndian32: segment.address, at: 0)
      head.put(littleEndian32: UInt32(segment.length), at: 4)
      var data = content.bytes(segment.length)
      if number == 0 { data.put(build.bytes, at: 0) }
      checksum ^= data.withUnsafeBytes { exclusiveOr($0) }
      image += head + data
    }
    image += [UInt8](repeating: 0, count: 15 - image.count % 16) + [checksum]
    return image + SHA256.digest(of: image).bytes
  }

  private struct Plan {
    let address: UInt32
    let length: Int
  }

  /// Constants, then what is copied to RAM, then code from the next page on, as the linker does it.
  private func segments(_ total: Int) -> [Plan] {
    let room = total - Self.hashSize - 16 - Self.headerSize
    // The last segment ends where checksum and hash begin, a multiple of 16.
    guard total > 4 * Self.page else {
      let first = max(BuildDescription.size, room / 2 & ~15)
      let second = room - first - 2 * Self.segmentHeaderSize
      return [
        Plan(address: 0x3C05_0020, length: first), Plan(address: 0x4037_4000, length: second),
      ]
    }
    let constants = total / 5 & ~15
    let data = 0x3A00
    let head = Self.headerSize + 3 * Self.segmentHeaderSize
    let sofar = head + constants + data
    // The code's own header stands in front of the page's 32nd byte.
    let codeBegins = (sofar / Self.page + 1) * Self.page + 0x20
    let copied = codeBegins - Self.segmentHeaderSize - sofar
    let code = total - Self.hashSize - 16 - codeBegins
    return [
      Plan(address: 0x3C0A_0020, length: constants), Plan(address: 0x3FC9_4000, length: data),
      Plan(address: 0x4037_4000, length: copied), Plan(address: 0x4200_0020, length: code),
    ]
  }

  /// `esp_image_header_t`: DIO, 80 MHz, 8 MB, ESP32-S3, any revision below 1.0, hash appended.
  private func header(segments: Int) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: Self.headerSize)
    header.put([0xE9, UInt8(segments), 0x02, 0x3F], at: 0)
    header.put(littleEndian32: 0x4037_5A1C, at: 4)
    header[8] = 0xEE
    header[12] = 9
    header.put([99, 0], at: 17)
    header[23] = 1
    return header
  }
}

/// Bytes that look like code to whoever compresses or prints them, and are the same every time.
private struct Filling {
  private var state: UInt64

  init(seed: [UInt8]) {
    state = seed.prefix(8).reduce(0x9E37_79B9_7F4A_7C15) { $0 << 8 ^ $0 >> 7 ^ UInt64($1) } | 1
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count + 8) { buffer, filled in
      var index = 0
      let raw = UnsafeMutableRawBufferPointer(buffer)
      while index < count {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        raw.storeBytes(of: state, toByteOffset: index, as: UInt64.self)
        index += 8
      }
      filled = count
    }
  }
}
