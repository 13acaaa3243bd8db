#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A closure on its way to a thread.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread that nobody joins; returns 0 or the error number.
func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
  let retained = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  let number = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, retained.toOpaque())
  if number == 0 { pthread_detach(thread) } else { retained.release() }
  return number
}
