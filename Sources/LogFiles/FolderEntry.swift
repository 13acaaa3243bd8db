#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One name in a folder, and what stands behind it.
struct FolderEntry {
  let path: FilePath
  let name: FileName
  let kind: FileStatus.Kind

  /// The entries of a folder in the order of the file system; nil for a folder that `isKnown`.
  static func all(in folder: FilePath, unless isKnown: (FileIdentity) -> Bool)
    throws(LogFileError) -> (identity: FileIdentity, entries: [FolderEntry])?
  {
    guard let stream = folder.withCString({ opendir($0) }) else {
      throw .opening(folder, errno: errno)
    }
    defer { closedir(stream) }
    var raw = stat()
    guard fstat(dirfd(stream), &raw) == 0 else {
      throw .openFailed(path: folder.text, errno: errno)
    }
    let identity = FileStatus(raw).identity
    if isKnown(identity) { return nil }
    #if os(Linux)
      guard !devicesOfKernel.contains(identity.device) else {
        throw .notReadable(path: folder.text, kind: .systemFolder)
      }
    #endif
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee))
        {
          FileName(bytes: Array(UnsafeBufferPointer(start: $0, count: strlen($0))))
        }
      }
      guard !name.isFolderItself else { continue }
      let path = folder.appending(name)
      entries.append(FolderEntry(path: path, name: name, kind: kind(entry.pointee.d_type, path)))
    }
    guard errno == 0 else { throw .readFailed(path: folder.text, errno: errno) }
    return (identity, entries)
  }

  #if os(Linux)
    /// The devices of the file systems that only show the state of the kernel; none without `/proc`.
    private static let devicesOfKernel: Set<UInt64> = {
      guard let file = try? Descriptor(opening: FilePath("/proc/self/mountinfo")) else { return [] }
      let room = Room(size: 1 << 16)
      var table: [UInt8] = []
      while case .bytes(let count) = file.read(into: room.bytes) {
        table += room.bytes.prefix(count)
      }
      var devices: Set<UInt64> = []
      for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash > 2, dash + 1 < fields.count,
          kernelFileSystems.contains(String(fields[dash + 1])), fields[2].hasPrefix("0:"),
          let minor = UInt64(fields[2].dropFirst(2))
        else { continue }
        // The order of the bits in which `stat` tells a device.
        devices.insert(minor & 0xff | (minor & ~0xff) << 12)
      }
      return devices
    }()

    private static let kernelFileSystems: Set<String> = [
      "proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs",
      "securityfs", "selinuxfs", "bpf", "pstore", "configfs", "efivarfs", "binfmt_misc",
      "fusectl", "mqueue",
    ]
  #endif

  private static func kind(_ type: UInt8, _ path: FilePath) -> FileStatus.Kind {
    switch Int(type) {
    case Int(DT_REG): return .regular
    case Int(DT_DIR): return .folder
    case Int(DT_LNK): return .link
    case Int(DT_FIFO): return .fifo
    case Int(DT_CHR): return .characterDevice
    case Int(DT_BLK): return .blockDevice
    case Int(DT_SOCK): return .socket
    default:
      // Some file systems leave the kind to stat.
      var raw = stat()
      return path.withCString { lstat($0, &raw) } == 0 ? FileStatus(raw).kind : .other
    }
  }
}

extension FileName {
  var isHidden: Bool { bytes.first == 0x2e }
  var isFolderItself: Bool { bytes == [0x2e] || bytes == [0x2e, 0x2e] }
}
