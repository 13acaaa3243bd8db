#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file of an image, open for reading; closes itself.
struct AppImageFile: ~Copyable {
  let path: String
  /// The bytes that it had when it was opened.
  let length: Int
  private let descriptor: Int32

  init(opening path: String) throws(AppImageError) {
    // Without O_NONBLOCK a pipe would keep the caller waiting before it can be told from a file.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard opened >= 0 else { throw .opening(path, errno: errno) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      throw .openFailed(path: path, errno: code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw status.st_mode & S_IFMT == S_IFDIR ? .folder(path: path) : .noFile(path: path)
    }
    self.path = path
    length = Int(status.st_size)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The bytes at a place, fewer where the file ends before.
  func bytes(at offset: Int, count: Int) throws(AppImageError) -> ImageBytes {
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, length - offset)))
    var filled = 0
    while filled < bytes.count {
      let (start, wanted) = (filled, bytes.count - filled)
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { pread(descriptor, $0 + start, wanted, off_t(offset + start)) } ?? 0
      }
      if count > 0 {
        filled += count
      } else if count == 0 {
        throw .changed(path: path)
      } else if errno != EINTR {
        throw .readFailed(path: path, offset: offset + filled, errno: errno)
      }
    }
    return ImageBytes(bytes)
  }

  /// Hands over the bytes of a range in pieces, first to last.
  func forEachPiece(
    of range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(AppImageError) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let piece = try bytes(at: offset, count: min(64 << 10, range.upperBound - offset))
      guard piece.count > 0 else { throw .changed(path: path) }
      piece.withUnsafeBytes(body)
      offset += piece.count
    }
  }
}

/// Bytes of an image, little-endian; what lies outside of them reads as zero.
struct ImageBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }
  var all: [UInt8] { bytes }

  func byte(at offset: Int) -> UInt8 { bytes.indices.contains(offset) ? bytes[offset] : 0 }

  func half(at offset: Int) -> UInt16 {
    UInt16(byte(at: offset)) | UInt16(byte(at: offset + 1)) << 8
  }

  func word(at offset: Int) -> UInt32 {
    UInt32(half(at: offset)) | UInt32(half(at: offset + 2)) << 16
  }

  func slice(at offset: Int, length: Int) -> ArraySlice<UInt8> {
    bytes.dropFirst(offset).prefix(length)
  }

  /// Text in a field of fixed length, up to its first zero.
  func text(at offset: Int, length: Int) -> String {
    String(decoding: slice(at: offset, length: length).prefix { $0 != 0 }, as: UTF8.self)
  }

  func withUnsafeBytes(_ body: (UnsafeRawBufferPointer) -> Void) { bytes.withUnsafeBytes(body) }
}
