import BootTimeline
import DeviceEvents

/// What a rule can ask about a crash; raw values are the names in rules.
public enum CrashAttribute: String, CaseIterable, Hashable, Sendable {
  case kind, fatal
  case ranOn = "ran_on"
  case beginningKnown = "beginning_known"
  case reason, core, task
  case watchedTask = "watched_task"
  case pc
  case faultAddress = "fault_address"
  case slot, boot, stage
  case afterFirstAppLine = "after_first_app_line"
  case updatePhase = "update_phase"
  case inUpdate = "in_update"
  case signature, nested, elf
  case backtraceCorrupted = "backtrace_corrupted"
  case coreDump = "core_dump"
  case pcClass = "pc_class"
  case faultClass = "fault_class"
  case pcPlace = "pc_place"
  case imageEndsAboveLastPage = "image_ends_above_last_page"
  case errorName = "error_name"
  case errorNumber = "error_number"
  case assertionExpression = "assertion_expression"
  case assertionFunction = "assertion_function"
  case assertionFile = "assertion_file"
  case heapDamage = "heap_damage"
  case message
  case registerPoison = "register_poison"
  case memoryDump = "memory_dump"
  case elfMatchesSlot = "elf_matches_slot"
  case repeats
  case spInBounds = "sp_in_bounds"
  case inBootloader = "in_bootloader"
  case decoded, calls, site, suspect
  case suspectFunction = "suspect_function"
  case taskEntry = "task_entry"
  case faultPlace = "fault_place"

  var type: AttributeType {
    switch self {
    case .kind: .choice(CrashKind.allCases.map(\.rawValue))
    case .fatal, .ranOn, .beginningKnown, .afterFirstAppLine, .inUpdate, .nested,
      .backtraceCorrupted,
      .imageEndsAboveLastPage, .elfMatchesSlot, .spInBounds, .inBootloader, .decoded:
      .flag
    case .reason, .task, .watchedTask, .slot, .signature, .elf, .errorName, .assertionExpression,
      .assertionFunction, .assertionFile, .message, .calls, .site, .suspect, .suspectFunction,
      .taskEntry, .faultPlace:
      .text
    case .core, .boot, .errorNumber, .repeats: .number
    case .pc, .faultAddress: .address
    case .stage: .choice(BootStage.names)
    case .updatePhase: .choice(["none"] + Update.Phase.allCases.map(\.rawValue))
    case .coreDump: .choice(["none", "complete", "cut"])
    case .pcClass, .faultClass: .choice(AddressClass.allCases.map(\.rawValue))
    case .pcPlace: .choice(PCPlace.allCases.map(\.rawValue))
    case .heapDamage: .choice(["bad_head", "bad_tail", "invalid_data", "size", "structure"])
    case .registerPoison: .choice(RegisterPoison.allCases.map(\.rawValue))
    case .memoryDump: .choice(["cache_disabled", "erased", "zeroed", "other", "none"])
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .kind: "its kind"
    case .fatal: "it stopped the node"
    case .ranOn: "it reads like a panic, and the same run of the application went on behind it"
    case .beginningKnown: "the lines with which it begins are in the log"
    case .reason: "the reason in the header, or the message of an abort"
    case .core: "the core that failed"
    case .task: "the task that ran, or that the message names as the culprit"
    case .watchedTask: "the task that did not feed the watchdog"
    case .pc: "where it happened"
    case .faultAddress: "the address that could not be accessed"
    case .slot: "the slot that ran"
    case .boot: "the index of its boot"
    case .stage: "the stage in which it came"
    case .afterFirstAppLine: "the app's own code had printed something in this boot before"
    case .updatePhase: "how far the update of this boot was"
    case .inUpdate: "an update was being received or verified"
    case .signature: "equal for crashes of the same kind at the same place"
    case .nested: "another panic came while this one was printed"
    case .elf: "the SHA-256 of the ELF in the panic (a prefix)"
    case .backtraceCorrupted: "the backtrace ends with CORRUPTED"
    case .coreDump: "whether a core dump follows on the console"
    case .pcClass: "what kind of memory `pc` points to"
    case .faultClass: "what kind of memory `fault_address` points to"
    case .pcPlace: "where `pc` lies relative to the segments of the image that crashed"
    case .imageEndsAboveLastPage:
      "the image goes on behind the last mapped 64 KiB page of its code, so no stale byte can be reached"
    case .errorName: "the name of the error of a failed check"
    case .errorNumber: "the number of the error of a failed check"
    case .assertionExpression: "the expression of a failed assertion"
    case .assertionFunction: "the function of a failed assertion"
    case .assertionFile: "the file of a failed assertion"
    case .heapDamage: "what the heap's checks found"
    case .message: "all sentences of the crash, joined with blanks"
    case .registerPoison: "a fill pattern that stands in a register"
    case .memoryDump: "what the words around the PC of an illegal instruction are"
    case .elfMatchesSlot:
      "the ELF in the panic is the ELF that the boot's app printed; absent if unknown"
    case .repeats: "how many fatal crashes share its signature, itself included"
    case .spInBounds: "the stack pointer lies inside the printed bounds"
    case .inBootloader:
      "`pc`, or the address it would return to, lies in code that the ROM loaded: that of the bootloader"
    case .decoded: "an ELF names functions of its backtrace"
    case .calls:
      "the functions of its backtrace from the ELF, innermost first, each between blanks: `\"* esp_ota_end *\"`"
    case .site: "the innermost function that does more than report a failure, with its place"
    case .suspect:
      "the first function of the application's own sources in the backtrace, with its place"
    case .suspectFunction: "that function's name alone"
    case .taskEntry: "the function that the task began with"
    case .faultPlace: "what `fault_address` lies in: a variable, the heap, a stack"
    }
  }
}

/// Where a PC lies relative to the segments of the image that ran.
public enum PCPlace: String, CaseIterable, Hashable, Sendable {
  /// Inside a code segment.
  case inCode = "in_code"
  /// Behind the end of the code, still in its last mapped page.
  case pastCodeInLastPage = "past_code_in_last_page"
  /// In flash-mapped addresses, but in no page of the image.
  case pastLastPage = "past_last_page"
  /// No segments are known, or the address is not one of flash code.
  case unknown
}

/// A fill pattern that stands in a register of a crash.
public enum RegisterPoison: String, CaseIterable, Hashable, Sendable {
  case freed, uninitialised
  case heapCanary = "heap_canary"
  case stackFill = "stack_fill"
  case cacheDisabled = "cache_disabled"
  case none
}
