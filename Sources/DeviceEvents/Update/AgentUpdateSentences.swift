// E (120310) ota_pal: signature verification failed
// E (120310) AWS_OTA: Signature verification failed
// 904 12032 [OTA Agent Task] [prvIngestDataBlock] Error (1:0x000000) closing OTA file.
// 906 12033 [OTA Agent Task] [prvProcessDataMessage] Aborting due to IngestResult_t error -2
// E (120320) OTA: Failed to close the OTA file: Error=(OtaPalSignatureCheckFailed:0x000000)
//
// Wordings of the OTA agent of FreeRTOS for AWS IoT (Amazon FreeRTOS, later the library
// ota-for-aws-iot-embedded-sdk) and of its port to these chips.

extension UpdateSentences {
  /// What the port says, whole sentences: under any other tag the words may be about anything.
  static let port: [Sentence] =
    phrases(
      ["signature verification failed", "Signature verification failed"], .taggedMessage, .whole,
      badSignature)
    + phrases(
      ["Image Signature not found"], .taggedMessage, .whole, Means.failure(.validation))

  /// The tags of the port: its own file, and the agent's where both are one.
  static let portTags: [StaticString] = ["ota_pal", "AWS_OTA"]

  /// The OTA agent of FreeRTOS.
  static let agent: [Sentence] = [
    Sentence(
      "Received final block of the update", .taggedMessage, ending: .whole,
      means: Means.line(.percent(100))),
    Sentence("Failed to close the OTA file: Error=(", then: "%w:0x", means: failedClose),
    Sentence("[prvIngestDataBlock] Error (", then: "%w:0x%x) closing OTA file", means: failedClose),
    Sentence(
      "Failed to ingest data block, rejecting image",
      then: ": ingestDataBlock returned error: OtaErr_t=%d", means: refused),
    // The capture ends within the line.
    Sentence("Failed to ingest data block, rejecting image", means: Means.failure(.unknown)),
    Sentence("Aborting due to IngestResult_t error ", then: "%d", means: refused),
    Sentence(
      "[prvUpdateJobStatus_Mqtt] Msg: {\"status\":\"FAILED\"",
      then: ",\"statusDetails\":{\"reason\":\"0x%x: 0x%x", means: refusedJob),
    Sentence("Set image as invalid!", .taggedMessage, means: Means.line(.aborted)),
    Sentence("Set image as aborted!", .taggedMessage, means: Means.line(.aborted)),
  ]

  private static let badSignature: Sentence.Meaning = { _ in
    [
      .notice(Notice(.imageSignatureFailed)),
      .update(.failed(UpdateFailure(stage: .validation))),
    ]
  }

  /// The port's status, by its name or its number: 1 before the library had a version 3, then 0xe3.
  private static let failedClose: Sentence.Meaning = { match in
    let ofSignature = ["OtaPalSignatureCheckFailed", "1", "227"]
    let isOfSignature = match.texts.first.map(ofSignature.contains) ?? false
    return [.update(.failed(UpdateFailure(stage: isOfSignature ? .validation : .unknown)))]
  }

  private static let refused: Sentence.Meaning = { match in
    [.update(.failed(UpdateFailure(stage: stage(ofResult: match.numbers.first))))]
  }

  /// What the job's service is told: the port's status, then why the block was refused.
  private static let refusedJob: Sentence.Meaning = { match in
    let result = match.numbers.last.map { Int(Int32(truncatingIfNeeded: $0)) }
    return [.update(.failed(UpdateFailure(stage: stage(ofResult: result))))]
  }

  /// The step that the agent's `IngestResult_t` names.
  private static func stage(ofResult number: Int?) -> UpdateFailure.Stage {
    switch number {
    case -2: .validation
    case -9: .write
    case _?, nil: .unknown
    }
  }
}
