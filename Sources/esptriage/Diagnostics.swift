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
  static func show(_ text: String) {
    // Standard error that is closed leaves nobody to tell.
    let bytes = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
