import CUdev
import Glibc

/// Says when ports may have come or gone: udev's events, and changes in the folders of device nodes.
struct HotplugWatch: ~Copyable {
  /// Who speaks for udev.
  enum Source: String {
    /// After its rules have run: names and permissions are right.
    case udevd = "udev"
    /// Before, where no udevd runs: nodes and permissions may follow later.
    case kernel
  }

  private let udev: Udev?
  private let monitor: OpaquePointer?
  private let folders: Descriptor
  private var watched: [Int32: String] = [:]

  /// Watches udev and `/dev`.
  ///
  /// Without udev's events, as in some containers, changes of folders and the follower's own looking remain.
  init() {
    folders = Descriptor(inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)))
    udev = Udev()
    monitor = udev?.monitor(HotplugWatch.source)
    watch(folder: "/dev")
  }

  deinit {
    if let monitor { udev_monitor_unref(monitor) }
  }

  /// A monitor of udevd's events never fires where no udevd runs; umockdev speaks as udevd.
  static var source: Source {
    let preloaded = getenv("LD_PRELOAD").map { String(cString: $0) } ?? ""
    return access("/run/udev/control", F_OK) == 0 || preloaded.contains("umockdev")
      ? .udevd : .kernel
  }

  /// Also watches another folder, such as that of a link; it may be missing.
  mutating func watch(folder: String) {
    guard !watched.values.contains(folder) else { return }
    let interest = UInt32(IN_CREATE | IN_ATTRIB | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM)
    let number = inotify_add_watch(folders.number, folder, interest)
    if number >= 0 { watched[number] = folder }
  }

  /// What to poll for reading.
  var descriptors: [Int32] {
    var all: [Int32] = []
    if folders.number >= 0 { all.append(folders.number) }
    if let monitor { all.append(udev_monitor_get_fd(monitor)) }
    return all
  }

  /// Takes what has arrived.
  mutating func drain() -> Change {
    var change = Change.nothing
    while let monitor, let device = udev_monitor_receive_device(monitor) {
      udev_device_unref(device)
      change = .ports
    }
    // Room for many events; each is 16 bytes and a name of at most 256.
    withUnsafeTemporaryAllocation(byteCount: 16384, alignment: 8) { buffer in
      while true {
        let count = uninterrupted { read(folders.number, buffer.baseAddress, buffer.count) }
        guard count > 0 else { return }
        if mentionsPort(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { change = .ports }
      }
    }
    return change
  }

  /// What happened meanwhile.
  enum Change {
    /// Nothing about serial ports.
    case nothing
    /// Ports may have come or gone.
    case ports
  }

  private mutating func mentionsPort(_ events: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    var mentioned = false
    while offset + 16 <= events.count {
      let watch = events.loadUnaligned(fromByteOffset: offset, as: Int32.self)
      let mask = events.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
      let length = Int(events.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
      guard offset + 16 + length <= events.count else { return true }
      // The folder itself is gone; it may come back as another one.
      if mask & UInt32(IN_IGNORED) != 0 { watched[watch] = nil }
      let name = events[(offset + 16)..<(offset + 16 + length)]
      // A lot happens in /dev that is none of ours.
      let isOurs =
        watched[watch] != "/dev" || name.starts(with: "tty".utf8)
        || name.starts(with: "serial".utf8) || name.starts(with: "rfcomm".utf8)
      if isOurs { mentioned = true }
      offset += 16 + length
    }
    return mentioned
  }
}

extension Udev {
  /// A monitor of serial ports that is already listening; nil where the kernel refuses one.
  fileprivate func monitor(_ source: HotplugWatch.Source) -> OpaquePointer? {
    guard let monitor = udev_monitor_new_from_netlink(context, source.rawValue) else { return nil }
    guard udev_monitor_filter_add_match_subsystem_devtype(monitor, "tty", nil) >= 0,
      udev_monitor_enable_receiving(monitor) >= 0
    else {
      udev_monitor_unref(monitor)
      return nil
    }
    return monitor
  }
}
