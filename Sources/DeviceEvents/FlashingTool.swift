import LineReading

/// Recognises what esptool prints on the host: in a log it stands between two boots, or a person copied it there.
///
///     Chip type:          ESP32-D0WD-V3 (revision v3.1)
///     Auto-detected flash size: 4MB
///     Writing at 0x00010000... (14 %)
///     Hard resetting via RTS pin...
///
/// esptool 2.6 to 5.1, and the list of web flashers (`Chip Family: ESP32`).
enum FlashingTool {
  /// Whether the line is one of its own, and so no sign of an application.
  static func prints(_ text: ByteText) -> Bool {
    var start = 0
    while text[start] == 0x20 || text[start] == 0x09 || text[start] == UInt8(ascii: "-") {
      start += 1
    }
    let line = text.slice(from: start)
    if line.has("Features: ") { return line.contains("WiFi") || line.contains("Wi-Fi") }
    if line.has("Compressed ") { return line.contains(" bytes to ") }
    return line.begins(withAnyOf: openings)
  }

  /// What applications print as well, as `MAC: ` and `Connecting...`, is left out.
  private static let openings: Openings = [
    "esptool", "Serial port /dev/", "Serial port COM", "Connected to ESP32", "Detecting chip type",
    "Chip is ESP32", "Chip type: ",
    "Chip Family: ESP", "Chip Model: ESP", "Flash Size: ", "Crystal is ", "Crystal frequency: ",
    "Uploading stub", "Running stub", "Stub running", "Stub flasher running",
    "Changing baud rate to ", "Configuring flash size", "Auto-detected Flash size",
    "Auto-detected flash size", "Flash will be erased from ", "Flash parameters set to ",
    "Erasing flash (this may", "Writing at 0x", "Hash of data verified", "Leaving...",
    "Hard resetting via ", "Hard resetting with ",
  ]
}
