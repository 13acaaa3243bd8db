import BootTimeline
import DeviceEvents
import Diagnosis
import Firmware

/// Names the calls of one crash with the ELF of its image.
struct CrashNaming {
  private let shelved: ShelvedELF
  private let matched: MatchedELF
  private let chip: Chip?

  /// Real names are shorter; what is longer is a template's, or hostile.
  private static let longestName = 400

  init(_ shelved: ShelvedELF, _ matched: MatchedELF, chip: Chip?) {
    self.shelved = shelved
    self.matched = matched
    let chips = shelved.elf.chips
    self.chip = chip ?? (chips.count == 1 ? chips.first : nil)
  }

  private var elf: ELFFile { shelved.elf }

  /// The crash with its calls named.
  func names(of crash: PrintedCrash) -> DecodedCrash {
    var decoded = DecodedCrash(elf: matched)
    decoded.frames = frames(of: crash.failed, stoppedAt: crash.pc)
    decoded.otherCores = crash.otherCores.map { frames(of: $0, stoppedAt: nil) }
    decoded.faultPlace = FaultPlace(elf: elf, chip: chip).words(of: crash).map(Self.shortened)
    // The layout of another build says nothing about the image that ran.
    if matched.proof != .forced {
      decoded.pcPlace = CodeLayoutOfELF(elf, chip: chip).place(of: crash.pc)
    }
    decoded.signature = signature(of: crash, decoded)
    return decoded
  }

  /// The calls of a core; where it printed no state, the address at which the crash's own sentence
  /// says that it stopped.
  private func frames(
    of core: Crash.CoreState, stoppedAt address: UInt32?
  ) -> [DecodedFrame] {
    var memory = StackMemory()
    for row in core.stack { memory.add(words: row.words, at: row.address) }
    let unwinder = StackUnwinder(
      program: shelved.code, chip: chip, instructionSet: elf.instructionSet)
    let frames = unwinder.unwind(
      CapturedCore(registers: core.registers, stack: memory, backtrace: core.backtrace)
    ).frames
    guard frames.isEmpty, let address else { return frames.map(decoded) }
    return [frame(address, nil, .printed, calls: elf.frames(at: address))]
  }

  private func decoded(_ unwound: UnwoundFrame) -> DecodedFrame {
    let origin: DecodedFrame.Origin =
      switch unwound.origin {
      case .registers: .registers
      case .printed: .printed
      case .cfi, .tailCall, .prologue, .framePointer: unwound.restsOnGuess ? .guessed : .unwound
      case .guessed: .guessed
      }
    return frame(
      unwound.pc, unwound.sp, origin, calls: elf.frames(at: unwound.lookupAddress))
  }

  private func frame(
    _ pc: UInt32, _ sp: UInt32?, _ origin: DecodedFrame.Origin, calls: [SourceFrame]
  ) -> DecodedFrame {
    DecodedFrame(
      pc: pc, sp: sp, origin: origin, memory: AddressMap.classify(pc, chip: chip),
      calls: calls.compactMap(call))
  }

  /// A place that has no function but only its section's name is not named at all.
  private func call(_ frame: SourceFrame) -> DecodedFrame.Call? {
    guard let function = frame.function else { return nil }
    if case .section = frame.origin { return nil }
    return DecodedFrame.Call(
      function: Self.shortened(function), file: frame.file.map(Self.shortened), line: frame.line,
      isInlined: frame.isInlined, owner: shelved.owners.owner(of: frame.file))
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > longestName else { return name }
    return String(name.prefix(longestName)) + "…"
  }

  private func signature(of crash: PrintedCrash, _ decoded: DecodedCrash) -> String {
    let signature = CrashSignature(
      reason: crash.message ?? crash.reason ?? crash.kind.rawValue,
      functions: decoded.calls.map(\.function))
    switch signature.basis {
    case .functions: return signature.description
    case .reason: return ""
    }
  }
}
