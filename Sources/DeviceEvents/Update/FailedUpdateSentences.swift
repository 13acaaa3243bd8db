// E (61320) app: Firmware update failed
// E (26000) fwup: firmware update failed: sha256 mismatch
// E (26000) app: Firmware download failed (HTTP 404)
//
// How applications at large say that an update of the firmware failed.

import LineReading

extension UpdateSentences {
  /// That the firmware is in flash and a restart follows.
  static let writtenUpdates: [Sentence] =
    ["Firmware written successfully", "firmware written successfully"].map { words -> Sentence in
      Sentence(
        words, .sentence, ending: .clause, behind: OtherNodes.areUnnamed, unless: namesNoRestart,
        means: Means.line(.succeeded(target: nil)))
    }

  /// What is written to another chip needs no restart of this one.
  private static let namesNoRestart: Sentence.Refusal = { behind in
    let words = behind.slice(from: 0, to: 160)
    return !["restart", "Restart", "reboot", "Reboot"].contains { words.contains($0) }
  }

  /// Under any tag.
  static let failedUpdates: [Sentence] =
    failures.flatMap { words -> [Sentence] in
      [
        Sentence(
          words, then: "%s", .sentence, unless: Means.tellsNoFailure,
          means: Means.failureWithError(.unknown)),
        Sentence(
          words, then: " in %s", .sentence, unless: Means.tellsNoFailure,
          means: Means.failureInStep),
        Sentence(
          words, then: "%s", .sentence, unless: Means.tellsNoFailure, means: Means.failureForImage),
        Sentence(
          words, .sentence, ending: .clause, unless: Means.tellsNoFailure,
          means: Means.failure(.unknown)),
      ]
    }
    + failuresInOtherCase.flatMap { words -> [Sentence] in
      [
        Sentence(
          words, then: "%s", .sentence, behind: OtherNodes.areUnnamed,
          unless: Means.tellsNoFailure, means: Means.failureWithError(.unknown)),
        Sentence(
          words, then: "%s", .sentence, behind: OtherNodes.areUnnamed,
          unless: Means.tellsNoFailure, means: Means.failureForImage),
        Sentence(
          words, .sentence, ending: .clause, behind: OtherNodes.areUnnamed,
          unless: Means.tellsNoFailure, means: Means.failure(.unknown)),
      ]
    }
    + failedDownloads.map { words -> Sentence in
      Sentence(
        words, .sentence, ending: .clause, behind: OtherNodes.areUnnamed, unless: goesOn,
        means: Means.failureAtLarge(.download))
    }
    + refusedImages.map { words -> Sentence in
      Sentence(
        words, .sentence, ending: .clause, unless: goesOn,
        means: Means.line(.brokeOff(UpdateFailure(stage: .validation))))
    }

  /// Under an updater's tag, on the levels of warnings and errors, the same leaves no doubt whose image it is.
  static let ownFailures: [Sentence] =
    failedDownloads.map { words -> Sentence in
      Sentence(
        words, .taggedMessage, ending: .clause, unless: goesOn, means: Means.failure(.download))
    }
    + [
      Sentence(
        corruptedImage, .taggedMessage, ending: .clause, means: Means.failure(.validation))
    ]

  /// That it failed, and mostly not where; what stands behind it may tell.
  private static let failures: [StaticString] = [
    "OTA update failed", "OTA Update failed", "OTA Update Failed", "OTA failed", "OTA Failed",
    "OTA upgrade failed", "Firmware update failed", "Firmware Update Failed",
    "Firmware upgrade failed", "Firmware Upgrade Failed", "FOTA failed",
    "There was an error during OTA update",
  ]

  /// The same as others write them.
  private static let failuresInOtherCase: [StaticString] = [
    "firmware update failed", "firmware upgrade failed", "FIRMWARE UPDATE FAILED",
    "FIRMWARE UPGRADE FAILED", "Firmware Update failed", "Firmware Upgrade failed",
    "OTA UPDATE FAILED", "ota update failed",
  ]

  private static let failedDownloads: [StaticString] = [
    "Firmware download failed", "firmware download failed",
  ]

  private static let corruptedImage: StaticString = "image validation failed, image is corrupted"

  /// A camera has images, too: they end what is open, and mean nothing else.
  private static let refusedImages: [StaticString] = [
    corruptedImage, "signature verification failed, image ",
    "signature verification failed, update ", "signature invalid, firmware ",
    "checksum mismatch, update ", "checksum mismatch, image ",
  ]

  /// Whether what follows tells that it is tried again, or that nothing failed.
  private static let goesOn: Sentence.Refusal = { behind in
    if Means.tellsNoFailure(behind) { return true }
    let words = behind.slice(from: 0, to: 160).string.lowercased()
    return another.contains { words.contains($0) }
  }

  private static let another = ["retry", "retri", "again", "trying", "attempt"]
}
