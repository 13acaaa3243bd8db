import Foundation
import Testing

@Suite("esptriage diagnose --follow")
struct FollowTests {
  let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  @Test(
    "tells a verdict that has settled, then the whole report when the stream ends",
    .disabled(if: Sanitizing.isTooSlowForClocks))
  func stream() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    let run = try program.shell(
      "(cat bad.log; sleep 3.5) | $esptriage --follow - --format json --fail-on never")
    #expect(run.status == 0)
    #expect(run.lines.count == 2)
  }

  @Test(
    "sees a file grow, and ends with the report and 130 on Ctrl-C",
    .disabled(if: Sanitizing.isTooSlowForClocks))
  func interrupted() throws {
    try program.write(ShortLog.healthy, to: "node.log")
    try program.write(ShortLog.panic, to: "bad.log")
    // A shell starts background jobs deaf to SIGINT unless it controls them.
    let run = try program.shell(
      """
      set -m
      $esptriage --follow node.log & follower=$!
      sleep 3; cat bad.log >>node.log; sleep 3.5
      kill -INT $follower; wait $follower
      """)
    #expect(run.status == 130)
    #expect(run.output.contains("[healthy]"))
    #expect(run.output.contains("node.log · "))
    #expect(run.output.contains("Guru Meditation Error"))
  }

  @Test("says that a log does not exist")
  func missing() throws {
    let run = try program.run("--follow", "nowhere.log")
    #expect(run.status == 2)
    #expect(run.errors.contains("nowhere.log"))
    #expect(run.output == "")
  }

  @Test(
    "a silent pipe is left at Ctrl-C with what came so far",
    .disabled(if: Sanitizing.isTooSlowForClocks))
  func silentPipe() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    let run = try program.shell(
      """
      mkfifo pipe; set -m
      $esptriage pipe --quiet & reader=$!
      (cat bad.log; exec sleep 5) >pipe &
      sleep 1.5; kill -INT $reader; wait $reader
      """)
    #expect(run.status == 130)
    #expect(run.output.hasPrefix("pipe: error"))
  }

  @Test(
    "a file that is emptied, or whose name another takes, is a log of its own from there on",
    .disabled(if: Sanitizing.isTooSlowForClocks))
  func startsOver() throws {
    try program.write(ShortLog.panic, to: "run.log")
    try program.write(ShortLog.healthy, to: "good.log")
    let running = try RunningProgram(
      program, ["--follow", "run.log", "--format", "json", "--fail-on", "never"])
    defer { running.interrupt() }
    func reports(_ id: String) -> Int {
      running.output.components(separatedBy: "\"verdict\":{\"id\":\"\(id)\"").count - 1
    }
    #expect(running.shows("\"id\":\"panic\""))
    let log = program.folder.appending(path: "run.log")
    let good = try Data(contentsOf: program.folder.appending(path: "good.log"))
    let writer = try FileHandle(forWritingTo: log)
    try writer.truncate(atOffset: 0)
    #expect(running.shows("run.log was emptied and begins anew: what follows is another log"))
    #expect(reports("panic") >= 1)
    try writer.write(contentsOf: good)
    #expect(running.shows("\"id\":\"healthy\""))
    try FileManager.default.moveItem(
      at: log, to: program.folder.appending(path: "run.log.1"))
    try program.write(ShortLog.panic, to: "run.log")
    #expect(running.shows("run.log is another file now: what follows is another log"))
    let before = reports("panic")
    running.interrupt()
    let run = running.end()
    #expect(run.status == 130)
    #expect(reports("panic") == before + 1 || before > 1)
    // No report tells of two logs: the healthy one began as the first line of its own.
    let healthy = run.lines.filter { $0.contains("\"verdict\":{\"id\":\"healthy\"") }
    #expect(!healthy.isEmpty && healthy.allSatisfy { !$0.contains("Guru Meditation") })
  }

  @Test(
    "a file that was emptied and stays empty adds no report",
    .disabled(if: Sanitizing.isTooSlowForClocks))
  func emptiedLast() throws {
    try program.write(ShortLog.healthy, to: "run.log")
    let running = try RunningProgram(program, ["--follow", "run.log", "--quiet"])
    #expect(running.shows("healthy"))
    let log = program.folder.appending(path: "run.log")
    try FileHandle(forWritingTo: log).truncate(atOffset: 0)
    #expect(running.shows("was emptied"))
    running.interrupt()
    let run = running.end()
    #expect(run.lines.allSatisfy { $0.hasPrefix("run.log: ok healthy") })
  }

  @Test("ends at once when it is asked to in the middle of a line that never ends")
  func endlessLine() throws {
    for arguments in ["diagnose -", "diagnose --follow -", "watch -"] {
      let run = try program.shell(
        """
        set -m
        $esptriage \(arguments) --quiet < <(tr '\\0' a </dev/zero) & reader=$!
        sleep 1; kill -TERM $reader; SECONDS=0; wait $reader; status=$?
        echo "$status after $SECONDS s" >&2; exit $status
        """)
      #expect(run.status == 130)
      #expect(["0", "1", "2", "3"].contains { run.errors.contains("130 after \($0) s") })
    }
  }
}
