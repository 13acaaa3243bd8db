import Glibc
import Synchronization
import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("A disk that stands still")
  struct SlowDisk {
    /// What a disk has taken, and whether it takes more.
    final class Disk: Sendable {
      let kept = Mutex<[RecordingOrder]>([])
      let flushes = Atomic(0)
      let isStuck = Atomic(true)
      let error: RecordingError?

      init(failingWith error: RecordingError? = nil) { self.error = error }

      var all: [RecordingOrder] { kept.withLock { $0 } }

      func release() { isStuck.store(false, ordering: .sequentiallyConsistent) }

      func wait() { while isStuck.load(ordering: .sequentiallyConsistent) { usleep(500) } }
    }

    private struct Sink: RecordingSink {
      let disk: Disk

      func keep(_ order: RecordingOrder) throws(RecordingError) {
        disk.wait()
        if let error = disk.error { throw error }
        disk.kept.withLock { $0.append(order) }
      }

      func bringToDisk() { disk.flushes.add(1, ordering: .relaxed) }
    }

    private static func order(
      _ bytes: [UInt8], _ mark: RecordingMark? = nil, at milliseconds: Int64
    ) -> RecordingOrder {
      let time = ArrivalTime(
        monotonicNanoseconds: milliseconds * 1_000_000, unixMilliseconds: milliseconds)
      return RecordingOrder(base: "node", time: time, mark: mark, bytes: bytes)
    }

    @Test("holds nobody up, and gets all of it in order once it goes on")
    func stuck() throws {
      let disk = Disk()
      let thread = try DiskThread { Sink(disk: disk) }
      // With a disk that is waited for, this would never come to its end.
      for number in 0..<1000 {
        try thread.take(Self.order([UInt8(truncatingIfNeeded: number)], at: Int64(number / 10)))
        if number % 100 == 99 {
          try thread.take(Self.order([], .disconnected, at: Int64(number / 10)))
        }
      }
      #expect(disk.all.isEmpty)
      disk.release()
      try thread.finish()
      let kept = disk.all
      #expect(kept.flatMap(\.bytes) == (0..<1000).map { UInt8(truncatingIfNeeded: $0) })
      #expect(kept.count { $0.mark == .disconnected } == 10)
      // A mark stays between the bytes it came between.
      let upToFirstMark = kept.prefix { $0.mark == nil }.flatMap(\.bytes)
      #expect(upToFirstMark.count == 100)
      #expect(disk.flushes.load(ordering: .relaxed) >= 1)
    }

    @Test("makes the recording wait once as much waits as may, and nothing is lost then either")
    func full() throws {
      let disk = Disk()
      let thread = try DiskThread(mostWaiting: 100) { Sink(disk: disk) }
      let given = Atomic(0)
      try withThreads {
        for number in 0..<20 {
          try thread.take(
            Self.order([UInt8](repeating: UInt8(number), count: 50), at: Int64(number)))
          given.add(1, ordering: .sequentiallyConsistent)
        }
      } meanwhile: {
        usleep(50_000)
        #expect(given.load(ordering: .sequentiallyConsistent) < 20)
        disk.release()
      }
      try thread.finish()
      #expect(disk.all.flatMap(\.bytes).count == 1000)
    }

    @Test("is told when it fails, and takes nothing after that")
    func failing() throws {
      let error = RecordingError(path: "node.log", operation: "writing", errno: ENOSPC)
      let disk = Disk(failingWith: error)
      disk.release()
      let thread = try DiskThread { Sink(disk: disk) }
      try thread.take(Self.order([1], at: 1))
      #expect(throws: error) { try thread.finish() }
      #expect(throws: error) { try thread.take(Self.order([2], at: 2)) }
      #expect(disk.all.isEmpty)
    }

    private func withThreads(
      _ work: @escaping @Sendable () throws -> Void, meanwhile: () throws -> Void
    ) throws {
      let failure = Mutex<(any Error)?>(nil)
      var thread = pthread_t()
      #expect(
        startThread(&thread) {
          do { try work() } catch { failure.withLock { $0 = error } }
        } == 0)
      try meanwhile()
      pthread_join(thread, nil)
      if let error = failure.withLock({ $0 }) { throw error }
    }
  }
}
