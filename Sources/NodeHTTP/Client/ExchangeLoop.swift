import CCurlTransfer
import Synchronization

/// Runs all exchanges of a client in one thread, which lives while there are any.
final class ExchangeLoop: Sendable {
  typealias Number = UInt64

  private struct Waiting {
    var number: Number
    var exchange: Exchange
    var resume: @Sendable (ExchangeEnd) -> Void
  }

  private struct Shared {
    var next: Number = 1
    var waiting: [Waiting] = []
    var cancelled: Set<Number> = []
    var isRunning = false
    /// The loop's address, 0 without a thread. It is woken under the lock, so that it cannot go meanwhile.
    var loop: UInt = 0

    func wake() {
      if let loop = OpaquePointer(bitPattern: loop) { ccurl_loop_wake(loop) }
    }
  }

  private let shared = Mutex(Shared())

  /// Runs an exchange to its end; ends it early when the task is cancelled.
  func run(_ exchange: Exchange) async -> ExchangeEnd {
    let number = shared.withLock { shared in
      defer { shared.next += 1 }
      return shared.next
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        begin(Waiting(number: number, exchange: exchange) { continuation.resume(returning: $0) })
        // A cancellation from before this was waiting may have been taken for nobody's.
        if Task.isCancelled { cancel(number) }
      }
    } onCancel: {
      cancel(number)
    }
  }

  private func cancel(_ number: Number) {
    shared.withLock { shared in
      shared.cancelled.insert(number)
      shared.wake()
    }
  }

  private func begin(_ waiting: Waiting) {
    let needsThread = shared.withLock { shared in
      shared.waiting.append(waiting)
      shared.wake()
      defer { shared.isRunning = true }
      return !shared.isRunning
    }
    guard needsThread, startThread({ self.work() }) != 0 else { return }
    let stranded = shared.withLock { shared in
      shared.isRunning = false
      defer { shared.waiting = [] }
      return shared.waiting
    }
    for waiting in stranded {
      waiting.resume(
        .unstarted(.failure(.local("no thread can be started")), of: waiting.exchange))
    }
  }

  /// The thread.
  private func work() {
    guard let loop = ccurl_loop_create() else {
      while let waiting = takeOrStop(0, isIdle: true)?.waiting {
        for waiting in waiting {
          waiting.resume(.unstarted(.failure(.local("out of memory")), of: waiting.exchange))
        }
      }
      return
    }
    var turn = ExchangeTurn(loop: loop)
    while let news = takeOrStop(UInt(bitPattern: loop), isIdle: turn.isIdle) {
      for waiting in news.waiting {
        turn.start(waiting.exchange, number: waiting.number, resume: waiting.resume)
      }
      turn.cancel(news.cancelled)
      turn.move()
    }
    ccurl_loop_free(loop)
  }

  /// What to do next; nil when the thread has nothing left and must end.
  private func takeOrStop(
    _ loop: UInt, isIdle: Bool
  ) -> (waiting: [Waiting], cancelled: Set<Number>)? {
    shared.withLock { shared in
      if isIdle, shared.waiting.isEmpty {
        shared.loop = 0
        shared.isRunning = false
        return nil
      }
      shared.loop = loop
      defer {
        shared.waiting = []
        shared.cancelled = []
      }
      return (shared.waiting, shared.cancelled)
    }
  }
}
