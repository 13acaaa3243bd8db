#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of one file, at one place in memory for as long as this lives.
///
/// Common files are copied, so that a build which overwrites the file cannot pull the bytes away;
/// big ones are mapped, so that they take no memory that the system cannot reclaim.
final class FileBytes {
  let bytes: UnsafeRawBufferPointer
  private let storage: UnsafeMutableRawBufferPointer
  private let holding: Holding

  private enum Holding { case copy, mapping }
  private static let largestCopy = 64 << 20

  /// Takes a copy of bytes that are already in memory.
  init(copying content: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(content.count, 1), alignment: 16)
    memory.copyBytes(from: content)
    storage = memory
    bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<content.count])
    holding = .copy
  }

  /// Reads or maps the file.
  init(path: String) throws(ELFError) {
    var file: Int32
    // A FIFO without a writer would keep the caller waiting for ever.
    repeat {
      file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    } while file < 0 && errno == EINTR
    guard file >= 0 else { throw .unreadable(path: path, errno: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let size = Int(status.st_size)
    if size > Self.largestCopy {
      // Private and writable, because libelf asks for memory that it could change.
      let mapped = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file, 0)
      guard let mapped, mapped != MAP_FAILED else { throw .unreadable(path: path, errno: errno) }
      storage = UnsafeMutableRawBufferPointer(start: mapped, count: size)
      bytes = UnsafeRawBufferPointer(storage)
      holding = .mapping
    } else {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 1), alignment: 16)
      var filled = 0
      while filled < size {
        let count = read(file, memory.baseAddress.map { $0 + filled }, size - filled)
        if count == 0 { break }
        if count < 0 {
          if errno == EINTR { continue }
          let code = errno
          memory.deallocate()
          throw .unreadable(path: path, errno: code)
        }
        filled += count
      }
      storage = memory
      bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<filled])
      holding = .copy
    }
  }

  deinit {
    switch holding {
    case .copy: storage.deallocate()
    case .mapping: munmap(storage.baseAddress, storage.count)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The little-endian word at `offset`; nil where it does not lie within the bytes.
  func word(at offset: Int) -> UInt32? {
    guard offset >= 0, offset <= count - 4 else { return nil }
    return UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The little-endian half word at `offset`; nil where it does not lie within the bytes.
  func half(at offset: Int) -> UInt16? {
    guard offset >= 0, offset <= count - 2 else { return nil }
    return UInt16(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The bytes of a range that lies within.
  func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    return UnsafeRawBufferPointer(rebasing: self[range])
  }

  /// The text from `offset` to the next NUL; nil where it does not begin within the bytes.
  func text(at offset: Int, longest: Int = 64 << 10) -> String? {
    guard offset >= 0, offset < count else { return nil }
    let rest = self[offset..<Swift.min(count, offset + longest)]
    return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
  }
}
