// [I][ota:363]: OTA update finished!
// [D][esphome.ota:321]: Progress: 12.3%
// [W][ota:278]: Update end failed! Error: MD5 Check Failed
// [W][esphome.ota:244]: Reading binary MD5 checksum failed
// [E][component:164]: Component esphome.ota set Error flag: unspecified
//
// Wordings of ESPHome's components ota, esphome.ota, http_request.ota, web_server and safe_mode (1.9 to 2026).
// That the last acknowledgement could not be read (`Reading back acknowledgement failed`, `Read ack failed`) is no
// failure: the image is in place by then.

extension UpdateSentences {
  /// ESPHome.
  static let espHome: [Sentence] =
    espHomeRefusals + espHomeTransfers + [
      Sentence("Starting OTA Update from ", means: Means.line(.began(bytes: nil))),
      Sentence("Starting update from ", .taggedMessage, means: Means.line(.began(bytes: nil))),
      Sentence(
        "Starting update...", .taggedMessage, ending: .whole, means: Means.line(.began(bytes: nil))),
      // The component that http_request.ota came of.
      Sentence(
        "firmware is ", then: "%d bytes length", .taggedMessage, means: Means.beganWithBytes),
      Sentence("HTTP Request failed; URL: ", .taggedMessage, means: Means.failure(.download)),
      Sentence("OTA Update Start: ", means: Means.line(.began(bytes: nil))),
      Sentence("OTA in progress: ", then: "%d bytes read", means: Means.progress),
      Sentence("OTA in progress: ", then: "%d%s", means: Means.percent),
      Sentence("OTA update successful", .taggedMessage, means: Means.line(.succeeded(target: nil))),
      Sentence(
        "Update complete", .taggedMessage, ending: .whole,
        means: Means.line(.succeeded(target: nil))),
      Sentence(
        "Auth failed! Passwords do not match", .taggedMessage, means: Means.failure(.authorization)),
      Sentence("Auth: Password mismatch", .taggedMessage, means: Means.failure(.authorization)),
      Sentence("Error receiving data for update", means: Means.failure(.download)),
      Sentence(
        "Remote end closed connection", .taggedMessage, means: Means.failure(.download)),
      Sentence(
        "Remote closed", .taggedMessage, unless: isScan, means: Means.failure(.download)),
      Sentence("No data received for ", .taggedMessage, means: Means.failure(.download)),
      Sentence("Stream closed", .taggedMessage, means: Means.failure(.download)),
      Sentence("Failed to connect to MD5 URL", means: Means.failure(.download)),
      Sentence("Error writing binary data to flash", means: Means.failure(.write)),
      Sentence("Flash write err ", .taggedMessage, means: Means.failure(.write)),
      Sentence("Error code (", then: "%x) writing binary data", means: Means.failure(.write)),
      Sentence("backend->begin error: ", means: Means.failure(.begin)),
      Sentence("Error ending OTA", means: Means.failure(.validation)),
      Sentence("Error ending update", means: Means.failure(.validation)),
      Sentence("End update err ", .taggedMessage, means: Means.failure(.validation)),
      Sentence(
        "MD5 computed: ", then: "%* - Aborting due to MD5 mismatch",
        means: Means.failure(.validation)),
      Sentence("MD5 mismatch", .taggedMessage, ending: .whole, means: Means.failure(.validation)),
      Sentence("OTA failed with error code: ", then: "%d", .taggedMessage, means: espHomeFailure),
      Sentence("Boot seems successful", .sentence, means: Means.line(.confirmed)),
      // 2025.12+: names the slot whose image never was confirmed.
      Sentence(
        "OTA rollback detected! Rolled back from partition '", then: "%s'", .sentence,
        means: { match in
          guard let label = match.texts.first, UpdateContent.isLabel(label) else { return [] }
          return [.notice(Notice(.earlierRollbackSeen, detail: label))]
        }),
      // Of nobody but the application where no slot is named.
      Sentence(
        "OTA rollback detected", .sentence, ending: .whole,
        means: { _ in [.notice(Notice(.rollbackTold))] }),
      Sentence("OTA rollback detected", .sentence, means: Means.line(.earlierRollbackSeen)),
    ]

  /// ESPHome's `OTAResponseTypes`, and below 0x80 those of its component http_request, of which none got the image.
  private static let espHomeFailure: Sentence.Meaning = { match in
    guard let number = match.numbers.first else { return [] }
    let stage: UpdateFailure.Stage =
      switch number {
      case 0x10...0x12: .download
      case 0x81: .begin
      case 0x82: .authorization
      case 0x83: .write
      case 0x84, 0x8b: .validation
      case 0x88, 0x89, 0x8c: .size
      case 0x8a: .noPartition
      default: .unknown
      }
    return [.update(.failed(UpdateFailure(stage: stage)))]
  }

  /// What is not accepted: the sender, or its image.
  private static let espHomeRefusals: [Sentence] =
    phrases(
      ["Auth: Failed! Passwords do not match", "Auth: Invalid password", "Auth: SHA256 required"],
      .taggedMessage, .clause, Means.failure(.authorization))
    + phrases(
      ["Error: ESP32 does not have enough space", "Error: ESP does not have enough space"],
      .taggedMessage, .clause, Means.failure(.size))
    + [
      // Up to 1.15 the text of the library stands behind it.
      Sentence("Preparing OTA partition failed!", .taggedMessage, means: Means.failure(.begin)),
      Sentence("Update end failed!", .taggedMessage, means: Means.failure(.validation)),
      Sentence("MD5 mismatch! ", .taggedMessage, means: Means.failure(.validation)),
      // Somebody else connected, and none that updates: no step of an update went wrong.
      Sentence("Magic bytes do not match!", .taggedMessage, means: Means.line(.aborted)),
      Sentence("Magic bytes mismatch!", .taggedMessage, means: Means.line(.aborted)),
      Sentence("Reading magic bytes failed", .taggedMessage, means: Means.line(.aborted)),
      // All that versions from 2022 on tell of a partition that could not be prepared.
      Sentence("esphome.ota set Error flag: ", means: componentFlag),
    ]

  /// Set behind any step that went wrong, and for somebody who asked for no update.
  private static let componentFlag: Sentence.Meaning = { _ in
    var failure = UpdateFailure(stage: .unknown)
    failure.isFlag = true
    return [.update(.failed(failure))]
  }

  /// What did not arrive.
  private static let espHomeTransfers: [Sentence] =
    phrases(
      [
        "Auth: Writing nonce failed", "Auth: Reading cnonce failed",
        "Auth: Reading response failed",
        "Reading features failed", "Reading size failed", "Reading binary MD5 checksum failed",
        "Read OTA type failed", "Read size failed", "Read MD5 checksum failed",
        "Error client disconnected while receiving data",
      ], .taggedMessage, .whole, Means.failure(.download))
    + [
      Sentence(
        "Reading ", then: "%d bytes of binary data failed", .taggedMessage,
        means: Means.failure(.download)),
      Sentence("Read error, errno ", then: "%d", .taggedMessage, means: Means.failure(.download)),
      Sentence(
        "MD5 file must be ", then: "%d bytes", .taggedMessage, means: Means.failure(.download)),
    ]

  /// Whether who connected went away before anything was asked for, as a scan of the ports does.
  private static let isScan: Sentence.Refusal = { behind in
    behind.has(" at read magic") || behind.has(" at ack magic")
  }
}
