import LineReading

/// A line of the log macros, taken apart: `I (1234) tag: message`.
///
/// Also the forms of `ESP_DRAM_LOGx` (no time), of Arduino (`[  3708][W][file.cpp:639] f(): text`,
/// the tag is then the file) of ESPHome (`[I][ota:363]: text`, the tag is `ota`), and of Zephyr
/// (`[00:00:05.252,000] <inf> feeder: text`).
struct LogMessage {
  /// Which macro family printed it.
  enum Style { case espIDF, arduino, espHome, zephyr }

  /// `E`, `W`, `I`, `D` or `V`; 0 where the line lost it.
  let level: UInt8
  /// Milliseconds since boot, where the line carries them; nil for wall clocks.
  let time: Int?
  /// The tag, without the colon.
  let tag: ByteText
  /// The message behind `: `.
  let message: ByteText
  /// Which macro family printed it.
  let style: Style

  /// Whether level and time are lost: `esp_image: Image length …`.
  var hasLostPrefix: Bool { level == 0 }
}
