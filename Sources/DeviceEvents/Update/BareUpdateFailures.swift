// Update failed.
// E (7055) fota: Upgrading firmware: Failed: ESP_ERR_INVALID_ARG
//
// What any application may say of anything that it updates. While an update is open it is that one's end, and nothing
// otherwise; what is printed of the update behind it shows that it was not.

import LineReading

extension UpdateSentences {
  /// The sentences that mean something only while an update is open.
  static let bareFailures: [Sentence] =
    [
      "Update failed", "Update Failed", "Upgrade failed", "Upgrade Failed", "UPDATE FAILED",
    ].flatMap { words -> [Sentence] in
      [
        Sentence(
          words, then: "%s", .sentence, unless: Means.tellsNoFailure, means: brokeOffWithError),
        Sentence(
          words, .sentence, ending: .whole,
          means: Means.line(.brokeOff(UpdateFailure(stage: .unknown)))),
      ]
    } + [
      Sentence("ESP_ERR_", then: "%w", behind: tellsFailedUpdate, means: brokeOffWithNamedError)
    ]

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

  /// Whether what stands before the error says of an update that it failed. Settings and clocks are updated as well.
  private static let tellsFailedUpdate: Sentence.Lead = { before in
    let isFirmware = ["pgrad", "PGRAD", "irmware"].contains { before.contains($0) }
    if isFirmware { return ["ail", "AIL", "rror", "RROR"].contains { before.contains($0) } }
    return ["pdate failed", "pdate Failed", "pdate error"].contains { before.contains($0) }
  }
}
