#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Wakes whoever follows a file as soon as it may have changed.
///
/// Uses inotify where the system has it. Network drives do not report what other machines write, so
/// a look from time to time is needed in any case, and more often without inotify.
struct FileChanges: ~Copyable {
  private let notifications: Descriptor?

  /// Becomes readable on a change; nil without inotify.
  var descriptor: Int32? {
    switch notifications {
    case .some(let open): open.number
    case nil: nil
    }
  }

  /// How many milliseconds may pass without a look at the file.
  var longestSilence: Int64 {
    descriptor == nil ? 100 : 1000
  }

  #if os(Linux)
    /// Watches the folder for files that come to bear the name.
    init(of path: FilePath) {
      let number = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard number >= 0 else {
        notifications = nil
        return
      }
      _ = path.folder.withCString {
        inotify_add_watch(number, $0, UInt32(IN_CREATE) | UInt32(IN_MOVED_TO))
      }
      notifications = Descriptor(owning: number)
    }

    /// Watches the file that bears the name now.
    func watch(_ path: FilePath) {
      guard let number = descriptor else { return }
      let events =
        UInt32(IN_MODIFY) | UInt32(IN_ATTRIB) | UInt32(IN_MOVE_SELF) | UInt32(IN_DELETE_SELF)
      _ = path.withCString { inotify_add_watch(number, $0, events) }
    }
  #else
    init(of path: FilePath) {
      notifications = nil
    }

    func watch(_ path: FilePath) {}
  #endif

  /// Takes the news out of the queue: only that there were some matters.
  func forget() {
    guard let number = descriptor else { return }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { room in
      while read(number, room.baseAddress, room.count) > 0 {}
    }
  }
}
