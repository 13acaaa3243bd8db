import Analysis
import BootTimeline
import DeviceEvents
import Foundation
import LineReading
import Reporting
import Testing

/// A small generator with a printed seed, so that a failure can be had again.
struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A seed that differs from run to run, unless `ESPTRIAGE_SEED` names one.
  static func seeded() -> (Chance, UInt64) {
    let named = ProcessInfo.processInfo.environment["ESPTRIAGE_SEED"].flatMap { UInt64($0) }
    let seed = named ?? UInt64.random(in: 0..<1_000_000)
    return (Chance(state: seed), seed)
  }
}

@Suite("Laws")
struct LawTests {
  @Test("the chunking of the input never shows", arguments: Sample.all)
  func chunking(_ sample: Sample) throws {
    let whole = try sample.report()
    for chunk in [1, 7, 63, 4096] {
      #expect(try sample.report(chunk: chunk) == whole, "pieces of \(chunk) bytes")
    }
  }

  @Test(
    "CR CR LF, colours and host timestamps change neither verdict nor boots", arguments: Sample.all)
  func decorations(_ sample: Sample) throws {
    guard !["wrong-baud", "empty", "server-log"].contains(sample.name) else { return }
    let plain = try sample.report()
    let node = try sample.node
    let lines = try sample.log.split(separator: 0x0a, omittingEmptySubsequences: false)
    func decorated(_ change: ([UInt8]) -> [UInt8]) -> Report {
      let text = lines.map { change(Array($0)) }.joined(separator: [0x0a])
      return Sample.report(on: Array(text), context: sample.context, node: node)
    }
    for (name, report) in [
      ("CR CR LF", decorated { $0 + [0x0d, 0x0d] }),
      ("colours", decorated { Array("\u{1b}[0;32m".utf8) + $0 + Array("\u{1b}[0m".utf8) }),
      ("timestamps", decorated { Array("2026-05-18 10:20:30 ".utf8) + $0 }),
    ] {
      #expect(report.conclusion.verdict.id == plain.conclusion.verdict.id, "\(name)")
      #expect(report.timeline.boots.map(\.slot) == plain.timeline.boots.map(\.slot), "\(name)")
      #expect(report.timeline.crashes.map(\.kind) == plain.timeline.crashes.map(\.kind), "\(name)")
    }
  }

  @Test("no bytes crash it, and every report can be written")
  func anyBytes() {
    var (chance, seed) = Chance.seeded()
    for round in 0..<300 {
      let length = Int.random(in: 0..<6_000, using: &chance)
      let isText = Bool.random(using: &chance)
      let bytes = (0..<length).map { _ in
        isText
          ? UInt8.random(in: 9..<127, using: &chance) : UInt8.random(in: 0...255, using: &chance)
      }
      let report = Sample.report(on: bytes, chunk: 1 + Int.random(in: 0..<900, using: &chance))
      #expect(!JSONReport(report).text.isEmpty, "seed \(seed), round \(round)")
      #expect(!TextReport(report, layout: TextLayout()).text.isEmpty)
    }
  }

  @Test("a damaged sample is read without a crash, and its JSON reads back", arguments: Sample.all)
  func damage(_ sample: Sample) throws {
    var (chance, seed) = Chance.seeded()
    let log = try sample.log
    guard !log.isEmpty else { return }
    for _ in 0..<6 {
      var bytes = log
      for _ in 0..<max(log.count / 200, 1) {
        let place = Int.random(in: 0..<bytes.count, using: &chance)
        switch Int.random(in: 0..<4, using: &chance) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
        default: bytes.removeSubrange(place..<min(place + 40, bytes.count))
        }
        if bytes.isEmpty { bytes = [0x0a] }
      }
      let report = Sample.report(on: bytes, context: sample.context)
      let data = Data(JSONReport(report).text.utf8)
      #expect(throws: Never.self, "seed \(seed)") { try JSONSerialization.jsonObject(with: data) }
    }
  }

  /// What was printed without line ends has several boots in one line.
  @Test("lines grow from boot to boot and stand where they say", arguments: Sample.all)
  func places(_ sample: Sample) throws {
    let report = try sample.report()
    let log = try sample.log
    let boots = report.timeline.boots.map(\.firstLine.number)
    #expect(zip(boots, boots.dropFirst()).allSatisfy { $0 <= $1 })
    for evidence in report.conclusion.verdict.evidence {
      guard let line = evidence.line else { continue }
      let before = log[..<line.offset].count { $0 == 0x0a }
      #expect(before + 1 == line.number, "\(line)")
    }
  }

  @Test("cutting a log gives the same events up to the cut", arguments: Sample.all)
  func cutting(_ sample: Sample) throws {
    let log = try sample.log
    let whole = Self.events(log)
    let ends = log.indices.filter { log[$0] == 0x0a }
    for share in [0.25, 0.5, 0.8] {
      guard !ends.isEmpty else { return }
      let cut = ends[Int(Double(ends.count - 1) * share)] + 1
      let part = Self.events(Array(log[..<cut]))
      #expect(Array(whole.prefix(part.count)) == part)
    }
  }

  private static func events(_ log: [UInt8]) -> [DeviceEvent] {
    var reader = LineReader()
    var decoder = EventDecoder(watching: [])
    var events: [DeviceEvent] = []
    log.withUnsafeBufferPointer { bytes in
      reader.feed(bytes) { line in decoder.decode(line) { events.append($0) } }
      reader.finish { line in decoder.decode(line) { events.append($0) } }
    }
    return events
  }
}
