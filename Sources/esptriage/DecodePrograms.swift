import DeviceEvents
import Firmware

/// The ELFs that addresses are looked up in, the app before its bootloader.
struct DecodePrograms {
  private var elfs: [ELFFile]
  /// Their SHA-256s, once somebody asked.
  private var digests: [String]?

  /// Opens all that the names on the command line stand for.
  init(_ names: [String]) throws {
    var elfs: [ELFFile] = []
    for name in names {
      for path in try ELFSearch.paths(name) { elfs.append(try ELFFile(path: path)) }
    }
    self.elfs = elfs
  }

  /// Says which ELFs hold code at the same addresses, as those of two firmwares do: then the first answers,
  /// rightly or not. Nil where each address is code of one at most.
  var ambiguity: String? {
    // A bootloader's code may lie where the app's does later; the app, which stands before it, is what crashes.
    let apps = elfs.filter { !$0.isBootloader }
    for (index, elf) in apps.enumerated() {
      for other in apps[..<index] {
        guard let address = Self.sharedCode(elf, other) else { continue }
        let names = TextOfName.shown("\(other.path) and \(elf.path)")
        let place = "0x" + String(address, radix: 16)
        return "\(names) both hold code, at \(place) for one: the first one answers. "
          + "Name the ELF that ran (--elf FILE)."
      }
    }
    return nil
  }

  private static func sharedCode(_ one: ELFFile, _ other: ELFFile) -> UInt32? {
    for section in one.sections where section.isExecutable && section.isLoaded && section.size > 0 {
      for foreign in other.sections
      where foreign.isExecutable && foreign.isLoaded && foreign.size > 0 {
        let start = max(section.address, foreign.address)
        if section.contains(start), foreign.contains(start) { return start }
      }
    }
    return nil
  }

  /// The calls at an address, in the first ELF that has it as code, innermost first.
  func frames(at address: UInt32, as meaning: AddressMeaning) -> [SourceFrame] {
    let owner =
      elfs.first { $0.isCode($0.lookupAddress(of: address, as: meaning)) }
      ?? elfs.first { $0.place(of: address) == .rom }
    return owner?.frames(at: address, as: meaning) ?? []
  }

  /// What lies at an address that is no code of any of them.
  func place(of address: UInt32) -> CodePlace {
    for elf in elfs {
      let place = elf.place(of: address)
      if place != .outside { return place }
    }
    return .outside
  }

  /// Whether one of them has the address as code.
  func isCode(_ address: UInt32, as meaning: AddressMeaning) -> Bool {
    elfs.contains { $0.isCode($0.lookupAddress(of: address, as: meaning)) }
  }

  /// Has the ELF answer first whose hash a log prints, whole or its first digits; false if none has it.
  mutating func prefer(_ digits: String) -> Bool {
    var known = digests ?? elfs.map { $0.digest().description }
    defer { digests = known }
    guard let place = known.firstIndex(where: { $0.hasPrefix(digits) }) else { return false }
    elfs.insert(elfs.remove(at: place), at: 0)
    known.insert(known.remove(at: place), at: 0)
    return true
  }

  /// That of the first; ELFs of one node have the same.
  var instructionSet: InstructionSet { elfs.first?.instructionSet ?? .xtensa }
}
