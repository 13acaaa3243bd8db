import DeviceEvents
import Diagnosis
import Firmware

/// Where a PC lies relative to the code of an ELF.
///
/// The log's segment lines say more, the image's end in flash among it; this is for logs without.
struct CodeLayoutOfELF {
  private let elf: ELFFile
  private let flashCodeEnd: UInt64?

  /// The unit in which flash is mapped.
  private static let pageSize: UInt64 = 0x1_0000

  init(_ elf: ELFFile, chip: Chip?) {
    self.elf = elf
    flashCodeEnd =
      elf.sections.filter { section in
        section.isExecutable && section.kind != .zeros
          && AddressMap.classify(section.address, chip: chip) == .flashCode
      }.map { UInt64($0.address) + UInt64($0.size) }.max()
  }

  /// Where an address lies.
  func place(of address: UInt32?) -> PCPlace {
    guard let address else { return .unknown }
    if elf.isCode(address) { return .inCode }
    let pc = UInt64(address)
    // Only addresses of the same 16 MiB window are flash code at all.
    guard let end = flashCodeEnd, end > 0, pc >= end, pc >> 24 == (end - 1) >> 24 else {
      return .unknown
    }
    let lastPageEnd = (end + Self.pageSize - 1) / Self.pageSize * Self.pageSize
    return pc < lastPageEnd ? .pastCodeInLastPage : .pastLastPage
  }
}
