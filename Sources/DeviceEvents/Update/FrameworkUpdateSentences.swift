// Start updating sketch
// Error[4]: End Failed
// [  3708][E][Updater.cpp:185] begin(): too large 1400000 > 1310720
// I (9120) OTA_SERVICE: No need to upgrade
//
// Wordings of arduino-esp32 (libraries ArduinoOTA, Update, HTTPUpdate and their examples), and of
// Espressif's ESP-ADF ota_service and ESP-NOW upgrade.

extension UpdateSentences {
  /// arduino-esp32.
  static let arduino: [Sentence] =
    [
      Sentence("Start updating sketch", means: Means.line(.began(bytes: nil))),
      Sentence("Start updating filesystem", means: Means.began(.data)),
      Sentence("Start updating spiffs", means: Means.began(.data)),
      Sentence("Progress: ", then: "%d%s", .lineStart, means: arduinoProgress),
      Sentence("End", .lineStart, ending: .whole, means: Means.line(.ended)),
      Sentence(
        "Update Success: ", then: "%d",
        means: { match in Means.written(match) + [.update(.succeeded(target: nil))] }),
      Sentence("Update Start: ", .lineStart, means: Means.line(.began(bytes: nil))),
      Sentence(
        "OTA Progress Current: ", then: "%d bytes, Final: %d bytes", means: Means.progress),
      Sentence(
        "OTA Progress Current: ", then: "%d bytes, Total: %d bytes", means: Means.progress),
      Sentence("OTA Partition: ", then: "%s", means: Means.labelledTarget),
      Sentence("Begin ERROR: ", .taggedMessage, means: Means.failure(.begin)),
      Sentence("Write ERROR: ", .taggedMessage, means: Means.failure(.write)),
      Sentence("Update ERROR: ", then: "%s", .taggedMessage, means: arduinoFailure),
      Sentence("Receive Failed", .taggedMessage, means: Means.failure(.download)),
      Sentence("Authentication Failed", .taggedMessage, means: Means.failure(.authorization)),
      Sentence("too large ", then: "%d > %d", .taggedMessage, means: Means.failure(.size)),
      Sentence(
        "premature end: ", then: "res:%d, pos:%d/%d", .taggedMessage,
        means: { match in
          [
            .update(
              .failed(UpdateFailure(stage: .download, atByte: match.numbers.dropFirst().first)))
          ]
        }),
      Sentence("Update.begin failed! (", then: "%s)", means: arduinoFailure),
      Sentence("Update.writeStream failed! (", then: "%s)", means: arduinoFailure),
      Sentence("Update.end failed! (", then: "%s)", means: arduinoFailure),
      Sentence(
        "Magic header does not start with 0xE9", means: Means.failure(.validation)),
      Sentence("FreeSketchSpace to low (", means: Means.failure(.size)),
      Sentence("HTTP error: ", .taggedMessage, means: Means.failure(.download)),
      Sentence("HTTP Code is (", then: "%d)", .taggedMessage, means: Means.failure(.download)),
      Sentence("HTTP_UPDATE_NO_UPDATES", means: Means.line(.declined)),
      Sentence("HTTP_UPDATE_OK", means: Means.line(.succeeded(target: nil))),
      Sentence("HTTP_UPDATE_FAILED Error (", then: "%d): %s", means: httpUpdateFailure),
      Sentence("HTTP_UPDATE_FAILD Error (", then: "%d): %s", means: httpUpdateFailure),
      Sentence("Error[", then: "%d]: %s", .lineStart, means: arduinoFailure),
      Sentence("ERROR[", then: "%d]: %s", .lineStart, means: arduinoFailure),
      Sentence("Update error: ", then: "%s", .lineStart, means: arduinoFailure),
    ]
    + arduinoErrors.map { text, stage in
      Sentence(text, .lineStart, ending: .whole, means: Means.failure(stage))
    }

  /// The texts of `Update.errorString()`, `HTTPUpdate::getLastErrorString()` and ArduinoOTA's
  /// example, with the step they belong to.
  private static let arduinoErrors: [(StaticString, UpdateFailure.Stage)] = [
    ("Flash Write Failed", .write), ("Flash Erase Failed", .write),
    ("Flash Read Failed", .validation), ("Not Enough Space", .size), ("Bad Size Given", .size),
    ("Stream Read Timeout", .download), ("MD5 Check Failed", .validation),
    ("Wrong Magic Byte", .validation), ("Could Not Activate The Firmware", .setBoot),
    ("Partition Could Not be Found", .noPartition), ("Not Enough space", .size),
    ("Server Did Not Report Size", .download), ("File Not Found (404)", .download),
    ("Forbidden (403)", .download), ("Wrong HTTP Code", .download), ("Wrong MD5", .validation),
    ("Verify Bin Header Failed", .validation), ("New Binary Does Not Fit Flash Size", .size),
    ("Auth Failed", .authorization), ("Begin Failed", .begin), ("Connect Failed", .download),
    ("Receive Failed", .download), ("End Failed", .validation),
  ]

  /// The step of one of these texts.
  static func stage(ofArduinoError text: String) -> UpdateFailure.Stage? {
    arduinoErrors.first { text.hasPrefix($0.0.description) }?.1
  }

  /// ArduinoOTA's example prints its progress over and over in one line, and its error behind.
  private static let arduinoProgress: Sentence.Meaning = { match in
    let progress = Means.percent(match)
    guard !progress.isEmpty, let behind = match.texts.first,
      let bracket = behind.firstIndex(of: "["), behind[..<bracket].hasSuffix("Error")
    else { return progress }
    let text = behind[bracket...].drop { $0 != " " }.dropFirst()
    let known = arduinoErrors.first { text.hasPrefix($0.0.description) }
    return progress + [.update(.failed(UpdateFailure(stage: known?.1 ?? .unknown)))]
  }

  /// What HTTPUpdate reports: its own errors, or those of HTTPClient, whose numbers are negative.
  private static let httpUpdateFailure: Sentence.Meaning = { match in
    if let number = match.numbers.first, (-99 ... -1).contains(number) {
      return [.update(.failed(UpdateFailure(stage: .download)))]
    }
    return arduinoFailure(match)
  }

  /// A failure that names one of these texts; other numbered errors are no updates.
  private static let arduinoFailure: Sentence.Meaning = { match in
    guard let text = match.texts.first else { return [] }
    if text.hasPrefix("HTTP error") { return [.update(.failed(UpdateFailure(stage: .download)))] }
    if text == "Aborted" || text.hasSuffix(": Aborted") { return [.update(.aborted)] }
    let known = arduinoErrors.first { text.hasPrefix($0.0.description) }
    let nested = arduinoErrors.first { text.hasSuffix($0.0.description) }
    guard let stage = (known ?? nested)?.1 else { return [] }
    return [.update(.failed(UpdateFailure(stage: stage)))]
  }

  /// ESP-ADF and ESP-NOW.
  static let espressifServices: [Sentence] = [
    Sentence(
      "Running firmware version: ", then: "%s, the incoming firmware version %s",
      means: { match in
        guard match.texts.count == 2 else { return [] }
        return [.update(.runningVersion(match.texts[0])), .update(.newVersion(match.texts[1]))]
      }),
    Sentence("write_offset ", then: "%d, r_size %d", .taggedMessage, means: adfProgress),
    Sentence("OTA prepared fail", .taggedMessage, means: Means.line(.aborted)),
    Sentence("No need to upgrade", .taggedMessage, means: Means.line(.declined)),
    Sentence(
      "List id: ", then: "%d, OTA success", means: Means.line(.succeeded(target: nil))),
    Sentence("List id: ", then: "%d, OTA failed, result: %d", means: adfResult),
    Sentence(
      "Write total_size: ", then: "%d, written_size: %d",
      means: { match in
        guard match.numbers.count == 2 else { return [] }
        return [.update(.progress(received: match.numbers[1], total: match.numbers[0]))]
      }),
  ]

  /// ESP-ADF counts from the start of the partition; the block is still to come.
  private static let adfProgress: Sentence.Meaning = { match in
    guard match.numbers.count == 2, match.numbers[0] >= 0, match.numbers[1] >= 0 else { return [] }
    return [.update(.progress(received: match.numbers[0] + match.numbers[1], total: nil))]
  }

  /// 0x90004 of ESP-ADF's `ota_service_err_reason_t` says that the version is not newer; the
  /// service calls that a failure.
  private static let adfResult: Sentence.Meaning = { match in
    [.update(match.numbers.last == 0x90004 ? .declined : .aborted)]
  }
}
