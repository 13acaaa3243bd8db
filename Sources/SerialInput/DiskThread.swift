import Glibc
import Synchronization

/// Brings what was written to the disk each second, on a thread that nobody waits for.
final class DiskThread: Sendable {
  private struct Work {
    var written: Set<Int32> = []
    var retired: [Int32] = []
    var isFinishing = false
  }

  private let work = Mutex(Work())
  private let wakeReading: Int32
  private let wakeWriting: Int32
  private let thread = Mutex<pthread_t?>(nil)

  init() throws(RecordingError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw RecordingError(path: "pipe", operation: "opening", errno: errno)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakeReading = ends[0]
    wakeWriting = ends[1]
    var started = pthread_t()
    // The thread keeps the object alive until `finish`.
    let number = startThread(&started) { self.run() }
    guard number == 0 else {
      throw RecordingError(path: "thread", operation: "starting", errno: number)
    }
    thread.withLock { $0 = started }
  }

  deinit {
    close(wakeReading)
    close(wakeWriting)
  }

  /// Something was written to this descriptor.
  func wrote(_ descriptor: Int32) {
    work.withLock { _ = $0.written.insert(descriptor) }
  }

  /// These will not be written any more: to be brought to the disk and closed.
  func retire(_ descriptors: [Int32]) {
    let open = descriptors.filter { $0 >= 0 }
    let isTaken = work.withLock { work in
      if !work.isFinishing { work.retired += open }
      return !work.isFinishing
    }
    // After the end of the thread somebody else must.
    if !isTaken { open.forEach(bringToDiskAndClose) }
  }

  /// Brings everything to the disk and ends the thread.
  func finish() {
    guard
      let thread = thread.withLock({ thread in
        defer { thread = nil }
        return thread
      })
    else { return }
    work.withLock { $0.isFinishing = true }
    var byte: UInt8 = 0
    _ = write(wakeWriting, &byte, 1)
    pthread_join(thread, nil)
  }

  private func run() {
    var isFinishing = false
    while !isFinishing {
      var wake = pollfd(fd: wakeReading, events: Int16(POLLIN), revents: 0)
      _ = poll(&wake, 1, 1000)
      let due = work.withLock { work in
        defer {
          work.written = []
          work.retired = []
        }
        return work
      }
      isFinishing = due.isFinishing
      for descriptor in due.written { fdatasync(descriptor) }
      due.retired.forEach(bringToDiskAndClose)
    }
  }
}

private func bringToDiskAndClose(_ descriptor: Int32) {
  fdatasync(descriptor)
  close(descriptor)
}
