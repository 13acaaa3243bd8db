import Foundation
import Testing

/// The program while it runs; what it writes can be waited for.
final class RunningProgram {
  private let process = Process()
  private let outputFile: URL
  private let errorFile: URL
  private let terminal: FakeTerminal?

  /// Starts it; `environment` is all that it sees besides the path of commands.
  init(
    _ program: BuiltProgram, _ arguments: [String], environment: [String: String] = [:],
    on terminal: FakeTerminal? = nil, reading input: Pipe? = nil
  ) throws {
    let name = UUID().uuidString
    outputFile = program.folder.appending(path: ".out-" + name)
    errorFile = program.folder.appending(path: ".err-" + name)
    self.terminal = terminal
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.executableURL = BuiltProgram.executable
    process.arguments = arguments
    process.currentDirectoryURL = program.folder
    process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { mine, _ in mine }
      .merging(Sanitizing.settings) { mine, _ in mine }
    process.standardInput = input ?? FileHandle.nullDevice
    if let terminal {
      process.standardOutput = FileHandle(fileDescriptor: terminal.slave)
    } else {
      process.standardOutput = try FileHandle(forWritingTo: outputFile)
    }
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
  }

  deinit { if process.isRunning { process.terminate() } }

  /// All of standard output up to now.
  var output: String { terminal?.screenBytes ?? text(outputFile) }

  /// All of standard error up to now.
  var errors: String { text(errorFile) }

  /// The number the kernel knows it by.
  var number: Int32 { process.processIdentifier }

  /// Whether a text shows on standard output or standard error in time.
  func shows(_ text: String, within seconds: Double = 60) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date.now < deadline {
      if output.contains(text) || errors.contains(text) { return true }
      usleep(5_000)
    }
    return false
  }

  /// Ctrl-C.
  func interrupt() { process.interrupt() }

  /// Waits for its end.
  func end(within seconds: Double = 90) -> BuiltProgram.Run {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while process.isRunning, Date.now < deadline {
      _ = terminal?.screenBytes
      usleep(5_000)
    }
    if process.isRunning {
      process.terminate()
      Issue.record("it did not end in time; it said: \(output)\n\(errors)")
    }
    process.waitUntilExit()
    return BuiltProgram.Run(status: process.terminationStatus, output: output, errors: errors)
  }

  private func text(_ file: URL) -> String {
    String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
  }
}

/// A node on a pseudo-terminal behind a link, which can be unplugged and plugged in again.
final class FakeNode {
  /// The link, as `/dev/ttyACM0` would be.
  let path: String
  private(set) var terminal = ""
  private var master: Int32 = -1

  init(in program: BuiltProgram, called name: String = "ttyNode") throws {
    path = program.folder.appending(path: name).path
    try plugIn()
  }

  deinit { unplug() }

  func plugIn() throws {
    let pair = try FakeTerminal.pair()
    master = pair.master
    terminal = pair.name
    close(pair.slave)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: terminal)
  }

  func unplug() {
    guard master >= 0 else { return }
    unlink(path)
    close(master)
    master = -1
  }

  /// What the chip prints.
  func print(_ text: String) { print(Array(text.utf8)) }

  func print(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      sent += count
    }
  }
}

/// The terminal that somebody sits at.
final class FakeTerminal {
  let slave: Int32
  private let master: Int32
  private var seen: [UInt8] = []
  /// Whether what it is sent is taken, as it is not after Ctrl-S.
  var isReading = true

  init(columns: UInt16 = 80) throws {
    let pair = try Self.pair()
    (master, slave) = (pair.master, pair.slave)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(master)
    close(slave)
  }

  /// All that was written to it up to now.
  var screenBytes: String {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while isReading {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      seen += buffer[..<count]
    }
    return String(decoding: seen, as: UTF8.self)
  }

  /// A raw pseudo-terminal.
  static func pair() throws -> (master: Int32, slave: Int32, name: String) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, nil) == 0 else { throw POSIXError(.EIO) }
    // Other programs that are started meanwhile must not keep it alive.
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var settings = termios()
    tcgetattr(slave, &settings)
    cfmakeraw(&settings)
    tcsetattr(slave, TCSANOW, &settings)
    let length = name.firstIndex(of: 0) ?? 0
    return (
      master, slave, String(decoding: name[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    )
  }
}
