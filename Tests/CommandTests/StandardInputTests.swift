import Foundation
import Testing

@Suite("esptriage watch -", .serialized)
struct StandardInputTests {
  let program: BuiltProgram
  let pipe = Pipe()

  init() throws { program = try BuiltProgram() }

  private func start(_ arguments: String..., on terminal: FakeTerminal? = nil) throws
    -> RunningProgram
  {
    let running = try RunningProgram(
      program, ["watch", "-"] + arguments, environment: ["TERM": "xterm", "NO_COLOR": "1"],
      on: terminal, reading: pipe)
    // Its own copy: the end that it reads must not be held open here.
    try pipe.fileHandleForReading.close()
    return running
  }

  private func print(_ text: String) throws {
    try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  private func end() throws { try pipe.fileHandleForWriting.close() }

  private func verdict(_ json: String) throws -> String? {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return (object?["verdict"] as? [String: Any])?["id"] as? String
  }

  @Test("scrolls, tells the verdict while the input goes on, and ends with it")
  func live() throws {
    let running = try start()
    try print(ShortLog.panic)
    #expect(running.shows("I (420) sensor: sampling every 20 ms\n"))
    #expect(running.shows("─── verdict"))
    try print("I (30000) sensor: still here\n")
    #expect(running.shows("still here"))
    try end()
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.errors.contains("following standard input"))
    #expect(run.output.contains("─── standard input has ended"))
    #expect(run.output.contains("[panic]"))
  }

  @Test("a line without an end shows after a moment, and counts at the end of the input")
  func unfinished() throws {
    let terminal = try FakeTerminal()
    let running = try start(on: terminal)
    try print("I (335) main: boot: reset_reason=POWERON running_partition=ota_0")
    #expect(running.shows("running_partition=ota_0\nstandard input · "))
    try end()
    let run = running.end()
    #expect(run.status == 0)
    #expect(run.output.contains("1 line · 64 bytes"))
  }

  @Test("the end of the input is the end for scripts, with one JSON object and the status")
  func json() throws {
    let running = try start("--format", "json", "--until-verdict", "--timeout", "60")
    try print(ShortLog.panic)
    try end()
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.lines.count == 1)
    #expect(try verdict(run.output) == "panic")
    #expect(!run.errors.contains("no verdict became final"))
  }

  @Test("--until-verdict does not wait for the end of the input")
  func untilVerdict() throws {
    let running = try start("--quiet", "--until-verdict")
    try print(ShortLog.panic)
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.output.contains("error panic"))
    try end()
  }

  @Test("--timeout ends an input that goes on")
  func timeout() throws {
    let running = try start("--timeout", "2", "--quiet")
    try print(ShortLog.healthy)
    let run = running.end()
    #expect(run.status == 0)
    #expect(run.output.contains("ok healthy"))
    try end()
  }

  @Test("a recording has the bytes of the input, and the same verdict")
  func recording() throws {
    let running = try start("--record", "runs", "--quiet")
    try print(ShortLog.panic)
    try end()
    #expect(running.end().status == 1)
    let folder = program.folder.appending(path: "runs")
    let logs = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("stdin.log") }
    let bytes = try logs.map { try Data(contentsOf: folder.appending(path: $0)) }
    #expect(bytes == [Data(ShortLog.panic.utf8)])
    let later = try program.run("diagnose", "runs", "--format", "json")
    #expect(try verdict(later.output) == "panic")
  }

  @Test("an input that is empty or closed is no healthy node")
  func nothing() throws {
    let empty = try program.run("watch", "-", input: "")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("Nothing came from standard input"))
    let closed = try program.shell("$esptriage watch - <&-")
    #expect(closed.status == 2)
    #expect(closed.errors.contains("Standard input is closed"))
  }

  @Test("a lone - without a command is diagnosed as before")
  func bare() throws {
    let run = try program.run("-", "--quiet", input: ShortLog.panic)
    #expect(run.status == 1)
    #expect(!run.errors.contains("following"))
  }

  @Test("Ctrl-C that stops the writer as well is not told as the input's end")
  func bothInterrupted() throws {
    let running = try start()
    try print(ShortLog.panic)
    #expect(running.shows("1200 samples"))
    running.interrupt()
    try end()
    let run = running.end()
    #expect(run.status == 130)
    #expect(!(run.output + run.errors).contains("has ended"))
  }

  @Test("Ctrl-C ends it with the final report and 130")
  func interrupted() throws {
    let running = try start()
    try print(ShortLog.panic)
    #expect(running.shows("1200 samples"))
    running.interrupt()
    let run = running.end()
    #expect(run.status == 130)
    #expect(run.output.contains("[panic]"))
    try end()
  }
}
