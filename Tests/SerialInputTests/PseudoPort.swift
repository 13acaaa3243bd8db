import Foundation
import Glibc
import SerialInput

/// A folder for one test, gone when the test is.
final class Workbench {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory.appendingPathComponent("serial-XXXXXX")
    var text = Array(template.path.utf8CString)
    guard let made = mkdtemp(&text) else { throw POSIXError(.EIO) }
    path = String(cString: made)
    chmod(path, 0o755)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}

/// A serial port made of a pseudo-terminal behind a link, which can be pulled out and plugged in again.
final class PseudoPort {
  /// The link, as `/dev/ttyACM0` would be.
  let path: String
  /// The terminal behind it; another one after each plugging in.
  private(set) var terminal = ""
  private var master: Int32 = -1

  init(_ path: String) throws {
    self.path = path
    try plugIn()
  }

  deinit {
    pullOut()
  }

  func plugIn() throws {
    var slave: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&master, &slave, &name, nil, nil) == 0 else { throw POSIXError(.EIO) }
    // A child process must not keep the terminal alive.
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    var settings = termios()
    tcgetattr(slave, &settings)
    cfmakeraw(&settings)
    tcsetattr(slave, TCSANOW, &settings)
    close(slave)
    terminal = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    symlink(terminal, path)
  }

  func pullOut() {
    guard master >= 0 else { return }
    unlink(path)
    close(master)
    master = -1
  }

  /// What the chip prints.
  func print(_ text: String) {
    print(Array(text.utf8))
  }

  func print(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// The number of the device, as `stat` tells.
  var device: UInt {
    var status = stat()
    stat(terminal, &status)
    return UInt(status.st_rdev)
  }
}

extension SerialPort {
  /// Reads until so many bytes are there or a second has passed.
  borrowing func bytes(_ count: Int) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    let end = ContinuousClock.now + .seconds(1)
    while all.count < count, ContinuousClock.now < end {
      switch buffer.withUnsafeMutableBytes({ read(into: $0) }) {
      case .bytes(let count): all += buffer[..<count]
      case .nothingYet: usleep(1000)
      case .disconnected: return all
      }
    }
    return all
  }
}
