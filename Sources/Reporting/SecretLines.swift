/// Follows the secrets of a log that go on over lines, or stand on another line than their label.
package struct SecretLines: Sendable {
  private var keys = PrivateKeyRows()
  private var awaited = AwaitedSecret()

  package init() {}

  /// The part of a line that is a secret because of the lines before it.
  mutating func secret(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    if let row = keys.row(in: line) { return row }
    return awaited.secret(in: line)
  }
}
