/// What to follow.
public enum FollowTarget: Hashable, Sendable {
  /// These paths, there or not there yet.
  case ports([String])
  /// Every node that is there or is plugged in later.
  case everyNode
  /// The first node there is, or that is plugged in; and when it was taken away, the next that is plugged in.
  case firstNode
}

/// How to follow.
public struct FollowSettings: Sendable {
  /// Whether the chip is restarted.
  public enum Reset: Hashable, Sendable {
    /// Never: the node is not touched.
    case never
    /// Once, when the node is opened for the first time.
    case onFirstOpening
  }

  /// How ports are opened.
  public var serial = SerialSettings()
  /// Whether the chip is restarted.
  public var reset = Reset.never
  /// So long after the last byte a node counts as quiet.
  public var quietAfter = Duration.milliseconds(100)
  /// How often to tell the time; nil: never.
  public var tickEvery: Duration?
  /// Notes what is done to the ports.
  public var recorder: LineRecorder?

  /// The settings of somebody who only looks.
  public init() {}

  /// udev's rules may still be setting permissions when a node shows; a refusal counts only after this time.
  let patience = Duration.seconds(1)
  /// The rhythm of trying meanwhile.
  let retryEvery = Duration.milliseconds(10)
  /// How long each address of a host may take to answer, and its name to be looked up.
  let connectWithin = Duration.seconds(5)
  /// The rhythm of looking for ports where no event tells; the last resort.
  let lookEvery = Duration.seconds(1)
}
