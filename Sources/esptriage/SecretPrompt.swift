#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks for a secret on the terminal itself, without showing what is typed.
enum SecretPrompt {
  /// One line; throws where there is no terminal.
  static func ask(_ question: String) throws -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { throw KeyError.noTerminal }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { throw KeyError.noTerminal }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    // Ctrl-C must end the question at once and not leave the shell without echo: each key is read by itself.
    silent.c_lflag &= ~tcflag_t(ISIG | ICANON)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { throw KeyError.noTerminal }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    say(question, on: terminal)
    defer { say("\n", on: terminal) }
    return try line(from: terminal)
  }

  private static func line(from terminal: Int32) throws -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count < 4096 {
      let count = read(terminal, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else { break }
      // Ctrl-C and Ctrl-D
      if byte == 0x03 || byte == 0x04 { throw ExitStatus.interrupted }
      switch byte {
      case 0x08, 0x7f:
        // A character may be several bytes.
        while let last = line.popLast(), last & 0xc0 == 0x80 {}
      // Ctrl-U
      case 0x15: line.removeAll()
      default: line.append(byte)
      }
    }
    return String(decoding: line, as: UTF8.self)
  }

  private static func say(_ text: String, on terminal: Int32) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }
}
