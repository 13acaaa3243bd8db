import Foundation
import Testing

@Suite("esptriage watch", .serialized)
struct WatchTests {
  let program: BuiltProgram
  let node: FakeNode

  init() throws {
    program = try BuiltProgram()
    node = try FakeNode(in: program)
  }

  private func start(
    _ arguments: String..., environment: [String: String] = [:], on terminal: FakeTerminal? = nil
  ) throws -> RunningProgram {
    let running = try RunningProgram(
      program, arguments, environment: environment, on: terminal)
    return running
  }

  private func verdict(_ json: some StringProtocol) throws -> String? {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return (object?["verdict"] as? [String: Any])?["id"] as? String
  }

  @Test("scrolls the log, tells a verdict that has settled, and ends with it and its status")
  func untilVerdict() throws {
    let running = try start("watch", node.path, "--until-verdict", "--timeout", "30")
    #expect(running.shows("is open"))
    node.print(ShortLog.panic)
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.output.contains("I (420) sensor: sampling every 20 ms\n"))
    #expect(run.output.contains("[panic]"))
    #expect(run.errors.contains("following \(node.path) (named on the command line)"))
  }

  @Test("what a device prints cannot act on the terminal, and secrets do not show")
  func sanitised() throws {
    let running = try start("watch", node.path)
    #expect(running.shows("is open"))
    node.print("I (1) main: a\u{1b}[2Jb\u{7}c\u{202e}d\nI (2) wifi: password=hunter2secret\nend\n")
    #expect(running.shows("end\n"))
    running.interrupt()
    let run = running.end()
    #expect(run.output.contains("main: a"))
    for hostile in ["\u{1b}", "\u{7}", "\u{202e}", "hunter2secret"] {
      #expect(!run.output.contains(hostile))
    }
  }

  @Test("Ctrl-C ends with the final report and 130")
  func interrupted() throws {
    let running = try start("watch", node.path)
    #expect(running.shows("is open"))
    node.print(ShortLog.healthy)
    #expect(running.shows("1200 samples"))
    running.interrupt()
    let run = running.end()
    #expect(run.status == 130)
    #expect(run.output.contains("[healthy]"))
  }

  @Test("tells a verdict while it goes on, and another one when new lines change it")
  func updates() throws {
    let running = try start("watch", node.path, "--quiet")
    #expect(running.shows("following"))
    node.print(ShortLog.healthy)
    #expect(running.shows("ok healthy"))
    node.print(ShortLog.panic)
    #expect(running.shows("error panic"))
    running.interrupt()
    #expect(running.end().status == 130)
  }

  @Test("ends at --timeout with what the log shows so far")
  func timeout() throws {
    let running = try start("watch", node.path, "--timeout", "1.5", "--format", "json")
    #expect(running.shows("is open"))
    node.print(ShortLog.panic)
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.lines.count == 1)
    #expect(try verdict(run.output) == "panic")
  }

  @Test("a node that says nothing has no verdict")
  func silent() throws {
    let run = try start("watch", node.path, "--timeout", "0.5").end()
    #expect(run.status == 2)
    #expect(run.errors.contains("Nothing came from \(node.path)."))
    let json = try start("watch", node.path, "--timeout", "0.5", "--format", "json").end()
    #expect(json.status == 2)
    #expect(try verdict(json.output) == "no_esp_log")
  }

  @Test("a node that was away and came back stays one case, with marks in the log")
  func reconnects() throws {
    let running = try start("watch", node.path, "--format", "json")
    #expect(running.shows("is open"))
    let (before, after) = try halves(ShortLog.panic, at: "Backtrace:")
    node.print(before)
    usleep(300_000)
    node.unplug()
    #expect(running.shows("is gone"))
    try node.plugIn()
    #expect(running.shows("is back"))
    node.print(after)
    usleep(500_000)
    running.interrupt()
    let run = running.end()
    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect((report?["boots"] as? [Any])?.count == 2)
    #expect((report?["crashes"] as? [Any])?.count == 1)
  }

  @Test("a recording diagnosed later gives the same verdict of the same bytes")
  func recording() throws {
    let running = try start("watch", node.path, "--record", "runs", "--format", "json")
    #expect(running.shows("is open"))
    let (before, after) = try halves(ShortLog.panic, at: "sampling every")
    node.print(before)
    usleep(300_000)
    node.unplug()
    #expect(running.shows("is gone"))
    try node.plugIn()
    #expect(running.shows("is back"))
    node.print(after)
    usleep(500_000)
    running.interrupt()
    let live = running.end()
    let later = try program.run("diagnose", "runs", "--format", "json")
    #expect(later.status == 1)
    #expect(try verdict(live.output) == "panic")
    #expect(try verdict(later.output) == "panic")
    func facts(_ text: String) throws -> NSDictionary? {
      var object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      object?["source"] = nil
      object?["input"] = nil
      return object as NSDictionary?
    }
    #expect(try facts(live.output) == facts(later.output))
    let folder = program.folder.appending(path: "runs")
    let logs = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".log") }
    #expect(logs.count == 1)
    let bytes = try logs.map { try Data(contentsOf: folder.appending(path: $0)) }
    #expect(bytes == [Data(ShortLog.panic.utf8)])
  }

  @Test("two nodes scroll in lanes of their own, and each has its verdict")
  func lanes() throws {
    let other = try FakeNode(in: program, called: "ttyOther")
    let running = try start("watch", node.path, "-p", other.path)
    #expect(running.shows("\(other.path) is open"))
    #expect(running.shows("\(node.path) is open"))
    node.print(ShortLog.healthy)
    other.print(ShortLog.panic)
    #expect(running.shows("ttyNode│ I (24420) sensor: 1200 samples sent"))
    #expect(running.shows("ttyOther│ I (24420) sensor: 1200 samples sent"))
    running.interrupt()
    let run = running.end()
    #expect(run.output.contains("[healthy]"))
    #expect(run.output.contains("[panic]"))
  }

  @Test("a port named without a command is watched, whatever else is said")
  func bare() throws {
    // Not the link: a path that leads to the terminal itself works as well.
    for arguments in [[node.path], ["-p", node.path], ["--reset", node.terminal]] {
      let running = try RunningProgram(
        program, arguments + ["--timeout", "0.3"], environment: ["ESPPORT": "/dev/ttyNowhere9"])
      let run = running.end()
      #expect(run.status == 2)
      #expect(run.errors.contains("Nothing came from \(arguments.last ?? "")"), "\(run.errors)")
    }
  }

  @Test(
    "the first variable that is set names the port, and what is named beats it",
    arguments: [
      (["ESPPORT"], "ESPPORT"), (["ESPTOOL_PORT", "ESPFLASH_PORT"], "ESPTOOL_PORT"),
      (["ESPFLASH_PORT"], "ESPFLASH_PORT"),
    ])
  func environment(set: [String], winner: String) throws {
    var environment = ["ESPBAUD": "74880"]
    for name in set { environment[name] = name == winner ? node.path : "/dev/ttyNowhere9" }
    let running = try RunningProgram(
      program, ["--timeout", "0.4"], environment: environment)
    let run = running.end()
    #expect(run.errors.contains("following \(node.path) (from \(winner))"))
    #expect(run.output.contains("74880 baud"))
  }

  @Test("says what is wrong with ESPBAUD")
  func badBaud() throws {
    let run = try RunningProgram(
      program, ["watch", node.path], environment: ["ESPBAUD": "fast"]
    ).end()
    #expect(run.status == 2)
    #expect(run.errors.contains("ESPBAUD is 'fast'"))
  }

  @Test("a port that another program has is refused with that program's name")
  func busy() throws {
    let first = try start("watch", node.path)
    #expect(first.shows("is open"))
    let second = try start("watch", node.path).end()
    #expect(second.status == 2)
    #expect(second.errors.contains("in use by esptriage (process \(first.number))"))
    let third = try start("watch", node.path, "--no-exclusive", "--timeout", "0.3").end()
    #expect(third.output.contains("is open"))
    first.interrupt()
    #expect(first.end().status == 130)
  }

  @Test("what is no serial port is said to be none")
  func noTerminal() throws {
    let run = try start("watch", "/dev/null").end()
    #expect(run.status == 2)
    #expect(run.errors.contains("/dev/null is not a serial port"))
  }

  @Test("a port without permission is refused with the way to get it")
  func notAllowed() throws {
    chmod(node.terminal, 0o660)
    // The superuser may open everything.
    let rights = geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : ""
    chmod(node.terminal, geteuid() == 0 ? 0o660 : 0)
    let run = try program.shell("\(rights) $esptriage watch \(node.path)")
    #expect(run.status == 2)
    #expect(run.errors.contains("No permission to open"))
  }

  @Test("waits for a named port that is not there yet")
  func waits() throws {
    node.unplug()
    let running = try start("watch", node.path)
    #expect(running.shows("There is no \(node.path)"))
    try node.plugIn()
    #expect(running.shows("is open"))
    node.print(ShortLog.healthy)
    #expect(running.shows("1200 samples"))
    running.interrupt()
    #expect(running.end().status == 130)
  }

  private func halves(_ text: String, at mark: String) throws -> (String, String) {
    let range = try #require(text.range(of: mark))
    return (String(text[..<range.lowerBound]), String(text[range.lowerBound...]))
  }
}
