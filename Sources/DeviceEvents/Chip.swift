/// A chip of the ESP32 family, named as ESP-IDF names its targets.
public enum Chip: String, CaseIterable, Hashable, Sendable {
  case esp32, esp32s2, esp32s3, esp32c2, esp32c3, esp32c5, esp32c6, esp32c61
  case esp32h2, esp32h21, esp32h4, esp32p4, esp32s31

  /// The name as Espressif writes it in prose, `ESP32-S3`.
  public var title: String {
    let suffix = rawValue.dropFirst("esp32".count)
    return suffix.isEmpty ? "ESP32" : "ESP32-" + suffix.uppercased()
  }

  /// The number in an image header and in `mismatch chip ID` (ESP-IDF `esp_chip_id_t`).
  public var imageChipID: Int {
    switch self {
    case .esp32: 0
    case .esp32s2: 2
    case .esp32c3: 5
    case .esp32s3: 9
    case .esp32c2: 12
    case .esp32c6: 13
    case .esp32h2: 16
    case .esp32p4: 18
    case .esp32c61: 20
    case .esp32c5: 23
    case .esp32h21: 25
    case .esp32h4: 28
    case .esp32s31: 32
    }
  }

  /// The chip with that number in its image headers.
  public init?(imageChipID: Int) {
    guard let chip = Chip.allCases.first(where: { $0.imageChipID == imageChipID }) else {
      return nil
    }
    self = chip
  }

  /// The chip that a ROM calls itself behind `ESP-ROM:`, as `esp32c3-api1-20210207`; nil for a name
  /// that is cut before its first dash.
  ///
  /// The ESP32-C2 calls itself by the name of its package, `esp8684`.
  init?(romBanner: String) {
    guard let dash = romBanner.firstIndex(of: "-") else { return nil }
    let name = romBanner[..<dash]
    self.init(rawValue: name == "esp8684" ? "esp32c2" : String(name))
  }

  /// The instruction set of the main cores.
  public var instructionSet: InstructionSet {
    switch self {
    case .esp32, .esp32s2, .esp32s3: .xtensa
    case .esp32c2, .esp32c3, .esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4,
      .esp32p4, .esp32s31:
      .riscv
    }
  }

  /// Where `esptool` writes the bootloader, in bytes from the start of flash.
  public var bootloaderOffset: Int {
    switch self {
    case .esp32, .esp32s2: 0x1000
    case .esp32p4, .esp32c5: 0x2000
    case .esp32s3, .esp32c2, .esp32c3, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4,
      .esp32s31:
      0
    }
  }
}

/// The instruction set of a chip's main cores.
public enum InstructionSet: String, Hashable, Sendable {
  case xtensa, riscv
}
