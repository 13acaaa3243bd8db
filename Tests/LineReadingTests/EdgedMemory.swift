import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory between two pages that may not be touched.
final class EdgedMemory {
  enum Edge { case start, end }

  private let whole: UnsafeMutableRawBufferPointer
  private let page = Int(getpagesize())

  init(size: Int) throws {
    let length = size + 2 * page
    let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    whole = UnsafeMutableRawBufferPointer(start: start, count: length)
    let first = try #require(whole.baseAddress)
    try #require(start != MAP_FAILED)
    mprotect(first, page, PROT_NONE)
    mprotect(first + length - page, page, PROT_NONE)
  }

  /// Copies the text to one of the edges.
  func place(_ text: [UInt8], at edge: Edge) -> UnsafeBufferPointer<UInt8> {
    let start = edge == .start ? page : whole.count - page - text.count
    let room = UnsafeMutableRawBufferPointer(rebasing: whole[start..<start + text.count])
    room.copyBytes(from: text)
    return UnsafeBufferPointer(room.bindMemory(to: UInt8.self))
  }

  deinit { munmap(whole.baseAddress, whole.count) }
}
