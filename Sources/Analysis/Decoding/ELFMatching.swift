import BootTimeline
import DeviceEvents
import Diagnosis
import Firmware

/// The choice of the ELF for each crash of a log: by the SHA-256 that the log prints, by what the
/// boot says of its application, and where the log says neither, by being the only one given.
struct ELFMatching {
  /// Why crashes of this log have no ELF.
  var problems = ELFProblems()

  private static let mostOpened = 4

  /// Whether there may be an ELF for an image with this SHA-256, or the beginning of it: one that was given, or one of
  /// the store.
  mutating func mayMatch(_ sha: String?, on shelf: inout ELFShelf) -> Bool {
    if !shelf.choice.given.isEmpty { return true }
    return Self.digits(sha).map { shelf.stored($0, saying: &problems) != nil } ?? false
  }

  /// The ELF of the image that crashed; nil where none is it.
  mutating func match(
    for crash: Crash, of boot: Boot?, chip: Chip?, on shelf: inout ELFShelf
  ) -> MatchedELF? {
    let digits = Self.digits(crash.elfSHA256 ?? boot?.app.elfSHA256)
    let applications = shelf.given(.application, saying: &problems)
    if let digits {
      if let same = applications.first(where: { $0.matches(digits) })
        ?? shelf.stored(digits, saying: &problems), same.matches(digits)
      {
        return MatchedELF(same, .sha256)
      }
    }
    guard !shelf.choice.given.isEmpty else { return nil }
    let instructionSet = chip?.instructionSet ?? InstructionSet(registers: crash.registers)
    let candidates = Candidates(crash: crash, chip: chip, instructionSet: instructionSet)
    // Only applications print the digits themselves.
    if crash.stage == .bootloader, crash.elfSHA256 == nil,
      !isCode(crash.pc, of: applications, shelf: &shelf)
    {
      return bootloader(candidates, on: &shelf)
    }
    guard !applications.isEmpty else {
      // Files that cannot be read were told already.
      if !shelf.given(.bootloader, saying: &problems).isEmpty {
        problems.say(
          "The application crashed at line \(crash.firstLine.number), and only ELFs of "
            + "bootloaders were given. Give the application's of the build that ran.",
          about: "application")
      }
      return nil
    }
    let fitting = candidates.fitting(applications)
    guard !fitting.isEmpty else {
      refuseChip(applications, candidates)
      return nil
    }
    switch shelf.choice.trust {
    case .forced:
      let proven = digits == nil ? match(fitting, boot, crash, .quietly) : nil
      return proven ?? fitting.first.map { MatchedELF($0, .forced) }
    case .checked:
      guard let digits else { return match(fitting, boot, crash, .withReasons) }
      refuse(applications, digits, crash)
      return nil
    }
  }

  private enum Saying { case withReasons, quietly }

  private mutating func isCode(
    _ address: UInt32?, of elfs: [ELFIdentity], shelf: inout ELFShelf
  ) -> Bool {
    // An archive of releases is not opened for this: who gives one has digits in the log.
    guard let address, elfs.count <= Self.mostOpened else { return false }
    for elf in elfs {
      if shelf.open(elf.path, saying: &problems)?.elf.isCode(address) ?? false { return true }
    }
    return false
  }

  private mutating func bootloader(
    _ candidates: Candidates, on shelf: inout ELFShelf
  ) -> MatchedELF? {
    let all = shelf.given(.bootloader, saying: &problems)
    let fitting = candidates.fitting(all)
    let line = candidates.crash.firstLine.number
    if fitting.count > 1 {
      problems.say(
        "The bootloader crashed at line \(line), and \(fitting.count) ELFs of bootloaders were "
          + "given. Give the one that ran.", about: "bootloader")
      return nil
    }
    guard let only = fitting.first else {
      problems.say(
        "The bootloader crashed at line \(line), and no ELF of that bootloader was given: add "
          + "--elf build/bootloader/bootloader.elf.", about: "bootloader")
      return nil
    }
    return MatchedELF(only, .given)
  }

  /// Without a hash in the log the descriptor decides, and without that there must be no choice.
  private mutating func match(
    _ all: [ELFIdentity], _ boot: Boot?, _ crash: Crash, _ saying: Saying
  ) -> MatchedELF? {
    let line = crash.firstLine.number
    var same = all
    if let app = boot?.app, app.version != nil || app.compiled != nil {
      same = all.filter { $0.descriptor.map { $0.fits(app) } ?? true }
      if let only = same.first, same.count == 1 {
        return MatchedELF(only, only.descriptor == nil ? .given : .descriptor)
      }
      if same.isEmpty {
        guard saying == .withReasons else { return nil }
        let named = [app.project, app.version, app.compiled].compactMap(\.self)
        problems.say(
          "None of the given ELFs is the build that crashed at line \(line) "
            + "(\(named.joined(separator: ", "))). Give that build's ELF, or add --force-elf.",
          about: named.joined(separator: " "))
        return nil
      }
    }
    if let only = same.first, same.count == 1 { return MatchedELF(only, .given) }
    guard saying == .withReasons else { return nil }
    problems.say(
      "The log does not tell which of \(same.count) given ELFs is the build that crashed at "
        + "line \(line). Give the one that ran.", about: "choice")
    return nil
  }

  private mutating func refuse(_ known: [ELFIdentity], _ digits: String, _ crash: Crash) {
    guard let first = known.first else { return }
    let log = "the log says \(digits.prefix(9))… at line \(crash.firstLine.number)"
    if known.count == 1 {
      problems.say(
        "\(first.path) is not the build that crashed: this ELF is "
          + "\(first.digest.prefix(9))…, \(log). "
          + "Give that build's ELF, or add --force-elf to use this one all the same.",
        about: digits)
      return
    }
    let shown = known.prefix(3).map { "\($0.path) is \($0.digest.prefix(9))…" }
    let rest = known.count > shown.count ? ", and so on" : ""
    problems.say(
      "None of the \(known.count) given ELFs is the build that crashed: \(log), "
        + shown.joined(separator: ", ") + rest + ". Give that build's ELF.", about: digits)
  }

  private mutating func refuseChip(_ known: [ELFIdentity], _ candidates: Candidates) {
    guard let first = known.first else { return }
    let node =
      candidates.chip?.title
      ?? candidates.instructionSet.map { $0 == .xtensa ? "an Xtensa chip" : "a RISC-V chip" }
      ?? "another chip"
    let subject =
      known.count == 1
      ? "\(first.path) is for \(first.chipTitle)"
      : "None of the \(known.count) given ELFs is for the chip that crashed"
    problems.say(
      "\(subject), and what crashed at line \(candidates.crash.firstLine.number) is \(node). "
        + "Give the ELF of that node's firmware.", about: "chip")
  }

  /// The first digits of an ELF's hash; all zeros are those of an image without an identity.
  private static func digits(_ printed: String?) -> String? {
    guard let digits = printed?.lowercased().prefix(64), digits.count >= 8,
      digits.contains(where: { $0 != "0" })
    else { return nil }
    return String(digits)
  }
}

/// What an ELF without another proof has to suit at least.
private struct Candidates {
  let crash: Crash
  let chip: Chip?
  let instructionSet: InstructionSet?

  func fitting(_ elfs: [ELFIdentity]) -> [ELFIdentity] {
    elfs.filter { elf in
      if let instructionSet, elf.instructionSet != instructionSet { return false }
      guard let chip, !elf.chips.isEmpty else { return true }
      return elf.chips.contains(chip)
    }
  }
}

extension MatchedELF {
  fileprivate init(_ identity: ELFIdentity, _ proof: Proof) {
    self.init(path: identity.path, sha256: identity.digest, proof: proof)
  }
}

extension AppDescriptor {
  /// Whether a boot that printed this may be this application's.
  fileprivate func fits(_ app: AppDescription) -> Bool {
    func same(_ one: String, _ other: String?) -> Bool { other == nil || one == other }
    return same(project, app.project) && same(version, app.version)
      && same(Self.plain(date + " " + time), app.compiled.map(Self.plain))
  }

  /// `__DATE__` pads the day with a blank.
  private static func plain(_ time: String) -> String {
    time.split(separator: " ").joined(separator: " ")
  }
}
