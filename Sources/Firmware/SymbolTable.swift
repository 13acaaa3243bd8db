/// The symbol table of an ELF: names of functions and data by address.
public struct SymbolTable {
  /// One name of the symbol table.
  public struct Symbol: Hashable, Sendable {
    /// The name as the linker knows it, mangled for C++ and Rust.
    public var name: String
    /// Where it begins.
    public var address: UInt32
    /// Its length in bytes; 0 where the assembler source did not say.
    public var size: UInt32
    /// Whether it is an absolute number, as the names of ROM functions are, and lies in no section.
    public var isAbsolute: Bool
  }

  private struct Entry {
    var address: UInt32
    var size: UInt32
    var name: UInt32
    /// Among names of one address the highest is the one to show.
    var rank: UInt8
  }

  private let file: FileBytes
  private var names: Range<Int> = 0..<0
  private var table: Range<Int> = 0..<0
  /// By address, the best name of an address last.
  private var entries: [Entry] = []
  private var absolutes: [Entry] = []

  /// Far above any firmware's; a hostile file may claim hundreds of millions.
  private static let most = 2_000_000

  init(_ elf: ELFFile) {
    file = elf.file
    guard let section = elf.sections.first(where: { $0.kind == .symbols }),
      !section.isCompressed, elf.sections.indices.contains(Int(section.link)),
      case let strings = elf.sections[Int(section.link)], strings.kind != .zeros
    else { return }
    table = section.fileRange
    names = strings.fileRange
    read(elf)
  }

  private mutating func read(_ elf: ELFFile) {
    guard let bytes = file.bytes.slice(table), let text = file.bytes.slice(names) else { return }
    let sections = elf.sections
    for offset in stride(from: 0, to: min(bytes.count, Self.most * 16) - 15, by: 16) {
      guard let name = bytes.word(at: offset), name != 0, Int(name) < text.count,
        let address = bytes.word(at: offset + 4), let size = bytes.word(at: offset + 8),
        let home = bytes.half(at: offset + 14), home != 0
      else { continue }
      let info = bytes[offset + 12]
      let kind = info & 15
      // NOTYPE, OBJECT, FUNC; the rest names sections and files.
      guard kind <= 2 else { continue }
      // Labels inside functions, and the marks between code and data.
      let first = text[Int(name)]
      if first == UInt8(ascii: "$") { continue }
      if first == UInt8(ascii: "."), text[min(Int(name) + 1, text.count - 1)] == UInt8(ascii: "L") {
        continue
      }
      var rank: UInt8 = kind == 2 ? 8 : kind == 1 ? 4 : 0
      if size > 0 { rank += 2 }
      if info >> 4 == 1 { rank += 1 }
      let entry = Entry(address: address, size: size, name: name, rank: rank)
      if home == 0xFFF1 {
        absolutes.append(entry)
      } else if sections.indices.contains(Int(home)), sections[Int(home)].isLoaded {
        entries.append(entry)
      }
    }
    entries.sort { ($0.address, $0.rank) < ($1.address, $1.rank) }
    absolutes.sort { ($0.address, $0.rank) < ($1.address, $1.rank) }
  }

  /// How many names of code and data there are.
  public var count: Int { entries.count }

  /// The function or datum that the address lies in.
  ///
  /// A symbol without a size reaches to the next one. Look at the section too: what lies in
  /// another section than the address does not count.
  public func symbol(containing address: UInt32) -> Symbol? {
    var index = Self.upperBound(entries, address)
    // An inner label may end before the address while the function around it does not.
    var patience = 16
    while index > 0, patience > 0 {
      index -= 1
      patience -= 1
      let entry = entries[index]
      if entry.size == 0 ? patience == 15 : address - entry.address < entry.size {
        return symbol(entry, isAbsolute: false)
      }
    }
    return nil
  }

  /// The last absolute symbol at or before the address, which for addresses in ROM is the
  /// function, when the table lists all of them.
  public func absoluteSymbol(before address: UInt32) -> Symbol? {
    let index = Self.upperBound(absolutes, address)
    return index > 0 ? symbol(absolutes[index - 1], isAbsolute: true) : nil
  }

  /// The symbol of that name, mangled where the language mangles.
  public func symbol(named name: String) -> Symbol? {
    guard let text = file.bytes.slice(names) else { return nil }
    let wanted = Array(name.utf8)
    for (list, isAbsolute) in [(entries, false), (absolutes, true)] {
      for entry in list {
        let start = Int(entry.name)
        guard start + wanted.count < text.count, text[start + wanted.count] == 0,
          text[start..<(start + wanted.count)].elementsEqual(wanted)
        else { continue }
        return symbol(entry, isAbsolute: isAbsolute)
      }
    }
    return nil
  }

  /// The number of entries that begin at or before the address.
  private static func upperBound(_ entries: [Entry], _ address: UInt32) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func symbol(_ entry: Entry, isAbsolute: Bool) -> Symbol? {
    guard let text = file.bytes.slice(names) else { return nil }
    return Symbol(
      name: text.text(at: Int(entry.name)) ?? "", address: entry.address, size: entry.size,
      isAbsolute: isAbsolute)
  }
}
