import DeviceEvents

extension [Register] {
  /// Adds the registers of a row that were not printed before.
  mutating func add(_ row: [Register]) {
    if isEmpty { reserveCapacity(32) }
    let known = count
    var marks: UInt64 = 0
    for index in 0..<known { marks |= self[index].mark }
    for register in row {
      guard count < Register.mostOfOneCore else { return }
      let isKnown =
        marks & register.mark != 0
        && self[..<known].contains { $0.nameHash == register.nameHash && $0.name == register.name }
      if !isKnown { append(register) }
    }
  }
}

extension Register {
  /// No panic prints more: RISC-V has 32 and some ten of control. A log that invents others, `A99`, must not fill the
  /// memory.
  static let mostOfOneCore = 64

  /// A bit for the name: where two differ, the names do.
  fileprivate var mark: UInt64 { 1 << UInt64(nameHash & 63) }

  /// Whether it says where the core was.
  var isProgramCounter: Bool {
    switch name.utf8.first {
    case UInt8(ascii: "P"), UInt8(ascii: "M"): name == "PC" || name == "MEPC"
    default: false
    }
  }

  /// Whether it says that the state was saved by a context switch and not by an exception.
  var isOfContextSwitch: Bool { name == "MCAUSE" && value == 0xdead_c0de }

  /// Whether it says which address the core could not reach.
  var isFaultAddress: Bool {
    switch name.utf8.first {
    case UInt8(ascii: "E"), UInt8(ascii: "M"): name == "EXCVADDR" || name == "MTVAL"
    default: false
    }
  }
}
