import Foundation
import Testing

@Suite("esptriage watch on a terminal", .serialized)
struct WatchTerminalTests {
  let program: BuiltProgram
  let node: FakeNode
  let terminal: FakeTerminal

  init() throws {
    program = try BuiltProgram()
    node = try FakeNode(in: program)
    terminal = try FakeTerminal()
  }

  private func start(_ arguments: String...) throws -> RunningProgram {
    let running = try RunningProgram(
      program, ["watch", node.path] + arguments, environment: ["TERM": "xterm", "NO_COLOR": "1"],
      on: terminal)
    return running
  }

  @Test("a status at the foot shows port, boots, slot, reset reason and verdict")
  func status() throws {
    let running = try start()
    #expect(running.shows("ttyNode · nothing received yet"))
    node.print(ShortLog.panic)
    #expect(running.shows("2 boots · ota_0 · reset PANIC · panic "))
    running.interrupt()
    #expect(running.end().status == 130)
  }

  @Test("the verdict shows within 100 ms of the line that decides it")
  func latency() throws {
    let running = try start()
    #expect(running.shows("is open"))
    node.print(ShortLog.healthy)
    #expect(running.shows("healthy"))
    usleep(300_000)
    node.print(
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n")
    let start = ContinuousClock.now
    #expect(running.shows("· panic "))
    // A busy machine adds to it; a verdict that waits until it has settled takes two seconds. `scripts/bench live`
    // measures it.
    #expect(ContinuousClock.now - start < .milliseconds(1_900))
    running.interrupt()
    #expect(running.end().status == 130)
  }

  @Test("a line without an end shows after a moment and is replaced when its rest arrives")
  func unfinished() throws {
    let running = try start()
    #expect(running.shows("is open"))
    node.print("I (1) main: type here> ")
    #expect(running.shows("I (1) main: type here> \nttyNode · "))
    node.print("thanks\n")
    #expect(running.shows("\u{1b}[JI (1) main: type here> thanks\n"))
    running.interrupt()
    #expect(running.end().status == 130)
  }

  /// The bytes of each log that was recorded.
  private func recorded() throws -> [Int] {
    let folder = program.folder.appending(path: "runs")
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".log") }
      .map { try Data(contentsOf: folder.appending(path: $0)).count }
  }

  private static let line =
    "I (420) sensor: sampling every 20 ms, nothing to see here, please go along\n"

  @Test("a terminal that takes nothing stops neither the reading nor the recording")
  func stopped() throws {
    let running = try start("--record", "runs")
    #expect(running.shows("is open"))
    terminal.isReading = false
    let text = String(repeating: Self.line, count: 40_000)
    node.print(text)
    terminal.isReading = true
    #expect(running.shows("lines not shown: the terminal did not take them"))
    running.interrupt()
    #expect(running.end().status == 130)
    #expect(try recorded() == [text.utf8.count])
  }

  @Test("neither does a reader that pauses, as a pager does, and it gets every line later")
  func paused() throws {
    // Without a screen to draw on, it is written to like a pipe.
    let running = try RunningProgram(
      program, ["watch", node.path, "--record", "runs"], environment: ["TERM": "dumb"],
      on: terminal)
    #expect(running.shows("is open"))
    terminal.isReading = false
    node.print(String(repeating: Self.line, count: 10_000) + "I (421) sensor: last\n")
    terminal.isReading = true
    #expect(running.shows("sensor: last"))
    running.interrupt()
    let run = running.end()
    #expect(run.status == 130)
    #expect(run.output.components(separatedBy: "go along").count == 10_001)
    #expect(try recorded() == [10_000 * Self.line.utf8.count + 21])
  }
}
