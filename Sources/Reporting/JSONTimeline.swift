import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

// Boots, updates and crashes as the JSON contract writes them.

extension JSONWriter {
  mutating func boots(_ boots: [Boot]) {
    var written = WrittenPassages()
    member("boots", each: boots.indices) { json, place in
      json.object { json in
        json.member("index", boots[place].index)
        json.member("line", boots[place].firstLine.number)
        json.member("lines", boots[place].lineCount)
        if let text = written.text(ofLike: { boots.readAlike($0, place) }) {
          json.repeatText(text)
        } else {
          let start = json.position
          json.story(of: boots[place])
          written.note(start..<json.position, of: place)
        }
      }
    }
  }

  /// What the text of a boot holds beside numbers: `[Boot].readAlike` compares the same.
  private mutating func story(of boot: Boot) {
    member("chip", unmasked: boot.chip?.rawValue)
    member("rom_banner", boot.romBanner)
    if let reset = boot.romReset { romReset(reset) }
    member("reset_reason", unmasked: boot.resetReason?.rawValue)
    member("reset_reason_source", unmasked: boot.resetReasonSource?.rawValue)
    member("running_partition", boot.slot)
    member("running_partition_source", unmasked: boot.slotSource?.rawValue)
    member("loaded_offset", flashOffset: boot.loadedOffset)
    member("began_in_log", boot.beganInLog)
    bootloader(of: boot)
    app(boot.app)
    if !boot.partitions.isEmpty {
      member("partitions", each: boot.partitions) { $0.partition($1) }
    }
    member("reached_app", boot.reachedApp)
    member("ended_by", unmasked: boot.ending.rawValue)
    member("repeats", boot.repeats > 0 ? boot.repeats : nil)
  }

  private mutating func romReset(_ reset: ROMReset) {
    member("rom_reset") { json in
      json.member("code", reset.code)
      json.member("name", reset.name.isEmpty ? nil : reset.name)
    }
    guard reset.bootModeCode != nil || reset.bootMode != nil else { return }
    member("boot_mode") { json in
      json.member("code", reset.bootModeCode)
      json.member("name", reset.bootMode)
    }
  }

  private mutating func bootloader(of boot: Boot) {
    guard boot.bootloaderIDF != nil || boot.bootloaderCompiled != nil else { return }
    member("bootloader") { json in
      json.member("idf", boot.bootloaderIDF)
      json.member("compiled", boot.bootloaderCompiled)
    }
  }

  private mutating func app(_ app: AppDescription) {
    guard !app.isEmpty else { return }
    member("app") { json in
      json.member("project", app.project)
      json.member("version", app.version)
      json.member("idf", app.idf)
      json.member("compiled", app.compiled)
      json.member("elf_sha256", app.elfSHA256)
    }
  }

  private mutating func partition(_ row: PartitionRow) {
    object { json in
      json.member("label", row.label)
      json.member("type", unmasked: row.typeName)
      json.member("subtype", unmasked: row.subtypeName)
      json.member("offset", flashOffset: row.offset)
      json.member("size", flashOffset: row.size)
    }
  }

  mutating func update(_ update: Update) {
    object { json in
      json.member("line", update.firstLine.number)
      json.member("boot", update.boot)
      json.member("from", update.from)
      json.member("target", update.target)
      json.member("bytes", update.receivedBytes ?? update.expectedBytes)
      json.member("expected_bytes", update.expectedBytes)
      json.member("new_version", update.newVersion)
      json.member("outcome", unmasked: update.outcome.rawValue)
    }
  }

  mutating func crashes(_ crashes: [Crash], _ decoded: [Int: DecodedCrash]) {
    var written = WrittenCrashes()
    member("crashes", each: crashes.indices) { json, place in
      json.object { json in
        json.member("boot", crashes[place].boot)
        json.member("line", crashes[place].firstLine.number)
        if let text = written.beginnings.text(ofLike: { crashes.beginAlike($0, place) }) {
          json.repeatText(text)
        } else {
          let start = json.position
          json.beginning(of: crashes[place])
          written.beginnings.note(start..<json.position, of: place)
        }
        json.member("fault_address", address: crashes[place].faultAddress)
        json.registers(crashes[place].registers, &written.names)
        guard decoded.isEmpty else {
          return json.ending(of: crashes[place], decoded[crashes[place].firstLine.number])
        }
        if let text = written.endings.text(ofLike: { crashes.endAlike($0, place) }) {
          json.repeatText(text)
        } else {
          let start = json.position
          json.ending(of: crashes[place], nil)
          written.endings.note(start..<json.position, of: place)
        }
      }
    }
  }

  /// A crash from whether it was fatal to the PC: `[Crash].beginAlike` compares the same.
  private mutating func beginning(of crash: Crash) {
    member("fatal", crash.isFatal)
    member("kind", unmasked: crash.kind.rawValue)
    member("reason", crash.reason)
    member("message", crash.message == crash.reason ? nil : crash.message)
    member("core", crash.core)
    member("task", crash.task)
    member("watched_task", crash.watchedTask)
    member("pc", address: crash.pc)
  }

  /// A crash behind its registers: `[Crash].endAlike` compares the same.
  private mutating func ending(of crash: Crash, _ decoded: DecodedCrash?) {
    backtrace(crash.backtrace, decoded?.frames ?? [], decoded?.elf?.proof)
    otherCores(of: crash, decoded)
    if let decoded { decoding(decoded) }
    member("elf_sha256", crash.elfSHA256)
    if let lines = crash.coreDumpLines {
      member("core_dump") { json in
        json.member("line", lines.lowerBound)
        json.member("lines", lines.count)
        json.member("complete", crash.coreDump == .complete)
      }
    }
    let signatures = [decoded?.signature, crash.signature].compactMap(\.self)
    member("signature", signatures.first { !$0.isEmpty })
  }

  private mutating func otherCores(of crash: Crash, _ decoded: DecodedCrash?) {
    guard !crash.otherCores.isEmpty else { return }
    member("other_cores", each: crash.otherCores.enumerated()) { json, entry in
      let (index, core) = entry
      json.object { json in
        json.member("core", core.core)
        let frames = decoded.map { index < $0.otherCores.count ? $0.otherCores[index] : [] }
        var names = WrittenNames()
        json.registers(core.registers, &names)
        json.backtrace(core.backtrace, frames ?? [], decoded?.elf?.proof)
      }
    }
  }

  /// Registers in the order printed; `written` knows the names of the last ones.
  private mutating func registers(_ registers: [Register], _ written: inout WrittenNames) {
    guard !registers.isEmpty else { return }
    member("registers") { json in
      if written.are(of: registers) {
        for index in registers.indices {
          json.repeatText(written.texts[index])
          json.address(registers[index].value)
        }
        return
      }
      // A damaged dump may print a name twice; an object may not.
      var names = NamesWritten()
      var texts: [Range<Int>] = []
      for register in registers where names.insert(register) {
        let start = json.position
        json.key(named: json.masked(register.name))
        texts.append(start..<json.position)
        json.address(register.value)
      }
      written.note(texts, of: registers)
    }
  }

  private mutating func backtrace(
    _ backtrace: Backtrace?, _ decoded: [DecodedFrame], _ proof: MatchedELF.Proof?
  ) {
    if !decoded.isEmpty {
      self.backtrace(decoded, by: proof)
    } else if let backtrace {
      member("backtrace", each: backtrace.frames) { json, frame in
        json.object { json in
          json.member("pc", address: frame.pc)
          json.member("sp", address: frame.sp)
        }
      }
    }
    if let backtrace { member("backtrace_corrupted", backtrace.ending == .corrupted) }
  }
}

/// Names of which each is written once. A dump has two or three dozens; a damaged one may have any number.
private struct NamesWritten {
  private var few: [Register] = []
  private var many: Set<String> = []
  /// A bit for each name: where it is not set, the name need not be compared with the others.
  private var seen: UInt64 = 0

  /// Whether the register's name is new.
  mutating func insert(_ register: Register) -> Bool {
    let bit: UInt64 = 1 << UInt64(register.nameHash & 63)
    if seen & bit != 0, few.contains(where: { $0.name == register.name }) { return false }
    seen |= bit
    guard few.count == 48 else {
      few.append(register)
      return true
    }
    return many.insert(register.name).inserted
  }
}
