import BootTimeline
import DeviceEvents
import LineReading

@testable import Diagnosis

/// Writes timelines for tests, line by line.
struct Story {
  private(set) var timeline = Timeline()
  private var lineNumber = 0

  mutating func line(_ text: String) -> LineReference {
    lineNumber += 1
    timeline.capture.lines = lineNumber
    return LineReference(number: lineNumber, offset: lineNumber * 10, text: text)
  }

  @discardableResult
  mutating func boot(
    _ slot: String?, _ reason: ResetReason? = nil, reachedApp: Bool = true
  ) -> Int {
    let index = timeline.boots.count
    var boot = Boot(index: index, firstLine: line("boot \(index)"), beganInLog: true)
    boot.slot = slot
    boot.resetReason = reason
    boot.stage = reachedApp ? .application : .bootloader
    timeline.boots.append(boot)
    return index
  }

  mutating func crash(
    _ kind: CrashKind = .exception, pc: UInt32? = nil, signature: String = "s", fatal: Bool = true,
    afterFirstAppLine: Bool = true
  ) {
    let boot = timeline.boots.count - 1
    var crash = Crash(
      firstLine: line("Guru \(kind)"), boot: boot, slot: timeline.boots.last?.slot)
    crash.kind = kind
    crash.reason = "Reason"
    crash.pc = pc
    crash.signature = signature
    crash.isFatal = fatal
    crash.afterFirstAppLine = afterFirstAppLine
    timeline.crashes.append(crash)
  }

  mutating func update(to target: String, from: String, _ outcome: UpdateOutcome = .unknown) {
    let first = line("update of \(target)")
    var update = Update(firstLine: first, boot: timeline.boots.count - 1, from: from)
    update.target = target
    update.successLine = line("success")
    update.phase = .succeeded
    update.outcome = outcome
    timeline.updates.append(update)
  }

  mutating func watched(_ pattern: Int, _ text: String) {
    timeline.watched.append(
      WatchedLine(pattern: pattern, boot: timeline.boots.count - 1, line: line(text)))
  }

  /// How a condition holds here.
  func match(_ condition: Condition, context: Context = Context()) -> Match? {
    var solver = Solver(facts: FactBase(timeline: timeline, context: context))
    return solver.match(PreparedCondition(condition))
  }
}

extension ItemMatcher {
  static func boot(_ tests: (BootAttribute, ValueMatcher)...) -> ItemMatcher {
    ItemMatcher(.boot, tests.map { AttributeTest(.boot($0.0), $0.1) })
  }
  static func crash(_ tests: (CrashAttribute, ValueMatcher)...) -> ItemMatcher {
    ItemMatcher(.crash, tests.map { AttributeTest(.crash($0.0), $0.1) })
  }
  static func update(_ tests: (UpdateAttribute, ValueMatcher)...) -> ItemMatcher {
    ItemMatcher(.update, tests.map { AttributeTest(.update($0.0), $0.1) })
  }
}

extension ValueMatcher {
  static func word(_ text: String) -> ValueMatcher { .equals(.text(text)) }
}

extension Rule {
  /// A rule of a test.
  static func test(
    _ id: String, _ verdict: VerdictID?, when: Condition, confidence: Double = 0.9,
    severity: Severity? = nil
  ) -> Rule {
    Rule(
      id: id, family: .custom, verdict: verdict, severity: severity, title: id, why: "why \(id)",
      when: when, confidence: confidence)
  }
}
