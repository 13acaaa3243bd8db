// Begin OTA. This may take 2 - 5 mins to complete. Things might be quite for a while.. Patience!
// Written only : 40960/1048576. Retry?
// Error Occurred. Error #: 6
//
// Wordings of arduino-esp32's example AWS_S3_OTA_Update and of the many sketches that copied it, in lines of their own.

import LineReading

extension UpdateSentences {
  /// The example.
  static let sketch: [Sentence] =
    [
      Sentence("Begin OTA. This may take ", .lineStart, means: Means.line(.began(bytes: nil))),
      Sentence("Written only : ", then: "%d/%d", .lineStart, means: writtenInPart),
      Sentence("OTA done!", .lineStart, ending: .whole, means: Means.line(.received)),
      Sentence(
        "Update not finished? Something went wrong!", .lineStart,
        means: Means.line(.brokeOff(UpdateFailure(stage: .validation)))),
      Sentence("Error Occurred. Error #: ", then: "%d", .lineStart, means: numberedError),
      Sentence("Not enough space to begin OTA", .lineStart, means: Means.failure(.size)),
    ]
    // Of anything else as well: they close what is open and all there.
    + phrases(
      ["Update success", "Update Success", "Update successful", "Update Successful"], .lineStart,
      .whole, Means.line(.endedPerhaps))

  /// The stream ended before the image did.
  private static let writtenInPart: Sentence.Meaning = { match in
    guard match.numbers.count == 2, match.numbers[0] >= 0, match.numbers[0] < match.numbers[1]
    else { return [] }
    var failure = UpdateFailure(stage: .download, atByte: match.numbers[0])
    failure.isAtLarge = true
    return [.update(.failed(failure))]
  }

  /// The numbers of `Update.getError()`; 12 says that it was given up, and not at what.
  private static let numberedError: Sentence.Meaning = { match in
    let stage: UpdateFailure.Stage
    switch match.numbers.first {
    case 1, 2: stage = .write
    case 3, 7, 8: stage = .validation
    case 4, 5: stage = .size
    case 6: stage = .download
    case 9: stage = .setBoot
    case 10: stage = .noPartition
    default: return []
    }
    return [.update(.brokeOff(UpdateFailure(stage: stage)))]
  }
}

extension DeviceEvent {
  /// What an update's line means that an application printed without a log head, and nothing else with it.
  func printedBare(as text: ByteText) -> DeviceEvent {
    guard case .update(.failed(var failure)) = self, text.count <= 48 else { return self }
    if text.has("Flash Read Failed") {
      // Cards and file systems are read as well.
      failure.isAtLarge = true
    } else if failure.stage == .unknown, failure.error == nil, !failure.isAtLarge {
      // A number behind it may be a count.
      failure.isToldAsError = text.buffer.allSatisfy { !(0x30...0x39).contains($0) }
    }
    return .update(.failed(failure))
  }
}
