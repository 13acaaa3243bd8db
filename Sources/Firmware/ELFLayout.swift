import DeviceEvents

/// What the headers of an ELF say: what it is for, and what lies where.
struct ELFLayout {
  var instructionSet: InstructionSet
  var entry: UInt32
  var sections: [ELFFile.Section] = []
  var segments: [ELFFile.Segment] = []

  /// More headers than any linker writes, and few enough to keep.
  private static let most = 65_536

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(ELFError) {
    guard bytes.count >= 4, bytes.word(at: 0) == 0x464C_457F else {
      throw .notELF(path: path, looksLike: Self.lookalike(bytes))
    }
    guard bytes.count >= 52 else {
      throw .truncated(path: path, what: "its header", end: 52, size: UInt64(bytes.count))
    }
    // EI_CLASS 1: 32 bit; EI_DATA 1: little-endian.
    guard bytes[4] == 1, bytes[5] == 1 else { throw .foreignLayout(path: path) }
    let machine = bytes.half(at: 18) ?? 0
    switch machine {
    case 94: instructionSet = .xtensa
    case 243: instructionSet = .riscv
    default: throw .foreignMachine(path: path, machine: machine)
    }
    let kind = bytes.half(at: 16) ?? 0
    guard kind == 2 || kind == 3 else { throw .notLinked(path: path, kind: kind) }
    entry = bytes.word(at: 24) ?? 0
    try readSegments(bytes, path: path)
    try readSections(bytes, path: path)
  }

  private mutating func readSegments(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(ELFError) {
    let start = Int(bytes.word(at: 28) ?? 0)
    let size = Int(bytes.half(at: 42) ?? 0)
    let count = Int(bytes.half(at: 44) ?? 0)
    guard start > 0, count > 0 else { return }
    guard size >= 32 else {
      throw .malformed(path: path, what: "its program headers are \(size) bytes each, not 32")
    }
    try Self.check(start, count, size, of: "the table of segments", in: bytes, path: path)
    for index in 0..<count {
      let header = start + index * size
      // PT_LOAD; the others describe the same bytes once more.
      guard bytes.word(at: header) == 1 else { continue }
      let segment = ELFFile.Segment(
        address: bytes.word(at: header + 8) ?? 0,
        fileOffset: bytes.word(at: header + 4) ?? 0,
        fileSize: bytes.word(at: header + 16) ?? 0,
        memorySize: bytes.word(at: header + 20) ?? 0,
        isExecutable: (bytes.word(at: header + 24) ?? 0) & 1 != 0)
      try Self.check(
        Int(segment.fileOffset), 1, Int(segment.fileSize), of: "segment \(index)", in: bytes,
        path: path)
      segments.append(segment)
    }
  }

  private mutating func readSections(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(ELFError) {
    let start = Int(bytes.word(at: 32) ?? 0)
    let size = Int(bytes.half(at: 46) ?? 0)
    guard start > 0 else { return }
    guard size >= 40 else {
      throw .malformed(path: path, what: "its section headers are \(size) bytes each, not 40")
    }
    var count = Int(bytes.half(at: 48) ?? 0)
    var names = Int(bytes.half(at: 50) ?? 0)
    // Many sections: the first header, otherwise empty, holds what has no room in the file's.
    if count == 0 { count = Int(bytes.word(at: start + 20) ?? 0) }
    if names == 0xFFFF { names = Int(bytes.word(at: start + 24) ?? 0) }
    guard count <= Self.most else {
      throw .malformed(path: path, what: "it claims \(count) sections")
    }
    try Self.check(start, count, size, of: "the table of sections", in: bytes, path: path)
    for index in 0..<count {
      let section = Self.section(at: start + index * size, in: bytes)
      // SHT_NOBITS: zeros at run time, nothing in the file.
      if section.kind != .zeros, section.kind != .unused {
        try Self.check(
          Int(section.fileOffset), 1, Int(section.size), of: "section \(index)", in: bytes,
          path: path)
      }
      sections.append(section)
    }
    guard sections.indices.contains(names), case let table = sections[names].fileRange,
      let text = bytes.slice(table)
    else { return }
    for index in sections.indices {
      let offset = Int(bytes.word(at: start + index * size) ?? 0)
      sections[index].name = text.text(at: offset, longest: 256) ?? ""
    }
  }

  private static func section(
    at header: Int, in bytes: UnsafeRawBufferPointer
  ) -> ELFFile.Section {
    let flags = bytes.word(at: header + 8) ?? 0
    return ELFFile.Section(
      name: "", kind: .init(bytes.word(at: header + 4) ?? 0),
      address: bytes.word(at: header + 12) ?? 0, size: bytes.word(at: header + 20) ?? 0,
      fileOffset: bytes.word(at: header + 16) ?? 0, isLoaded: flags & 2 != 0,
      isExecutable: flags & 4 != 0, isCompressed: flags & 0x800 != 0,
      link: bytes.word(at: header + 24) ?? 0)
  }

  /// `count` pieces of `size` bytes from `start` on have to lie within the file.
  private static func check(
    _ start: Int, _ count: Int, _ size: Int, of what: String,
    in bytes: UnsafeRawBufferPointer, path: String
  ) throws(ELFError) {
    let end = start + count * size
    guard end <= bytes.count else {
      throw .truncated(path: path, what: what, end: UInt64(end), size: UInt64(bytes.count))
    }
  }

  private static func lookalike(_ bytes: UnsafeRawBufferPointer) -> ELFError.Lookalike? {
    guard let first = bytes.first else { return .nothing }
    // The magic of an image, and a number of segments that one can have.
    if first == 0xE9, bytes.count > 24, (1...16).contains(bytes[1]) { return .image }
    let isText = bytes.prefix(256).allSatisfy { $0 >= 0x20 && $0 != 0x7F || (9...13).contains($0) }
    return isText ? .text : nil
  }
}
