import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The value of an attribute of the boot at `place`.
  func value(_ attribute: BootAttribute, ofBoot place: Int) -> FactValue? {
    guard timeline.boots.indices.contains(place) else { return nil }
    // Each is looked at in its place: to copy a boot takes longer than most answers.
    let boots = timeline.boots
    switch attribute {
    case .index: return .whole(boots[place].index)
    case .slot: return boots[place].slot.map(FactValue.text)
    case .slotSource: return boots[place].slotSource.map { .text($0.rawValue) }
    case .resetReason: return boots[place].resetReason.map { .text($0.rawValue) }
    case .resetSource: return boots[place].resetReasonSource.map { .text($0.rawValue) }
    case .resetInProse: return .flag(boots[place].isReasonProse)
    case .romCode: return boots[place].romReset.map { .whole($0.code) }
    case .romName: return boots[place].romReset.map { .text($0.name) }
    case .resetClass:
      return boots[place].resetClass(on: timeline.device.chip).map { .text($0.rawValue) }
    case .bootMode: return boots[place].romReset.flatMap(Self.bootMode).map(FactValue.text)
    case .gpio12:
      // The straps' register of the ESP32, as its ROM prints it: bit 5 is MTDI.
      guard (boots[place].chip ?? timeline.device.chip) == .esp32,
        let straps = boots[place].romReset?.bootModeCode
      else { return nil }
      return .text(straps & 0x20 == 0 ? "low" : "high")
    case .romBanner: return boots[place].romBanner.map(FactValue.text)
    case .chip: return (boots[place].chip ?? timeline.device.chip).map { .text($0.rawValue) }
    case .beganInLog: return .flag(boots[place].beganInLog)
    case .stage: return .text(boots[place].stage.name)
    case .reachedApp: return .flag(boots[place].reachedApp)
    case .romFinished: return .flag(boots[place].romFinished)
    case .waitsForDownload: return .flag(boots[place].waitsForDownload)
    case .endedBy: return .text(boots[place].ending.rawValue)
    case .applicationLines: return .whole(boots[place].applicationLines)
    case .seconds: return boots[place].clockAtEnd.map { .number(Double($0) / 1_000) }
    case .confirmed: return .flag(boots[place].confirmedLine != nil)
    case .sleeps: return .flag(boots[place].sleeps)
    case .slotDefault:
      return boots[place].slotDefault.map { .text($0 == .factory ? "factory" : "first_ota") }
    case .loadedOffset: return boots[place].loadedOffset.map(FactValue.whole)
    case .bootloaderIDF: return bootloaderIDF(at: place).map(FactValue.text)
    case .appIDF: return boots[place].app.idf.map(FactValue.text)
    case .appVersion: return boots[place].app.version.map(FactValue.text)
    case .appProject: return boots[place].app.project.map(FactValue.text)
    case .appELF: return boots[place].app.elfSHA256.map(FactValue.text)
    case .appOlderThanBootloader: return ageAgainstBootloader(at: place).map { .flag($0 < 0) }
    case .appNewerThanBootloader: return ageAgainstBootloader(at: place).map { .flag($0 > 0) }
    case .hasBootLine:
      return .flag(boots[place].resetReasonSource == .app || boots[place].slotSource == .app)
    case .hasBootloaderLines: return .flag(boots[place].showsBootloader)
    case .bootloaderFingerprint:
      guard !boots[place].bootloaderSegments.isEmpty else { return nil }
      return .text(boots[place].bootloaderSegments.map { "\($0.length)" }.joined(separator: ","))
    case .crashed: return .flag(crashedBoots.contains(place))
    case .updates: return .whole(updateCounts[boots[place].index] ?? 0)
    case .repeats: return .whole(boots[place].repeats)
    case .lostNetwork: return boots[place].lostNetwork.map { .text($0.name) }
    case .secondsWithoutNetwork:
      return boots[place].timeWithoutNetwork.map { .number(Double($0 / 1_000)) }
    case .failuresWithoutNetwork: return boots[place].failuresWithoutNetwork.map(FactValue.whole)
    case .spuriousPowerOn: return .flag(spuriousBoots.contains(place))
    case .tellsItsStart: return .flag(boots[place].tellsItsStart)
    case .toldResetClass:
      return boots[place].toldResetClass(on: timeline.device.chip).map { .text($0.rawValue) }
    case .lines: return .whole(boots[place].lineCount)
    }
  }

  /// The line of a boot that tells an attribute best.
  func line(of attribute: BootAttribute, ofBoot place: Int) -> LineReference? {
    guard timeline.boots.indices.contains(place) else { return nil }
    let boots = timeline.boots
    switch attribute {
    case .slot, .slotSource, .loadedOffset: return boots[place].slotLine
    case .resetReason, .resetSource, .resetInProse:
      return boots[place].resetReasonLine ?? boots[place].romResetLine
    case .romCode, .romName, .resetClass, .bootMode, .gpio12: return boots[place].romResetLine
    case .toldResetClass: return boots[place].toldResetCodeLine
    case .tellsItsStart, .lines: return boots[place].firstLine
    case .waitsForDownload: return boots[place].waitLine ?? boots[place].romResetLine
    case .sleeps: return boots[place].sleepLine ?? boots[place].romResetLine
    case .chip, .romBanner: return boots[place].firstLine
    case .reachedApp, .applicationLines, .seconds: return boots[place].reachedAppLine
    case .endedBy: return boots[place].endingLine
    case .lostNetwork, .secondsWithoutNetwork, .failuresWithoutNetwork:
      return boots[place].lostNetwork?.line
    case .confirmed: return boots[place].confirmedLine
    case .bootloaderIDF: return boots[place].bootloaderLine
    case .appIDF, .appOlderThanBootloader, .appNewerThanBootloader: return boots[place].app.idfLine
    case .index, .beganInLog, .stage, .romFinished,
      .slotDefault, .appVersion, .appProject, .appELF, .hasBootLine, .hasBootloaderLines,
      .bootloaderFingerprint, .crashed, .updates, .repeats, .spuriousPowerOn:
      return nil
    }
  }

  /// What the strapping pins chose, from the ROM's text.
  private static func bootMode(_ reset: ROMReset) -> String? {
    guard let mode = reset.bootMode else { return nil }
    if mode.holds("DOWNLOAD") { return "download" }
    // Of the ESP32: the ROM reads the flash of another bus than the module's.
    if mode.holds("HSPI_") { return "other" }
    return mode.holds("SPI_") || mode.holds("FLASH_BOOT") ? "spi" : "other"
  }

  /// An update over the air leaves the bootloader alone, so an earlier boot's banner still counts.
  private func bootloaderIDF(at place: Int) -> String? {
    for earlier in stride(from: place, through: 0, by: -1) {
      if let known = timeline.boots[earlier].bootloaderIDF { return known }
    }
    return nil
  }

  /// Below 0: the app's ESP-IDF is older than the bootloader's. Nil unless both can be read.
  private func ageAgainstBootloader(at place: Int) -> Int? {
    guard let appIDF = timeline.boots[place].app.idf, let bootloaderIDF = bootloaderIDF(at: place),
      let app = IDFVersion(appIDF)
    else { return nil }
    // As most often, and then only one needs to be read.
    if appIDF == bootloaderIDF { return 0 }
    guard let bootloader = IDFVersion(bootloaderIDF) else { return nil }
    return app == bootloader ? 0 : app < bootloader ? -1 : 1
  }
}

extension String {
  /// Whether the bytes of a word stand somewhere in it; `contains` of the library compares characters,
  /// which takes many times as long.
  fileprivate func holds(_ word: StaticString) -> Bool {
    let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    var rest = utf8[...]
    while rest.count >= bytes.count {
      if rest.starts(with: bytes) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

/// The release behind a version of ESP-IDF, `v5.4.2-dirty` or `v5.2-rc1-17-g0a1b2c3`.
struct IDFVersion: Comparable {
  let parts: [Int]

  /// Nil for a text without `major.minor`: a bare hash says nothing about age.
  init?(_ text: String) {
    var parts: [Int] = []
    var number: Int?
    for byte in text.utf8.drop(while: { $0 == UInt8(ascii: "v") }) {
      if byte >= 0x30, byte <= 0x39, (number ?? 0) < 10_000 {
        number = (number ?? 0) * 10 + Int(byte - 0x30)
      } else if byte == UInt8(ascii: "."), let known = number {
        parts.append(known)
        number = nil
      } else {
        break
      }
    }
    if let number { parts.append(number) }
    guard parts.count >= 2 else { return nil }
    self.parts = Array((parts + [0]).prefix(3))
  }

  static func < (left: IDFVersion, right: IDFVersion) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
