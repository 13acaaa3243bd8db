import DeviceEvents
import LineReading
import Testing

/// Which messages of a tag that somebody listens to are handed on at all.
@Suite("Quiet messages")
struct QuietMessageTests {
  /// How many of 100 such lines are handed on, behind a line that shows that the application runs.
  private func handedOn(_ message: String) -> Int {
    var decoder = EventDecoder()
    var reader = LineReader()
    var count = -1
    let lines = (0..<100).map { "I (\(500 + $0)) wifi: \(message)\n" }
    Array(("I (400) sensor: up\n" + lines.joined()).utf8).withUnsafeBufferPointer { bytes in
      reader.feed(bytes, steppingOver: { decoder.stepOver(&$0) }, lettingGo: {}) { line in
        count += 1
        decoder.decode(line) { _ in }
      }
    }
    return count
  }

  @Test("those that only begin like a sentence are stepped over")
  func nearlySentences() {
    #expect(handedOn("calibration step 12 done in 3 ms") == 0)
    #expect(handedOn("temperature 21 C") == 0)
  }

  @Test(
    "a sentence is handed on, also with a byte that is damaged, lost or added",
    arguments: [
      "calibration data MAC check failed: expected 7c:df", "calibration dXta MAC check failed: 1",
      "calibration dta MAC check failed: 1", "calibration daata MAC check failed: 1",
    ])
  func sentences(_ message: String) {
    #expect(handedOn(message) == 100)
  }
}
