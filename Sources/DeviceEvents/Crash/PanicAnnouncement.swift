import LineReading

/// Reads what MicroPython's panic handler prints before the panic itself.
///
///     A fatal error occurred. The crash dump printed below may be used to help
///     determine what caused it. If you are not already running the most recent
///
/// MicroPython `ports/esp32/panichandler.c` (v1.23+). esptool's failures begin with `A fatal error occurred:`.
enum PanicAnnouncement {
  static let opening: StaticString = "A fatal error occurred. The crash dump"

  static func decode(_ text: ByteText) -> PanicLine? {
    text.has(opening) ? .announced : nil
  }
}
