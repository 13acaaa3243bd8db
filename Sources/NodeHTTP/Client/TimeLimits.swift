/// How long an exchange may take, in real time.
public struct TimeLimits: Hashable, Sendable {
  /// To look up the name and make the connection.
  public var connecting: Duration
  /// For all of it.
  public var whole: Duration
  /// The longest stretch in which not a byte moves; whole seconds, at least one.
  public var silence: Duration

  /// Puts limits together.
  public init(connecting: Duration, whole: Duration, silence: Duration) {
    self.connecting = connecting
    self.whole = whole
    self.silence = silence
  }

  /// A status read of a node that is known: 5 s.
  public static let status = TimeLimits(
    connecting: .seconds(3), whole: .seconds(5), silence: .seconds(5))
  /// A status read of an address that may hold no node: 1.5 s.
  public static let discovery = TimeLimits(
    connecting: .milliseconds(1500), whole: .milliseconds(1500), silence: .seconds(2))
  /// An upload: the erase may be silent for many seconds, a weak Wi-Fi slow.
  public static let upload = TimeLimits(
    connecting: .seconds(5), whole: .seconds(300), silence: .seconds(45))

  /// Limits that all end with one.
  public static func within(_ limit: Duration) -> TimeLimits {
    TimeLimits(connecting: limit, whole: limit, silence: limit)
  }
}
