import Analysis
import BootTimeline
import Foundation
import Reporting
import Testing

@testable import Diagnosis

/// What is alike in a log is judged and written once.
@Suite("Likeness")
struct LikenessTests {
  /// A sample's log three times over: loops, with what comes between their rounds.
  private func report(_ sample: Sample) throws -> Report {
    let log = try sample.log
    return Sample.report(on: log + log + log, context: sample.context)
  }

  @Test(
    "boots and crashes that are alike have the same value of all that rules ask for",
    arguments: Sample.all)
  func values(_ sample: Sample) throws {
    let facts = FactBase(timeline: try report(sample).timeline, context: sample.context)
    for kind in [ItemKind.boot, .crash] {
      for attribute in Attribute.all(of: kind) {
        guard let likeness = facts.likeness(in: attribute) else { continue }
        for index in facts.items(of: kind) {
          let item = facts.items[index]
          let like = likeness[item.index]
          #expect(like <= item.index && likeness[like] == like)
          guard like != item.index else { continue }
          let other = FactBase.Item(kind: kind, index: like, line: 0, bootPlace: -1)
          let value = facts.value(attribute, of: item)
          #expect(value == facts.value(attribute, of: other), "\(attribute.name) of \(kind)")
        }
      }
    }
  }

  @Test("the boots of a loop are alike, and so are their crashes, whatever registers hold")
  func loop() {
    var log = ""
    for number in 0..<20 {
      log += """
        rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
        I (405) main: boot: reset_reason=PANIC running_partition=ota_1
        I (\(500 + number)) main: sample \(number) accepted
        Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

        Core  0 register dump:
        PC      : 0x42000a40  PS      : 0x0000000\(number % 10)  A0      : 0x800814ae  A1      : 0x3ffbf1f0

        Backtrace: 0x42000a3d:0x3fc900f0

        Rebooting...

        """
    }
    let timeline = Sample.report(on: Array(log.utf8)).timeline
    let likeness = Likeness(
      of: timeline,
      places: Dictionary(uniqueKeysWithValues: timeline.boots.indices.map { ($0, $0) }))
    // The last one ends with the log.
    #expect(likeness.boots.dropFirst().dropLast().allSatisfy { $0 == likeness.boots[1] })
    #expect(likeness.crashes.count == 20)
    #expect(likeness.crashes.dropFirst().dropLast().allSatisfy { $0 == likeness.crashes[1] })
  }

  @Test(
    "a boot and a crash read the same whether or not others like them were written before",
    arguments: Sample.all)
  func written(_ sample: Sample) throws {
    var whole = try report(sample)
    // What is not asked here is not written again for each boot.
    whole.conclusion.causes = []
    whole.conclusion.findings = []
    whole.timeline.updates = []
    // Half of the samples on one line, the others indented.
    for layout in [sample.name.utf8.count % 2 == 0 ? JSONReport.Layout.line : .indented] {
      let (boots, crashes) = try written(whole, layout)
      for index in whole.timeline.boots.indices {
        var alone = whole
        alone.timeline.boots = [whole.timeline.boots[index]]
        alone.timeline.crashes = []
        #expect(try written(alone, layout).boots == [boots[index]])
      }
      for index in whole.timeline.crashes.indices {
        var alone = whole
        alone.timeline.boots = []
        alone.timeline.crashes = [whole.timeline.crashes[index]]
        #expect(try written(alone, layout).crashes == [crashes[index]])
      }
    }
  }

  private func written(
    _ report: Report, _ layout: JSONReport.Layout
  ) throws -> (boots: [NSDictionary], crashes: [NSDictionary]) {
    let text = JSONReport(report, layout: layout).text
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    return (
      try #require(object?["boots"] as? [NSDictionary]),
      try #require(object?["crashes"] as? [NSDictionary])
    )
  }
}
