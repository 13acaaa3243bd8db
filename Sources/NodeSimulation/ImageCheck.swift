import Firmware

/// An upload on its way into a slot: checked as ESP-IDF checks it, and forgotten but for its names.
///
/// Two hundred nodes with an image each would otherwise hold two hundred images.
struct ImageCheck {
  private static let headerSize = 24
  private static let imageMagic: UInt8 = 0xE9
  private static let checksumSeed: UInt8 = 0xEF
  private static let esp32s3: UInt8 = 9

  /// Bytes taken up to now.
  private(set) var count = 0
  private var hash = SHA256()
  private var checksum = checksumSeed
  private var beginning: [UInt8] = []
  private var part = Part.header
  private var segmentsLeft = 0
  private var segmentHeader: [UInt8] = []
  private var storedHash: [UInt8] = []
  private var failure: Failure?
  /// The segments that the image is made of, in order.
  private(set) var segments: [Segment] = []

  /// A stretch of the image that goes to one place in memory.
  struct Segment: Hashable, Sendable {
    let address: UInt32
    let length: Int
    /// Of its first byte in the image.
    let offset: Int
  }

  /// Why an image is no image.
  enum Failure: Error, Hashable {
    /// The first byte is another one; refused at the first write.
    case magic(UInt8)
    /// Made for another chip.
    case chip(UInt8)
    /// Ends before its segments do.
    case length
    case checksum(calculated: UInt8, read: UInt8)
    case hash
  }

  private enum Part {
    case header
    case segmentHeader
    case segment(left: Int)
    case padding(left: Int)
    case hash
    case behind
  }

  /// Whether the first byte is an image's.
  var beginsAsImage: Bool { beginning.first.map { $0 == Self.imageMagic } ?? true }

  /// Takes the next bytes.
  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let first = rest.first {
      let taken = step(rest, first)
      rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
    }
  }

  /// What the upload was, once all of it is there.
  func finish() throws(Failure) -> StoredImage {
    if let failure { throw failure }
    guard case .behind = part else { throw .length }
    let all = Array(beginning.dropFirst(BuildDescription.offset))
    let name =
      BuildDescription(all)
      ?? BuildDescription(
        version: "", project: "", date: "", time: "", idfVersion: "")
    return StoredImage(
      descriptor: name, size: count, sha256: storedHash, segments: segments, conduct: .runs)
  }

  private mutating func step(_ bytes: UnsafeRawBufferPointer, _ first: UInt8) -> Int {
    let wanted = BuildDescription.offset + BuildDescription.size - beginning.count
    if wanted > 0 { beginning += bytes.prefix(min(wanted, portion(of: bytes))) }
    let taken = portion(of: bytes)
    let portion = UnsafeRawBufferPointer(rebasing: bytes[..<taken])
    switch part {
    case .header:
      count += taken
      hash.update(portion)
      if count == Self.headerSize { readHeader() }
    case .segmentHeader:
      count += taken
      hash.update(portion)
      segmentHeader += portion
      if segmentHeader.count == 8 { readSegmentHeader() }
    case .segment(let left):
      count += taken
      hash.update(portion)
      checksum ^= exclusiveOr(portion)
      if left == taken { nextSegment() } else { part = .segment(left: left - taken) }
    case .padding(let left):
      count += taken
      hash.update(portion)
      if left > taken {
        part = .padding(left: left - taken)
      } else {
        readChecksum(portion.last ?? first)
      }
    case .hash:
      count += taken
      storedHash += portion
      if storedHash.count == 32 { readHash() }
    case .behind:
      count += taken
    }
    return taken
  }

  private func portion(of bytes: UnsafeRawBufferPointer) -> Int {
    let room =
      switch part {
      case .header: Self.headerSize - count
      case .segmentHeader: 8 - segmentHeader.count
      case .segment(let left), .padding(let left): left
      case .hash: 32 - storedHash.count
      case .behind: bytes.count
      }
    return min(room, bytes.count)
  }

  private mutating func readHeader() {
    if beginning[0] != Self.imageMagic {
      fail(.magic(beginning[0]))
    } else if beginning[12] != Self.esp32s3 {
      fail(.chip(beginning[12]))
    } else {
      segmentsLeft = Int(beginning[1])
      nextSegment()
    }
  }

  private mutating func nextSegment() {
    if segmentsLeft > 0 {
      segmentsLeft -= 1
      segmentHeader = []
      part = .segmentHeader
    } else {
      part = .padding(left: 16 - count % 16)
    }
  }

  private mutating func readSegmentHeader() {
    let address = segmentHeader.littleEndian32(at: 0) ?? 0
    let length = Int(segmentHeader.littleEndian32(at: 4) ?? 0)
    segments.append(Segment(address: address, length: length, offset: count))
    if length > 0 { part = .segment(left: length) } else { nextSegment() }
  }

  private mutating func readChecksum(_ read: UInt8) {
    if read != checksum {
      fail(.checksum(calculated: checksum, read: read))
    } else {
      part = beginning[23] == 1 ? .hash : .behind
    }
  }

  private mutating func readHash() {
    if hash.digest.bytes != storedHash { fail(.hash) } else { part = .behind }
  }

  private mutating func fail(_ failure: Failure) {
    self.failure = failure
    part = .behind
  }
}

/// All bytes combined, eight at a time: debug builds check whole images, too.
func exclusiveOr(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
  var wide: UInt64 = 0
  var index = 0
  while index + 8 <= bytes.count {
    wide ^= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    index += 8
  }
  var narrow = withUnsafeBytes(of: wide) { $0.reduce(0, ^) }
  while index < bytes.count {
    narrow ^= bytes[index]
    index += 1
  }
  return narrow
}
