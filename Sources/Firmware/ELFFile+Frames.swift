import DeviceEvents

/// From an address to functions, files and lines.
extension ELFFile {
  /// The calls at an instruction, innermost first: functions inlined at this place, then the
  /// function itself.
  ///
  /// Where debug information is missing the symbol table names the function, where that is missing
  /// the section does. Addresses in the chip's ROM give one frame that says so. Empty for an
  /// address that is no code of this ELF.
  public func frames(at address: UInt32) -> [SourceFrame] {
    switch place(of: address) {
    case .code(let section):
      guard let unit = debugInfo?.unit(at: address) else { return [symbolFrame(address, section)] }
      var frames = unit.frames(at: address, &names, &linePrograms)
      guard let outermost = frames.last else { return [symbolFrame(address, section)] }
      if outermost.function == nil || unit.mangles && outermost.linkageName == nil {
        frames[frames.count - 1] = named(outermost, address, section)
      }
      return frames
    case .rom: return [romFrame(address)]
    case .data, .outside: return []
    }
  }

  /// The frame with what only the symbol table knows: names of functions in assembler sources, which
  /// have lines but no functions, and whole names of C++ functions that no other file sees.
  private func named(_ frame: SourceFrame, _ address: UInt32, _ section: Section?) -> SourceFrame {
    var frame = frame
    if frame.function == nil {
      let symbol = symbolFrame(address, section)
      frame.function = symbol.function
      frame.linkageName = symbol.linkageName
      frame.origin = symbol.origin
    } else if let symbol = symbols.symbol(containing: address), symbol.name.hasPrefix("_Z") {
      frame.function = names.readable(symbol.name)
      frame.linkageName = symbol.name
    }
    return frame
  }

  private func symbolFrame(_ address: UInt32, _ section: Section?) -> SourceFrame {
    if let symbol = symbols.symbol(containing: address),
      section?.contains(symbol.address) ?? true
    {
      let readable = names.readable(symbol.name)
      return SourceFrame(
        function: readable, linkageName: readable == symbol.name ? nil : symbol.name,
        origin: .symbol(offset: address - symbol.address))
    }
    return SourceFrame(
      function: section?.name, origin: .section(offset: address - (section?.address ?? 0)))
  }

  /// The variable that an address lies in, and how far in it.
  public func datum(at address: UInt32) -> (name: String, offset: UInt32)? {
    let section: Section?
    switch place(of: address) {
    case .code(let found), .data(let found): section = found
    case .rom, .outside: return nil
    }
    guard let symbol = symbols.symbol(containing: address), symbol.size > 0,
      section?.contains(symbol.address) ?? true
    else { return nil }
    return (names.readable(symbol.name), address - symbol.address)
  }

  /// A ROM function larger than this is rare, while the ELF rarely knows all of their names.
  private static let largestROMFunction: UInt32 = 0x400

  private func romFrame(_ address: UInt32) -> SourceFrame {
    guard let symbol = symbols.absoluteSymbol(before: address),
      address - symbol.address < Self.largestROMFunction, place(of: symbol.address) == .rom
    else { return SourceFrame(function: nil, origin: .rom(offset: 0)) }
    return SourceFrame(function: symbol.name, origin: .rom(offset: address - symbol.address))
  }
}
