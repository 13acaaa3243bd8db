/// Checksum and SHA-256 of an image, computed in one pass over its file and found right.
struct AppImageSums {
  /// The SHA-256 at the image's end; nil where the image has none.
  let imageDigest: Digest?
  /// The SHA-256 of all that the file holds.
  let fileDigest: Digest

  /// What the checksum of an image with no data would be (`ESP_ROM_CHECKSUM_INITIAL`).
  private static let checksumSeed: UInt8 = 0xEF

  init(of file: borrowing AppImageFile, _ layout: AppImageLayout) throws(AppImageError) {
    var hash = SHA256()
    var checksum = Self.checksumSeed
    var offset = 0
    for segment in layout.segments {
      try file.forEachPiece(of: offset..<segment.fileOffset) { hash.update($0) }
      try file.forEachPiece(of: segment.fileOffset..<segment.fileEnd) { piece in
        hash.update(piece)
        checksum ^= Self.folded(piece)
      }
      offset = segment.fileEnd
    }
    try file.forEachPiece(of: offset..<layout.checksumOffset + 1) { hash.update($0) }
    let computed = hash.digest
    try file.forEachPiece(of: layout.checksumOffset + 1..<file.length) { hash.update($0) }
    fileDigest = hash.digest

    let stored = try file.bytes(at: layout.checksumOffset, count: 1).byte(at: 0)
    guard stored == checksum else {
      throw .wrongChecksum(
        path: file.path, offset: layout.checksumOffset, stored: stored, computed: checksum)
    }
    switch layout.digest {
    case .absent: imageDigest = nil
    case .present:
      let offset = layout.checksumOffset + 1
      guard let stored = Digest(bytes: try file.bytes(at: offset, count: 32).all),
        stored == computed
      else {
        throw .wrongDigest(path: file.path, offset: offset)
      }
      imageDigest = stored
    }
  }

  /// All bytes combined by exclusive or.
  private static func folded(_ bytes: UnsafeRawBufferPointer) -> UInt8 {
    var sum: UInt8 = 0
    var index = 0
    while index < bytes.count {
      sum ^= bytes[index]
      index &+= 1
    }
    return sum
  }
}

/// What stands behind an image in its file.
enum AppImageTrailer {
  private static let signatureSector = 4_096
  /// A signature of the first scheme: its version, then 64 bytes.
  private static let firstSchemeLength = 68

  static func look(
    behind end: Int, in file: borrowing AppImageFile
  ) throws(AppImageError) -> AppImage.Trailer {
    let count = file.length - end
    guard count > 0 else { return .none }
    // The second scheme's sector begins with its magic byte and version.
    let sector = (end + signatureSector - 1) / signatureSector * signatureSector
    let head = try file.bytes(at: sector, count: 2)
    if file.length == sector + signatureSector, head.byte(at: 0) == 0xE7, 1...3 ~= head.byte(at: 1)
    {
      return .signature
    }
    let first = try file.bytes(at: end, count: 4)
    if count == firstSchemeLength, first.word(at: 0) == 0 { return .signature }

    let byte = first.byte(at: 0)
    guard byte == 0xFF || byte == 0 else { return .unknown(count: count) }
    var isUniform = true
    try file.forEachPiece(of: end..<file.length) { piece in
      isUniform = isUniform && piece.allSatisfy { $0 == byte }
    }
    return isUniform ? .fill(byte, count: count) : .unknown(count: count)
  }
}
