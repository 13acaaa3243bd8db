import BootTimeline
import DeviceEvents

/// What a rule can ask about an update; raw values are the names in rules.
public enum UpdateAttribute: String, CaseIterable, Hashable, Sendable {
  case outcome, target, from, content, phase
  case expectedBytes = "expected_bytes"
  case receivedBytes = "received_bytes"
  case complete
  case failureStage = "failure_stage"
  case errorName = "error_name"
  case errorNumber = "error_number"
  case boot, succeeded
  case verifyPasses = "verify_passes"
  case secondsBeforeFirstData = "seconds_before_first_data"
  case newVersion = "new_version"
  case sameVersion = "same_version"
  case ledToBoot = "led_to_boot"
  case givenUp = "given_up"
  case begun, presumed
  case toldAsError = "told_as_error"
  case secondsSince = "seconds_since"

  var type: AttributeType {
    switch self {
    case .outcome: .choice(UpdateOutcome.allCases.map(\.rawValue))
    case .target, .from, .errorName, .newVersion: .text
    case .content: .choice(["app", "bootloader", "partition_table", "data"])
    case .phase: .choice(Update.Phase.allCases.map(\.rawValue))
    case .expectedBytes, .receivedBytes, .errorNumber, .boot, .verifyPasses,
      .secondsBeforeFirstData, .secondsSince:
      .number
    case .complete, .succeeded, .sameVersion, .ledToBoot, .givenUp, .begun, .presumed, .toldAsError:
      .flag
    case .failureStage: .choice(UpdateFailure.Stage.allCases.map(\.rawValue))
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .outcome: "what came of it"
    case .target: "the label of the partition written"
    case .from: "the slot that ran meanwhile"
    case .content: "what was written"
    case .phase: "how far it came"
    case .expectedBytes: "the length announced"
    case .receivedBytes: "the last count of bytes received"
    case .complete: "all bytes arrived; absent if unknown"
    case .failureStage: "the step that failed"
    case .errorName: "the name of ESP-IDF's error"
    case .errorNumber: "the number of ESP-IDF's error"
    case .boot: "the index of its boot"
    case .succeeded:
      "success was announced, or the next boot runs its target: the boot partition is set"
    case .verifyPasses: "how often the running app walked the new image's segments"
    case .secondsBeforeFirstData: "silence between its begin and its first data; absent if unknown"
    case .newVersion: "the version on offer"
    case .sameVersion: "the version on offer runs already; absent if unknown"
    case .ledToBoot: "the log shows a boot after its success"
    case .begun:
      "a line of it stands before that of its failure, or that one names the step itself"
    case .presumed: "words that may be about anything ended it, and nothing more came of it"
    case .toldAsError:
      "a line on the level of errors says that it failed, and neither at which step nor with which error"
    case .secondsSince: "how long its boot went on behind its last line; absent if unknown"
    case .givenUp:
      "nobody waits for it: its updater says so and no more, or the node worked on for an hour without a word"
    }
  }
}

/// What a rule can ask about a notice; raw values are the names in rules.
public enum NoticeAttribute: String, CaseIterable, Hashable, Sendable {
  case kind, stage, detail, number, number2, boot, count
  case inUpdate = "in_update"

  var type: AttributeType {
    switch self {
    case .kind: .choice(NoticeKind.allCases.map(\.rawValue))
    case .stage: .choice(BootStage.names)
    case .detail: .text
    case .number, .number2, .boot, .count: .number
    case .inUpdate: .flag
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .kind: "what the line means"
    case .stage: "the stage of the boot in which it was printed"
    case .detail: "the first text in the line"
    case .number: "the first number in the line"
    case .number2: "the second number in the line"
    case .boot: "the index of its boot"
    case .count: "how often it came in this boot"
    case .inUpdate: "an update was being received or verified"
    }
  }
}

/// What a rule can ask about an application's log line; raw values are the names in rules.
public enum LogAttribute: String, CaseIterable, Hashable, Sendable {
  case boot, text

  var type: AttributeType {
    switch self {
    case .boot: .number
    case .text: .text
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .boot: "the index of its boot"
    case .text: "the whole line"
    }
  }
}

/// What a rule can ask about the capture; raw values are the names in rules.
public enum CaptureAttribute: String, CaseIterable, Hashable, Sendable {
  case bytes, lines, boots
  case espLines = "esp_lines"
  case undecodableShare = "undecodable_share"
  case byteRepetition = "byte_repetition"
  case damagedLines = "damaged_lines"
  case startsMidRun = "starts_mid_run"
  case endsMidLine = "ends_mid_line"
  case foreign
  case garbledEndBytes = "garbled_end_bytes"
  case garbledEndShare = "garbled_end_share"
  case ruinedShare = "ruined_share"
  case ruinedStretches = "ruined_stretches"
  case ruinedWords = "ruined_words"
  case severalNodes = "several_nodes"

  /// What its values are.
  public var type: AttributeType {
    switch self {
    case .bytes, .lines, .boots, .espLines, .undecodableShare, .byteRepetition, .damagedLines,
      .garbledEndBytes, .garbledEndShare, .ruinedShare, .ruinedStretches, .ruinedWords:
      .number
    case .startsMidRun, .endsMidLine, .severalNodes: .flag
    case .foreign:
      .choice([
        "zephyr", "mcuboot", "nuttx", "esp8266", "esp_hal", "lp_core", "micropython", "riot",
      ])
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .bytes: "bytes of the log"
    case .lines: "lines of the log"
    case .boots: "boots kept"
    case .espLines: "lines that look like an ESP32's"
    case .undecodableShare: "the share of bytes that are no text, 0 to 1"
    case .byteRepetition:
      "how much oftener two bytes of damaged lines are equal than in evenly spread noise: about 1 for packed, encrypted or random data, 2.7 and more for a log at a wrong baud rate; absent for too few bytes"
    case .damagedLines: "lines of ESP-IDF's own with bytes in them that it does not print"
    case .startsMidRun: "the log begins while the node runs"
    case .endsMidLine: "the last line has no end"
    case .foreign: "text of another system is in the log"
    case .garbledEndBytes:
      "bytes behind the last line of undamaged text, if that line tells something"
    case .garbledEndShare: "the share of those that are no text, 0 to 1"
    case .ruinedShare:
      "the share of bytes in lines that cannot be read and stand between others that can, 0 to 1"
    case .ruinedStretches: "how many stretches of such lines there are"
    case .ruinedWords:
      "words of ESP-IDF in damaged lines, some letters of which stand in their places and the others are no text: no wrong baud rate leaves them"
    case .severalNodes:
      "lines of several nodes stand in the log, and no words before them tell them apart"
    }
  }
}
