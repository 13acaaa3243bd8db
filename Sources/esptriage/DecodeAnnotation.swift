import Firmware
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Text copied byte for byte, with symbols added behind each address of the code.
///
/// Secrets are masked. A terminal gets the rest as every other text of a device: colours stay, what else acts on the
/// screen is shown as an escape.
struct DecodeAnnotation {
  private var line: AnnotatedLine
  private var builds: BuildsOfLog
  private let isForScreen = Terminal.isOutput
  private var output = StandardOutput()
  private var secrets = SecretLines()

  /// A longer line is dealt with in pieces.
  private static let longestLine = 64 << 10

  private let readers: Privacy

  init(_ programs: DecodePrograms, for readers: Privacy) {
    self.readers = readers
    line = AnnotatedLine(programs)
    builds = BuildsOfLog()
  }

  /// Copies files one after the other, or standard input where none is named.
  func run(_ paths: [String]) throws {
    var copy = self
    for path in paths.isEmpty ? ["-"] : paths {
      if path == "-" {
        try copy.copy(STDIN_FILENO) { .standardInput(errno: $0) }
      } else {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard file >= 0 else { throw DecodeInputError.file(path: path, errno: errno) }
        defer { close(file) }
        try copy.copy(file) { .file(path: path, errno: $0) }
      }
    }
  }

  private mutating func copy(_ file: Int32, _ failed: (Int32) -> DecodeInputError) throws {
    var waiting: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failed(errno)
      }
      if count == 0 { break }
      var rest = buffer[..<count]
      while let end = rest.firstIndex(of: 0x0A) {
        waiting += rest[...end]
        try write(waiting)
        waiting.removeAll(keepingCapacity: true)
        rest = rest[(end + 1)...]
      }
      waiting += rest
      if waiting.count > Self.longestLine {
        try write(waiting)
        waiting.removeAll()
      }
      try output.flush()
    }
    try write(waiting)
    try output.flush()
  }

  private mutating func write(_ text: [UInt8]) throws {
    if let complaint = builds.follow(text, in: &line) { Diagnostics.say(complaint) }
    // What is masked up to the end of the line must not take the line's end with it.
    let content = text.last == 0x0A ? text.dropLast() : text[...]
    let masked = content.withUnsafeBufferPointer { Redaction.masked(line: $0, following: &secrets) }
    let open = masked.map { $0 + text[content.endIndex...] } ?? text
    let annotated = line.annotated(readers.shown(line: open))
    try output.write(isForScreen ? ScreenText.shown(annotated) : annotated)
  }
}
