#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of ELFs, each named by its SHA-256, so that the digits in a log find the right one.
public struct ELFStore: Hashable, Sendable {
  /// The folder; made when the first ELF comes.
  public let folder: String

  /// A store in that folder.
  public init(folder: String) { self.folder = folder }

  /// The user's own: `$XDG_DATA_HOME/esptriage/elfs`, or the same below `~/.local/share`.
  public static func ofUser() throws(ELFStoreError) -> ELFStore {
    // A relative path there is invalid by the rules of freedesktop.org, and to be ignored.
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") {
      return ELFStore(folder: data + "/esptriage/elfs")
    }
    guard let home = variable("HOME"), home.hasPrefix("/") else { throw .homeless }
    return ELFStore(folder: home + "/.local/share/esptriage/elfs")
  }

  /// One ELF of a store.
  public struct Entry: Hashable, Sendable {
    /// Its SHA-256, as 64 lower-case digits.
    public let digest: String
    /// The file.
    public let path: String
  }

  /// What came of adding one.
  public enum Addition: Hashable, Sendable {
    case added(Entry)
    /// The same bytes were there already.
    case known(Entry)
  }

  /// All of them, by digest; none where the folder is not there yet.
  public func entries() throws(ELFStoreError) -> [Entry] {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return [] }
      throw .failed(path: folder, errno: errno)
    }
    defer { closedir(stream) }
    var found: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if Self.isDigest(name) { found.append(Entry(digest: name, path: folder + "/" + name)) }
    }
    return found.sorted { $0.digest < $1.digest }
  }

  /// Those whose SHA-256 begins with these digits, at least eight of them and not all zeros.
  public func entries(digestPrefix prefix: some StringProtocol) throws(ELFStoreError) -> [Entry] {
    let wanted = prefix.lowercased()
    guard wanted.count >= 8, wanted.contains(where: { $0 != "0" }) else { return [] }
    return try entries().filter { $0.digest.hasPrefix(wanted) }
  }

  /// Copies an ELF into the store; nobody ever sees half of it.
  public func add(_ elf: ELFFile) throws(ELFStoreError) -> Addition {
    let digest = elf.digest().description
    let entry = Entry(digest: digest, path: folder + "/" + digest)
    var status = stat()
    // What a full disk or a crash once left behind is written anew.
    if stat(entry.path, &status) == 0,
      (try? ELFFile(path: entry.path))?.digest().description == digest
    {
      return .known(entry)
    }
    try makeFolder()
    var name = Array((folder + "/.new-XXXXXX").utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw .failed(path: folder, errno: errno) }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    do throws(ELFStoreError) {
      defer { close(file) }
      try write(elf, to: file, entry.path)
    } catch {
      unlink(name)
      throw error
    }
    guard rename(name, entry.path) == 0 else {
      let code = errno
      unlink(name)
      throw .failed(path: entry.path, errno: code)
    }
    return .added(entry)
  }

  /// Takes one out of the store.
  public func remove(_ entry: Entry) throws(ELFStoreError) {
    guard unlink(entry.path) == 0 else { throw .failed(path: entry.path, errno: errno) }
  }

  private func write(_ elf: ELFFile, to file: Int32, _ path: String) throws(ELFStoreError) {
    let bytes = elf.file.bytes
    var written = 0
    while written < bytes.count {
      let count = systemWrite(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        throw .failed(path: path, errno: errno)
      }
      written += count
    }
    // A name that promises its contents must not outlive them when the power fails.
    guard fchmod(file, 0o644) == 0, fsync(file) == 0 else {
      throw .failed(path: path, errno: errno)
    }
  }

  private func makeFolder() throws(ELFStoreError) {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
        throw .failed(path: path, errno: errno)
      }
    }
  }

  private static func isDigest(_ name: String) -> Bool {
    name.utf8.count == 64
      && name.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// Why the store could not do what was asked.
public enum ELFStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither `XDG_DATA_HOME` nor `HOME` says where it is.
  case homeless
  /// The system refused.
  case failed(path: String, errno: Int32)

  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .homeless:
      "There is no place for the store of ELFs: set HOME or XDG_DATA_HOME to an absolute path."
    case .failed(let path, let code):
      "The store of ELFs cannot use \(path): \(SystemText.of(code)). "
        + "Check who may write there, and the space on the disk."
    }
  }
}

/// `write(2)`, whose name the method above hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
