import CElfutils
import DeviceEvents

/// The ELF of a firmware, opened: what lies at which address, and which source line made it.
///
/// Everything beyond the headers is read when it is first asked for. One caller at a time: an ELF
/// belongs to the task that opened it.
public final class ELFFile {
  /// The file's name as it was given, for messages.
  public let path: String
  /// What the code is written in.
  public let instructionSet: InstructionSet
  /// The address of the first instruction.
  public let entry: UInt32
  /// All sections, in the order of the file.
  public let sections: [Section]
  /// What is loaded into memory, in the order of the file.
  public let segments: [Segment]

  let file: FileBytes

  /// Opens a file.
  public convenience init(path: String) throws(ELFError) {
    try self.init(file: FileBytes(path: path), path: path)
  }

  /// Takes an ELF that is in memory already; `path` is its name in messages.
  public convenience init(bytes: [UInt8], path: String) throws(ELFError) {
    try self.init(file: FileBytes(copying: bytes), path: path)
  }

  private init(file: FileBytes, path: String) throws(ELFError) {
    let layout = try ELFLayout(file.bytes, path: path)
    // All that is asked of libelf and libdw later begins here.
    if let problem = celfutils_load() {
      throw .libraryMissing(path: path, what: String(cString: problem))
    }
    self.file = file
    self.path = path
    instructionSet = layout.instructionSet
    entry = layout.entry
    sections = layout.sections
    segments = layout.segments
    memory = MemoryOfELF(layout)
    chips = Self.chips(layout)
  }

  /// The chips it can be for; empty where its addresses suit none.
  public let chips: [Chip]

  let memory: MemoryOfELF

  /// Names of functions and data by address, from the symbol table.
  public private(set) lazy var symbols = SymbolTable(self)

  /// The same file as libelf and libdw know it.
  private(set) lazy var handle = ELFHandle(self)

  /// What the compiler recorded; nil where the file has nothing that can be read.
  private(set) lazy var debugInfo = DebugInfo(handle, memory)

  /// What may still be unrolled of its line tables.
  lazy var linePrograms = LinePrograms(self)

  /// Readable names, kept because the same function comes again and again.
  var names = DemangledNames()
}

extension ELFFile {
  /// A part of the file, as the linker named it.
  public struct Section: Hashable, Sendable {
    /// Its name, `.flash.text`; empty where the file does not say.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// Its address on the chip; meaningless where `isLoaded` is false.
    public var address: UInt32
    /// Its length in bytes.
    public var size: UInt32
    /// Where it begins in the file.
    public var fileOffset: UInt32
    /// Whether it takes room in the chip's memory.
    public var isLoaded: Bool
    /// Whether it holds code.
    public var isExecutable: Bool
    /// Whether its bytes are packed.
    public var isCompressed: Bool
    /// The number of a section that belongs to it: the names of a symbol table.
    public var link: UInt32

    /// What a section holds.
    public enum Kind: Hashable, Sendable {
      /// A free place in the table.
      case unused
      /// Code or data.
      case content
      /// A symbol table.
      case symbols
      /// Memory that starts as zeros and takes no room in the file.
      case zeros
      /// Any other number.
      case other(UInt32)

      init(_ number: UInt32) {
        switch number {
        case 0: self = .unused
        case 1: self = .content
        case 2: self = .symbols
        case 8: self = .zeros
        default: self = .other(number)
        }
      }
    }

    /// Whether the address lies in it.
    public func contains(_ address: UInt32) -> Bool {
      isLoaded && address >= self.address && address - self.address < size
    }

    /// Its bytes in the file.
    var fileRange: Range<Int> { Int(fileOffset)..<(Int(fileOffset) + Int(size)) }
  }

  /// A stretch of memory that is filled from the file.
  public struct Segment: Hashable, Sendable {
    /// Its address on the chip.
    public var address: UInt32
    /// Where its bytes begin in the file.
    public var fileOffset: UInt32
    /// How many bytes the file has of it.
    public var fileSize: UInt32
    /// How many bytes it takes in memory.
    public var memorySize: UInt32
    /// Whether it holds code.
    public var isExecutable: Bool
  }

  /// The section of that name.
  public func section(named name: String) -> Section? { sections.first { $0.name == name } }

  /// The loaded section that the address lies in.
  public func section(at address: UInt32) -> Section? { memory.section(at: address) }

  /// Bytes as they are loaded at `address`; nil where the file does not have them all.
  public func bytes(at address: UInt32, count: Int) -> [UInt8]? {
    memory.fileOffset(of: address, count: count)
      .flatMap { file.bytes.slice($0..<($0 + count)) }.map { Array($0) }
  }

  /// The little-endian word as it is loaded at `address`.
  public func word(at address: UInt32) -> UInt32? {
    memory.fileOffset(of: address, count: 4).flatMap { file.bytes.word(at: $0) }
  }

  /// The bytes of a section in the file; nil for sections without any, and for packed ones.
  public func content(of section: Section) -> [UInt8]? {
    guard section.kind != .zeros, section.kind != .unused, !section.isCompressed else {
      return nil
    }
    return file.bytes.slice(section.fileRange).map { Array($0) }
  }
}
