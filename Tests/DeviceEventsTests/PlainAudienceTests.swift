import Foundation
import LineReading
import Testing

@testable import DeviceEvents

/// Decoders are not asked about texts that they cannot take; a wrong guess would lose events.
@Suite("Who is asked about a plain line")
struct PlainAudienceTests {
  private static let plan = DispatchPlan.standard

  /// All lines of all samples.
  private static let lines: Set<[UInt8]> = {
    let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Samples")
    var lines: Set<[UInt8]> = []
    for case let file as URL in FileManager.default.enumerator(
      at: samples, includingPropertiesForKeys: nil) ?? .init()
    where file.pathExtension == "log" {
      guard let bytes = try? Data(contentsOf: file) else { continue }
      for line in bytes.split(separator: 0x0a) {
        lines.insert(Array(line.last == 0x0d ? line.dropLast() : line))
      }
    }
    return lines
  }()

  /// The decoders that take a text without having been asked.
  private static func forgotten(_ bytes: ArraySlice<UInt8>) -> [String] {
    bytes.withUnsafeBufferPointer { buffer in
      let text = ByteText(buffer)
      guard !text.isEmpty else { return [] }
      let hasMarkers = plan.search.first(in: text, from: 0) != nil
      let asked = plan.plainAudience.of(text, hasMarkers: hasMarkers)
      return plan.plainDecoders.enumerated().filter { index, decoder in
        asked >> UInt32(index) & 1 == 0 && decoder.decode(text) { _ in }
      }.map { "\($0.element) of \(text.string)" }
    }
  }

  @Test("whoever takes a line of a sample, or the rest of one, is asked about it")
  func samples() {
    #expect(Self.lines.count > 1_000)
    for line in Self.lines {
      for start in [0, 1, 2, 5, 13, 34] where start < line.count {
        #expect(Self.forgotten(line[start...]).isEmpty)
      }
    }
  }

  @Test("whoever takes a sentence that it knows, also behind blanks, is asked about it")
  func sentences() {
    let openings = Self.plan.messageDecoders.flatMap { decoder in
      decoder.tags.flatMap { decoder.openings(under: $0) ?? [] }
    }
    let markers = Self.plan.plainDecoders.flatMap { $0.markers }
    for literal in openings + markers {
      for before in ["", " ", "\t "] {
        let text = Array(before.utf8) + literal.bytes + Array("0x40080000 0x3ffb0000: 1 ".utf8)
        #expect(Self.forgotten(text[...]).isEmpty)
        #expect(Self.forgotten((Array(before.utf8) + literal.bytes)[...]).isEmpty)
      }
    }
  }

  @Test("a reading of a sensor is shown to few")
  func readings() {
    let text = Array("t=23.5 h=40".utf8)
    text.withUnsafeBufferPointer { buffer in
      let asked = Self.plan.plainAudience.of(ByteText(buffer), hasMarkers: false)
      #expect(asked.nonzeroBitCount <= Self.plan.plainDecoders.count / 2)
    }
  }
}
