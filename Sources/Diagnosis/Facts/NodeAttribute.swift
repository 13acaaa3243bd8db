import BootTimeline
import DeviceEvents

/// What a rule can ask about what was seen over HTTP; raw values are the names in rules.
public enum NodeAttribute: String, CaseIterable, Hashable, Sendable {
  case host, upload, refusal, failure, phase
  case first, last, course
  case oldSlot = "old_slot"
  case running, changes, reads, answers
  case refused, accepted
  case secondsWatched = "seconds_watched"
  case secondsUntilReverted = "seconds_until_reverted"
  case build
  case sameBuild = "same_build"
  case logBuild = "log_build"
  case imageBytes = "image_bytes"
  case imageChip = "image_chip"
  case maxSize = "max_size"
  case tooLarge = "too_large"
  case acknowledged, sent
  case uploadSeconds = "upload_seconds"
  case keySent = "key_sent"
  case httpStatus = "http_status"
  case answer
  case hasLog = "has_log"

  /// What its values are.
  var type: AttributeType {
    switch self {
    case .host, .failure, .phase, .oldSlot, .running, .answer, .imageChip: .text
    case .upload: .choice(["none"] + NodeUpload.Result.allCases.map(\.rawValue))
    case .refusal: .choice(NodeUpload.Refusal.allCases.map(\.rawValue))
    case .first, .last: .choice(NodeRead.Result.allCases.map(\.rawValue))
    case .course: .choice(NodeHistory.Course.allCases.map(\.rawValue))
    case .changes, .reads, .answers, .refused, .accepted, .uploadSeconds, .secondsWatched,
      .secondsUntilReverted, .imageBytes, .maxSize,
      .acknowledged, .sent, .httpStatus:
      .number
    case .build: .choice(["image", "before", "other"])
    case .logBuild: .choice(["same", "other"])
    case .sameBuild, .tooLarge, .hasLog, .keySent: .flag
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .host: "the node's address"
    case .upload: "what the upload by itself says; `none` where the node was only watched"
    case .refusal: "why the node refused the image, by its own words"
    case .failure: "how the upload ended without an answer: `reset`, `closed`, `timeout`, …"
    case .phase: "how far the upload came: `connecting`, `sending`, `awaiting`, `receiving`"
    case .first: "what the first read brought"
    case .last: "what the last read brought"
    case .course: "what the reads after the upload show (all reads of a node that was only watched)"
    case .oldSlot: "the slot that ran at first"
    case .running: "the slot of the last answer"
    case .changes: "how often the slot changed between answers that are judged"
    case .reads: "how many reads are judged"
    case .answers: "how many of them the firmware answered"
    case .refused: "how many of them were refused the connection: host and link are up"
    case .accepted:
      "how many of them were given a connection and no answer: host and port are up"
    case .secondsWatched: "seconds from the upload (or the first read) to the end of the last read"
    case .secondsUntilReverted: "seconds from the upload until the old slot was seen again"
    case .build: "whose build time the last answer shows: the image's, or the one from before"
    case .sameBuild: "the image has the build time that ran already; absent if unknown"
    case .logBuild:
      "whether the log's last boot runs the build that the last answer shows; absent if unknown"
    case .imageBytes: "the length of the image"
    case .imageChip: "the chip that the image is built for"
    case .maxSize: "the largest image that the node takes"
    case .tooLarge: "the image is larger than that"
    case .acknowledged: "bytes of the image that the node acknowledged"
    case .sent: "bytes of the image that were sent"
    case .uploadSeconds: "how long the upload took, in seconds"
    case .keySent: "a key went along with the upload; absent if unknown"
    case .httpStatus: "the status of the upload's answer; without an upload, of the last read's"
    case .answer: "the body of the upload's answer"
    case .hasLog: "a log of the same node is read as well"
    }
  }
}
