import LineReading

/// Decodes the banners and the last words of systems other than ESP-IDF.
///
///     *** Booting Zephyr OS build v4.1.0 ***
///     [esp32s3] [INF] *** Booting MCUboot build v2.1.0 ***
///     NuttShell (NSH) NuttX-12.4.0
///     main(): This is RIOT! (Version: 2024.04)
///     MicroPython v1.22.0 on 2023-12-27; Generic ESP32 module with ESP32
///
/// What they print when they fail stands in the files of the systems.
enum ForeignDecoder: PlainDecoder {
  static let markers: [StaticString] =
    ["*** Booting Zephyr OS", "*** Booting MCUboot", "NuttShell (NSH)", "MicroPython v"]
    + ["Adafruit CircuitPython ", noBootableImage, "*** Booting nRF Connect SDK"]
    + RustPanic.markers + ZephyrFatal.markers + NuttXPanic.markers
    + RIOTPanic.markers + ESP8266Failure.markers
    + [ZephyrAssertion.marker, NuttXRefusal.marker, MCUbootSwap.marker]

  /// MCUboot's last words; its port to Espressif's chips prints them under the bootloader's tag.
  private static let noBootableImage: StaticString = "Unable to find bootable image"

  static let plainInterest = PlainInterest.texts(FirstBytes(anyOf: "*>AMNCHm!=ES[pn_drsuxUFe"))
  static let plainOpenings: [StaticString]? =
    markers + [
      "nsh>", ESP8266Failure.stackOpening, "Exception ", "Stack overflow detected",
      "Current thread: ", "up_assert: ",
    ]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    let line = text.trimmed.slice(from: 0, to: 1_024)
    switch line[0] {
    case UInt8(ascii: "*"), UInt8(ascii: ">"):
      return decodeBanner(line, body) || ZephyrFatal.decode(line, body)
        || RIOTPanic.decode(line, body)
    case UInt8(ascii: "A"), UInt8(ascii: "M"), UInt8(ascii: "N"):
      return decodeBanner(line, body) || ZephyrAssertion.decode(line, body)
    case UInt8(ascii: "U"):
      guard line.has(noBootableImage) else { return false }
      body(.foreign(.mcuboot))
      body(.notice(Notice(.noBootablePartition)))
      return true
    case UInt8(ascii: "e"):
      return ESP8266Failure.decode(line, body)
    case UInt8(ascii: "E"):
      return NuttXRefusal.decode(line, body) || RustPanic.decode(line, body)
        || RIOTPanic.decode(line, body)
        || ESP8266Failure.decodeExplained(line, body)
    case UInt8(ascii: "C"), UInt8(ascii: "H"), UInt8(ascii: "m"), UInt8(ascii: "F"):
      return ZephyrFatal.decode(line, body) || RIOTPanic.decode(line, body)
    case UInt8(ascii: "!"), UInt8(ascii: "="), UInt8(ascii: "S"), UInt8(ascii: "["),
      UInt8(ascii: "p"):
      return RustPanic.decode(line, body)
    case UInt8(ascii: "n"):
      guard line.has("nsh>") else { return false }
      body(.foreign(.nuttx))
      body(.application(.running))
      return true
    case UInt8(ascii: "r"):
      return NuttXPanic.decode(line, body) || ZephyrFatal.decode(line, body)
    case UInt8(ascii: "s"):
      return ESP8266Failure.decodeStack(line, body) || NuttXPanic.decode(line, body)
        || RIOTPanic.decode(line, body)
    case UInt8(ascii: "_"), UInt8(ascii: "d"), UInt8(ascii: "u"), UInt8(ascii: "x"):
      return NuttXPanic.decode(line, body) || RIOTPanic.decode(line, body)
    default:
      return false
    }
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    if MCUbootSwap.decode(at: position, in: text, body) { return true }
    if RustPanic.decode(at: position, in: text, body) { return true }
    let before = text.slice(from: 0, to: position).trimmed
    switch before[before.count - 1] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "("): return false
    default: return decode(text.slice(from: position), body)
    }
  }

  private static func decodeBanner(_ line: ByteText, _ body: EventSink) -> Bool {
    if line.has("*** Booting MCUboot") {
      body(.foreign(.mcuboot))
      return true
    }
    if line.has("*** Booting nRF Connect SDK") {
      body(.foreign(.zephyr))
      body(.notice(Notice(.otherChipNamed, detail: "an nRF")))
      return true
    }
    let system: ForeignSystem
    if line.has("*** Booting Zephyr OS") {
      system = .zephyr
    } else if line.has("NuttShell (NSH)") {
      system = .nuttx
    } else if line.has("MicroPython v") && line.contains(" on 2")
      || line.has("Adafruit CircuitPython ")
    {
      system = .micropython
      // `…; Generic ESP32 module with ESP32`, `…; Raspberry Pi Pico W with RP2040`.
      if let end = line.firstIndex(of: " with ", from: line.firstIndex(of: ";") ?? line.count) {
        let name = line.slice(from: end + " with ".utf8.count, to: end + 40).trimmed.string
        guard let chip = Chip(hardware: name) else {
          body(.notice(Notice(.otherChipNamed, detail: name)))
          return true
        }
        body(.application(.chip(chip)))
      }
      body(.notice(Notice(.scriptEnded)))
    } else {
      return false
    }
    body(.foreign(system))
    body(.application(.running))
    return true
  }
}
