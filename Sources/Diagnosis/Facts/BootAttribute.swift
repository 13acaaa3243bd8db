import BootTimeline
import DeviceEvents

/// What a rule can ask about a boot; raw values are the names in rules.
public enum BootAttribute: String, CaseIterable, Hashable, Sendable {
  case index, slot
  case slotSource = "slot_source"
  case resetReason = "reset_reason"
  case resetSource = "reset_source"
  case resetInProse = "reset_in_prose"
  case romCode = "rom_code"
  case romName = "rom_name"
  case resetClass = "reset_class"
  case bootMode = "boot_mode"
  case gpio12
  case romBanner = "rom_banner"
  case chip
  case beganInLog = "began_in_log"
  case stage
  case reachedApp = "reached_app"
  case romFinished = "rom_finished"
  case waitsForDownload = "waits_for_download"
  case endedBy = "ended_by"
  case applicationLines = "application_lines"
  case seconds, confirmed, sleeps
  case slotDefault = "slot_default"
  case loadedOffset = "loaded_offset"
  case bootloaderIDF = "bootloader_idf"
  case appIDF = "app_idf"
  case appVersion = "app_version"
  case appProject = "app_project"
  case appELF = "app_elf"
  case appOlderThanBootloader = "app_older_than_bootloader"
  case appNewerThanBootloader = "app_newer_than_bootloader"
  case hasBootLine = "has_boot_line"
  case hasBootloaderLines = "has_bootloader_lines"
  case bootloaderFingerprint = "bootloader_fingerprint"
  case crashed, updates, repeats
  case spuriousPowerOn = "spurious_power_on"
  case tellsItsStart = "tells_its_start"
  case toldResetClass = "told_reset_class"
  case lines
  case lostNetwork = "lost_network"
  case secondsWithoutNetwork = "seconds_without_network"
  case failuresWithoutNetwork = "failures_without_network"

  var type: AttributeType {
    switch self {
    case .index, .romCode, .applicationLines, .seconds, .updates, .repeats, .lines: .number
    case .slot, .romName, .romBanner, .bootloaderIDF, .appIDF, .appVersion, .appProject, .appELF,
      .bootloaderFingerprint:
      .text
    case .loadedOffset, .secondsWithoutNetwork, .failuresWithoutNetwork: .number
    case .lostNetwork: .choice(["Wi-Fi", "Ethernet", "MQTT"])
    case .beganInLog, .reachedApp, .romFinished, .waitsForDownload, .confirmed, .sleeps,
      .appOlderThanBootloader, .appNewerThanBootloader, .hasBootLine, .hasBootloaderLines,
      .crashed, .spuriousPowerOn, .resetInProse, .tellsItsStart:
      .flag
    case .slotSource: .choice(["app", "offset", "segment", "update", "image"])
    case .resetReason: .choice(ResetReason.allCases.map(\.rawValue))
    case .resetSource: .choice(["app", "text", "rom"])
    case .resetClass, .toldResetClass: .choice(ResetCause.allCases.map(\.rawValue))
    case .bootMode: .choice(["spi", "download", "other"])
    case .gpio12: .choice(["high", "low"])
    case .chip: .choice(Chip.allCases.map(\.rawValue))
    case .stage: .choice(BootStage.names)
    case .endedBy: .choice(BootEnding.allCases.map(\.rawValue))
    case .slotDefault: .choice(["factory", "first_ota"])
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .index: "counted from 0"
    case .slot: "the label of the partition that runs"
    case .slotSource: "which witness told the slot"
    case .resetReason: "why it started, as `esp_reset_reason()` names it"
    case .resetSource: "which witness told the reason"
    case .resetInProse:
      "the application told the reason in prose of its own, which may tell of anything"
    case .romCode: "the number behind `rst:0x`"
    case .romName: "the text behind `rst:`"
    case .resetClass: "what the ROM's code means on this chip"
    case .bootMode: "what the strapping pins chose"
    case .gpio12: "the level of GPIO12 at the reset, which sets the voltage of an ESP32's flash"
    case .romBanner: "the first line of the ROM, which tells its version"
    case .chip: "the chip"
    case .beganInLog: "the log shows how it began"
    case .stage: "how far it came"
    case .reachedApp: "the application's own code was seen running"
    case .romFinished: "the ROM jumped to the bootloader"
    case .waitsForDownload: "the ROM waits for a download"
    case .endedBy: "how it ended"
    case .applicationLines: "lines of the application"
    case .seconds: "the log's clock at its last line"
    case .confirmed: "the app marked itself valid"
    case .sleeps: "it goes to deep sleep, or woke from it"
    case .slotDefault: "the slot that was chosen because the OTA data names none"
    case .loadedOffset: "where the app was loaded from, in bytes from the start of flash"
    case .bootloaderIDF: "the ESP-IDF that built the bootloader"
    case .appIDF: "the ESP-IDF that built the app"
    case .appVersion: "the app's version"
    case .appProject: "the project's name"
    case .appELF: "the SHA-256 of the app's ELF (a prefix)"
    case .appOlderThanBootloader:
      "the app's ESP-IDF is older than the bootloader's; absent if unknown"
    case .appNewerThanBootloader:
      "the app's ESP-IDF is newer than the bootloader's; absent if unknown"
    case .hasBootLine: "the app printed its reset reason or its slot"
    case .hasBootloaderLines: "the second-stage bootloader printed its lines"
    case .bootloaderFingerprint: "the lengths behind the ROM's `load:`, joined with commas"
    case .crashed: "it had a fatal crash"
    case .updates: "how many updates began in it"
    case .repeats: "how many boots like it follow that were not kept"
    case .lostNetwork: "the connection that it had, lost, and is without at its end"
    case .secondsWithoutNetwork:
      "how long it is without that at its end; absent if a return might not be in the log"
    case .failuresWithoutNetwork: "how many attempts to get it back failed"
    case .spuriousPowerOn: "part of the harmless double reset of slow flash at power-on"
    case .tellsItsStart: "its framework printed what it prints once after each start"
    case .toldResetClass: "what the ROM's code means that the application printed"
    case .lines: "lines in the log"
    }
  }
}

extension BootStage {
  /// The names in rules, from the ROM to the application.
  static let names = ["rom", "bootloader", "startup", "application"]

  /// The name in rules.
  var name: String {
    switch self {
    case .rom: "rom"
    case .bootloader: "bootloader"
    case .startup: "startup"
    case .application: "application"
    }
  }
}
