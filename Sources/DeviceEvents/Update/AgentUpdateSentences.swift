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
    + phrases(["Signature verification succeeded"], .taggedMessage, .whole, complete)
    + phrases(["Set image as valid one!"], .taggedMessage, .open, Means.line(.confirmed))
    + phrases(
      ["Image Signature not found"], .taggedMessage, .whole, Means.failure(.validation))

  /// The tags of the port: its own file, and the agent's where both are one.
  static let portTags: [StaticString] = ["ota_pal", "AWS_OTA", "OTA"]

  /// The OTA agent of FreeRTOS.
  static let agent: [Sentence] = [
    Sentence(
      "Received final block of the update", .taggedMessage, ending: .whole,
      means: Means.line(.percent(100))),
    Sentence(
      "Received entire update and validated the signature", .taggedMessage, means: complete),
    Sentence("Received OtaJobEventActivate callback", .sentence, means: Means.line(.received)),
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
    // What the job's service is told, by whoever publishes it.
    Sentence(
      "{\"status\":\"FAILED\",\"statusDetails\":{\"reason\":\"", then: "%w: 0x%x",
      means: failedJob),
    Sentence(
      "{\"status\":\"IN_PROGRESS\",\"statusDetails\":{\"", then: "self_test\":\"ready\"",
      means: complete),
    Sentence(
      "{\"status\":\"IN_PROGRESS\",\"statusDetails\":{\"", then: "receive\":\"%d/%d\"",
      means: receivedBlocks),
    Sentence("Set image as invalid!", .taggedMessage, means: Means.line(.aborted)),
    Sentence("Set image as aborted!", .taggedMessage, means: Means.line(.aborted)),
  ]

  /// All of the image is there and its signature good; what activates it is still to come.
  private static let complete: Sentence.Meaning = { _ in
    [.update(.target(UpdateTarget())), .update(.received)]
  }

  /// The blocks received and those of the whole image.
  private static let receivedBlocks: Sentence.Meaning = { match in
    guard match.numbers.count == 2, (1...1 << 24).contains(match.numbers[1]),
      match.numbers[0] >= 0, match.numbers[0] <= match.numbers[1]
    else { return [] }
    return [.update(.percent(match.numbers[0] * 100 / match.numbers[1]))]
  }

  /// The agent took the image back, or stopped: the number is its own `OtaErr_t` up to 0xff, and above the port's, before
  /// version 3 the agent's as well.
  private static let failedJob: Sentence.Meaning = { match in
    guard let state = match.texts.first, let reason = match.numbers.first else { return [] }
    switch (state, reason) {
    // The new image is not newer, or its slot is in another state than its job: it runs by then.
    case ("rejected", 0x0f...0x11), ("rejected", 0x2600_0000):
      return [.notice(Notice(.selfTestFailed, detail: "job"))]
    case ("rejected", 0xe300_0000), ("rejected", 0x0100_0000): return badSignature(match)
    case ("rejected", _), ("aborted", _): return [.update(.failed(.ofFirmware))]
    default: return []
    }
  }

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
    guard isOfSignature else { return [.update(.failed(UpdateFailure(stage: .unknown)))] }
    return badSignature(match)
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
