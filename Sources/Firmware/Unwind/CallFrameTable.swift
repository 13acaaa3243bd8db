import CElfutils
import Glibc

/// The call-frame information of an ELF, `.eh_frame` and `.debug_frame`, read through libdw.
final class CallFrameTable {
  /// For libdw's tables, which live as long as it does.
  private let file: ELFFile
  private let debugFrames: OpaquePointer?
  private let exceptionFrames: OpaquePointer?

  /// The integer registers: those that unwinding needs.
  private static let registerCount = 32

  /// The table of `file`; nil where it has none that can be read.
  init?(_ file: ELFFile) {
    self.file = file
    debugFrames = file.debugInfo.flatMap { dwarf_getcfi($0.dwarf) }
    exceptionFrames = file.handle.flatMap { dwarf_getcfi_elf($0.elf) }
    guard debugFrames != nil || exceptionFrames != nil else { return nil }
  }

  deinit {
    if let exceptionFrames { dwarf_cfi_end(exceptionFrames) }
  }

  /// The rules at `address`.
  func rules(at address: UInt32) -> FrameRules? {
    for table in [debugFrames, exceptionFrames] {
      guard let table else { continue }
      var frame: OpaquePointer?
      guard dwarf_cfi_addrframe(table, Dwarf_Addr(address), &frame) == 0, let frame else {
        continue
      }
      defer { free(UnsafeMutableRawPointer(frame)) }
      if let rules = rules(of: frame) { return rules }
    }
    return nil
  }

  private func rules(of frame: OpaquePointer) -> FrameRules? {
    var isSignalFrame = false
    let returnAddressRegister = dwarf_frame_info(frame, nil, nil, &isSignalFrame)
    guard returnAddressRegister >= 0 else { return nil }
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    guard dwarf_frame_cfa(frame, &operations, &count) == 0, count > 0 else { return nil }
    let frameAddress = copy(operations, count)
    var registers: [Int: FrameRules.Rule] = [:]
    for number in 0..<Self.registerCount {
      guard let rule = rule(of: number, in: frame) else { return nil }
      if rule != .same { registers[number] = rule }
    }
    return FrameRules(
      frameAddress: frameAddress, registers: registers,
      returnAddressRegister: Int(returnAddressRegister), isSignalFrame: isSignalFrame)
  }

  /// libdw answers with a null pointer for "same", with the room it was given for "undefined".
  private func rule(of number: Int, in frame: OpaquePointer) -> FrameRules.Rule? {
    withUnsafeTemporaryAllocation(of: Dwarf_Op.self, capacity: 3) { room in
      guard let base = room.baseAddress else { return nil }
      base.initialize(repeating: Dwarf_Op(), count: 3)
      var operations: UnsafeMutablePointer<Dwarf_Op>?
      var count = 0
      guard dwarf_frame_register(frame, Int32(number), base, &operations, &count) == 0 else {
        return nil
      }
      guard count > 0 else { return operations == nil ? .same : .undefined }
      return .expression(copy(operations, count))
    }
  }

  private func copy(
    _ operations: UnsafeMutablePointer<Dwarf_Op>?, _ count: Int
  ) -> [FrameOperation] {
    UnsafeBufferPointer(start: UnsafePointer(operations), count: operations == nil ? 0 : count).map
    {
      FrameOperation(code: $0.atom, first: $0.number, second: $0.number2, offset: $0.offset)
    }
  }
}
