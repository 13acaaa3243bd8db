import BootTimeline
import DeviceEvents
import Firmware

/// What the address that could not be accessed lies in.
struct FaultPlace {
  let elf: ELFFile
  let chip: Chip?

  /// The place in words; nil where nothing more is known than the kind of memory.
  func words(of crash: PrintedCrash) -> String? {
    guard let address = crash.faultAddress, crash.message == nil, let reason = crash.reason,
      PanicReason(reason).faultAddress != .meaningless
    else { return nil }
    if let symbol = symbol(at: address) { return symbol }
    guard isMemory(address) else { return nil }
    if lies(address, inStackOf: crash) {
      return crash.task.map { "the stack of task \($0)" } ?? "the stack of the task that crashed"
    }
    return isHeap(address) ? "the heap" : nil
  }

  private func symbol(at address: UInt32) -> String? {
    guard let datum = elf.datum(at: address) else { return nil }
    return datum.offset == 0
      ? datum.name : "\(datum.name) + 0x\(String(datum.offset, radix: 16))"
  }

  private func isMemory(_ address: UInt32) -> Bool {
    let kind = AddressMap.classify(address, chip: chip)
    return kind == .dram || kind == .psram
  }

  private func lies(_ address: UInt32, inStackOf crash: PrintedCrash) -> Bool {
    if let bounds = crash.stackBounds { return bounds.contains(address) }
    guard let first = crash.failed.stack.first,
      let last = crash.failed.stack.last
    else { return false }
    let end = last.address &+ UInt32(truncatingIfNeeded: last.words.count * 4)
    return first.address < end && (first.address..<end).contains(address)
  }

  /// Behind the image's own data, up to the end of that memory, lies the heap; PSRAM is heap.
  private func isHeap(_ address: UInt32) -> Bool {
    if AddressMap.classify(address, chip: chip) == .psram { return true }
    let ends = elf.sections.filter { section in
      section.isLoaded && AddressMap.classify(section.address, chip: chip) == .dram
    }.map { UInt64($0.address) + UInt64($0.size) }
    guard let end = ends.max() else { return false }
    return UInt64(address) >= end
  }
}
