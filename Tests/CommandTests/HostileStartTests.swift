import Foundation
import Testing

@Suite("However the program is started")
struct HostileStartTests {
  let program: BuiltProgram

  init() throws {
    program = try BuiltProgram()
    try program.write(ShortLog.panic, to: "bad.log")
    try program.write(ShortLog.healthy, to: "good.log")
  }

  @Test("a standard input that is closed is told, and other logs are still read")
  func closedInput() throws {
    for arguments in ["-", "diagnose -", "diagnose --follow -"] {
      let run = try program.shell("timeout 20 $esptriage \(arguments) <&-")
      #expect(run.status == 2, "\(arguments)")
      #expect(run.errors.contains("Standard input is closed"), "\(arguments)")
    }
    let both = try program.shell("timeout 20 $esptriage diagnose --quiet - bad.log <&-")
    #expect(both.status == 2)
    #expect(both.output.contains("bad.log"))
  }

  @Test("results are never written into a file that took the place of a closed output")
  func closedOutput() throws {
    let run = try program.shell("timeout 20 $esptriage bad.log <&- >&-")
    #expect(run.status == 2)
    #expect(run.errors.contains("cannot be written"))
    #expect(try program.shell("timeout 20 $esptriage bad.log --quiet 2>&-").status == 1)
  }

  @Test("tens of thousands of logs on a command line are read in their order")
  func manyLogs() throws {
    let run = try program.shell(
      """
      for n in $(seq 6001 12000); do echo many/$n.log; done >names
      timeout 50 $esptriage diagnose bad.log $(cat names) --quiet good.log $(cat names) 2>errors
      """)
    #expect(run.status == 2)
    #expect(run.lines.count == 2)
    #expect(run.lines.first?.hasPrefix("bad.log") == true)
    #expect(run.lines.last?.hasPrefix("good.log") == true)
    let errors = try String(
      contentsOf: program.folder.appending(path: "errors"), encoding: .utf8)
    let missing = errors.split(separator: "\n")
    #expect(missing.count == 12000)
    #expect(missing.first?.contains("many/6001.log") == true)
    #expect(missing.last?.contains("many/12000.log") == true)
  }
}
