import DeviceEvents
import LineReading

/// What came of an update.
public enum UpdateOutcome: String, CaseIterable, Hashable, Sendable {
  case success
  case rolledBack = "rolled_back"
  case notTaken = "not_taken"
  case writeFailed = "write_failed"
  case validationFailed = "validation_failed"
  case downloadFailed = "download_failed"
  case rejected, declined
  case handlerCrashed = "handler_crashed"
  case handlerHung = "handler_hung"
  case inProgress = "in_progress"
  case unknown
}

/// An update over the air.
public struct Update: Hashable, Sendable {
  /// The line on which it began.
  public var firstLine: LineReference
  /// The last line that belongs to it.
  public var lastLine: LineReference
  /// The log's clock at that line, milliseconds since boot, as far as known.
  public var clockAtLastLine: Int?
  /// The index of the boot in which it ran.
  public var boot: Int
  /// The slot that ran during the update.
  public var from: String?
  /// The label of the partition written.
  public var target: String?
  /// Where that partition lies.
  public var targetOffset: Int?
  /// What was written.
  public var content = UpdateTarget.Content.app
  /// The length announced, bytes.
  public var expectedBytes: Int?
  /// The last count of bytes received.
  public var receivedBytes: Int?
  /// Seconds of silence on the log's clock between its begin and its first data; nil if unknown.
  public var secondsBeforeFirstData: Double?
  /// The last percentage, where progress was printed as one.
  public var percentage: Int?
  /// How far it came.
  public var phase = Phase.announced
  /// The first failure.
  public var failure: UpdateFailure?
  /// The line of the failure.
  public var failureLine: LineReference?
  /// The line that announced success (boot partition set, a reboot follows).
  public var successLine: LineReference?
  /// The line by which the boot right behind it runs the slot that it wrote, where nothing announced success: the
  /// bootloader starts another slot only where the boot partition was set, at the very end of an update.
  public var lineOfStartInTarget: LineReference?
  /// Segments printed by the running app's verification, one list a pass.
  public var verifiedSegments: [[ImageSegment]] = []
  /// The index of the first boot after the update's own, where the log shows one.
  public var nextBoot: Int?
  /// The index of the first boot that ran the target.
  public var firstBootOfTarget: Int?
  /// The index of the boot that ran the old slot again after the target had run.
  public var revertedInBoot: Int?
  /// The version on offer.
  public var newVersion: String?
  /// Whether nobody waits for it any longer: by the words of its updater alone, or since it neither ended nor failed
  /// while the node worked on for an hour and more.
  public var isGivenUp = false
  /// What came of it.
  public var outcome = UpdateOutcome.unknown

  /// Whether all of it was written and the boot partition was set, by its own words or by what runs next.
  public var isFinished: Bool { successLine != nil || lineOfStartInTarget != nil }

  /// Whether progress was printed as a percentage.
  public var hasPercentage: Bool { percentage != nil }

  /// Whether all of the image is known to have arrived.
  var isAllThere: Bool {
    if phase == .verifying || !verifiedSegments.isEmpty { return true }
    if let percentage, percentage >= 99 { return true }
    // A count that comes of a percentage is a little short.
    guard let expectedBytes, let receivedBytes else { return false }
    return receivedBytes >= expectedBytes - expectedBytes / 100
  }

  /// How far an update came.
  public enum Phase: String, CaseIterable, Comparable, Hashable, Sendable {
    /// Announced by the app; nothing was opened for writing, no byte was seen.
    case announced
    /// Begun; bytes arrive.
    case receiving
    /// All bytes arrived or the running app verifies the image.
    case verifying
    /// Success was announced.
    case succeeded
    /// It failed, was declined or aborted.
    case ended

    /// In the order of an update's life.
    public static func < (left: Phase, right: Phase) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// Whether the node went on for so long since the update's last line that nobody works at it any more: transfers print
  /// some line in an hour, or fail.
  func isGivenUp(at clock: Int?) -> Bool {
    guard let last = clockAtLastLine, let clock else { return false }
    return clock - last >= Self.longestSilence
  }

  /// In milliseconds.
  private static let longestSilence = 3_600_000

  /// An update that begins at a line.
  public init(firstLine: LineReference, boot: Int, from: String?) {
    self.firstLine = firstLine
    self.lastLine = firstLine
    self.boot = boot
    self.from = from
  }
}
