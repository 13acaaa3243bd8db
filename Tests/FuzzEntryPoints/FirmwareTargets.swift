import DeviceEvents
import Firmware

/// Addresses worth asking for: where code begins and ends, and steps in between.
private func addresses(of elf: ELFFile) -> [UInt32] {
  var addresses = [elf.entry, 0, .max]
  for section in elf.sections.prefix(64) where section.isExecutable {
    for step in 0..<12 {
      addresses.append(section.address &+ section.size / 12 &* UInt32(step))
    }
    addresses.append(section.address &+ section.size)
  }
  return Array(addresses.prefix(96))
}

/// Any bytes are an ELF or are refused; an ELF answers any question.
func readELF(_ input: [UInt8]) {
  let elf: ELFFile
  do {
    elf = try ELFFile(bytes: input, path: "fuzz.elf")
  } catch {
    return
  }
  _ = elf.descriptor
  _ = elf.chips
  _ = elf.symbols.count
  let places = addresses(of: elf)
  for address in places {
    if elf.frames(at: address).count > 300 { broken("hundreds of frames at one address") }
    _ = elf.place(of: address)
  }
  unwind(elf, places)
}

/// A stack that holds nothing but addresses of code and of itself.
private func unwind(_ elf: ELFFile, _ places: [UInt32]) {
  let base: UInt32 = 0x3fca_0000
  var stack = StackMemory()
  stack.add(
    words: (0..<64).map { index in
      index % 2 == 0 ? base + UInt32(index) * 4 + 16 : places[index / 2 % places.count]
    }, at: base)
  for place in places.prefix(24) {
    let core: CapturedCore
    switch elf.instructionSet {
    case .riscv:
      core = CapturedCore(
        registers: [
          Register(name: "MEPC", value: place), Register(name: "RA", value: places[0]),
          Register(name: "SP", value: base), Register(name: "S0/FP", value: base + 32),
        ], stack: stack)
    case .xtensa:
      core = CapturedCore(
        registers: [
          Register(name: "PC", value: place), Register(name: "A0", value: places[0]),
          Register(name: "A1", value: base), Register(name: "PS", value: 0x0006_0030),
        ], stack: stack)
    }
    let unwinder = StackUnwinder(
      program: ELFCode(elf), chip: elf.chips.first, instructionSet: elf.instructionSet)
    if unwinder.unwind(core).frames.count > 1_000 { broken("a stack without an end") }
  }
}
