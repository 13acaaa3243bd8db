import DeviceEvents
import LineReading

extension BootAssembly {
  /// What the boot being built has shown so far, as far as beginnings depend on it.
  struct BootSigns {
    var banner = false
    var reset = false
    var bootloaderBanner = false
    var applicationInformation = false
    var bootLine: BootLine?
    var bootLineClock: Int?
    /// The clock of the boot before, which stays until this one tells a time.
    var clockOfBefore: Int?
    var clockFellBack = false
    /// The last of a framework's marks of this start, what it calls the node, and its line.
    var startMark: (mark: StartMark, node: String?, line: Int)?
    /// For how many seconds the application has run as it tells itself, and what it calls that.
    var uptime: (seconds: Int, name: String)?
    /// How many more starts that end soon lead to the safe mode, as the application tells.
    var startsBeforeSafeMode: Int?
    var announcedRestart: LineReference?
    /// `Rebooting...` as the log's very first words: the panic handler's last.
    var panicsLastWords: LineReference?
    var announcedSleep: LineReference?
    var brownout: LineReference?
    /// How many lines of the application came before the last brownout line, where each stood behind other words.
    var applicationLinesAtPassedBrownout: Int?
    /// The clock of that line.
    var clockAtPassedBrownout: Int?
    /// Whether, behind such a line, the clock fell or something told of a start.
    var startsBehindBrownout = false
    /// Whether a line of this start stands bare; behind other words it may be another device's.
    var hasBareStart = false
    /// The clock of the first line that showed the application running, and whether its log head stood bare.
    var clockAtApplication: Int?
    var applicationStandsBare = false
    /// From which time on the clock of the boot before showed this start, if it was one, by beginning anew.
    var clockThatShowsRestart: Int?
    /// Whether this was no start: the run before goes on.
    var isTakenBack = false
    /// The last line in which the application told why it was started.
    var toldLine: Int?
    /// The line in which the application began to tell of a crash before this boot.
    var earlierCrash: Int?
    /// Text of a panic in records, and how many lines of the application there were before it.
    var retelling: (line: LineReference, count: Int, applicationLines: Int)?
    /// How many plain lines there were when the first panic began.
    var plainLinesAtCrash: Int?
    /// Whether records with text of a panic name a node: a gateway passes on what others print.
    var relaysRecords = false
    var chip = ChipClues()
    var network = NetworkLife()

    /// Whether a line about a crash belongs to what the application tells of an earlier one: that
    /// report takes some lines, and holds addresses alone.
    func retells(_ line: PanicLine, _ number: Int) -> Bool {
      guard let earlierCrash, number - earlierCrash <= 40 else { return false }
      switch line {
      case .registers, .backtrace, .registerDump, .resolved, .elfSHA256: return true
      // The panic handler's own lines, and it may run in this boot as well.
      case .announced, .header, .abort, .assertion, .errorCheck, .errorCheckWithoutAbort,
        .errorCheckDetail,
        .stackOverflow, .stackSmashing, .heapCorruption, .allocationFailed, .debugReason,
        .stackGuard, .stackPointer, .stackBounds, .memoryDump, .detail, .undefinedBehavior,
        .cppTermination, .wrapperMessage, .taskReturned, .labelledAbort, .interruptContext,
        .stackMemory, .stackRow,
        .nested, .gdbStub, .crashedTask, .rebooting, .halted, .stackCheckFailed:
        return false
      }
    }
  }
}
