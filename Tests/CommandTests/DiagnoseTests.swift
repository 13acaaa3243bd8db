import Foundation
import Testing

@Suite("esptriage diagnose")
struct DiagnoseTests {
  let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  @Test("ends with 0 for a healthy log and with 1 for a fault, named as command or not")
  func exitStatus() throws {
    try program.write(ShortLog.healthy, to: "ok.log")
    try program.write(ShortLog.panic, to: "bad.log")
    #expect(try program.run("ok.log").status == 0)
    let bare = try program.run("bad.log")
    let named = try program.run("diagnose", "bad.log")
    #expect(bare.status == 1)
    #expect(bare.output == named.output)
    #expect(bare.output.contains("Guru Meditation Error"))
    #expect(bare.errors == "")
  }

  @Test("takes the threshold of a fault from --fail-on")
  func failOn() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    #expect(try program.run("bad.log", "--fail-on", "never").status == 0)
    #expect(try program.run("bad.log", "--fail-on", "error").status == 1)
  }

  @Test("names a missing file, ends with 2, and diagnoses the others all the same")
  func missing() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    let run = try program.run("bad.log", "nowhere.log", "--quiet")
    #expect(run.status == 2)
    #expect(run.errors.contains("nowhere.log"))
    #expect(run.output.hasPrefix("bad.log: "))
  }

  @Test("says of an empty file, a binary one, and any other text what they are")
  func noLog() throws {
    try program.write("", to: "empty.log")
    try program.write("Dear diary,\nnothing happened.\n", to: "other.txt")
    try program.write(
      Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }), to: "x.bin")
    let empty = try program.run("empty.log", "--format", "json")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("empty.log is empty"))
    #expect(empty.output.contains(#""id":"no_esp_log""#))
    let other = try program.run("other.txt")
    #expect(other.status == 2)
    #expect(other.errors.contains("other.txt looks like the log of an ESP32"))
    let binary = try program.run("x.bin")
    #expect(binary.output != "")
    try program.write("print('x')\n", to: "sources/tool.py")
    let folder = try program.run("sources")
    #expect(folder.status == 2)
    #expect(folder.errors.contains("No logs in sources"))
  }

  @Test("names an option that it does not know, also where no log is named")
  func unknownOption() throws {
    for arguments in [["--badopt"], ["diagnose", "--badopt"], ["diagnose", "--badopt", "a.log"]] {
      let run = try program.shell("$esptriage \(arguments.joined(separator: " "))")
      #expect(run.status == 2)
      #expect(run.errors.contains("--badopt"), "\(arguments): \(run.errors)")
    }
    #expect(try program.run("diagnose", "--quiet").errors.contains("Name a log"))
  }

  @Test("says of a program on standard input what it is, and of random bytes that they are no log")
  func noText() throws {
    let program = self.program
    try program.write(Data([0x7f, 0x45, 0x4c, 0x46] + Array(repeating: 0, count: 500)), to: "core")
    let core = try program.shell("$esptriage - <core")
    #expect(core.status == 2)
    #expect(core.output == "")
    #expect(core.errors.contains("standard input is an ELF file"))
    var word: UInt64 = 1
    let bytes = (0..<5_000).map { _ -> UInt8 in
      word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(word >> 56)
    }
    try program.write(Data(bytes), to: "random.log")
    let random = try program.run("random.log", "--format", "json")
    #expect(random.status == 2)
    #expect(random.output.contains(#""id":"no_esp_log""#))
  }

  @Test("refuses a named file of another format, and still judges noise")
  func foreign() throws {
    try program.write(
      Data([0x7f, 0x45, 0x4c, 0x46] + Array(repeating: 0, count: 500)), to: "app.elf")
    for arguments in [["app.elf"], ["--follow", "app.elf"]] {
      let run = try program.shell("$esptriage \(arguments.joined(separator: " "))")
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("esptriage: app.elf is an ELF file"))
    }
    let noise = (0..<4_000).map { [0xf8, 0x80, 0xe0, 0x00, 0xfe, 0x98][$0 * $0 / 7 % 6] as UInt8 }
    try program.write(Data(noise), to: "noise.log")
    #expect(try program.run("noise.log", "--quiet").output.contains("wrong_baud"))
    try program.write(ShortLog.healthy, to: "logs/a.log")
    let folder = try program.run("--follow", "logs")
    #expect(folder.status == 2)
    #expect(folder.errors.contains("logs is a folder, where one log is asked for"))
  }

  @Test("takes a mistyped command for what it is, unless a file bears its name")
  func mistyped() throws {
    try program.write(ShortLog.healthy, to: "x.log")
    let run = try program.run("dignose", "x.log")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("Did you mean 'esptriage diagnose'?"))
    try program.write(ShortLog.healthy, to: "dignose")
    #expect(try program.run("dignose", "x.log").status == 0)
  }

  @Test("reads standard input, also when nothing comes")
  func standardInput() throws {
    let run = try program.run("-", "--quiet", input: ShortLog.healthy)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("-: ok healthy"))
    let nothing = try program.run("-", input: "")
    #expect(nothing.status == 2)
    #expect(nothing.errors.contains("Standard input is empty"))
    let other = try program.run("-", input: "Dear diary\n")
    #expect(other.errors.contains("Nothing in standard input looks like"))
  }

  @Test(
    "knows another format on standard input by its first bytes, also where they come one by one",
    arguments: [
      (#"for byte in '\177' E L F '\2' '\1'; do printf "$byte"; sleep 0.02; done"#, "an ELF file"),
      (#"for byte in '\211' P N G '\r'; do printf "$byte"; sleep 0.02; done"#, "a picture"),
      ("tar -cf - a.log | dd bs=1 status=none", "a tar archive"),
    ])
  func trickling(_ writer: String, _ format: String) throws {
    try program.write(ShortLog.healthy, to: "a.log")
    let run = try program.shell("{ \(writer); cat a.log; } | $esptriage -")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("standard input") && run.errors.contains(format))
    let log = try program.shell("dd bs=1 if=a.log status=none | $esptriage - --quiet")
    #expect(log.status == 0)
    #expect(log.output.hasPrefix("-: ok healthy"))
  }

  @Test("unpacks gzip, and diagnoses what a broken one still gives")
  func gzip() throws {
    try program.write(String(repeating: ShortLog.panic, count: 20), to: "bad.log")
    let run = try program.shell(
      "gzip -k bad.log && head -c 500 bad.log.gz >cut.log.gz && $esptriage cut.log.gz")
    #expect(run.status == 2)
    #expect(run.errors.contains("cut.log.gz cannot be unpacked beyond byte"))
    #expect(run.output.contains("! cut.log.gz cannot be unpacked"))
    #expect(run.output.contains("Proof"))
    #expect(try program.run("bad.log.gz").status == 1)
  }

  @Test("takes the parts of a rotated log as one")
  func asOne() throws {
    let middle = ShortLog.panic.utf8.count / 2
    try program.write(String(ShortLog.panic.prefix(middle)), to: "app.log.1")
    try program.write(String(ShortLog.panic.dropFirst(middle)), to: "app.log")
    let run = try program.run("--as-one", "app.log", "app.log.1", "--format", "json")
    #expect(run.lines.count == 1)
    #expect(run.output.contains(#""source":"app.log.1, app.log""#))
    #expect(run.output.contains(#""bytes":\#(ShortLog.panic.utf8.count)"#))
  }

  @Test("writes one JSON object a log in the order of the inputs, whatever --jobs says")
  func order() throws {
    for number in 100..<160 {
      try program.write(
        String(repeating: ShortLog.healthy, count: number % 7 + 1), to: "logs/\(number).log")
    }
    for jobs in ["1", "2", "9"] {
      let run = try program.run("logs", "--format", "json", "--jobs", jobs)
      let sources = try run.lines.map { line in
        try #require(
          JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["source"]
          as? String
      }
      #expect(sources == (100..<160).map { "logs/\($0).log" })
    }
  }

  @Test("takes the number of jobs joined to its letter, as make and rg do")
  func joinedJobs() throws {
    for name in ["a", "b", "c"] { try program.write(ShortLog.healthy, to: "logs/\(name).log") }
    for jobs in ["-j1", "-j2", "-j 2", "--jobs 2"] {
      let run = try program.shell("$esptriage logs --format json \(jobs)")
      #expect(run.status == 0)
      #expect(run.lines.count == 3)
    }
    #expect(try program.run("logs", "-j0").errors.contains("--jobs takes a number from 1 on"))
    #expect(try program.run("logs", "-jmany").status == 2)
  }

  @Test("an input that fails does not disturb the others, however many are read at once")
  func failingAmongOthers() throws {
    for number in 100..<140 {
      try program.write(number % 4 == 0 ? "" : ShortLog.panic, to: "logs/\(number).log")
    }
    for jobs in ["1", "2", "9"] {
      let run = try program.shell(
        "$esptriage logs/missing.log $(seq -f logs/%.0f.log 100 139) --format json --jobs \(jobs)")
      #expect(run.status == 2)
      #expect(run.errors.contains("logs/missing.log"))
      #expect(run.lines.count { $0.contains(#""verdict":{"id":"panic""#) } == 30)
      for number in stride(from: 100, to: 140, by: 4) {
        #expect(run.errors.contains("logs/\(number).log is empty"))
      }
    }
  }

  @Test("sums up many logs")
  func summary() throws {
    try program.write(ShortLog.healthy, to: "logs/a.log")
    try program.write(ShortLog.panic, to: "logs/b.log")
    let run = try program.run("logs")
    #expect(run.status == 1)
    #expect(run.output.contains("logs/b.log:"))
    #expect(run.output.contains("Verdicts of 2 logs"))
  }

  @Test("ends quietly when its reader goes")
  func closedPipe() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    let run = try program.shell(
      "for n in $(seq 300); do cp bad.log $n.log; done; "
        + "$esptriage . --format json | head -n 1 | wc -l; echo ${PIPESTATUS[0]} >&2")
    #expect(run.lines.first?.contains("1") == true)
    #expect(run.errors == "1\n")
  }

  @Test("tells when its results find no room")
  func fullDisk() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    let run = try program.shell("$esptriage bad.log >/dev/full")
    #expect(run.status == 2)
    #expect(run.errors.contains("cannot be written"))
  }

  @Test(
    "refuses what makes no sense with 2 and a hint",
    arguments: [
      ["diagnose"], ["--bogus"], ["x.log", "--pretty"], ["x.log", "--jobs", "0"],
      ["x.log", "--rollback", "maybe"],
      ["a.log", "b.log", "--follow"], ["x.log", "--quiet", "--format", "json"],
    ])
  func usage(_ arguments: [String]) throws {
    let quoted = arguments.joined(separator: " ")
    let run = try program.shell("$esptriage \(quoted)")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("--help"))
  }

  @Test("names file and line of an sdkconfig that makes no sense")
  func sdkconfig() throws {
    try program.write(ShortLog.healthy, to: "ok.log")
    try program.write("CONFIG_A=y\nwhat?\n", to: "sdkconfig")
    let run = try program.run("ok.log", "--sdkconfig", "sdkconfig")
    #expect(run.status == 2)
    #expect(run.errors.contains("sdkconfig:2: expected"))
    #expect(run.output == "")
  }

  @Test("prints no escape sequence into a pipe unless asked to")
  func colours() throws {
    try program.write(ShortLog.panic, to: "bad.log")
    #expect(try !program.run("bad.log").output.contains("\u{1b}"))
    #expect(try program.run("bad.log", "--color", "always").output.contains("\u{1b}[1;31m"))
  }

  @Test("prints version and help on standard output")
  func help() throws {
    #expect(try program.run("--version").output.hasPrefix("esptriage "))
    let help = try program.run("diagnose", "--help")
    #expect(help.status == 0)
    #expect(help.output.contains("EXAMPLES"))
    for command in ["", "diagnose", "rules", "rules test", "rules check", "rules explain"] {
      let text = try program.shell("$esptriage \(command) --help").output
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(command)")
    }
  }
}
