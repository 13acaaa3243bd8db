import Foundation
import Testing

@Suite("A log that is piped in and not named")
struct PipedInputTests {
  let program: BuiltProgram

  init() throws {
    program = try BuiltProgram()
    try program.write(ShortLog.panic, to: "bad.log")
  }

  @Test(
    "is read, whatever options there are",
    arguments: ["", "--quiet", "--format json", "--follow", "--explain --redact", "-q -j1"])
  func read(_ options: String) throws {
    let run = try program.shell("cat bad.log | timeout 30 $esptriage \(options)")
    #expect(run.status == 1)
    #expect(run.output.contains("panic"))
    #expect(!run.errors.contains("waiting"))
  }

  @Test("may be a file as well, and may be empty")
  func file() throws {
    #expect(try program.shell("timeout 30 $esptriage --quiet <bad.log").status == 1)
    let empty = try program.shell("true | timeout 30 $esptriage")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("Standard input is empty"))
  }

  @Test("a pipe that says nothing is told, with what to do instead")
  func silent() throws {
    let run = try program.shell("(sleep 3; cat bad.log) | timeout 30 $esptriage --quiet")
    #expect(run.status == 1)
    #expect(run.errors.contains("'esptriage watch'"))
  }

  @Test(
    "is not where nobody piped anything",
    arguments: ["$esptriage --timeout 0.2 </dev/null", "$esptriage --timeout 0.2 <&-"])
  func nobody(_ line: String) throws {
    let run = try program.shell("timeout 30 \(line)")
    #expect(run.errors.contains("waiting for one") || run.errors.contains("following /dev/"))
    #expect(!run.errors.contains("standard input"))
  }

  @Test("does not win over a port that is meant, and the reader is told how to have it read")
  func portIsMeant() throws {
    let named = try program.shell(
      "cat bad.log | ESPPORT=/dev/ttyNowhere9 timeout 3 $esptriage --quiet")
    #expect(named.errors.contains("/dev/ttyNowhere9 (from ESPPORT)"))
    let option = try program.shell(
      "cat bad.log | timeout 30 $esptriage --timeout 0.2 --until-verdict")
    #expect(
      !option.errors.contains("waiting for one") || option.errors.contains("'-' would read it"))
    #expect(!option.output.contains("panic"))
  }
}
