import Synchronization

/// Something done to a port that its device, or another program, could notice.
public enum LineOperation: Hashable, Sendable {
  /// Opened, without becoming the controlling terminal and without waiting for carrier.
  case opened(path: String)
  /// Locked against other programs that lock (flock).
  case locked
  /// Claimed against every other opening (TIOCEXCL).
  case claimed
  /// Both modem lines set in one call (TIOCMSET): those named raised, the others dropped.
  case linesSet(ModemLines)
  /// Raw mode at this rate, no hang-up on close (TCSETS2).
  case settingsWritten(baud: UInt32)
  /// Closed, with nothing said to the device.
  case closed
}

/// The two lines of a serial port that boards misuse to reset the chip.
public struct ModemLines: OptionSet, Hashable, Sendable {
  /// The bits, of this type alone.
  public let rawValue: UInt8

  /// A set by its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Data terminal ready: pulls IO0 on boards with the auto-reset circuit.
  public static let dtr = ModemLines(rawValue: 1)
  /// Request to send: pulls EN on boards with the auto-reset circuit.
  public static let rts = ModemLines(rawValue: 2)
}

/// What opening does to DTR and RTS.
public enum LineTreatment: Hashable, Sendable {
  /// Both dropped in one call: the state in which the auto-reset circuit does nothing.
  case dropBothAtOnce
  /// As the kernel left them.
  case untouched
}

/// Notes every operation on the ports it is given to.
public final class LineRecorder: Sendable {
  private let noted = Mutex<[LineOperation]>([])

  /// An empty one.
  public init() {}

  /// All that was done so far, in order.
  public var operations: [LineOperation] {
    noted.withLock { $0 }
  }

  func note(_ operation: LineOperation) {
    noted.withLock { $0.append(operation) }
  }
}
