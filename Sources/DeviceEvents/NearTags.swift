import LineReading

/// Tags seen in this boot that are nearly one of ESP-IDF's own: damage does not come twice alike, so that one
/// that comes again is the application's.
///
/// A few are enough: those of an application come again soon, and the others are damage. It is part of a state that is
/// copied for each line of a crash loop, so that it holds numbers and no list.
struct NearTags: Hashable {
  /// Halves of their hashes, the latest first; 0 for none.
  private var hashes = SIMD4<UInt32>()

  enum Recurrence { case first, again }

  /// Whether the tag was seen before; from now on it was.
  mutating func meet(_ tag: ByteText) -> Recurrence {
    let hash = UInt32(truncatingIfNeeded: TagTable.hash(tag)) | 1
    guard !any(hashes .== hash) else { return .again }
    hashes = SIMD4(hash, hashes.x, hashes.y, hashes.z)
    return .first
  }

  mutating func forget() { hashes = SIMD4() }
}
