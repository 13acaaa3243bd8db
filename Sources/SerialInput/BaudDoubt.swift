/// Doubts a rate that was found, when what arrives at it is no text any more.
///
/// A ROM that prints at 74880 baud and an application that prints at 115200 are the usual reason. A few lines of noise,
/// such as those of the ROM at every restart, are none.
public struct BaudDoubt: Sendable {
  private var window: [UInt8] = []
  private var judged = 0

  /// As much noise as it takes: more than a ROM prints.
  private static let windowSize = 1024
  /// A rate that has held for so long is right.
  private static let trustedAfter = 1 << 18

  /// A doubt about a rate that was just found.
  public init() {}

  /// Takes what has arrived; whether it is time to look for the rate again.
  public mutating func isRaised(by bytes: UnsafeRawBufferPointer) -> Bool {
    guard judged < Self.trustedAfter else { return false }
    judged += bytes.count
    window += bytes.prefix(4 * Self.windowSize)
    guard window.count >= Self.windowSize else { return false }
    defer { window.removeAll(keepingCapacity: true) }
    return Readability(window).share < 0.6
  }
}
