import LineReading

/// What one line of the log (or a part of it) says, as far as it carries a diagnosis.
public enum DeviceEvent: Hashable, Sendable {
  /// The first stage, in the chip's mask ROM.
  case rom(ROMLine)
  /// The second-stage bootloader.
  case bootloader(BootloaderLine)
  /// A segment of an image, printed by the bootloader or by the running app's verification.
  case segment(ImageSegment)
  /// The application's start-up.
  case application(ApplicationLine)
  /// The application says why it was reset and which slot it runs.
  case bootLine(BootLine)
  /// An update over the air.
  case update(UpdateLine)
  /// A part of a panic, abort or check that failed.
  case panic(PanicLine)
  /// A part of a task watchdog's report.
  case taskWatchdog(TaskWatchdogLine)
  /// Brownout, sleep and resets that software asked for.
  case power(PowerLine)
  /// A core dump on the console.
  case coreDump(CoreDumpLine)
  /// Any other line that means something: see `NoticeKind`.
  case notice(Notice)
  /// A line that a rule asked for, by the index of its pattern.
  case watched(pattern: Int)
  /// The log's clock (milliseconds since boot) went back.
  case clockWentBack(from: Int, to: Int)
  /// Text of something that is not ESP-IDF.
  case foreign(ForeignSystem)
}

extension DeviceEvent {
  /// Whether it is also met in logs of other things than these chips.
  var isNeutral: Bool {
    switch self {
    case .notice(let notice): notice.kind.isNeutral
    case .update(let line): line.mayBeAboutAnything
    default: false
    }
  }

  /// Whether it ends an update that is open, and means nothing where none is.
  var onlyEndsUpdate: Bool {
    guard case .update(let line) = self else { return false }
    switch line {
    case .aborted, .gaveUp: return true
    default: return line.mayBeAboutAnything
    }
  }

  /// Whether Tasmota tells by it that it starts on this node.
  var namesTasmota: Bool {
    if case .application(.starts(let mark)) = self { mark.framework == .tasmota } else { false }
  }

  /// Whether it is a segment of an image.
  var isSegment: Bool { if case .segment = self { true } else { false } }
}

/// Systems other than ESP-IDF that are met in such logs.
public enum ForeignSystem: String, Hashable, Sendable {
  case zephyr, mcuboot, nuttx, esp8266, espHal = "esp_hal", lpCore = "lp_core", micropython
  case riot
}
