/// How often each byte comes in lines that are damaged: it tells noise from noise.
///
/// A log that is read at a wrong baud rate repeats itself: a receiver that is too fast makes a few values of every bit,
/// one that is too slow joins what text has in common. What is packed, encrypted or random has every value alike.
public struct ByteSpread: Hashable, Sendable {
  /// Enough to tell, and few enough for any counter.
  private static let most = 1 << 20
  /// Of fewer, nothing can be told.
  private static let fewest = 128

  private var counts: [UInt32] = []
  private var total = 0

  /// Counts the bytes of a line.
  mutating func add(_ line: ByteText) {
    guard total < Self.most else { return }
    if counts.isEmpty { counts = [UInt32](repeating: 0, count: 256) }
    for byte in line.buffer { counts[Int(byte)] += 1 }
    total += line.count
  }

  /// How much oftener two bytes of them are equal than in evenly spread noise, where it is 1; nil of too few bytes.
  ///
  /// Logs at wrong rates have 2.7 and more, mostly above 5; compressed data and pictures have less than 1.8.
  public var repetition: Double? {
    guard total >= Self.fewest else { return nil }
    let pairs = counts.reduce(0.0) { $0 + Double($1) * (Double($1) - 1) }
    return pairs * 256 / (Double(total) * Double(total - 1))
  }
}
