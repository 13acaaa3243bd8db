import DeviceEvents
import LineReading

/// Where a record keeps the numbers that may be others in each boot of one course: registers, stacks, stack pointers.
struct BootMoldNumbers {
  /// The numbers of a line: where each begins, and what it is in the record.
  enum Numbers {
    case savedPC(start: Int)
    case registers(Core, [(start: Int, index: Int)])
    /// The address first, then the words.
    case stackRow(Core, row: Int, starts: [Int])
    case frames(Core, [(start: Int, frame: Int, isPC: Bool)])
  }

  struct Core: Equatable {
    let crash: Int
    let other: Int?

    func state(in record: BootRecord) -> Crash.CoreState {
      let crash = record.crashes[crash]
      if let other { return crash.otherCores[other] }
      var state = Crash.CoreState(core: crash.core)
      state.registers = crash.registers
      state.backtrace = crash.backtrace
      state.stack = crash.stack
      return state
    }
  }

  /// Where a crash has the address from that it could not reach.
  enum Fault {
    /// From its registers, the last of which is asked.
    case register(Int)
    /// Its register holds none, and must not.
    case unset(Int)
    /// From elsewhere, or from nowhere.
    case fixed
  }

  /// A line with such numbers.
  struct Line {
    let place: Int
    /// Whether the numbers are counted from behind its time.
    let isTimed: Bool
    let numbers: Numbers
  }

  private(set) var lines: [Line] = []
  let faults: [Fault]

  /// Which lines of the course have such numbers.
  var places: [Int] { lines.map(\.place) }

  /// The same, where the lines are counted otherwise.
  func with(_ indices: [Int: Int]) -> BootMoldNumbers {
    var same = self
    same.lines = lines.compactMap { line in
      indices[line.place].map { Line(place: $0, isTimed: line.isTimed, numbers: line.numbers) }
    }
    return same
  }

  /// Finds what the lines tell in the record; nil where it is not all there, in the order told.
  init?(_ record: BootRecord, lines: [RecordedStep]) {
    faults = record.crashes.map(Self.fault)
    var told = Told(record)
    for (place, line) in lines.enumerated() {
      var numbers: Numbers?
      for event in line.step.events {
        switch told.take(event, at: line.step.freeNumbers) {
        case .nothing: break
        case .numbers(let found): numbers = found
        case .unclear: return nil
        }
      }
      guard !line.step.freeNumbers.isEmpty else { continue }
      guard let numbers else { return nil }
      self.lines.append(Line(place: place, isTimed: line.step.level != 0, numbers: numbers))
    }
    guard told.isAllTold else { return nil }
  }

  private static func fault(of crash: Crash) -> Fault {
    let index =
      crash.registers.firstIndex { $0.name == "EXCVADDR" }
      ?? crash.registers.firstIndex { $0.name == "MTVAL" }
    guard let index else { return .fixed }
    if crash.faultAddress == crash.registers[index].value { return .register(index) }
    return crash.faultAddress == nil ? .unset(index) : .fixed
  }

  /// The states of a record's cores, and how much of them lines have told.
  private struct Told {
    private let record: BootRecord
    private let registers: [(Core, Int)]
    private let rows: [(Core, Int)]
    private let backtraces: [Core]
    private var registerCount = 0
    private var rowCount = 0
    private var backtraceCount = 0
    private var savedPCs = 0

    init(_ record: BootRecord) {
      self.record = record
      var registers: [(Core, Int)] = []
      var rows: [(Core, Int)] = []
      var backtraces: [Core] = []
      for (index, crash) in record.crashes.enumerated() {
        let others = crash.otherCores.indices.map(Optional.some)
        for other in [nil] + others {
          let core = Core(crash: index, other: other)
          let state = core.state(in: record)
          registers += state.registers.indices.map { (core, $0) }
          rows += state.stack.indices.map { (core, $0) }
          if state.backtrace != nil { backtraces.append(core) }
        }
      }
      self.registers = registers
      self.rows = rows
      self.backtraces = backtraces
    }

    var isAllTold: Bool {
      registerCount == registers.count && rowCount == rows.count
        && backtraceCount == backtraces.count
        && savedPCs == (record.boot.savedPC == nil ? 0 : 1)
    }

    /// What a line's event tells.
    enum Found {
      case nothing
      case numbers(Numbers)
      /// The record has others there.
      case unclear
    }

    /// Takes what a line told of which the numbers at `free` may be others.
    mutating func take(_ event: DeviceEvent, at free: [Int]) -> Found {
      switch event {
      case .rom(.savedPC(let address, _)):
        savedPCs += 1
        guard record.boot.savedPC == address, free.count <= 1 else { return .unclear }
        return free.first.map { .numbers(.savedPC(start: $0)) } ?? .nothing
      case .panic(.registers(let told)): return take(told, at: free)
      case .panic(.stackRow(let address, let words)):
        guard rowCount < rows.count else { return .unclear }
        let (core, row) = rows[rowCount]
        let known = core.state(in: record).stack[row]
        guard known.address == address, known.words == words,
          free.isEmpty || free.count == words.count + 1
        else { return .unclear }
        rowCount += 1
        return .numbers(.stackRow(core, row: row, starts: free))
      case .panic(.backtrace(let told)):
        guard backtraceCount < backtraces.count,
          backtraces[backtraceCount].state(in: record).backtrace == told
        else { return .unclear }
        backtraceCount += 1
        return frames(of: told, in: backtraces[backtraceCount - 1], at: free)
      default:
        // No other line has numbers that may be others.
        return .nothing
      }
    }

    private mutating func take(_ told: [Register], at free: [Int]) -> Found {
      var found: [(start: Int, index: Int)] = []
      var starts = free[...]
      var first: Core?
      for register in told {
        guard registerCount < registers.count else { return .unclear }
        let (core, index) = registers[registerCount]
        guard core.state(in: record).registers[index] == register, first.map({ $0 == core }) ?? true
        else { return .unclear }
        first = core
        registerCount += 1
        guard !free.isEmpty, !FreeNumbers.decide(register) else { continue }
        guard let start = starts.popFirst() else { return .unclear }
        found.append((start, index))
      }
      guard starts.isEmpty else { return .unclear }
      return first.map { .numbers(.registers($0, found)) } ?? .nothing
    }

    private func frames(of told: Backtrace, in core: Core, at free: [Int]) -> Found {
      guard !free.isEmpty else { return .nothing }
      var starts = free[...]
      var found: [(start: Int, frame: Int, isPC: Bool)] = []
      for frame in told.frames.indices {
        if frame >= FreeNumbers.framesThatTell {
          guard let start = starts.popFirst() else { return .unclear }
          found.append((start, frame, true))
        }
        guard let start = starts.popFirst() else { return .unclear }
        found.append((start, frame, false))
      }
      return starts.isEmpty ? .numbers(.frames(core, found)) : .unclear
    }
  }
}
