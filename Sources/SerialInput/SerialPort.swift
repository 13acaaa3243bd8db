import CSerial
import Glibc

/// An open serial port; it closes itself, and says nothing to the device when it does.
public struct SerialPort: ~Copyable, Sendable {
  /// The path it was opened by.
  public let path: String
  let descriptor: Int32
  private let recorder: LineRecorder?

  /// Opens a port without touching the chip behind it.
  ///
  /// It does not become the controlling terminal, does not hang up on close, and is locked and claimed unless
  /// shared. On bridges DTR and RTS are dropped together at once; the kernel may have raised them, which no program
  /// can prevent. On a chip's own USB they are left alone. To name who holds a port that is in use takes a look
  /// through all of `/proc`.
  public init(
    opening path: String, as settings: SerialSettings = SerialSettings(),
    lines: LineTreatment, naming holders: PortHolder.Search = .everyProcess,
    recorder: LineRecorder? = nil
  ) throws(SerialPortError) {
    // Looking first: merely opening some devices (a tape, a watchdog) does something.
    var status = stat()
    guard stat(path, &status) == 0 else { throw openingError(path, errno, holders) }
    guard status.st_mode & S_IFMT == S_IFCHR else { throw .notATTY(path: path) }

    let descriptor = uninterrupted { open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { throw openingError(path, errno, holders) }
    recorder?.note(.opened(path: path))
    do throws(SerialPortError) {
      try prepare(descriptor, path, settings, settings.lines ?? lines, holders, recorder)
    } catch {
      close(descriptor)
      recorder?.note(.closed)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.recorder = recorder
  }

  deinit {
    close(descriptor)
    recorder?.note(.closed)
  }

  /// What a read brought.
  public enum Reading: Hashable, Sendable {
    /// This many bytes.
    case bytes(Int)
    /// Nothing has arrived.
    case nothingYet
    /// The device is gone.
    case disconnected
  }

  /// Reads what is there, without waiting.
  public borrowing func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
    guard let start = buffer.baseAddress, !buffer.isEmpty else { return .nothingYet }
    let count = uninterrupted { Glibc.read(descriptor, start, buffer.count) }
    if count > 0 { return .bytes(count) }
    // Since VMIN is 1, zero bytes mean a hang-up, and so does every error but "not now".
    return count < 0 && errno == EAGAIN ? .nothingYet : .disconnected
  }

  /// Changes the rate.
  public borrowing func setBaud(_ baud: UInt32) throws(SerialPortError) {
    try writeSettings(descriptor, path, baud, recorder)
  }

  /// The rate the driver says it uses; some round.
  public borrowing func actualBaud() throws(SerialPortError) -> UInt32 {
    var settings = cserial_settings()
    let number = cserial_get(descriptor, &settings)
    guard number == 0 else { throw settingError(path, "reading the settings", number) }
    return settings.input_baud
  }

  /// Sets both modem lines in one call.
  public borrowing func setLines(_ lines: ModemLines) throws(SerialPortError) {
    recorder?.note(.linesSet(lines))
    switch cserial_set_lines(descriptor, Int32(lines.rawValue)) {
    case 0: return
    case ENOTTY, EINVAL: throw .noModemLines(path: path)
    case let number: throw settingError(path, "setting DTR and RTS", number)
    }
  }

  /// Restarts the chip; takes as long as the strategy's steps.
  public borrowing func reset(using strategy: ResetStrategy) throws(SerialPortError) {
    for step in strategy.steps {
      try setLines(step.lines)
      sleep(for: step.hold)
    }
  }
}

/// Brings a descriptor that was just opened into the state that reading needs.
private func prepare(
  _ descriptor: Int32, _ path: String, _ settings: SerialSettings, _ lines: LineTreatment,
  _ holders: PortHolder.Search, _ recorder: LineRecorder?
) throws(SerialPortError) {
  var found = cserial_settings()
  let number = cserial_get(descriptor, &found)
  guard number == 0 else { throw settingError(path, "reading the settings", number) }

  if settings.sharing == .exclusive {
    // The kernel lets root pass TIOCEXCL, so that the lock is needed as well.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw .busy(path: path, holders: holders.all(ofOpen: descriptor))
    }
    recorder?.note(.locked)
    let number = cserial_claim(descriptor)
    guard number == 0 else { throw settingError(path, "claiming", number) }
    recorder?.note(.claimed)
  }
  if lines == .dropBothAtOnce {
    recorder?.note(.linesSet([]))
    switch cserial_set_lines(descriptor, 0) {
    // No modem lines, nothing to drop: a pseudo-terminal.
    case 0, ENOTTY, EINVAL: break
    case let number: throw settingError(path, "dropping DTR and RTS", number)
    }
  }
  try writeSettings(descriptor, path, settings.baud, recorder)
}

private func writeSettings(
  _ descriptor: Int32, _ path: String, _ baud: UInt32, _ recorder: LineRecorder?
) throws(SerialPortError) {
  // Zero would mean "hang up".
  guard baud > 0 else { throw .baudRefused(path: path, baud: baud) }
  recorder?.note(.settingsWritten(baud: baud))
  switch cserial_set_raw(descriptor, baud) {
  case 0: return
  case EINVAL: throw .baudRefused(path: path, baud: baud)
  case let number: throw settingError(path, "setting the baud rate", number)
  }
}

private func openingError(
  _ path: String, _ number: Int32, _ holders: PortHolder.Search
) -> SerialPortError {
  switch number {
  case ENOENT, ENOTDIR: .notFound(path: path)
  case EACCES, EPERM: .notAllowed(path: path, access: PortAccess(of: path))
  case EBUSY: .busy(path: path, holders: holders.all(of: path))
  case ENXIO, ENODEV, EIO: .disconnected(path: path)
  case EISDIR, ENOTTY: .notATTY(path: path)
  default: .system(path: path, operation: "opening", errno: number)
  }
}

private func settingError(_ path: String, _ operation: String, _ number: Int32) -> SerialPortError {
  switch number {
  case ENOTTY: .notATTY(path: path)
  case EIO, ENXIO, ENODEV, EPIPE: .disconnected(path: path)
  default: .system(path: path, operation: operation, errno: number)
  }
}

private func sleep(for duration: Duration) {
  let end = monotonicNow() + duration.nanoseconds
  while case let left = end - monotonicNow(), left > 0 {
    var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
    nanosleep(&time, nil)
  }
}
