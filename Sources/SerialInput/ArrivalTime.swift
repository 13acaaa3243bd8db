import Glibc

/// A moment, on the clock that never jumps and on the wall.
public struct ArrivalTime: Hashable, Sendable, Comparable {
  /// Nanoseconds of the monotonic clock; only differences mean something.
  public let monotonicNanoseconds: Int64
  /// Milliseconds since 1970, UTC.
  public let unixMilliseconds: Int64

  /// A moment given by its two readings.
  public init(monotonicNanoseconds: Int64, unixMilliseconds: Int64) {
    self.monotonicNanoseconds = monotonicNanoseconds
    self.unixMilliseconds = unixMilliseconds
  }

  /// This moment.
  public static func now() -> ArrivalTime {
    var wall = timespec()
    clock_gettime(CLOCK_REALTIME, &wall)
    return ArrivalTime(
      monotonicNanoseconds: monotonicNow(),
      unixMilliseconds: Int64(wall.tv_sec) * 1000 + Int64(wall.tv_nsec) / 1_000_000)
  }

  /// The earlier moment, by the clock that never jumps.
  public static func < (left: ArrivalTime, right: ArrivalTime) -> Bool {
    left.monotonicNanoseconds < right.monotonicNanoseconds
  }

  /// Milliseconds that lie between an earlier moment and this one.
  public func milliseconds(since earlier: ArrivalTime) -> Int64 {
    (monotonicNanoseconds - earlier.monotonicNanoseconds) / 1_000_000
  }
}

/// Nanoseconds of the monotonic clock.
func monotonicNow() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

extension Int64 {
  static func milliseconds(_ count: Int64) -> Int64 { count * 1_000_000 }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
