extension Scenario {
  /// All of them, in the order in which they are listed.
  public static let all: [Scenario] =
    taken + notTaken + refused + brokenOff + notThisFirmware + settingsFailing

  /// The one of this name.
  public static func named(_ name: String) -> Scenario? { all.first { $0.name == name } }

  /// The update takes.
  public static let ok = Scenario(
    "ok", shows: "The update takes: other slot, new build time, steady.")

  private static let taken: [Scenario] = [
    ok,
    Scenario(
      "slow-erase", shows: "The update takes, after an erase of 20 s during which nothing moves.",
      upload: .erases(for: .seconds(20))),
    Scenario(
      "reset-after-answer",
      shows: "The update takes; a reset follows at the heels of the answer.",
      upload: .resetsAfterTheAnswer),
    Scenario(
      "reset-without-answer",
      shows: "The update takes; the connection is reset instead of an answer.",
      upload: .resetsInsteadOfTheAnswer),
  ]

  private static let notTaken: [Scenario] = [
    Scenario(
      "old-image-stays", shows: "Success is reported, but the boot partition never changes.",
      upload: .forgetsTheNewSlot),
    Scenario(
      "early-panic",
      shows: "The new image panics before it is on the network; rollback brings the old one back.",
      newImage: .panics(after: .milliseconds(600)), rollback: .on),
    Scenario(
      "late-panic",
      shows: "The new image answers, panics 15 s after its boot, and the old one comes back.",
      newImage: .panics(after: .seconds(15)), rollback: .on),
    Scenario(
      "loop",
      shows: "The new image panics again and again: new slot and silence alternate, no rollback.",
      newImage: .panics(after: .seconds(8))),
    Scenario(
      "flip-flop",
      shows: "The slots change places again and again: the new image panics, and the old one "
        + "selects it anew.",
      newImage: .panics(after: .seconds(8)), oldImage: .leaves(after: .seconds(8)), rollback: .on),
    Scenario(
      "unconfirmed",
      shows: "The new image runs well, nobody confirms it, and a restart brings the old one back.",
      newImage: .isResetUnconfirmed(after: .seconds(12), by: .software), rollback: .on),
    Scenario(
      "unconfirmed-brownout",
      shows: "The new image runs well, nobody confirms it, and a brownout brings the old one back.",
      newImage: .isResetUnconfirmed(after: .seconds(12), by: .brownout), rollback: .on),
    Scenario(
      "dead", shows: "The new image never gets onto the network: silence.",
      newImage: .neverAnswers),
    Scenario(
      "early-panic-loop",
      shows:
        "The new image panics before it is on the network, and nothing takes it back: silence.",
      newImage: .panics(after: .milliseconds(600))),
    Scenario(
      "handler-overflow",
      shows: "The update handler overflows its stack while it verifies: reset, same slot.",
      upload: .diesAtTheEnd),
  ]

  private static let refused: [Scenario] =
    [
      Scenario("wrong-key", shows: "403: the node has another key.", access: .withUnknownKey),
      Scenario(
        "no-key", shows: "403: no key is provisioned, so every upload is refused.",
        access: .noKeyProvisioned),
      Scenario(
        "too-large", shows: "400: every image is too large for this node (65536 bytes).",
        maximumSize: 65_536),
    ]
    + UploadFailure.allCases.map { failure in
      let name =
        switch failure {
        case .noPartition: "no-partition"
        case .begin: "begin-failed"
        case .receive: "receive-error"
        case .write: "write-failed"
        case .validation: "validation-failed"
        case .setBoot: "set-boot-failed"
        }
      return Scenario(name, shows: "500: \(failure.rawValue).", upload: .fails(failure))
    }

  private static let brokenOff: [Scenario] = [
    Scenario(
      "reset-mid-upload", shows: "The running image panics when half of the body has arrived.",
      upload: .diesHalfway(.panic)),
    Scenario(
      "brownout", shows: "The supply sags when half of the body has arrived.",
      upload: .diesHalfway(.brownout)),
    Scenario(
      "handler-hung", shows: "The node takes half of the body and then nothing more.",
      upload: .hangs),
    Scenario("json-cut", shows: "The status is JSON cut short.", status: .cutsTheJSON),
    Scenario("answer-cut", shows: "The connection ends within the answer.", status: .cutsTheAnswer),
    Scenario("stalled", shows: "The node accepts, and never answers.", status: .stalls),
    Scenario("endless", shows: "The answer never ends.", status: .neverEnds),
  ]

  private static let notThisFirmware: [Scenario] = [
    Scenario(
      "other-server", shows: "Another web server: 404 for everything.", service: .otherWebServer),
    Scenario("redirect", shows: "The status request is sent elsewhere.", status: .redirects),
    Scenario("not-http", shows: "Something that is no web server.", service: .notHTTP),
    Scenario("silent", shows: "Nobody accepts: connecting never ends.", service: .silent),
  ]

  private static let settingsFailing: [Scenario] = [
    Scenario(
      "nvs-open-failed", shows: "500 for set-target and recalibrate: NVS open failed.",
      settings: .openFails),
    Scenario(
      "nvs-write-failed", shows: "500 for set-target: NVS write failed.", settings: .writeFails),
    Scenario(
      "nvs-commit-failed", shows: "500 for recalibrate: NVS commit failed.",
      settings: .commitFails),
  ]
}
