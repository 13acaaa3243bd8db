import Analysis
import BootTimeline
import Foundation
import LineReading
import Reporting
import Testing

@testable import Diagnosis

/// One stored property of boots or crashes, which can be taken over from another one.
private struct Property<Whole: Sendable>: Sendable {
  let name: String
  /// The first with this property of the second; nil where both have the same.
  let change: @Sendable (Whole, Whole) -> Whole?

  init<Value: Equatable & SendableMetatype>(
    _ name: String, _ path: any WritableKeyPath<Whole, Value> & Sendable
  ) {
    self.name = name
    change = { one, other in
      guard one[keyPath: path] != other[keyPath: path] else { return nil }
      var changed = one
      changed[keyPath: path] = other[keyPath: path]
      return changed
    }
  }
}

/// What is compared before two boots, or two crashes, are taken for alike stands in lists that people keep. Here each
/// property of each is changed in turn, to what another one of the samples has.
@Suite("Likeness and each property")
struct LikenessLawTests {
  private static let boots: [Property<Boot>] = [
    Property("index", \.index), Property("firstLine", \.firstLine),
    Property("lineCount", \.lineCount), Property("beganInLog", \.beganInLog),
    Property("chip", \.chip), Property("romBanner", \.romBanner),
    Property("romReset", \.romReset), Property("romResetLine", \.romResetLine),
    Property("savedPC", \.savedPC), Property("bootloaderSegments", \.bootloaderSegments),
    Property("romFinished", \.romFinished), Property("waitsForDownload", \.waitsForDownload),
    Property("waitLine", \.waitLine), Property("resetReason", \.resetReason),
    Property("resetReasonSource", \.resetReasonSource),
    Property("resetReasonLine", \.resetReasonLine),
    Property("resetReasonNumber", \.resetReasonNumber),
    Property("isReasonProse", \.isReasonProse),
    Property("toldResetCode", \.toldResetCode),
    Property("toldResetCodeLine", \.toldResetCodeLine), Property("slot", \.slot),
    Property("slotSource", \.slotSource), Property("slotLine", \.slotLine),
    Property("overruledLabel", \.overruledLabel), Property("loadedOffset", \.loadedOffset),
    Property("bootloaderIDF", \.bootloaderIDF), Property("bootloaderLine", \.bootloaderLine),
    Property("bootloaderCompiled", \.bootloaderCompiled), Property("app", \.app),
    Property("partitions", \.partitions), Property("segments", \.segments),
    Property("stage", \.stage), Property("reachedAppLine", \.reachedAppLine),
    Property("slotDefault", \.slotDefault), Property("applicationLines", \.applicationLines),
    Property("clockAtEnd", \.clockAtEnd), Property("sleeps", \.sleeps),
    Property("sleepLine", \.sleepLine), Property("confirmedLine", \.confirmedLine),
    Property("lostNetwork", \.lostNetwork), Property("ending", \.ending),
    Property("endingLine", \.endingLine), Property("hasBootLine", \.hasBootLine),
    Property("tellsItsStart", \.tellsItsStart),
    Property("hasBootloaderLines", \.hasBootloaderLines), Property("repeats", \.repeats),
  ]

  private static let crashes: [Property<Crash>] = [
    Property("firstLine", \.firstLine), Property("lastLineNumber", \.lastLineNumber),
    Property("slot", \.slot), Property("stage", \.stage),
    Property("afterFirstAppLine", \.afterFirstAppLine), Property("isFatal", \.isFatal),
    Property("ranOn", \.ranOn), Property("isBeginningKnown", \.isBeginningKnown),
    Property("kind", \.kind), Property("reason", \.reason), Property("message", \.message),
    Property("core", \.core), Property("task", \.task), Property("watchedTask", \.watchedTask),
    Property("pc", \.pc), Property("faultAddress", \.faultAddress),
    Property("registers", \.registers), Property("backtrace", \.backtrace),
    Property("stack", \.stack), Property("otherCores", \.otherCores),
    Property("resolvedCalls", \.resolvedCalls), Property("elfSHA256", \.elfSHA256),
    Property("details", \.details), Property("assertion", \.assertion),
    Property("error", \.error), Property("heapDamage", \.heapDamage),
    Property("stackBounds", \.stackBounds), Property("memoryDump", \.memoryDump),
    Property("update", \.update), Property("updatePhase", \.updatePhase),
    Property("isNested", \.isNested), Property("coreDump", \.coreDump),
    Property("coreDumpLines", \.coreDumpLines), Property("signature", \.signature),
    Property("segments", \.segments), Property("registerLine", \.registerLine),
    Property("faultLine", \.faultLine), Property("backtraceLine", \.backtraceLine),
  ]

  /// One of each sample's boots and crashes, the richest first.
  private static let pool: (boots: [Boot], crashes: [Crash], report: Report?) = {
    let reports = Sample.all.compactMap { sample in
      (try? sample.log).map { Sample.report(on: $0, context: sample.context) }
    }
    func richness(_ item: Any) -> Int {
      Mirror(reflecting: item).children.count { "\($0.value)" != "nil" && "\($0.value)" != "[]" }
    }
    func richest<Item>(_ items: [Item]) -> [Item] {
      items.map { ($0, richness($0)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }
    // What the richest boots of all samples have in common.
    let line = LineReference(number: 1, offset: 0, text: "")
    var rare = Boot(index: 0, firstLine: line, beganInLog: true)
    rare.overruledLabel = "app1"
    rare.sleeps = true
    rare.sleepLine = line
    rare.repeats = 7
    rare.isReasonProse = true
    return (
      richest(
        [rare] + reports.compactMap { $0.timeline.boots.max { richness($0) < richness($1) } }),
      richest(reports.flatMap(\.timeline.crashes)), reports.first
    )
  }()

  /// What a property becomes, of so many that differ.
  private static let changes = 4

  private func changed<Item>(
    _ bases: some Sequence<Item>, _ property: Property<Item>, among items: [Item]
  ) -> [(base: Item, changed: Item)] {
    bases.flatMap { base in
      items.lazy.compactMap { other in property.change(base, other).map { (base, $0) } }
        .prefix(Self.changes)
    }
  }

  private func report(_ boots: [Boot], _ crashes: [Crash]) throws -> Report {
    var report = try #require(Self.pool.report)
    report.conclusion.causes = []
    report.conclusion.findings = []
    report.timeline.updates = []
    report.timeline.boots = boots
    report.timeline.crashes = crashes
    return report
  }

  private func written(_ report: Report, _ member: String) throws -> [NSDictionary] {
    let text = JSONReport(report, layout: .line).text
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    return try #require(object?[member] as? [NSDictionary])
  }

  /// Where two items are taken for alike, the second has the values of the first.
  private func judgedAlike(_ report: Report, _ kind: ItemKind) -> [String] {
    let facts = FactBase(timeline: report.timeline, context: Context())
    return Attribute.all(of: kind).compactMap { attribute in
      guard let likeness = facts.likeness(in: attribute), likeness.count == 2, likeness[1] == 0
      else { return nil }
      let items = facts.items(of: kind).map { facts.items[$0] }
      guard let one = items.first, let other = items.dropFirst().first,
        facts.value(attribute, of: one) != facts.value(attribute, of: other)
      else { return nil }
      return attribute.name
    }
  }

  @Test("no property is forgotten here")
  func complete() throws {
    let boot = try #require(Self.pool.boots.first)
    #expect(
      Set(Mirror(reflecting: boot).children.compactMap(\.label))
        == Set(Self.boots.map(\.name)))
    let crash = try #require(Self.pool.crashes.first)
    // The boot of a crash is told beside what is compared.
    #expect(
      Set(Mirror(reflecting: crash).children.compactMap(\.label))
        == Set(Self.crashes.map(\.name)).union(["boot"]))
  }

  @Test("a boot that differs in one property is written as it is", arguments: boots.map(\.name))
  func boot(_ name: String) throws {
    let property = try #require(Self.boots.first { $0.name == name })
    let pairs = changed(Self.pool.boots.prefix(3), property, among: Self.pool.boots)
    #expect(!pairs.isEmpty, "no two samples differ in it")
    for (base, changed) in pairs {
      let both = try report([base, changed], [])
      #expect(try written(both, "boots").last == written(report([changed], []), "boots").last)
      #expect(judgedAlike(both, .boot).isEmpty)
    }
  }

  @Test("a crash that differs in one property is written as it is", arguments: crashes.map(\.name))
  func crash(_ name: String) throws {
    let property = try #require(Self.crashes.first { $0.name == name })
    let pairs = changed(Self.pool.crashes.prefix(3), property, among: Self.pool.crashes)
    #expect(!pairs.isEmpty, "no two samples differ in it")
    var boot = try #require(Self.pool.boots.first)
    for (base, changed) in pairs {
      boot.index = base.boot
      let both = try report([boot], [base, changed])
      #expect(
        try written(both, "crashes").last == written(report([boot], [changed]), "crashes").last)
      #expect(judgedAlike(both, .crash).isEmpty)
    }
  }
}
