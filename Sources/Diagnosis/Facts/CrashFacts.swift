import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The value of an attribute of the crash at `index`.
  func value(_ attribute: CrashAttribute, ofCrash index: Int) -> FactValue? {
    guard timeline.crashes.indices.contains(index) else { return nil }
    // Each is looked at in its place: to copy a crash takes longer than most answers.
    let crashes = timeline.crashes
    switch attribute {
    case .kind: return .text(crashes[index].kind.rawValue)
    case .fatal: return .flag(crashes[index].isFatal)
    case .ranOn: return .flag(crashes[index].ranOn)
    case .beginningKnown: return .flag(crashes[index].isBeginningKnown)
    case .reason:
      if let reason = crashes[index].plainReason { return .text(reason) }
      return crashes[index].isBeginningKnown
        ? nil : .text("the beginning of the crash is not in the log")
    case .core: return crashes[index].core.map(FactValue.whole)
    case .task: return crashes[index].task.map(FactValue.text)
    case .watchedTask: return crashes[index].watchedTask.map(FactValue.text)
    case .pc: return crashes[index].pc.map(FactValue.address)
    case .faultAddress: return crashes[index].faultAddress.map(FactValue.address)
    case .slot: return crashes[index].slot.map(FactValue.text)
    case .boot: return .whole(crashes[index].boot)
    case .stage: return .text(crashes[index].stage.name)
    case .afterFirstAppLine: return .flag(crashes[index].afterFirstAppLine)
    case .updatePhase: return .text(crashes[index].updatePhase?.rawValue ?? "none")
    case .inUpdate:
      return .flag(
        crashes[index].updatePhase == .receiving || crashes[index].updatePhase == .verifying)
    case .signature: return crashes[index].signature.isEmpty ? nil : .text(crashes[index].signature)
    case .nested: return .flag(crashes[index].isNested)
    case .elf: return crashes[index].elfSHA256.map(FactValue.text)
    case .backtraceCorrupted: return crashes[index].backtrace.map { .flag($0.ending == .corrupted) }
    case .coreDump: return .text(crashes[index].coreDump.rawValue)
    case .pcClass:
      return crashes[index].pc.map {
        .text(codeClass($0, of: crashes[index].registers, inBoot: crashes[index].boot).rawValue)
      }
    case .faultClass:
      // The register keeps an old value where the reason has no address; a trap's says nothing.
      guard let address = crashes[index].faultAddress, crashes[index].message == nil,
        let reason = crashes[index].reason,
        PanicReason(reason).faultAddress != .meaningless
      else { return nil }
      return .text(AddressMap.classify(address, chip: chip(inBoot: crashes[index].boot)).rawValue)
    case .pcPlace: return .text(pcPlace(ofCrash: index).rawValue)
    case .imageEndsAboveLastPage:
      return codeLayout(ofCrash: index).imageEndsAboveLastPage
        .map(FactValue.flag)
    case .errorName: return crashes[index].error?.name.map(FactValue.text)
    case .errorNumber: return crashes[index].error?.number.map(FactValue.whole)
    case .assertionExpression: return crashes[index].assertion?.expression.map(FactValue.text)
    case .assertionFunction: return crashes[index].assertion?.function.map(FactValue.text)
    case .assertionFile: return crashes[index].assertion?.file.map(FactValue.text)
    case .heapDamage: return crashes[index].heapDamage.map { .text($0.kind.rawValue) }
    case .message: return .text(Self.message(of: crashes[index]))
    case .registerPoison:
      return .text(poison(in: crashes[index].registers, inBoot: crashes[index].boot).rawValue)
    case .memoryDump: return .text(Self.contents(of: crashes[index].memoryDump))
    case .elfMatchesSlot: return elfMatchesSlot(crashes[index]).map(FactValue.flag)
    case .repeats:
      guard crashes[index].isFatal, !crashes[index].signature.isEmpty else { return .whole(1) }
      return .whole(signatureCounts[crashes[index].signature] ?? 1)
    case .spInBounds:
      guard let bounds = crashes[index].stackBounds,
        let sp = crashes[index].register("SP") ?? crashes[index].register("A1")
          ?? crashes[index].register("X2")
      else { return nil }
      return .flag(bounds.contains(sp))
    case .inBootloader: return .flag(isInBootloader(crashes[index]))
    case .decoded: return .flag(decoded(crashes[index].firstLine)?.calls.isEmpty == false)
    case .calls:
      guard let calls = decoded(crashes[index].firstLine)?.calls, !calls.isEmpty else { return nil }
      return .text(" " + calls.map(\.function).joined(separator: " ") + " ")
    case .site: return decoded(crashes[index].firstLine)?.site.map { .text($0.place) }
    case .suspect: return decoded(crashes[index].firstLine)?.suspect.map { .text($0.place) }
    case .suspectFunction:
      return decoded(crashes[index].firstLine)?.suspect.map { .text($0.function) }
    case .taskEntry: return decoded(crashes[index].firstLine)?.taskEntry.map(FactValue.text)
    case .faultPlace: return decoded(crashes[index].firstLine)?.faultPlace.map(FactValue.text)
    }
  }

  /// An ESP32's application lies where the last segment of its bootloader did, from 0x40080000 on.
  private func isInBootloader(_ crash: Crash) -> Bool {
    guard let place = bootPlaces[crash.boot] else { return false }
    let chip = chip(inBoot: crash.boot)
    let places = [crash.pc, crash.register("RA") ?? crash.register("X1")].compactMap(\.self)
    return places.contains { address in
      (chip != .esp32 || address < 0x4008_0000) && AddressMap.isCode(address, chip: chip)
        && timeline.boots[place].bootloaderSegments.contains { $0.contains(address) }
    }
  }

  private func decoded(_ firstLine: LineReference) -> DecodedCrash? {
    decodedCrashes[firstLine.number]
  }

  /// The log's own segment lines place a PC better than the ELF: they are of the image that ran.
  private func pcPlace(ofCrash index: Int) -> PCPlace {
    let crashes = timeline.crashes
    let place = codeLayout(ofCrash: index).place(of: crashes[index].pc)
    return place == .unknown ? decoded(crashes[index].firstLine)?.pcPlace ?? .unknown : place
  }

  private func codeLayout(ofCrash index: Int) -> CodeLayout {
    let crashes = timeline.crashes
    return CodeLayout(crashes[index].segments, chip: chip(inBoot: crashes[index].boot))
  }

  /// The line of a crash that tells an attribute best.
  func line(of attribute: CrashAttribute, ofCrash index: Int) -> LineReference? {
    guard timeline.crashes.indices.contains(index) else { return nil }
    let crashes = timeline.crashes
    switch attribute {
    case .faultAddress, .faultClass, .faultPlace:
      return crashes[index].faultLine ?? crashes[index].registerLine
    case .pc, .pcClass, .pcPlace, .imageEndsAboveLastPage, .inBootloader,
      .registerPoison:
      return crashes[index].registerLine
    case .backtraceCorrupted: return crashes[index].backtraceLine
    case .calls, .taskEntry, .decoded, .site, .suspect, .suspectFunction:
      return crashes[index].backtraceLine ?? crashes[index].registerLine
    case .kind, .fatal, .ranOn, .beginningKnown, .reason, .core, .task, .watchedTask, .slot, .boot,
      .stage,
      .afterFirstAppLine, .updatePhase, .inUpdate, .signature, .nested, .elf, .coreDump,
      .errorName, .errorNumber, .assertionExpression, .assertionFunction, .assertionFile,
      .heapDamage, .message, .memoryDump, .elfMatchesSlot, .repeats, .spInBounds:
      return nil
    }
  }

  private func chip(inBoot boot: Int) -> Chip? {
    bootPlaces[boot].flatMap { timeline.boots[$0].chip } ?? timeline.device.chip
  }

  /// What a PC points to: where one memory serves for code and data, it is code.
  private func codeClass(
    _ address: UInt32, of registers: [Register], inBoot boot: Int
  ) -> AddressClass {
    // A lone `PC` is how somebody wrote down the address, of whatever chip.
    let instructions = registers.count > 1 ? InstructionSet(registers: registers) : nil
    let chip = chip(inBoot: boot)
    let kind = AddressMap.classify(address, chip: chip, registersOf: instructions)
    if chip == nil, instructions == nil, kind == .dram, AddressMap.isCode(address, chip: nil) {
      return .iram
    }
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

  private func poison(in registers: [Register], inBoot boot: Int) -> RegisterPoison {
    // The values alone: with its name a register takes longer to hand over than to judge.
    for index in registers.indices where AddressMap.isNearPoison(registers[index].value) {
      switch AddressMap.classify(registers[index].value, chip: chip(inBoot: boot)) {
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
  private static func contents(of dump: Crash.MemoryDump?) -> String {
    guard let words = dump?.words, !words.isEmpty else { return "none" }
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

extension Crash {
  /// The reason as part of a sentence: without the marks around it.
  package var plainReason: String? {
    guard let reason else { return nil }
    var text = reason[...]
    let mark = "***ERROR*** "
    if text.hasPrefix(mark) { text = text.dropFirst(mark.count) }
    while text.hasSuffix(".") || text.hasSuffix(" ") { text = text.dropLast() }
    return String(text)
  }
}
