import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The value of an attribute of the boot at `place`.
  func value(_ attribute: BootAttribute, ofBoot place: Int) -> FactValue? {
    guard timeline.boots.indices.contains(place) else { return nil }
    let boot = timeline.boots[place]
    switch attribute {
    case .index: return .whole(boot.index)
    case .slot: return boot.slot.map(FactValue.text)
    case .slotSource: return boot.slotSource.map { .text($0.rawValue) }
    case .resetReason: return boot.resetReason.map { .text($0.rawValue) }
    case .resetSource: return boot.resetReasonSource.map { .text($0.rawValue) }
    case .romCode: return boot.romReset.map { .whole($0.code) }
    case .romName: return boot.romReset.map { .text($0.name) }
    case .resetClass:
      return boot.resetClass(on: timeline.device.chip).map { .text($0.rawValue) }
    case .bootMode: return boot.romReset.flatMap(Self.bootMode).map(FactValue.text)
    case .chip: return (boot.chip ?? timeline.device.chip).map { .text($0.rawValue) }
    case .beganInLog: return .flag(boot.beganInLog)
    case .stage: return .text(boot.stage.name)
    case .reachedApp: return .flag(boot.reachedApp)
    case .romFinished: return .flag(boot.romFinished)
    case .waitsForDownload: return .flag(boot.waitsForDownload)
    case .endedBy: return .text(boot.ending.rawValue)
    case .applicationLines: return .whole(boot.applicationLines)
    case .seconds: return boot.clockAtEnd.map { .number(Double($0) / 1_000) }
    case .confirmed: return .flag(boot.confirmedLine != nil)
    case .sleeps: return .flag(boot.sleeps)
    case .slotDefault:
      return boot.slotDefault.map { .text($0 == .factory ? "factory" : "first_ota") }
    case .loadedOffset: return boot.loadedOffset.map(FactValue.whole)
    case .bootloaderIDF: return bootloaderIDF(at: place).map(FactValue.text)
    case .appIDF: return boot.app.idf.map(FactValue.text)
    case .appVersion: return boot.app.version.map(FactValue.text)
    case .appProject: return boot.app.project.map(FactValue.text)
    case .appELF: return boot.app.elfSHA256.map(FactValue.text)
    case .appOlderThanBootloader: return ageAgainstBootloader(at: place).map { .flag($0 < 0) }
    case .appNewerThanBootloader: return ageAgainstBootloader(at: place).map { .flag($0 > 0) }
    case .hasBootLine:
      return .flag(boot.resetReasonSource == .app || boot.slotSource == .app)
    case .hasBootloaderLines: return .flag(boot.showsBootloader)
    case .bootloaderFingerprint:
      guard !boot.bootloaderSegments.isEmpty else { return nil }
      return .text(boot.bootloaderSegments.map(String.init).joined(separator: ","))
    case .crashed: return .flag(crashedBoots.contains(place))
    case .updates: return .whole(updateCounts[boot.index] ?? 0)
    case .repeats: return .whole(boot.repeats)
    case .spuriousPowerOn: return .flag(spuriousBoots.contains(place))
    }
  }

  /// The line of a boot that tells an attribute best.
  func line(of attribute: BootAttribute, ofBoot place: Int) -> LineReference? {
    guard timeline.boots.indices.contains(place) else { return nil }
    let boot = timeline.boots[place]
    switch attribute {
    case .slot, .slotSource, .loadedOffset: return boot.slotLine
    case .resetReason, .resetSource: return boot.resetReasonLine ?? boot.romResetLine
    case .romCode, .romName, .resetClass, .bootMode: return boot.romResetLine
    case .reachedApp, .applicationLines: return boot.reachedAppLine
    case .endedBy: return boot.endingLine
    case .confirmed: return boot.confirmedLine
    case .bootloaderIDF: return boot.bootloaderLine
    case .appIDF, .appOlderThanBootloader, .appNewerThanBootloader: return boot.app.idfLine
    case .index, .chip, .beganInLog, .stage, .romFinished, .waitsForDownload, .seconds, .sleeps,
      .slotDefault, .appVersion, .appProject, .appELF, .hasBootLine, .hasBootloaderLines,
      .bootloaderFingerprint, .crashed, .updates, .repeats, .spuriousPowerOn:
      return nil
    }
  }

  /// What the strapping pins chose, from the ROM's text.
  private static func bootMode(_ reset: ROMReset) -> String? {
    guard let mode = reset.bootMode else { return nil }
    if mode.holds("DOWNLOAD") { return "download" }
    return mode.holds("SPI_") || mode.holds("FLASH_BOOT") ? "spi" : "other"
  }

  /// An update over the air leaves the bootloader alone, so an earlier boot's banner still counts.
  private func bootloaderIDF(at place: Int) -> String? {
    timeline.boots[...place].last { $0.bootloaderIDF != nil }?.bootloaderIDF
  }

  /// Below 0: the app's ESP-IDF is older than the bootloader's. Nil unless both can be read.
  private func ageAgainstBootloader(at place: Int) -> Int? {
    guard let app = timeline.boots[place].app.idf.flatMap(IDFVersion.init),
      let bootloader = bootloaderIDF(at: place).flatMap(IDFVersion.init)
    else { return nil }
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
