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
