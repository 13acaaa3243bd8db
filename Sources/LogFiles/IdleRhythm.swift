#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Waits for input, tells when it was quiet for another interval, and hears the stop descriptor.
struct IdleRhythm {
  private let intervalMilliseconds: Int64
  private let stopDescriptor: Int32?
  private var nextIdle: Int64

  enum Answer {
    /// There is something to read.
    case input
    /// The idle interval is over.
    case idle
    /// Neither: look again.
    case silent
    case stopped
  }

  init(interval: Duration, stopDescriptor: Int32?) {
    let (seconds, attoseconds) = interval.components
    // A day is for ever here, and keeps the sum from overflowing.
    let milliseconds = min(seconds, 86400) * 1000 + attoseconds / 1_000_000_000_000_000
    intervalMilliseconds = max(milliseconds, 1)
    self.stopDescriptor = stopDescriptor
    nextIdle = IdleRhythm.now() + intervalMilliseconds
  }

  /// The silence begins anew.
  mutating func somethingCame() {
    nextIdle = IdleRhythm.now() + intervalMilliseconds
  }

  /// Waits until something can be read, but no longer than to the next idle moment or `atMost` milliseconds.
  mutating func wait(for descriptor: Int32?, atMost: Int64?) -> Answer {
    let untilIdle = max(nextIdle - IdleRhythm.now(), 0)
    let patience = min(untilIdle, atMost ?? untilIdle)
    // poll passes over negative descriptors.
    let heard = waitForInput(
      on: [stopDescriptor ?? -1, descriptor ?? -1], milliseconds: Int32(clamping: patience))
    if heard[0] { return .stopped }
    if heard[1] { return .input }
    guard IdleRhythm.now() >= nextIdle else { return .silent }
    nextIdle = IdleRhythm.now() + intervalMilliseconds
    return .idle
  }

  /// Milliseconds of a clock that nobody sets.
  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
