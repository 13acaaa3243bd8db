import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

// Boots, updates and crashes as the JSON contract writes them.

extension JSONWriter {
  mutating func boot(_ boot: Boot) {
    object { json in
      json.member("index", boot.index)
      json.member("line", boot.firstLine.number)
      json.member("lines", boot.lineCount)
      json.member("chip", unmasked: boot.chip?.rawValue)
      json.member("rom_banner", boot.romBanner)
      if let reset = boot.romReset { json.romReset(reset) }
      json.member("reset_reason", unmasked: boot.resetReason?.rawValue)
      json.member("reset_reason_source", unmasked: boot.resetReasonSource?.rawValue)
      json.member("running_partition", boot.slot)
      json.member("running_partition_source", unmasked: boot.slotSource?.rawValue)
      json.member("loaded_offset", flashOffset: boot.loadedOffset)
      json.member("began_in_log", boot.beganInLog)
      json.bootloader(of: boot)
      json.app(boot.app)
      if !boot.partitions.isEmpty {
        json.member("partitions", each: boot.partitions) { $0.partition($1) }
      }
      json.member("reached_app", boot.reachedApp)
      json.member("ended_by", unmasked: boot.ending.rawValue)
      json.member("repeats", boot.repeats > 0 ? boot.repeats : nil)
    }
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

  mutating func crash(_ crash: Crash, _ decoded: DecodedCrash?) {
    object { json in
      json.member("boot", crash.boot)
      json.member("line", crash.firstLine.number)
      json.member("fatal", crash.isFatal)
      json.member("kind", unmasked: crash.kind.rawValue)
      json.member("reason", crash.reason)
      json.member("message", crash.message == crash.reason ? nil : crash.message)
      json.member("core", crash.core)
      json.member("task", crash.task)
      json.member("watched_task", crash.watchedTask)
      json.member("pc", address: crash.pc)
      json.member("fault_address", address: crash.faultAddress)
      json.state(crash.registers, crash.backtrace, decoded?.frames ?? [], decoded?.elf?.proof)
      json.otherCores(of: crash, decoded)
      if let decoded { json.decoding(decoded) }
      json.member("elf_sha256", crash.elfSHA256)
      if let lines = crash.coreDumpLines {
        json.member("core_dump") { json in
          json.member("line", lines.lowerBound)
          json.member("lines", lines.count)
          json.member("complete", crash.coreDump == .complete)
        }
      }
      let signatures = [decoded?.signature, crash.signature].compactMap(\.self)
      json.member("signature", signatures.first { !$0.isEmpty })
    }
  }

  private mutating func otherCores(of crash: Crash, _ decoded: DecodedCrash?) {
    guard !crash.otherCores.isEmpty else { return }
    member("other_cores", each: crash.otherCores.enumerated()) { json, entry in
      let (index, core) = entry
      json.object { json in
        json.member("core", core.core)
        let frames = decoded.map { index < $0.otherCores.count ? $0.otherCores[index] : [] }
        json.state(core.registers, core.backtrace, frames ?? [], decoded?.elf?.proof)
      }
    }
  }

  private mutating func state(
    _ registers: [Register], _ backtrace: Backtrace?, _ decoded: [DecodedFrame],
    _ proof: MatchedELF.Proof?
  ) {
    if !registers.isEmpty {
      member("registers") { json in
        // A damaged dump may print a name twice; an object may not.
        var written = NamesWritten()
        for register in registers where written.insert(register.name) {
          json.key(named: json.masked(register.name))
          json.address(register.value)
        }
      }
    }
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
  private var few: [String] = []
  private var many: Set<String> = []
  /// A bit for the length and the ends of each name: where it is not set, the name need not be compared with the others.
  private var seen: UInt64 = 0

  /// Whether the name is new.
  mutating func insert(_ name: String) -> Bool {
    let ends = name.utf8.count &* 19 &+ Int(name.utf8.first ?? 0) &+ Int(name.utf8.last ?? 0) &* 7
    let bit: UInt64 = 1 << UInt64(truncatingIfNeeded: ends & 63)
    if seen & bit != 0, few.contains(name) { return false }
    seen |= bit
    guard few.count == 48 else {
      few.append(name)
      return true
    }
    return many.insert(name).inserted
  }
}
