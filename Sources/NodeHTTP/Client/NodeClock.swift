/// The time that waits and intervals are measured in.
///
/// A test can make it run faster than the world; time-outs of the network stay real.
public struct NodeClock: Sendable {
  private let start = ContinuousClock.now
  private let rate: Double

  /// The real time.
  public static var real: NodeClock { NodeClock(rate: 1) }

  /// A clock on which `rate` seconds pass in one: 100 makes a wait of 10 s last 0.1 s.
  public static func hurried(_ rate: Double) -> NodeClock { NodeClock(rate: max(rate, 1)) }

  private init(rate: Double) { self.rate = rate }

  /// How long ago the clock was made, in its own time.
  public var now: Duration { (ContinuousClock.now - start) * rate }

  /// Waits; throws `CancellationError` at once when the task is cancelled.
  public func sleep(for duration: Duration) async throws {
    guard duration > .zero else { return try Task.checkCancellation() }
    try await Task.sleep(for: duration / rate)
  }
}
