import DeviceEvents
import LineReading

/// Which systems of other chips only speak through this log: gateways print what the ESP8266 or the nRF beside them
/// says. Such a system is first heard after the application's own lines, and is none of those that print them.
struct PeerSystems {
  private var isPeer: [ForeignSystem: Bool] = [:]
  private var line: Int?

  /// So many lines of an application show whose log it is.
  private static let ownLines = 3

  /// Notes that a line is a system's; returns whether it is a peer's.
  mutating func take(_ system: ForeignSystem, _ reading: LineReadingState) -> Bool {
    guard system == .zephyr || system == .esp8266 else { return false }
    let known = isPeer[system] ?? (reading.applicationLines > Self.ownLines)
    isPeer[system] = known
    if known { line = reading.line.number }
    return known
  }

  /// Whether a peer speaks in this line.
  func speak(in number: Int) -> Bool { line == number }
}

extension Boot {
  /// Whether MCUboot may be what starts this boot: ESP-IDF's bootloader is not, and no application runs as yet. Behind
  /// either, its words are those of a chip beside this one. Older ports to Espressif's chips print ESP-IDF's banner
  /// behind the name of the chip.
  var mayRunMCUboot: Bool {
    guard stage < .application else { return false }
    guard let banner = bootloaderLine else { return true }
    return banner.text.hasPrefix("[esp32")
  }
}
