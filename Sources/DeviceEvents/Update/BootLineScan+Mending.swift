// I (335) main: boot: reset_reason=SW runn?ng_partition=ota_1
//
// A boot line that lost a byte of one of its keys: the other half alone does not tell which slot runs, or why.

import LineReading

extension BootLineScan {
  /// The whole boot line that a text is but for one byte of a key, where `found` is what it tells as it is.
  static func mendedBootLine(in text: ByteText, where found: [Found]) -> Found? {
    // Half a boot line is as little as none, and mostly one wrong byte away from a whole one.
    guard text.has("boot: "), text.count <= longestMended, found.count <= 1,
      !(found.first?.content.isWhole ?? false)
    else { return nil }
    for key: StaticString in ["reset_reason=", "running_partition="] where !text.contains(key) {
      var trials = 0
      for start in 6..<max(text.count, 6) where trials < mostTrials {
        guard let mended = text.mended(key.buffer, at: start) else { continue }
        trials += 1
        let whole = mended.withUnsafeBufferPointer { undamagedBootLines(in: ByteText($0)) }
        guard let line = whole.first, whole.count == 1, line.content.isWhole else { continue }
        // Where it begins is asked for in the text as it is.
        return Found(
          start: found.first?.start ?? line.start, end: text.count, content: line.content)
      }
    }
    return nil
  }

  /// No node prints a longer boot line, in bytes, and each trial reads all of it once more.
  private static let longestMended = 512

  /// So many places are tried for a key: where its first byte is lost, the blank before it fits as well, and words of
  /// prose may come close to it.
  private static let mostTrials = 4
}
