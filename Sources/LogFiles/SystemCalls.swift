#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file that closes itself.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over a descriptor that the caller opened.
  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Opens for reading.
  ///
  /// A FIFO or a slow device may keep the caller waiting for its writer, so `extraFlags` can carry `O_NONBLOCK`.
  init(opening path: FilePath, extraFlags: Int32 = 0) throws(LogFileError) {
    var number: Int32
    repeat {
      number = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | extraFlags) }
    } while number < 0 && errno == EINTR
    guard number >= 0 else { throw .opening(path, errno: errno) }
    self.number = number
  }

  /// Reads once.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadAnswer {
    while true {
      let count = systemRead(number, buffer.baseAddress, buffer.count)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .nothingYet
      case let code: return .failed(errno: code)
      }
    }
  }

  /// What the file is now, or nil when even that cannot be asked.
  func status() -> FileStatus? {
    var raw = stat()
    return fstat(number, &raw) == 0 ? FileStatus(raw) : nil
  }

  /// The next read starts at the first byte again.
  func rewind() {
    lseek(number, 0, SEEK_SET)
  }

  /// The next read starts behind the last byte; returns its offset.
  func skipToEnd() -> Int64 {
    max(Int64(lseek(number, 0, SEEK_END)), 0)
  }
}

/// What one `read` gave.
enum ReadAnswer {
  case bytes(Int)
  case end
  case nothingYet
  case failed(errno: Int32)
}

/// A path as the kernel knows it: bytes that need not be UTF-8.
struct FilePath: Hashable, Sendable {
  /// Ends with NUL.
  private let bytes: [CChar]

  init(_ text: String) {
    bytes = Array(text.utf8CString)
  }

  private init(bytes: [CChar]) {
    self.bytes = bytes
  }

  /// The path of an entry of this folder.
  func appending(_ name: FileName) -> FilePath {
    var joined = Array(bytes.dropLast())
    if let last = joined.last, last != slash { joined.append(slash) }
    joined.append(contentsOf: name.bytes)
    joined.append(0)
    return FilePath(bytes: joined)
  }

  /// The folder that holds the file; `.` when the path names none.
  var folder: FilePath {
    guard let cut = bytes.lastIndex(of: slash) else { return FilePath(".") }
    return cut == 0 ? FilePath("/") : FilePath(bytes: Array(bytes[..<cut]) + [0])
  }

  /// For people: what is not UTF-8 is repaired.
  var text: String {
    String(decoding: bytes.dropLast().lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        preconditionFailure("a path always holds its closing NUL")
      }
      return body(base)
    }
  }

  /// What the path leads to, links followed; nil when it leads nowhere.
  func status() -> FileStatus? {
    var raw = stat()
    return withCString { stat($0, &raw) } == 0 ? FileStatus(raw) : nil
  }

  /// What the path leads to, links followed.
  func statusOrError() throws(LogFileError) -> FileStatus {
    var raw = stat()
    guard withCString({ stat($0, &raw) }) == 0 else { throw .opening(self, errno: errno) }
    return FileStatus(raw)
  }
}

private let slash = CChar(bitPattern: UInt8(ascii: "/"))

/// The name of one entry of a folder, without NUL.
struct FileName: Hashable, Comparable {
  let bytes: [CChar]

  var text: String {
    String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func < (left: FileName, right: FileName) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes) {
      UInt8(bitPattern: $0) < UInt8(bitPattern: $1)
    }
  }
}

/// One file, whatever names lead to it.
struct FileIdentity: Hashable {
  let device: UInt64
  let number: UInt64
}

/// What `stat` tells about a file.
struct FileStatus {
  enum Kind {
    case regular, folder, link, fifo, characterDevice, blockDevice, socket, other
  }

  let kind: Kind
  let identity: FileIdentity
  let size: Int64

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .fifo
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      case S_IFSOCK: .socket
      default: .other
      }
    identity = FileIdentity(device: UInt64(raw.st_dev), number: UInt64(raw.st_ino))
    size = Int64(raw.st_size)
  }
}

/// `read` of the C library, under a name that a method called `read` can reach.
private func systemRead(_ number: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(number, base, count)
}
