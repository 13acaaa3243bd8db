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
    // A busy machine may add to it; ten times as much would be a fault.
    #expect(ContinuousClock.now - start < .milliseconds(1_000))
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

  @Test("a terminal that takes nothing stops neither the reading nor the recording")
  func stopped() throws {
    let running = try start("--record", "runs")
    #expect(running.shows("is open"))
    terminal.isReading = false
    let line = "I (420) sensor: sampling every 20 ms, nothing to see here, please go along\n"
    let text = String(repeating: line, count: 40_000)
    node.print(text)
    terminal.isReading = true
    #expect(running.shows("lines not shown: the terminal did not take them"))
    running.interrupt()
    #expect(running.end().status == 130)
    let folder = program.folder.appending(path: "runs")
    let logs = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".log") }
    let bytes = try logs.map { try Data(contentsOf: folder.appending(path: $0)).count }
    #expect(bytes == [text.utf8.count])
  }
}
