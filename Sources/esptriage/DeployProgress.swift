import NodeHTTP
import Reporting
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a deployment shows on standard error while it runs: bars on a terminal, else a line a step.
final class DeployProgress: Sendable {
  private let state: Mutex<State>
  private let manner: Manner
  private let naming: DeployNaming

  /// How much is shown.
  enum Manner {
    /// One bar a node that is at work, drawn anew.
    case bars(columns: Int, rows: Int)
    /// One line for each result.
    case lines
    /// Nothing.
    case nothing
  }

  private struct State {
    var nodes: [NodeRecord]
    var uploads: [Int: UploadProgress] = [:]
    var reads: [Int: Int] = [:]
    var soakLeft: Duration?
    var drawnRows = 0
    var lastDrawn = ContinuousClock.now
  }

  init(_ nodes: [NodeRecord], manner: Manner, naming: DeployNaming) {
    state = Mutex(State(nodes: nodes))
    self.naming = naming
    self.manner = manner
  }

  /// What suits standard error.
  static func manner(isQuiet: Bool) -> Manner {
    if isQuiet { return .nothing }
    var size = winsize()
    let term = getenv("TERM").map { String(cString: $0) }
    guard isatty(STDERR_FILENO) == 1, term != nil, term != "dumb",
      ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 50, size.ws_row > 4
    else { return .lines }
    return .bars(columns: Int(size.ws_col), rows: Int(size.ws_row) - 2)
  }

  /// Takes part in what happens.
  func hear(_ event: DeployEvent) {
    state.withLock { state in
      var line: String?
      switch event {
      case .stage(let number, let count):
        state.soakLeft = nil
        if number > 0 { line = "stage \(number + 1): \(count) \(count == 1 ? "node" : "nodes")" }
      case .node(let index, let node):
        guard state.nodes.indices.contains(index) else { return }
        let isNews = state.nodes[index].step != node.step
        state.nodes[index] = node
        if isNews { line = Self.line(node, called: naming.name(of: node, index)) }
      case .uploading(let index, let progress): state.uploads[index] = progress
      case .proving(let index, let reads): state.reads[index] = reads
      case .soaking(let left):
        if state.soakLeft == nil { line = "watching the updated nodes for \(Self.words(left))" }
        state.soakLeft = left
      }
      show(line, &state)
    }
  }

  /// Says at once that Ctrl-C was heard: uploads may go on for minutes.
  func tellOfStop() {
    state.withLock { state in
      show("stopping; uploads that run go on to their end, a second Ctrl-C ends them", &state)
    }
  }

  /// Leaves the screen to the results.
  func close() {
    state.withLock { state in
      write(Self.erasing(state.drawnRows))
      state.drawnRows = 0
    }
  }

  private func show(_ line: String?, _ state: inout State) {
    switch manner {
    case .nothing: return
    case .lines: if let line { write("esptriage: " + line + "\n") }
    case .bars(let columns, let rows):
      // Ten pictures a second are enough for the eye; a result is shown at once.
      guard line != nil || ContinuousClock.now - state.lastDrawn > .milliseconds(100) else {
        return
      }
      // A terminal that takes nothing must not hold up the uploads: their thread calls this.
      var question = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
      guard poll(&question, 1, 0) > 0, question.revents & Int16(POLLOUT) != 0 else { return }
      state.lastDrawn = .now
      let bars = bars(state, columns: columns, rows: rows)
      let above = line.map { $0 + "\n" } ?? ""
      write(Self.erasing(state.drawnRows) + above + bars.joined(separator: "\n"))
      state.drawnRows = bars.count
    }
  }

  // MARK: - Pictures

  private static func line(_ node: NodeRecord, called name: String) -> String? {
    let verdict = node.judgement.map { ", " + $0.verdict } ?? ""
    switch node.step {
    case .pending, .sending: return nil
    case .sent: return "\(name): the upload is over, waiting to see what it runs"
    case .confirmed, .upToDate, .unreachable, .refused, .failed:
      return "\(name): \(DeployTable.words(node.step))\(verdict)"
    }
  }

  private func bars(_ state: State, columns: Int, rows: Int) -> [String] {
    let atWork = state.nodes.indices.filter {
      state.nodes[$0].step == .sending || state.nodes[$0].step == .sent
    }
    let done = state.nodes.count { !$0.step.isUntouched && $0.step != .sending && $0.step != .sent }
    var bars = atWork.prefix(max(rows - 2, 1)).map { index in
      let node = state.nodes[index]
      let name = TextWidth.padded(naming.name(of: node, index), to: 22)
      if node.step == .sent {
        let reads = state.reads[index].map { ", \($0) \($0 == 1 ? "read" : "reads")" } ?? ""
        return name + "upload over, waiting" + reads
      }
      return name + Self.bar(state.uploads[index], columns: columns)
    }
    if atWork.count > bars.count { bars.append("… and \(atWork.count - bars.count) more at work") }
    let left = state.soakLeft.map { ", watching for \(Self.words($0)) more" } ?? ""
    bars.append("\(done) of \(state.nodes.count) nodes done\(left)")
    return bars
  }

  private static func bar(_ progress: UploadProgress?, columns: Int) -> String {
    guard let progress, progress.total > 0 else { return "connecting" }
    let room = min(columns - 50, 40)
    // What the node acknowledged counts, not what waits in this machine's buffers.
    let share = Double(max(progress.acknowledged, 0)) / Double(progress.total)
    let full = Int(share * Double(max(room, 0)))
    return String(repeating: "█", count: full) + String(repeating: "░", count: max(room - full, 0))
      + " \(Int(share * 100)) %"
  }

  private static func words(_ duration: Duration) -> String {
    let seconds = duration.wholeMilliseconds / 1_000
    if seconds < 120 { return "\(seconds) s" }
    return seconds < 7_200 ? "\(seconds / 60) min" : "\(seconds / 3_600) h"
  }

  private static func erasing(_ rows: Int) -> String {
    guard rows > 0 else { return "" }
    return "\r" + (rows > 1 ? "\u{1b}[\(rows - 1)A" : "") + "\u{1b}[J"
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = systemWrite(STDERR_FILENO, bytes, bytes.count)
  }
}

/// `write(2)`, whose name the method above hides.
private func systemWrite(_ file: Int32, _ bytes: [UInt8], _ count: Int) -> Int {
  write(file, bytes, count)
}
