import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The value of an attribute of the crash at `index`.
  func value(_ attribute: CrashAttribute, ofCrash index: Int) -> FactValue? {
    guard timeline.crashes.indices.contains(index) else { return nil }
    let crash = timeline.crashes[index]
    switch attribute {
    case .kind: return .text(crash.kind.rawValue)
    case .fatal: return .flag(crash.isFatal)
    case .reason: return crash.reason.map { .text(Self.plain($0)) }
    case .core: return crash.core.map(FactValue.whole)
    case .task: return crash.task.map(FactValue.text)
    case .watchedTask: return crash.watchedTask.map(FactValue.text)
    case .pc: return crash.pc.map(FactValue.address)
    case .faultAddress: return crash.faultAddress.map(FactValue.address)
    case .slot: return crash.slot.map(FactValue.text)
    case .boot: return .whole(crash.boot)
    case .stage: return .text(crash.stage.name)
    case .afterFirstAppLine: return .flag(crash.afterFirstAppLine)
    case .updatePhase: return .text(crash.updatePhase?.rawValue ?? "none")
    case .inUpdate:
      return .flag(crash.updatePhase == .receiving || crash.updatePhase == .verifying)
    case .signature: return crash.signature.isEmpty ? nil : .text(crash.signature)
    case .nested: return .flag(crash.isNested)
    case .elf: return crash.elfSHA256.map(FactValue.text)
    case .backtraceCorrupted: return crash.backtrace.map { .flag($0.ending == .corrupted) }
    case .coreDump: return .text(crash.coreDump.rawValue)
    case .pcClass: return crash.pc.map { .text(codeClass($0, of: crash).rawValue) }
    case .faultClass:
      // The register keeps an old value where the reason has no address; a trap's says nothing.
      guard let address = crash.faultAddress, crash.message == nil, let reason = crash.reason,
        PanicReason(reason).faultAddress != .meaningless
      else { return nil }
      return .text(addressClass(address, of: crash).rawValue)
    case .pcPlace: return .text(pcPlace(of: crash).rawValue)
    case .imageEndsAboveLastPage:
      return CodeLayout(of: crash, chip: chip(of: crash)).imageEndsAboveLastPage.map(FactValue.flag)
    case .errorName: return crash.error?.name.map(FactValue.text)
    case .errorNumber: return crash.error?.number.map(FactValue.whole)
    case .assertionExpression: return crash.assertion?.expression.map(FactValue.text)
    case .assertionFunction: return crash.assertion?.function.map(FactValue.text)
    case .assertionFile: return crash.assertion?.file.map(FactValue.text)
    case .heapDamage: return crash.heapDamage.map { .text($0.kind.rawValue) }
    case .message: return .text(Self.message(of: crash))
    case .registerPoison: return .text(registerPoison(of: crash).rawValue)
    case .memoryDump: return .text(Self.memoryDump(of: crash))
    case .elfMatchesSlot: return elfMatchesSlot(crash).map(FactValue.flag)
    case .repeats:
      guard crash.isFatal, !crash.signature.isEmpty else { return .whole(1) }
      return .whole(signatureCounts[crash.signature] ?? 1)
    case .spInBounds:
      guard let bounds = crash.stackBounds,
        let sp = crash.register("SP") ?? crash.register("A1") ?? crash.register("X2")
      else { return nil }
      return .flag(bounds.contains(sp))
    case .decoded: return .flag(decoded(crash)?.calls.isEmpty == false)
    case .calls:
      guard let calls = decoded(crash)?.calls, !calls.isEmpty else { return nil }
      return .text(" " + calls.map(\.function).joined(separator: " ") + " ")
    case .site: return decoded(crash)?.site.map { .text($0.place) }
    case .suspect: return decoded(crash)?.suspect.map { .text($0.place) }
    case .suspectFunction: return decoded(crash)?.suspect.map { .text($0.function) }
    case .taskEntry: return decoded(crash)?.taskEntry.map(FactValue.text)
    case .faultPlace: return decoded(crash)?.faultPlace.map(FactValue.text)
    }
  }

  private func decoded(_ crash: Crash) -> DecodedCrash? {
    decodedCrashes[crash.firstLine.number]
  }

  /// The log's own segment lines place a PC better than the ELF: they are of the image that ran.
  private func pcPlace(of crash: Crash) -> PCPlace {
    let place = CodeLayout(of: crash, chip: chip(of: crash)).place(of: crash.pc)
    return place == .unknown ? decoded(crash)?.pcPlace ?? .unknown : place
  }

  /// The line of a crash that tells an attribute best.
  func line(of attribute: CrashAttribute, ofCrash index: Int) -> LineReference? {
    guard timeline.crashes.indices.contains(index) else { return nil }
    let crash = timeline.crashes[index]
    switch attribute {
    case .faultAddress, .faultClass, .faultPlace: return crash.faultLine ?? crash.registerLine
    case .pc, .pcClass, .pcPlace, .imageEndsAboveLastPage,
      .registerPoison:
      return crash.registerLine
    case .backtraceCorrupted: return crash.backtraceLine
    case .calls, .taskEntry, .decoded, .site, .suspect, .suspectFunction:
      return crash.backtraceLine ?? crash.registerLine
    case .kind, .fatal, .reason, .core, .task, .watchedTask, .slot, .boot, .stage,
      .afterFirstAppLine, .updatePhase, .inUpdate, .signature, .nested, .elf, .coreDump,
      .errorName, .errorNumber, .assertionExpression, .assertionFunction, .assertionFile,
      .heapDamage, .message, .memoryDump, .elfMatchesSlot, .repeats, .spInBounds:
      return nil
    }
  }

  /// A reason as part of a sentence: without the marks around it.
  private static func plain(_ reason: String) -> String {
    var text = reason[...]
    let mark = "***ERROR*** "
    if text.hasPrefix(mark) { text = text.dropFirst(mark.count) }
    while text.hasSuffix(".") || text.hasSuffix(" ") { text = text.dropLast() }
    return String(text)
  }

  private func chip(of crash: Crash) -> Chip? {
    bootPlaces[crash.boot].flatMap { timeline.boots[$0].chip } ?? timeline.device.chip
  }

  private func addressClass(_ address: UInt32, of crash: Crash) -> AddressClass {
    AddressMap.classify(address, chip: chip(of: crash))
  }

  /// What a PC points to: where one memory serves for code and data, it is code.
  private func codeClass(_ address: UInt32, of crash: Crash) -> AddressClass {
    let instructions = InstructionSet(registers: crash.registers)
    let chip = chip(of: crash)
    let kind = AddressMap.classify(address, chip: chip, registersOf: instructions)
    guard kind == .dram, (chip?.instructionSet ?? instructions) == .riscv,
      AddressMap.isCode(address, chip: chip)
    else { return kind }
    return .iram
  }

  private static func message(of crash: Crash) -> String {
    var texts = [crash.firstLine.text]
    if let reason = crash.reason { texts.append(reason) }
    texts += crash.details.map(\.text)
    if let assertion = crash.assertion {
      texts += [assertion.function, assertion.file, assertion.expression].compactMap(\.self)
    }
    if let name = crash.error?.name { texts.append(name) }
    return texts.joined(separator: " ")
  }

  private func registerPoison(of crash: Crash) -> RegisterPoison {
    for register in crash.registers {
      switch addressClass(register.value, of: crash) {
      case .poisonFreed: return .freed
      case .poisonUninitialised: return .uninitialised
      case .poisonHeapCanary: return .heapCanary
      case .poisonStackFill: return .stackFill
      case .poisonCacheDisabled: return .cacheDisabled
      case .null, .nullOffset, .minusOne, .rom, .iram, .flashCode, .flashData, .dram, .psram,
        .rtc, .peripheral, .ascii, .returnAddress, .wild:
        continue
      }
    }
    return .none
  }

  /// Words read through a cache that is off come back as 0xbad00bad.
  private static func memoryDump(of crash: Crash) -> String {
    guard let words = crash.memoryDump?.words, !words.isEmpty else { return "none" }
    if words.contains(0xbad0_0bad) { return "cache_disabled" }
    if words.allSatisfy({ $0 == 0xffff_ffff }) { return "erased" }
    return words.allSatisfy { $0 == 0 } ? "zeroed" : "other"
  }

  /// Compares as many digits as both have: builds print prefixes of different lengths.
  private func elfMatchesSlot(_ crash: Crash) -> Bool? {
    guard let panicked = crash.elfSHA256, let place = bootPlaces[crash.boot] else { return nil }
    let own = timeline.boots[place].app.elfSHA256
    guard let described = own ?? crash.slot.flatMap({ lastELFs[$0] }) else { return nil }
    return panicked.hasPrefix(described) || described.hasPrefix(panicked)
  }
}
