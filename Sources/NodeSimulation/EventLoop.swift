import CNodeServer
import Glibc

/// One thread's work: what is due by the clock, and what can be read.
///
/// All nodes of a simulation live on one such loop, so that none of their state needs a lock.
final class EventLoop {
  private let poller: Int32
  private var readers: [Int32: () -> Void] = [:]
  private var timers: [Timer] = []
  private var nextOrder = 0

  /// Something to do later. Of two at the same time the one that was asked for first comes first.
  private struct Timer {
    let due: Int64
    let order: Int
    let action: () -> Void
  }

  init() throws(SimulationError) {
    poller = cnode_poller_open()
    guard poller >= 0 else { throw .outOfDescriptors(errno: errno) }
  }

  deinit { close(poller) }

  /// Calls whenever the descriptor can be read.
  func watch(_ descriptor: Int32, _ action: @escaping () -> Void) throws(SimulationError) {
    guard cnode_poller_add(poller, descriptor) == 0 else {
      throw .outOfDescriptors(errno: errno)
    }
    readers[descriptor] = action
  }

  /// No more calls; to be said before the descriptor is closed.
  func forget(_ descriptor: Int32) {
    readers[descriptor] = nil
    cnode_poller_remove(poller, descriptor)
  }

  /// Calls once, this many nanoseconds from now.
  func after(nanoseconds: Int64, _ action: @escaping () -> Void) {
    let timer = Timer(due: monotonicNow() + nanoseconds, order: nextOrder, action: action)
    nextOrder += 1
    let place = timers.firstIndex { $0.due > timer.due } ?? timers.endIndex
    timers.insert(timer, at: place)
  }

  /// Works until it is told to stop.
  func run(while shallGoOn: () -> Bool) {
    var ready = [Int32](repeating: -1, count: 64)
    while shallGoOn() {
      // What becomes due meanwhile has to wait, so that descriptors get their turn.
      let now = monotonicNow()
      while let first = timers.first, first.due <= now {
        timers.removeFirst()
        first.action()
      }
      let count = cnode_poller_wait(poller, &ready, Int32(ready.count), waitingTime)
      for descriptor in ready.prefix(max(0, Int(count))) { readers[descriptor]?() }
    }
  }

  /// Milliseconds, rounded up so that no timer is waited for in circles.
  private var waitingTime: Int32 {
    guard let first = timers.first else { return -1 }
    return Int32(clamping: max(0, (first.due - monotonicNow() + 999_999) / 1_000_000))
  }
}

/// Nanoseconds since some moment in the past.
func monotonicNow() -> Int64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
}
