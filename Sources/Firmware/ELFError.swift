/// Why a file is of no use as the ELF of a firmware.
public enum ELFError: Error, Hashable, Sendable {
  /// The system did not let it be read.
  case unreadable(path: String, errno: Int32)
  /// It is a folder, a device or a pipe.
  case notAFile(path: String)
  /// It does not begin as an ELF.
  case notELF(path: String, looksLike: Lookalike?)
  /// It is an ELF of 64 bit, or of big-endian words: of no chip of the ESP32 family.
  case foreignLayout(path: String)
  /// It is for another processor; `machine` is its number in the ELF header.
  case foreignMachine(path: String, machine: UInt16)
  /// It is an object file, a core file or the like: nothing that was linked.
  case notLinked(path: String, kind: UInt16)
  /// The file ends before something that its headers speak of.
  case truncated(path: String, what: String, end: UInt64, size: UInt64)
  /// The library that reads debug information is not on this computer; `what` tells how to get it.
  case libraryMissing(path: String, what: String)
  /// Its headers contradict themselves.
  case malformed(path: String, what: String)

  /// Something else that people have at hand.
  public enum Lookalike: Hashable, Sendable {
    /// A firmware image, as `esptool` writes it.
    case image
    /// Nothing at all.
    case nothing
    /// Text, such as a map file or a log.
    case text
  }
}

extension ELFError: CustomStringConvertible {
  /// What is wrong with which file, and what to do next, in one line.
  public var description: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path) cannot be read: \(SystemText.of(code)). Check the name, and who may read it."
    case .notAFile(let path):
      "\(path) is not a file. Name the ELF itself; it lies in the project's build folder."
    case .notELF(let path, .image):
      "\(path) is a firmware image, which holds no symbols. Name the ELF from the same build; "
        + "it lies beside the image and ends in .elf."
    case .notELF(let path, .nothing):
      "\(path) is empty. Build the project again, or copy the ELF again."
    case .notELF(let path, .text), .notELF(let path, nil):
      "\(path) is not an ELF. Name the file that ends in .elf in the project's build folder."
    case .foreignLayout(let path):
      "\(path) is an ELF of another kind of machine (64 bit or big-endian). "
        + "Name the firmware's ELF, not a program of this computer."
    case .foreignMachine(let path, let machine):
      "\(path) is an ELF for machine \(machine), neither Xtensa (94) nor RISC-V (243). "
        + "Name the firmware's ELF."
    case .notLinked(let path, 1):
      "\(path) is an object file, whose code has no addresses yet. Name the linked ELF."
    case .notLinked(let path, 4):
      "\(path) is a core dump, not a program. Name the firmware's ELF."
    case .notLinked(let path, let kind):
      "\(path) is an ELF of type \(kind), not a linked program. Name the firmware's ELF."
    case .truncated(let path, let what, let end, let size):
      "\(path) is cut short: \(what) should end at byte \(end), the file ends at \(size). "
        + "Copy or build it again."
    case .libraryMissing(let path, let what):
      "\(path) cannot be looked into: \(what)."
    case .malformed(let path, let what):
      "\(path) is damaged: \(what). Copy or build it again."
    }
  }
}
