import DeviceEvents
import Diagnosis
import Firmware

/// Which build a file is; kept when the file itself is closed again.
struct ELFIdentity {
  let path: String
  /// 64 lower-case digits.
  let digest: String
  let role: Role
  let descriptor: AppDescriptor?
  let instructionSet: InstructionSet
  /// Those that its addresses suit; empty where they suit none.
  let chips: [Chip]
  let stamp: FileStamp?

  enum Role { case application, bootloader }

  init(_ elf: ELFFile, stamp: FileStamp?) {
    path = elf.path
    digest = elf.digest().description
    role = elf.isBootloader ? .bootloader : .application
    descriptor = elf.descriptor
    instructionSet = elf.instructionSet
    chips = elf.chips
    self.stamp = stamp
  }

  /// Whether the digits of a log are of this file; logs print 8 to 64 of them.
  func matches(_ digits: String) -> Bool { digest.hasPrefix(digits) }

  /// The chip's name where there is one, else the processor's.
  var chipTitle: String {
    if chips.count == 1, let chip = chips.first { return chip.title }
    return switch instructionSet {
    case .xtensa: "an Xtensa chip"
    case .riscv: "a RISC-V chip"
    }
  }
}

/// An ELF that is open, with what is read from it once for all crashes.
final class ShelvedELF {
  let elf: ELFFile
  let code: ELFCode
  /// Whose source a file is; told by sources of functions that every application has.
  private(set) lazy var owners = SourceOwners(
    files: ["call_start_cpu0", "esp_restart", "vTaskDelete"].compactMap { name in
      elf.symbols.symbol(named: name).flatMap { elf.frames(at: $0.address).last?.file }
    })

  init(_ elf: ELFFile) {
    self.elf = elf
    code = ELFCode(elf)
  }
}
