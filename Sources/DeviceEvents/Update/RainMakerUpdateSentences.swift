// I (5293) esp_rmaker_ota: Reporting in-progress: Starting OTA Upgrade
// I (9120) esp_rmaker_ota: Reporting failed: OTA failed: ESP_ERR_HTTPS_OTA_IN_PROGRESS
// I (9120) esp_rmaker_ota: Reporting rejected: Same version received
//
// What ESP RainMaker reports to its cloud: one of five states, then words of the component or of the application that
// brought a callback of its own.

import LineReading

extension UpdateSentences {
  static let rainMakerTag: StaticString = "esp_rmaker_ota"

  /// Under that tag alone: other components report states as well.
  static let rainMaker: [Sentence] = [
    Sentence("Reporting in-progress: ", then: "%s", .taggedMessage, means: progresses),
    Sentence("Reporting success: ", then: "%s", .taggedMessage, means: succeeded),
    Sentence("Reporting failed: ", then: "%s", .taggedMessage, means: failed),
    Sentence("Reporting rejected: ", then: "%s", .taggedMessage, means: rejected),
    // It is fetched again at its time.
    Sentence("Reporting delayed: ", .taggedMessage, means: Means.line(.aborted)),
  ]

  private static let progresses: Sentence.Meaning = { match in
    guard let info = match.texts.first?.lowercased() else { return [] }
    if info.hasPrefix("starting") { return [.update(.began(bytes: nil))] }
    if info.hasPrefix("rebooting") { return [.update(.succeeded(target: nil))] }
    if info.contains("complete") { return [.update(.target(UpdateTarget())), .update(.received)] }
    if info.hasPrefix("downloaded "), let number = Means.words(of: info).dropFirst().first,
      let percent = Int(number), (0...100).contains(percent)
    {
      return [.update(.percent(percent))]
    }
    return [.update(.target(UpdateTarget()))]
  }

  private static let succeeded: Sentence.Meaning = { match in
    let isVerified = match.texts.first?.contains("verified") ?? false
    return [.update(isVerified ? .confirmed : .succeeded(target: nil))]
  }

  private static let failed: Sentence.Meaning = { match in
    guard let info = match.texts.first else { return [] }
    // It was not begun.
    if info.lowercased().contains("download window") { return [.update(.declined)] }
    var failure = UpdateFailure.ofFirmware
    if info.contains("validation failed") || info.contains("verification failed") {
      failure.stage = .validation
    } else if info.contains("Complete data was not received") {
      failure.stage = .download
    } else if let error = Means.error(in: info), error.name != nil {
      return [Means.failed(.unknown, error: error)]
    }
    return [.update(.failed(failure))]
  }

  private static let rejected: Sentence.Meaning = { match in
    guard let info = match.texts.first?.lowercased() else { return [] }
    if info.contains("rolled back") { return [.update(.earlierRollbackSeen)] }
    let isUnfit = ["revision mismatch", "secure version"].contains { info.contains($0) }
    // Another project's image is refused by its name alone, before its data.
    return [.update(isUnfit ? .failed(UpdateFailure(stage: .validation)) : .declined)]
  }
}
