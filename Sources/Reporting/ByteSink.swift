/// Bytes on their way to a report.
///
/// A report on a crash loop is as long as its log, most of it keys, digits and quotes: an array looks at each append
/// whether it is shared and has room, which takes longer than the bytes. Here room is made once for a whole piece.
final class ByteSink {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// The bytes, valid until more are written.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// The bytes as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Hands `write` the place for up to `room` further bytes; it says how many it wrote.
  @inline(__always)
  func write(upTo room: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if capacity - count < room { grow(by: room) }
    let written = write(start + count)
    precondition(written <= room, "more was written than there was room for")
    count += written
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    start[count] = byte
    count += 1
  }

  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    write(upTo: bytes.count) { place in
      place.update(from: first, count: bytes.count)
      return bytes.count
    }
  }

  /// Appends what stands in a range of the bytes that were written.
  func append(copyOf range: Range<Int>) {
    precondition(range.upperBound <= count, "what is copied was written before")
    write(upTo: range.count) { place in
      place.update(from: start + range.lowerBound, count: range.count)
      return range.count
    }
  }

  func append(_ text: String) {
    var copy = text
    copy.withUTF8 { append($0) }
  }

  @inline(never)
  private func grow(by room: Int) {
    let larger = max(capacity * 2, count + room)
    let place = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    place.update(from: start, count: count)
    start.deallocate()
    start = place
    capacity = larger
  }
}
