import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs work on nodes as a task that Ctrl-C cancels; what was seen by then is still its result.
enum StopTask {
  static func run<Result: Sendable>(
    until stop: Interruption.Signal, _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let source = DispatchSource.makeReadSource(fileDescriptor: stop.descriptor, queue: .global())
    // The byte is never read, so the source would fire for ever: once is enough.
    source.setEventHandler {
      task.cancel()
      source.cancel()
    }
    source.activate()
    defer { source.cancel() }
    return try await task.value
  }
}
