/// What the receiver of a chunk wants next.
public enum ReadingDecision: Hashable, Sendable {
  /// More, if there is more.
  case `continue`
  /// Nothing more of this log.
  case stop
}
