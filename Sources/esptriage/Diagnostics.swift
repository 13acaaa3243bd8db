import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is said about the work itself, on standard error.
enum Diagnostics {
  /// One message, with the program's name in front.
  static func say(_ message: String) { show("esptriage: " + message) }

  /// A text as it is.
  static func show(_ text: String) { write(text + "\n") }

  /// A question; the answer is typed behind it.
  static func ask(_ question: String) { write(question + " ") }

  private static func write(_ text: String) {
    // Names of files, arguments and rules come from anywhere, and are told of wherever they are wrong.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let bytes = Array(lines.map { readers.safe(String($0)) }.joined(separator: "\n").utf8)
    // Standard error that is closed leaves nobody to tell.
    _ = systemWrite(STDERR_FILENO, bytes, bytes.count)
  }
}

/// `write(2)`, whose name the method above hides.
private func systemWrite(_ file: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
  write(file, bytes, count)
}
