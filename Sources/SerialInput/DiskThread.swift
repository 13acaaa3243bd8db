import Glibc
import Synchronization

/// What a recording has to keep: bytes of a device, or a mark between them.
struct RecordingOrder: Hashable, Sendable {
  /// The path of the device's files, without their endings.
  let base: String
  let time: ArrivalTime
  /// Nil for bytes.
  var mark: RecordingMark?
  var bytes: [UInt8] = []

  /// Whether these bytes can be written with those: the times are kept in milliseconds.
  fileprivate func continues(_ other: RecordingOrder) -> Bool {
    mark == nil && other.mark == nil && base == other.base
      && time.unixMilliseconds == other.time.unixMilliseconds
      && time.monotonicNanoseconds / 1_000_000 == other.time.monotonicNanoseconds / 1_000_000
  }
}

/// Where orders end; used on the disk's thread alone.
protocol RecordingSink {
  /// Hands an order to the kernel.
  mutating func keep(_ order: RecordingOrder) throws(RecordingError)
  /// Brings what was handed over to the disk; takes as long as the disk does.
  mutating func bringToDisk()
}

/// Writes recordings on a thread of its own, in the order in which they came, and brings them to the disk each second.
///
/// Files may take long: a disk that flushes holds up every writing to it. Whoever reads a port goes on meanwhile.
final class DiskThread: Sendable {
  private struct Work {
    var orders: [RecordingOrder] = []
    var waitingBytes = 0
    var failure: RecordingError?
    var isFinishing = false
  }

  private let work = Mutex(Work())
  /// So much may wait for the disk; then the recording waits, and with it the ports.
  private let mostWaiting: Int
  private let wakeReading: Int32
  private let wakeWriting: Int32
  private let thread = Mutex<pthread_t?>(nil)

  private static let bringsEvery = Int64.milliseconds(1000)

  /// Starts the thread; `makeSink` is called on it.
  init(
    mostWaiting: Int = 64 << 20, _ makeSink: @escaping @Sendable () -> any RecordingSink
  ) throws(RecordingError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw RecordingError(path: "pipe", operation: "opening", errno: errno)
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    self.mostWaiting = mostWaiting
    wakeReading = ends[0]
    wakeWriting = ends[1]
    var started = pthread_t()
    // The thread keeps the object alive until `finish`.
    let number = startThread(&started) {
      var sink = makeSink()
      self.run(&sink)
    }
    guard number == 0 else {
      throw RecordingError(path: "thread", operation: "starting", errno: number)
    }
    thread.withLock { $0 = started }
  }

  deinit {
    close(wakeReading)
    close(wakeWriting)
  }

  /// Takes an order, and returns before it is carried out; throws what went wrong with one before.
  func take(_ order: RecordingOrder) throws(RecordingError) {
    while true {
      try check()
      let isTaken = work.withLock { work in
        guard work.waitingBytes < mostWaiting else { return false }
        work.waitingBytes += order.bytes.count
        if let last = work.orders.last, order.continues(last) {
          work.orders[work.orders.count - 1].bytes += order.bytes
        } else {
          work.orders.append(order)
        }
        return true
      }
      wake()
      if isTaken { return }
      // A disk that stands still for so long is rare enough to be asked again and again.
      usleep(1000)
    }
  }

  /// Throws what went wrong with an order since.
  func check() throws(RecordingError) {
    if let failure = work.withLock({ $0.failure }) { throw failure }
  }

  /// Carries out all orders, brings them to the disk, and ends the thread; throws what went wrong.
  func finish() throws(RecordingError) {
    let thread = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let thread {
      work.withLock { $0.isFinishing = true }
      wake()
      pthread_join(thread, nil)
    }
    try check()
  }

  private func wake() {
    var byte: UInt8 = 0
    // A full pipe wakes just as well.
    _ = write(wakeWriting, &byte, 1)
  }

  private func run(_ sink: inout any RecordingSink) {
    var bringAt: Int64?
    while true {
      let isFinishing = wait(until: bringAt)
      let orders = work.withLock { work in
        defer {
          work.orders = []
          work.waitingBytes = 0
        }
        return work.orders
      }
      carryOut(orders, in: &sink)
      if !orders.isEmpty, bringAt == nil { bringAt = monotonicNow() + Self.bringsEvery }
      if isFinishing || bringAt.map({ $0 <= monotonicNow() }) ?? false {
        sink.bringToDisk()
        bringAt = nil
      }
      if isFinishing { return }
    }
  }

  /// Waits for orders, the end or the time; tells whether it is the end, after which no order comes.
  private func wait(until moment: Int64?) -> Bool {
    var question = pollfd(fd: wakeReading, events: Int16(POLLIN), revents: 0)
    let timeout = moment.map { Int32(clamping: max(0, ($0 - monotonicNow()) / 1_000_000 + 1)) }
    _ = poll(&question, 1, timeout ?? -1)
    var bytes = [UInt8](repeating: 0, count: 4096)
    while read(wakeReading, &bytes, bytes.count) == bytes.count {}
    return work.withLock { $0.isFinishing }
  }

  private func carryOut(_ orders: [RecordingOrder], in sink: inout any RecordingSink) {
    do throws(RecordingError) {
      try check()
      for order in orders { try sink.keep(order) }
    } catch {
      work.withLock { $0.failure = error }
    }
  }
}
