import DeviceEvents
import LineReading

/// A step of a boot as it is recorded.
struct RecordedStep {
  let step: CourseStep
  /// Whether the reader handed the line on as it stood in the input.
  let arrivesBare: Bool
  /// Where the line stands that it was recorded from; nil where it is none.
  var line: LineReference?
}

/// The course of the boot that is being read, line by line, as long as an equal boot would go the same
/// way.
struct CourseRecording {
  private enum Limit {
    static let steps = 1_024
    static let bytes = 1 << 16
  }

  /// The steps so far; nil if none are recorded.
  private(set) var steps: [RecordedStep]?
  private var bytes = 0
  private var bootLines = 0
  /// Lines behind the last step that told nothing while a crash was open.
  private var gap = CourseGap.Count()

  var hasGap: Bool { !gap.isEmpty }

  var isOn: Bool { steps != nil }

  mutating func begin() {
    steps = []
    bytes = 0
    bootLines = 0
    gap = CourseGap.Count()
  }

  /// Whether the first step is a line like this one.
  func began(with line: LogLine) -> Bool {
    guard let first = steps?.first?.step, first.level == 0, first.freeNumbers.isEmpty,
      first.facts.origin == line.origin
    else { return false }
    return first.text.elementsEqual(line.text.buffer)
  }

  /// Notes lines that told nothing while a crash was open.
  mutating func widenGap(lines: Int, applicationLines: Int) {
    gap.add(lines: lines, applicationLines: applicationLines)
  }

  /// Notes that something else follows the gap, if there is one.
  mutating func closeGap() {
    guard hasGap, let facts = steps?.last?.step.facts else { return }
    let step = CourseStep(over: CourseGap(gap, crashAge: facts.crashAge), behind: facts)
    gap = CourseGap.Count()
    steps?.append(RecordedStep(step: step, arrivesBare: false))
  }

  mutating func stop() { steps = nil }

  mutating func add(
    _ step: CourseStep, of line: LogLine, arrivesBare: Bool, updates: History.Updates
  ) {
    closeGap()
    guard let count = steps?.count else { return }
    bytes += step.text.count
    bootLines += step.events.count { if case .bootLine = $0 { true } else { false } }
    // Whether a second one begins a boot is a matter of their times.
    guard count < Limit.steps, bytes <= Limit.bytes, bootLines < 2,
      !step.events.contains(where: { $0.isTurn(updates) })
    else { return stop() }
    steps?.append(RecordedStep(step: step, arrivesBare: arrivesBare, line: line.reference))
  }
}

extension DeviceEvent {
  /// Whether it depends on more than the lines of its boot what comes of it.
  fileprivate func isTurn(_ updates: History.Updates) -> Bool {
    switch self {
    case .clockWentBack: true
    // Whether it is believed is a matter of its time.
    case .bootLine(let line): line.subject != .thisNode
    case .update: updates == .areKept
    // How many lines follow decides what belongs to that report.
    case .notice(let notice): notice.kind == .earlierCrashReported
    case .rom, .bootloader, .segment, .application, .panic, .taskWatchdog, .power, .coreDump,
      .watched, .foreign:
      false
    }
  }
}
