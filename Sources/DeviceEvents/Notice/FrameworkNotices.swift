// [E][safe_mode:093]: Boot loop detected. Proceeding to safe mode
// [E][safe_mode:139]: Boot loop detected
// [E][esp32.crash:332]: *** CRASH DETECTED ON PREVIOUS BOOT ***
// [E][api:128]: No client connected to API. Rebooting...
// You are in safe mode because:
// Traceback (most recent call last):
// 00:00:02.000 WIF: Connect failed as AP cannot be reached
//
// Wordings of ESPHome (components safe_mode, ota up to 2024.5, esp32's crash handler of 2026, api,
// wifi, core/application.cpp), CircuitPython (supervisor/shared/safe_mode.c and its main.c, 5 to 10),
// MicroPython (py/obj*.c, ports/esp32) and Tasmota (support_wifi.ino, support_esp.ino, 9 to 14).

import LineReading

extension NoticeSentences {
  /// What frameworks above ESP-IDF say about themselves.
  static let frameworks: [Sentence] =
    espHome + startsOfESPHome + circuitPython + python + startsOfTasmota + tasmota + meshtastic
    + espEasy + wled

  private static let espHome: [Sentence] = [
    Sentence(
      "ESPHome version ", then: "%s compiled on %s", .taggedMessage,
      means: { match in
        guard match.texts.count == 2 else { return [] }
        return [
          .application(.describesItself(version: match.texts[0], compiled: match.texts[1]))
        ]
      }),
    Sentence("Boot loop detected. Proceed", then: "%*", means: notice(.safeModeEntered)),
    Sentence("Boot loop detected", .taggedMessage, means: notice(.safeModeEntered)),
    // 2025.7+ says it so; and so does whoever asks for a dump of the configuration.
    Sentence("SAFE MODE IS ACTIVE", .taggedMessage, means: notice(.safeModeActive)),
    Sentence("Manual mode", .taggedMessage, ending: .whole, means: notice(.safeModeAskedFor)),
    Sentence("Safe mode invoked manually", .taggedMessage, means: notice(.safeModeAskedFor)),
    Sentence(
      "*** CRASH DETECTED ON PREVIOUS BOOT ***", .sentence, means: notice(.earlierCrashReported)),
    Sentence("  Reason: ", then: "%s", .taggedMessage, means: notice(.earlierCrashReason)),
    Sentence(
      "    Reason: Fault - ", then: "%s", .lineStart, means: notice(.earlierCrashReason)),
    // Up to 2025.5, and after.
    Sentence(
      "No client connected to API. Rebooting", .taggedMessage, means: restarts(for: "API")),
    Sentence("No clients; rebooting", .taggedMessage, means: restarts(for: "API")),
    Sentence("Can't connect to WiFi, rebooting", .taggedMessage, means: restarts(for: "Wi-Fi")),
    Sentence("Can't connect; rebooting", .taggedMessage, means: restarts(for: "Wi-Fi")),
    // What sketches print when they have joined.
    Sentence("WiFi connected", .lineStart, means: neutral(.addressTold)),
    Sentence("Connected to WiFi", .lineStart, means: neutral(.addressTold)),
    Sentence("IP address: ", then: "%d.%d.%d.%d", .lineStart, means: neutral(.addressTold)),
    Sentence("STA IP: ", .lineStart, means: neutral(.addressTold)),
    Sentence("Got IP", .lineStart, means: neutral(.addressTold)),
  ]

  /// The node restarts because what it waits for does not come.
  private static func restarts(for what: String) -> Sentence.Meaning {
    { _ in [.notice(Notice(.restartsForNetwork, detail: what)), .power(.restarts)] }
  }

  /// Why CircuitPython does not run the user's code. Its sentences stand in lines of their own.
  private static let circuitPython: [Sentence] =
    [
      Sentence("CircuitPython core code crashed hard", .lineStart, means: crash("core code")),
      Sentence("Code done running.", .lineStart, ending: .whole, means: neutral(.scriptEnded)),
    ]
    + phrases(
      ["The power dipped. Make sure you are providing enough power", "Power dipped. Make sure"],
      .lineStart,
      { _ in [.bootLine(BootLine(reason: .brownout, partition: nil))] })
    + hardFaults.map { text in
      Sentence(text, .lineStart, ending: .whole, means: crash(text.description))
    }

  private static let hardFaults: [StaticString] = [
    "Hard fault: memory access or instruction error", "NLR jump failed. Likely memory corruption",
    "Third-party firmware fatal error", "Internal watchdog timer expired",
    "Heap allocation when VM not running", "Fault detected by hardware",
    "Crash into the HardFault_Handler",
  ]

  private static func crash(_ reason: String) -> Sentence.Meaning {
    { _ in [.notice(Notice(.earlierCrashReported, detail: reason))] }
  }

  /// A notice about something that is also seen in logs of other things than these chips.
  private static func neutral(_ kind: NoticeKind) -> Sentence.Meaning {
    { _ in [.notice(Notice(kind))] }
  }

  /// What a script's interpreter says when the script fails.
  private static let python: [Sentence] =
    [
      Sentence("Traceback (most recent call last):", .lineStart, means: neutral(.pythonTraceback)),
      Sentence("  File \"", then: "%s\", line %d", .lineStart, means: scriptFrame),
      // As pages show it that leave out the blanks.
      Sentence("File \"", then: "%s\", line %d", .lineStart, means: scriptFrame),
      Sentence("KeyboardInterrupt", .lineStart, means: neutral(.scriptInterrupted)),
      Sentence("SystemExit", .lineStart, means: neutral(.scriptInterrupted)),
      Sentence("MPY: soft reboot", .lineStart, means: neutral(.scriptInterrupted)),
      // Ahead of a crash, ports/esp32/panichandler.c.
      Sentence("Machine     : ", then: "%s", .lineStart, means: machine),
      Sentence("IDF version : ", then: "%s", .lineStart, means: idfVersion),
    ]
    + pythonErrors.map { name in
      Sentence(
        name, then: "%*", .lineStart,
        means: { _ in [.notice(Notice(.pythonError, detail: name.description))] })
    }

  private static let scriptFrame: Sentence.Meaning = { match in
    // The scripts of a chip lie in its own small file system; a computer names whole paths.
    guard let file = match.texts.first, !file.contains(":"),
      !file.hasPrefix("/") || file.hasPrefix("/lib/"), file != "<stdin>"
    else { return [] }
    return [.notice(Notice(.scriptFrame, numbers: match.numbers, detail: file))]
  }

  /// `Generic ESP32S3 module with Octal-SPIRAM with ESP32S3`: the last word is the chip.
  private static let machine: Sentence.Meaning = { match in
    guard let words = match.texts.first?.split(separator: " "), words.count > 2,
      words[words.count - 2] == "with", let name = words.last, name.hasPrefix("ESP32"),
      let chip = Chip(hardware: String(name))
    else { return [] }
    return [.application(.chip(chip))]
  }

  /// `v5.5.2`, in the same lines.
  private static let idfVersion: Sentence.Meaning = { match in
    guard let version = match.texts.first, version.hasPrefix("v"), !version.contains(" ") else {
      return []
    }
    return [.application(.idf(version))]
  }

  private static let pythonErrors: [StaticString] = [
    "AssertionError", "AttributeError", "EOFError", "ImportError", "IndentationError",
    "IndexError", "KeyError", "MemoryError", "NameError", "NotImplementedError", "OSError",
    "OverflowError", "RuntimeError", "SyntaxError", "TypeError", "ValueError",
    "ZeroDivisionError",
  ]

  private static let tasmota: [Sentence] = [
    // What the last crash left, in the answer to `Status 12` and in the first message after it, where it stands for the
    // reason of this start. The ESP8266 has several registers with an address.
    Sentence(
      "{\"Exception\":", then: "%d,\"Reason\":\"%s\",\"EPC\":\"%x\"",
      behind: { TasmotaHead.mayStand(in: $0) && $0.contains("\"RestartReason\":") },
      means: { match in
        toldCrash(match) + [.bootLine(BootLine(reason: .panic, partition: nil))]
      }),
    Sentence(
      "{\"Exception\":", then: "%d,\"Reason\":\"%s\",\"EPC\":\"%x\"",
      behind: TasmotaHead.mayStand(in:), means: toldCrash),
    Sentence(
      "{\"Exception\":", then: "%d,\"Reason\":\"%s\",\"EPC\":[",
      behind: TasmotaHead.mayStand(in:),
      means: { _ in [.notice(Notice(.otherChipNamed, detail: "ESP8266"))] }),
    Sentence("Tasmota Version ", then: "%s(%s)-%s(", means: build),
    // The ESP8266's words for a reset reason.
    Sentence(
      "Fatal exception:", then: "%d flag:%d (%s) epc1:0x",
      means: { _ in [.notice(Notice(.otherChipNamed, detail: "ESP8266"))] }),
    Sentence("WIF: Connect failed as AP cannot be reached", means: joinFailed(201)),
    Sentence("WIF: Connect failed with AP incorrect password", means: joinFailed(202)),
    Sentence("WIF: Connect failed", means: joinFailed(nil)),
    Sentence("WIF: Connected", .anywhere, ending: .whole, means: notice(.wifiConnected)),
  ]

  private static let toldCrash: Sentence.Meaning = { match in
    guard let reason = match.texts.first else { return [] }
    return [
      .notice(Notice(.earlierCrashReported)),
      .notice(Notice(.earlierCrashReason, detail: "Fault - " + reason)),
    ]
  }

  /// What Meshtastic's start-up says on these chips alone (src/sleep.cpp, 2.0 to 2.6).
  private static let meshtastic: [Sentence] = [
    Sentence(
      "Booted, wake cause ", then: "%d (boot count %d)",
      means: { _ in [.application(.running)] }),
    Sentence("S:B:", then: "%d,%s,%s,meshtastic/firmware", means: environment),
  ]

  /// ESPEasy names the SDK that it was built with, which tells the family.
  private static let espEasy: [Sentence] = [
    Sentence(
      "INIT : Booting version: ", then: "%*(ESP32%*SDK %w",
      means: { _ in [.application(.running)] }),
    Sentence(
      "INFO : Plugins: ", then: "%*(ESP32%*SDK %w", means: { _ in [.application(.running)] }),
    Sentence(
      "INIT : Booting version: ", then: "%*(ESP82xx Core %w",
      means: { _ in [.notice(Notice(.otherChipNamed, detail: "ESP8266"))] }),
  ]

  /// WLED counts the crashes that follow one another within a minute (wled00/util.cpp, 0.16). At power-on the count is
  /// whatever the memory holds.
  private static let wled: [Sentence] = [
    Sentence("checking for bootloop: time ", then: "%d, counter %d, action %d", means: loopCount),
    Sentence(
      "!BOOTLOOP DETECTED!", .lineStart, ending: .whole,
      means: { _ in [.notice(Notice(.earlierCrashReported))] }),
  ]

  private static let loopCount: Sentence.Meaning = { match in
    guard match.numbers.count == 3, (1...9).contains(match.numbers[1]) else { return [] }
    return [.notice(Notice(.earlierCrashReported))]
  }

  /// The third part names the build. Those for an nRF52 or an RP2040 that are known by name; all others say nothing.
  private static let environment: Sentence.Meaning = { match in
    guard match.texts.count == 2 else { return [] }
    let builds: [(name: String, chip: String)] = [
      ("rak4631", "nRF52840"), ("t-echo", "nRF52840"), ("nrf52", "nRF52840"),
      ("xiao_nrf52", "nRF52840"), ("seeed_xiao_nrf52", "nRF52840"), ("rak11310", "RP2040"),
    ]
    let name = match.texts[1]
    // Of these boards there are builds for an ESP32, too: `picomputer-s3`.
    guard !["s3", "c3", "c6", "esp32"].contains(where: { name.contains($0) }) else { return [] }
    let chip = picoBuilds[name] ?? builds.first { name.hasPrefix($0.name) }?.chip
    return chip.map { [.notice(Notice(.otherChipNamed, detail: $0))] } ?? []
  }

  /// By their whole names: others begin alike.
  private static let picoBuilds: [String: String] = [
    "pico": "RP2040", "picow": "RP2040", "pico_slowclock": "RP2040", "pico2": "RP2350",
    "pico2w": "RP2350",
  ]

  /// `13.4.0(tasmota32)-2_0_14`: builds for an ESP32 are named so; a core 2.4 to 2.7 is the ESP8266's.
  private static let build: Sentence.Meaning = { match in
    guard match.texts.count == 3 else { return [] }
    if match.texts[1].contains("32") { return [.application(.running)] }
    return isOfESP8266(core: match.texts[2])
      ? [.notice(Notice(.otherChipNamed, detail: "ESP8266"))] : []
  }

  /// An attempt to join that failed, with the reason's number where it is told.
  static func joinFailed(_ reason: Int?) -> Sentence.Meaning {
    { _ in [.notice(Notice(.wifiJoinFailed, numbers: reason.map { [$0] } ?? []))] }
  }
}

extension Chip {
  /// The chip of that name, `ESP32-D0WD-V3`, `ESP32-C6`, `ESP32S3`; nil for other families.
  init?(hardware name: String) {
    let bare = name.lowercased().filter { $0 != "-" && $0 != "_" }
    guard bare.hasPrefix("esp32") else { return nil }
    // Packages of the ESP32 have a letter and a digit behind the dash, too: `D0WD`, `U4WDH`.
    let longest = Chip.allCases.filter { bare.hasPrefix($0.rawValue) }
      .max { $0.rawValue.utf8.count < $1.rawValue.utf8.count }
    self = longest ?? .esp32
  }
}

extension NoticeKind {
  /// Whether logs of other things than these chips say so as well, so that it is no sign of one.
  var isNeutral: Bool {
    switch self {
    case .pythonTraceback, .scriptFrame, .addressTold, .pythonError, .scriptInterrupted,
      .scriptEnded,
      .otherChipNamed, .flashedByTool, .flashErased, .wifiJoinFailed, .ethernetConnected,
      .ethernetLost, .mqttConnected, .mqttDisconnected, .rollbackTold,
      .updateTroubleTold, .crashRetold, .wordsOfAnother, .resetReasonUnread:
      true
    // Words of these chips alone.
    case .romInvalidHeader, .romFlashReadError, .romChecksumError, .romHashMismatch,
      .romBootsAnyway, .romExpectedHash, .romChipMismatch, .romFatalExit, .romLoaderRejected,
      .romSecureBootFailed, .romSignatureMissing, .romBasicInterpreter, .romAssert, .romMapsImage,
      .romUserCodeDone, .romReadsQuad, .watchdogResetSeen, .watchdogResetPC,
      .bootloaderHeaderUnreadable,
      .xmcStartupFailed, .cpuFrequencyTooHigh, .bootloaderAssert, .flashQuadModeFailed,
      .partitionMagicInvalid, .partitionExceedsFlash, .partitionTableChecksumWrong,
      .partitionTableInvalid, .otadataInvalid, .otadataTooSmall, .otadataWriteFailed,
      .otadataInitialised, .slotNotBootable, .noBootablePartition, .factoryReset, .fastBootFailed,
      .antiRollbackRejected, .teeLoadFailed, .flashMapFailed, .efuseVirtual, .otadataEmpty,
      .otadataSequence, .otadataSlotSelected, .otadataMarkedPending, .otadataMarkedAborted,
      .bootloaderTriesSlot, .antiRollbackEnabled, .secureVersionOfChip, .testImageMissing,
      .testImageBoots, .factoryResetIncomplete, .imageMagicInvalid, .uploadMagicInvalid,
      .imageSegmentCountInvalid, .imageChipMismatch, .imageChipRevisionMismatch,
      .imageEfuseRevisionMismatch, .imageSegmentOverlaps, .imageSegmentInvalid, .imageTooLarge,
      .imageChecksumFailed, .imageHashFailed, .imageSignatureFailed, .imageDescriptorMissing,
      .imagePageSizeMismatch, .imageReadFailed, .imageFlashSettingsInvalid, .imageSegmentMisaligned,
      .imageSegmentsRepeated, .secureBootFailed, .flashEncryptionFailed, .flashEncryptionWorks,
      .flashEncryptionEnabled, .efuseProblem, .flashSmallerThanHeader, .flashLargerThanHeader,
      .flashNotDetected, .flashWriteFailed, .octalFlashNotConfigured, .singleCoreChip,
      .driverConflict, .appHeaderInvalid, .memoryProtectionLocked, .psramFailed,
      .psramMemoryTestFailed, .psramNotRequired, .psramAccessFailed, .initFunctionFailed,
      .internalPoolNotReserved, .secureVersionTooLow, .crystalMissing,
      .rtcNotInitialisedByBootloader, .coreDumpFoundInFlash, .coreDumpPartitionMissing,
      .coreDumpInvalid, .coreDumpKept, .crystal32kStopped, .genericFlashDriver, .rollbackImpossible,
      .confirmationFailed, .otadataUnreadable, .noSlotSelected, .httpError, .httpHandlerFailed,
      .httpSocketError, .httpServerFailed, .tlsFailed, .dnsFailed, .connectionFailed,
      .updateRefusedByServer, .otaAuthDisabled, .otaKeyMissing, .otaServerStarted, .otaServerFailed,
      .wifiDisconnected, .wifiGaveUp, .wifiConnected, .coprocessorSilent, .safeModeEntered,
      .safeModeActive,
      .safeModeAskedFor, .quickRestartsCounted,
      .earlierCrashReported, .earlierCrashReason, .earlierResetTold, .restartsForNetwork,
      .nvsFailed,
      .allocationFailed, .phyCalibration, .phyDataInvalid, .phyCalibrationForeign,
      .partitionProblem, .spinlockTimeout, .batteryLow, .binaryLog, .brownoutDetected,
      .brownoutOutlived, .mcubootReverts,
      .offersFailedVersion, .entersDeepSleep, .wokeFromDeepSleep, .restartRequested,
      .restartMentioned, .appConfirmed,
      .rollbackRequested, .selfTestFailed, .selfTestPassed, .configuredSlotNotRunning,
      .earlierRollbackSeen, .errorCheckWithoutAbort, .emulator:
      false
    }
  }
}
