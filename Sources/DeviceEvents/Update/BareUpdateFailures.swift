// Update failed.
// [OTA] Update failed!
// E (5000) ota: update failed, giving up
// E (7055) fota: Upgrading firmware: Failed: ESP_ERR_INVALID_ARG
//
// What any application may say of anything that it updates. While an update is open it is that one's end; what is
// printed of the update behind it shows that it was not. Otherwise it counts as one of firmware where its tag or the
// words beside it name firmware.

import LineReading

extension UpdateSentences {
  /// The sentences that mean something only while an update is open, or beside words of firmware.
  static let bareFailures: [Sentence] =
    [
      "Update failed", "Update Failed", "Upgrade failed", "Upgrade Failed", "UPDATE FAILED",
    ].flatMap { words -> [Sentence] in
      [
        Sentence(
          words, then: "%s", .sentence, unless: Means.tellsNoFailure, means: brokeOffWithError),
        Sentence(
          words, .sentence, ending: .clause, behind: FirmwareWords.areLast,
          unless: Means.tellsNoFailure, means: firmwareBrokeOff),
        Sentence(
          words, then: "%s", .sentence, behind: FirmwareWords.mayFollow,
          unless: Means.tellsNoFailure, means: brokeOffBesideFirmware),
        Sentence(words, .sentence, ending: .whole, means: brokeOff),
        Sentence(
          words, .taggedMessage, ending: .clause, unless: Means.tellsNoFailure, means: brokeOff),
      ]
    }
    + ["update failed", "upgrade failed"].flatMap { words -> [Sentence] in
      [
        Sentence(
          words, then: "%s", .taggedMessage, unless: Means.tellsNoFailure,
          means: brokeOffWithError),
        Sentence(
          words, .taggedMessage, ending: .clause, unless: Means.tellsNoFailure, means: brokeOff),
      ]
    } + [
      // By itself it says what failed; in the words of an assertion it is a crash's.
      Sentence("ESP_ERR_OTA_VALIDATE_FAILED", behind: tellsOwnError, means: brokeOffInvalid),
      Sentence("ESP_ERR_", then: "%w", behind: tellsFailedUpdate, means: brokeOffWithNamedError),
    ]

  private static let brokeOff = Means.line(.brokeOff(UpdateFailure(stage: .unknown)))

  private static let firmwareBrokeOff = Means.line(.brokeOff(.ofFirmware))

  /// The words right behind name firmware.
  private static let brokeOffBesideFirmware: Sentence.Meaning = { match in
    guard let rest = match.texts.first, let first = rest.utf8.first, !Letters.isWord(first),
      FirmwareWords.follow(in: rest)
    else { return [] }
    return [.update(.brokeOff(.ofFirmware))]
  }

  /// An error of ESP-IDF's behind the words.
  private static let brokeOffWithError: Sentence.Meaning = { match in
    guard let error = Means.error(in: match.texts.first), error.name != nil else { return [] }
    return [Means.brokeOff(error)]
  }

  /// The error of which the marker is the beginning.
  private static let brokeOffWithNamedError: Sentence.Meaning = { match in
    guard let rest = match.texts.first, !rest.isEmpty else { return [] }
    return [Means.brokeOff(ErrorCode(name: "ESP_ERR_" + rest))]
  }

  private static let brokeOffInvalid: Sentence.Meaning = { _ in
    [Means.brokeOff(ErrorCode(name: "ESP_ERR_OTA_VALIDATE_FAILED"))]
  }

  /// Whether what stands before the error leaves it one that this node has now.
  private static let tellsOwnError: Sentence.Lead = { before in
    guard OtherNodes.areUnnamed(before) else { return false }
    return !ofAnotherError.contains { before.contains($0) }
  }

  /// A crash's words, an earlier error, and calls that read what is in flash already.
  private static let ofAnotherError: [StaticString] = [
    "esp_err_t", "ESP_ERROR_CHECK", "ast ", "revious", "arlier", "oot_partition", "ark_app",
  ]

  /// Whether what stands before the error says of an update that it failed. Settings and clocks are updated as well.
  private static let tellsFailedUpdate: Sentence.Lead = { before in
    let isFirmware = ["pgrad", "PGRAD", "irmware"].contains { before.contains($0) }
    if isFirmware { return ["ail", "AIL", "rror", "RROR"].contains { before.contains($0) } }
    return ["pdate failed", "pdate Failed", "pdate error"].contains { before.contains($0) }
  }
}

extension UpdateFailure {
  /// One of which no more is known than that firmware was to be updated.
  static var ofFirmware: UpdateFailure {
    var failure = UpdateFailure(stage: .unknown)
    failure.isOfFirmware = true
    failure.isToldAsError = true
    return failure
  }
}

/// Tells whether what failed to update is firmware, and not a sensor, a display or a clock.
enum FirmwareWords {
  /// Whether a tag names it: `fota`, `fw_update`.
  static func areTag(_ tag: ByteText) -> Bool {
    TagWord.isAny(of: words, in: tag, extendedBy: .letter)
  }

  /// Whether it is the last word: `[OTA] `, `Firmware: `.
  static let areLast: Sentence.Lead = { before in
    areTag(lastWord(of: before))
  }

  /// Whether it may be named behind a text: not where the last word names what else is updated, `NTP: `.
  static let mayFollow: Sentence.Lead = { before in
    !isForeign(lastWord(of: before))
  }

  private static func lastWord(of before: ByteText) -> ByteText {
    var end = before.count
    while end > 0, !Letters.isWord(before[end - 1]) { end -= 1 }
    var start = end
    while start > 0, Letters.isWord(before[start - 1]) { start -= 1 }
    return before.slice(from: start, to: end)
  }

  /// Whether one of the first words of a text names it, and none before names anything else: no field of a record, and
  /// no cloud's mirror of it, `firmware shadow rejected`.
  static func follow(in text: String) -> Bool {
    let start = text.prefix(96)
    let clause = start.prefix { !"{|=\"".contains($0) }
    var words = UpdateMeaning.words(of: clause.lowercased())
    // `fw=1.2.0`
    if clause.endIndex < start.endIndex, start[clause.endIndex] == "=" { _ = words.popLast() }
    guard let place = words.prefix(3).firstIndex(where: { named.contains($0) }),
      !words.dropFirst(place + 1).starts(with: ["shadow"])
    else { return false }
    return words.prefix(place).allSatisfy { word in
      var word = String(word)
      return word.withUTF8 { !isForeign(ByteText($0)) }
    }
  }

  /// Whether a tag names what else is updated all the time: `W weather: Update failed`.
  static func areForeign(to tag: ByteText) -> Bool {
    TagWord.isAny(of: others, in: tag, extendedBy: .letter)
  }

  private static func isForeign(_ word: ByteText) -> Bool {
    areForeign(to: word) || TagWord.isAny(of: mirrors, in: word, extendedBy: .letter)
  }

  private static let mirrors: [StaticString] = ["shadow"]
  private static let words: [StaticString] = ["ota", "fota", "firmware", "fw", "fwup", "updater"]
  private static let named: Set<Substring> = ["ota", "fota", "firmware", "fw"]

  private static let others: [StaticString] = [
    "weather", "forecast", "display", "epd", "epaper", "lcd", "oled", "tft", "led", "sensor",
    "bme", "bmp", "bmi", "sht", "dht", "ds", "ccs", "scd", "aht", "ntp", "sntp", "time", "clock",
    "rtc", "gps", "ddns", "dns", "mdns", "price", "calendar",
  ]
}
