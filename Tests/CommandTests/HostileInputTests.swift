import Foundation
import Testing

/// What a device, a file's name, an ELF or a node's answer can hold, looked for in everything that the program writes.
@Suite("Hostile text")
struct HostileInputTests {
  static let pieces = [
    "\u{1b}[2J", "\u{1b}]0;t\u{7}", "\u{1b}P1$r\u{1b}\\", "\u{9b}31m", "\rOK", "\0", "\u{8}\u{8}",
    "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{7f}", "\u{2028}", " ::error file=a::b",
    " ##[command]x", " ##teamcity[publish 'x']", " ##vso[task.x]y", "section_start:1:a\r\u{1b}[0K",
  ]

  private let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  /// Nothing but line feeds and what can be seen.
  private func expectHarmless(
    _ run: BuiltProgram.Run, _ what: String, at place: SourceLocation = #_sourceLocation
  ) {
    for (name, text) in [("output", run.output), ("errors", run.errors)] {
      let found = text.unicodeScalars.first { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: scalar != "\n"
        default: false
        }
      }
      #expect(found == nil, "\(what): \(name) holds U+\(found?.value ?? 0)", sourceLocation: place)
      // What a CI service would take for a command.
      let commands = text.split(separator: "\n").filter { line in
        line.drop { $0 == " " }.hasPrefix("::error") || line.contains("##[")
          || line.contains("##t") || line.contains("##v")
      }
      #expect(commands.isEmpty, "\(what): \(name)", sourceLocation: place)
    }
  }

  @Test(
    "a log that holds it in every word shows nothing of it, in any form",
    arguments: [
      "ota_0", "PANIC", "boot: ", "LoadProhibited", "ESP-IDF v5.2.1", "42008c1f", "sensor",
      "SHA256: 4f3",
      "\n",
    ])
  func everyWord(_ word: String) throws {
    let poison = Self.pieces.joined()
    let half = word.prefix(word.count / 2) + poison + word.dropFirst(word.count / 2)
    let log = ShortLog.panic.replacing(word, with: half)
    try program.write(log + "I (9) main: \(poison)\n", to: "a.log")
    try program.write(log, to: "b.log")
    for arguments in [
      ["a.log", "--explain"], ["a.log", "--format", "json"], ["a.log", "b.log"],
      ["a.log", "--quiet"],
    ] {
      let line = (["diagnose"] + arguments).joined(separator: " ")
      expectHarmless(try program.shell("$esptriage \(line)"), line)
    }
    for form in ["", "--quiet", "--format json"] {
      expectHarmless(try program.shell("$esptriage watch - \(form) <a.log"), "watch \(form)")
    }
  }

  @Test("bytes that are no text come out as text")
  func noText() throws {
    var bytes = Array(ShortLog.panic.utf8)
    for place in stride(from: 5, to: bytes.count, by: 17) where bytes[place] != 0x0a {
      bytes[place] = [0xff, 0x9b, 0xc2, 0xf0][place % 4]
    }
    try program.write(Data(bytes), to: "a.log")
    for form in ["--explain", "--format json", "--quiet"] {
      let run = try program.shell("$esptriage diagnose a.log \(form) | iconv -f utf-8 -t utf-8")
      #expect(run.status == 0, "\(form): \(run.errors)")
      expectHarmless(run, form)
    }
  }

  @Test("names of files are escaped, and a circle of links, a FIFO and a device are left out")
  func names() throws {
    for (index, piece) in Self.pieces.enumerated() where !piece.contains("\0") {
      try program.write(ShortLog.panic, to: "logs/\(index)\(piece)\n.log")
      try program.write("", to: "logs/\(index)\(piece)-empty.log")
      try program.write(Data([0x1f, 0x8b, 8, 0, 1]), to: "logs/\(index)\(piece).log.gz")
    }
    #expect(
      try program.shell(
        "cd logs && ln -s .. up && ln -s . here && mkfifo pipe.log && ln -s /dev/zero z.log"
      )
      .status == 0)
    for form in ["", "--format json", "--quiet", "--explain"] {
      let run = try program.shell("timeout 50 $esptriage diagnose logs \(form)")
      #expect(run.status == 2)
      expectHarmless(run, form)
    }
  }

  @Test("what is wrong on the command line and in rules is told without acting on the screen")
  func arguments() throws {
    let poison = Self.pieces.filter { !$0.contains("\0") }.joined()
    try program.write(
      "id: \"a\\e[31m\"\nseverity: \"w\\e[2J\"\n\"x\\e[31m\": 1\ntitle: \"\\u202e\"\n",
      to: "rules/a.yaml")
    try program.write("CONFIG_\(poison)=y\n", to: "sdk\(poison)")
    try program.write(ShortLog.panic, to: "a.log")
    for arguments in [
      ["diagnose", "a.log", "--rollback", poison], ["diagnose", "none" + poison],
      ["probe", poison],
      ["diagnose", "a.log", "--" + poison], ["schema", poison], ["rules", "explain", poison],
      ["node", "set-target", "127.0.0.1", poison], ["decode", "--elf", poison, "0x42000000"],
      ["diagnose", "a.log", "--sdkconfig", "sdk" + poison], ["deploy", poison, "127.0.0.1"],
      ["rules", "check", "--rules", "rules"], ["rules", "check", "--rules", poison], [poison],
      ["simulate", poison], ["watch", "socket://" + poison + ":1", "--timeout", "1"],
    ] {
      let running = try RunningProgram(program, arguments)
      let run = running.end()
      #expect(run.status == 2, "\(arguments)")
      expectHarmless(run, "\(arguments[0])")
    }
  }

  @Test(
    "the names that a recording gets hold nothing of a port's name but letters, digits and signs")
  func recordings() throws {
    let node = try FakeNode(in: program, called: "tty\u{1b}[2J\u{202e}=cmd()<b>")
    let running = try RunningProgram(
      program, ["watch", node.path, "--record", "kept", "--timeout", "2"])
    #expect(running.shows("is open"))
    node.print("I (9) main: \(Self.pieces.joined())\n")
    let run = running.end()
    expectHarmless(run, "watch --record")
    let names = FileManager.default.enumerator(atPath: program.folder.appending(path: "kept").path)
    let found = names?.compactMap { $0 as? String } ?? []
    #expect(!found.isEmpty)
    for name in found {
      #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && !name.contains("<"), "\(name)")
    }
  }
}
