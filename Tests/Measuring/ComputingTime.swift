#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long this thread computed while it did the work.
///
/// Unlike the time on the wall it does not grow with what else the machine does.
package func computingTime(of work: () -> Void) -> Duration {
  let start = threadTime()
  work()
  return threadTime() - start
}

private func threadTime() -> Duration {
  var time = timespec()
  guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else {
    preconditionFailure("a thread without a clock: \(errno)")
  }
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
