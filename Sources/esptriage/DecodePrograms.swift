import DeviceEvents
import Firmware

/// The ELFs that addresses are looked up in, the app before its bootloader.
struct DecodePrograms {
  private let elfs: [ELFFile]

  /// Opens all that the names on the command line stand for.
  init(_ names: [String]) throws {
    var elfs: [ELFFile] = []
    for name in names {
      for path in try ELFSearch.paths(name) { elfs.append(try ELFFile(path: path)) }
    }
    self.elfs = elfs
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

  /// That of the first; ELFs of one node have the same.
  var instructionSet: InstructionSet { elfs.first?.instructionSet ?? .xtensa }
}
