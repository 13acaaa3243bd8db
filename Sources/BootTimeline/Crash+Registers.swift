import DeviceEvents

extension Crash {
  /// Adds the registers of a row that were not printed before.
  mutating func add(_ row: [Register]) {
    if registers.isEmpty { registers.reserveCapacity(32) }
    let known = registers.count
    var marks: UInt64 = 0
    for index in 0..<known { marks |= registers[index].mark }
    for register in row {
      let isKnown =
        marks & register.mark != 0 && registers[..<known].contains { $0.name == register.name }
      if !isKnown { registers.append(register) }
    }
  }
}

extension Register {
  /// A bit for the name: where two differ, the names do. Bytes are compared in no time, texts are not, and a crash loop
  /// has thousands of names.
  fileprivate var mark: UInt64 {
    let ends = Int(name.utf8.first ?? 0) &+ Int(name.utf8.last ?? 0) &* 7
    return 1 << UInt64(truncatingIfNeeded: (name.utf8.count &* 19 &+ ends) & 63)
  }

  /// Whether it says where the core was.
  var isProgramCounter: Bool {
    switch name.utf8.first {
    case UInt8(ascii: "P"), UInt8(ascii: "M"): name == "PC" || name == "MEPC"
    default: false
    }
  }

  /// Whether it says which address the core could not reach.
  var isFaultAddress: Bool {
    switch name.utf8.first {
    case UInt8(ascii: "E"), UInt8(ascii: "M"): name == "EXCVADDR" || name == "MTVAL"
    default: false
    }
  }
}
