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
}
