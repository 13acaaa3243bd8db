import Analysis
import Testing

/// A log that is shown line by line as it comes.
@Suite("live reports")
struct LiveReportTests {
  private static let log = """
    I (209) boot: Loaded app from partition at offset 0x10000
    I (210) boot: Disabling RNG \u{fffd}arly \u{fffd}ntropy source
    y'
    [\u{fffd}\u{fffd}
    x

    ok

    """

  @Test("say what a report on the whole log says, wherever the log was cut")
  func whole() {
    let bytes = Array(Self.log.utf8)
    var whole = LogAnalysis(source: "uart.log")
    whole.feed(bytes, inPiecesOf: 1 << 20)
    let report = whole.finish()
    #expect(report.timeline.capture.garbledEnd.undecodable > 0)
    for middle in bytes.indices {
      var live = LogAnalysis(source: "uart.log")
      bytes.withUnsafeBufferPointer { bytes in
        live.feed(UnsafeBufferPointer(rebasing: bytes[..<middle])) { _ in }
        live.feed(UnsafeBufferPointer(rebasing: bytes[middle...])) { _ in }
      }
      #expect(live.finish() == report, "cut at byte \(middle)")
    }
  }
}
