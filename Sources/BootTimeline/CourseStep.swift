import DeviceEvents
import LineReading

/// A line that a boot printed, and what it did: a step of the boot's course.
struct CourseStep {
  /// The bytes that an equal line has: of a line with a time, those behind its digits.
  var text: [UInt8]
  /// Where in `text` numbers of 8 hexadecimal digits begin that may be others.
  var freeNumbers: [Int]
  /// The level of a line with a time, which stands before its digits; else 0.
  var level: UInt8
  /// Whether it is no line, but some that told nothing while a crash was open.
  var gap: CourseGap?
  var facts: Facts
  /// What it told.
  var events: [DeviceEvent]

  /// What does not depend on the bytes.
  struct Facts: Equatable {
    let origin: LogLine.Origin
    let change: DecodingChange
    /// Whether it told something.
    let isEventful: Bool
    /// How many lines the application printed since the open crash's last line; nil if none is open,
    /// or if it is over, whatever comes. While one is, every line counts.
    var crashAge: Int?
    /// How far the boot has come.
    let stage: BootStage
  }

  /// The step of `line`, which said `events`.
  init(_ line: LogLine, saying events: [DeviceEvent], free: FreeNumbers, facts: Facts) {
    var text = line.text
    level = 0
    if facts.change.hasTime, let time = LineTime(text) {
      level = text[0]
      text = text.slice(from: time.end)
    }
    self.text = Array(text.buffer)
    freeNumbers = free.starts(in: text, saying: events)
    self.facts = facts
    self.events = events
  }

  /// The step over a gap behind a step with these facts.
  init(over gap: CourseGap, behind facts: Facts) {
    text = []
    freeNumbers = []
    events = []
    // No line begins with this level.
    level = 0xff
    self.gap = gap
    self.facts = facts
    self.facts.crashAge = gap.crashAge(from: facts.crashAge)
  }
}

/// Lines that told nothing while a crash was open: how many they are decides whether it is over.
enum CourseGap: Equatable {
  /// The crash is over.
  case long
  /// So many.
  case short(Count)

  /// Lines, and the application's among them.
  struct Count: Equatable {
    var lines = 0
    var applicationLines = 0

    var isEmpty: Bool { lines == 0 }

    mutating func add(lines: Int, applicationLines: Int) {
      self.lines += lines
      self.applicationLines += applicationLines
    }
  }

  /// So many lines behind a crash of that age.
  init(_ count: Count, crashAge: Int?) {
    let age = (crashAge ?? 0) + count.applicationLines
    self = age > CrashAssembly.appLinesThatShowLife ? .long : .short(count)
  }

  /// The age of the crash behind the gap.
  func crashAge(from age: Int?) -> Int? {
    switch self {
    case .long: nil
    case .short(let count): age.map { $0 + count.applicationLines }
    }
  }
}

extension Boot {
  /// Whether the next banner or reset line of a ROM begins another boot in any case: where the ROM
  /// printed no reset line so far, both may belong to this one.
  var endsAtNextBeginning: Bool { stage > .rom || romReset != nil }
}

extension DeviceEvent {
  /// Whether a boot's first line says it, and leaves no doubt.
  var isStrongBeginning: Bool {
    switch self {
    case .rom(.banner), .rom(.reset): true
    case .rom, .bootloader, .segment, .application, .bootLine, .update, .panic, .taskWatchdog,
      .power, .coreDump, .notice, .watched, .clockWentBack, .foreign:
      false
    }
  }
}
