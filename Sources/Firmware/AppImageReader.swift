import DeviceEvents

extension AppImage {
  /// Reads an image and checks all that can be checked without the chip, as its bootloader will.
  ///
  /// The file is read in pieces. What follows the image is described, not refused: see
  /// ``checkTrailer()``.
  public init(reading path: String) throws(AppImageError) {
    let file = try AppImageFile(opening: path)
    let header = try file.bytes(at: 0, count: AppImageHeader.length)
    guard header.byte(at: 0) == AppImageHeader.magic else {
      throw try ForeignImage.explanation(of: file)
    }
    let fields = try AppImageHeader(header, of: file)
    let descriptor = AppDescriptor(
      try file.bytes(at: AppImageHeader.firstData, count: AppDescriptor.length))
    let layout: AppImageLayout
    do {
      layout = try AppImageLayout(fields, of: file)
    } catch {
      // A bootloader in front of other things need not be whole to be told.
      if descriptor == nil, let table = try PartitionTableSearch(in: file).found {
        throw .merged(path: path, table: table.offset, app: table.firstApp)
      }
      throw error
    }
    if descriptor == nil { try Self.refuseBootloader(file, layout) }
    guard Chip(imageChipID: Int(fields.chipID)) != nil else {
      throw .unknownChip(path: path, number: fields.chipID)
    }
    let sums = try AppImageSums(of: file, layout)
    self.path = path
    chipID = fields.chipID
    entryPoint = fields.entryPoint
    segments = layout.segments
    length = layout.end
    fileLength = file.length
    trailer = try AppImageTrailer.look(behind: layout.end, in: file)
    appendedDigest = sums.imageDigest
    fileDigest = sums.fileDigest
    self.descriptor = descriptor
  }

  /// Refuses bytes behind the image that do not belong to it; a signature does.
  public func checkTrailer() throws(AppImageError) {
    switch trailer {
    case .none, .signature: return
    case .fill(let byte, let count):
      throw .padded(path: path, end: length, byte: byte, count: count)
    case .unknown(let count): throw .followed(path: path, end: length, count: count)
    }
  }

  /// An app has a descriptor, or at least code that is mapped from flash; a bootloader has neither.
  private static func refuseBootloader(
    _ file: borrowing AppImageFile, _ layout: AppImageLayout
  ) throws(AppImageError) {
    if let table = try PartitionTableSearch(in: file).found {
      throw .merged(path: file.path, table: table.offset, app: table.firstApp)
    }
    let chip = Chip(imageChipID: Int(layout.chipID))
    let isMapped = layout.segments.contains { segment in
      let memory = AddressMap.classify(segment.loadAddress, chip: chip)
      return memory == .flashCode || memory == .flashData
    }
    let head = try file.bytes(at: AppImageHeader.firstData, count: 80)
    if !isMapped || BootloaderDescriptor.begins(head) {
      throw .bootloader(path: file.path, offset: AppImageHeader.firstData)
    }
  }
}

/// The 24 bytes in front (`esp_image_header_t`).
struct AppImageHeader {
  static let magic: UInt8 = 0xE9
  static let length = 24
  /// Where the data of the first segment begins.
  static let firstData = length + segmentHeaderLength
  static let segmentHeaderLength = 8
  private static let mostSegments = 16

  let segmentCount: Int
  let entryPoint: UInt32
  let chipID: UInt16
  let digest: AppendedDigest

  /// Whether a SHA-256 follows the checksum.
  enum AppendedDigest { case present, absent }

  init(_ bytes: ImageBytes, of file: borrowing AppImageFile) throws(AppImageError) {
    guard bytes.count == Self.length else {
      throw .truncated(
        path: file.path, part: .header, offset: 0, missing: Self.length - bytes.count)
    }
    segmentCount = Int(bytes.byte(at: 1))
    guard 1...Self.mostSegments ~= segmentCount else {
      throw .badSegmentCount(path: file.path, count: segmentCount)
    }
    entryPoint = bytes.word(at: 4)
    chipID = bytes.half(at: 12)
    digest = bytes.byte(at: 23) == 0 ? .absent : .present
  }
}

/// Where the parts of an image lie in its file.
struct AppImageLayout {
  let chipID: UInt16
  let segments: [AppImage.Segment]
  /// The place of the checksum: the last byte of a block of 16.
  let checksumOffset: Int
  let digest: AppImageHeader.AppendedDigest

  /// Where the image ends.
  var end: Int {
    switch digest {
    case .present: checksumOffset + 1 + 32
    case .absent: checksumOffset + 1
    }
  }

  /// The bootloader refuses longer segments.
  private static let longestSegment = 16 << 20

  init(_ header: AppImageHeader, of file: borrowing AppImageFile) throws(AppImageError) {
    chipID = header.chipID
    digest = header.digest
    var segments: [AppImage.Segment] = []
    var offset = AppImageHeader.length
    for number in 0..<header.segmentCount {
      let fields = try file.bytes(at: offset, count: AppImageHeader.segmentHeaderLength)
      let missing = AppImageHeader.segmentHeaderLength - fields.count
      guard missing == 0 else {
        throw .truncated(path: file.path, part: .segment(number), offset: offset, missing: missing)
      }
      let length = Int(fields.word(at: 4))
      guard length % 4 == 0, length < Self.longestSegment else {
        throw .badSegment(path: file.path, number: number, offset: offset + 4, length: length)
      }
      let segment = AppImage.Segment(
        loadAddress: fields.word(at: 0), fileOffset: offset + AppImageHeader.segmentHeaderLength,
        length: length)
      guard segment.fileEnd <= file.length else {
        throw .truncated(
          path: file.path, part: .segment(number), offset: segment.fileOffset,
          missing: segment.fileEnd - file.length)
      }
      segments.append(segment)
      offset = segment.fileEnd
    }
    self.segments = segments
    checksumOffset = offset | 15
    guard end <= file.length else {
      let part: AppImageError.Part = checksumOffset < file.length ? .digest : .checksum
      throw .truncated(path: file.path, part: part, offset: offset, missing: end - file.length)
    }
  }
}
