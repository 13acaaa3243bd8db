import Foundation
import Testing

@testable import LogFiles

@Suite("Finding logs in folders")
struct FolderTests {
  let bench: Workbench
  let log = "I (335) main: boot: reset_reason=SW\n"

  init() throws {
    bench = try Workbench()
  }

  private func found(_ paths: [String]? = nil) -> [String] {
    bench.names(LogInputs.resolve(paths: paths ?? [bench.path]).inputs)
  }

  @Test("logs are found at every depth, in the order of names")
  func order() throws {
    for name in ["b.log", "a/z.log", "a/b/c.txt", "c", "a.log", "B.LOG"] {
      try bench.file(name, log + name)
    }
    #expect(found() == ["B.LOG", "a/b/c.txt", "a/z.log", "a.log", "b.log", "c"])
  }

  @Test(
    "these names count as logs",
    arguments: [
      "x.log", "x.txt", "x.out", "capture", "x.log.1", "x.log.12", "x.log-20260101", "screenlog.0",
      "x.2026-01-01.log", "x.log.2026-01-01T10:00:00Z", "x.log.old", "UART.TXT", "2026-01-01",
      "node 7.log", "größe.log", "layout.txt",
    ])
  func names(name: String) throws {
    try bench.file(name, log)
    #expect(found() == [name])
  }

  @Test(
    "these names do not count",
    arguments: [
      ".hidden.log", ".git/log.txt", "x.golden.txt", "x.golden.log", "x.json", "x.md", "x.yaml",
      "main.c", "x.bin", "x.log~", "README", "README.txt.md", "CMakeLists.txt", "requirements.txt",
      "Makefile", "LICENSE", "x.tar.gz", "lib.so.1", "sdkconfig", "x.elf", "x.csv",
    ])
  func otherNames(name: String) throws {
    try bench.file(name, log)
    #expect(found() == [])
  }

  @Test("packed logs count under their packed names", arguments: Packer.allCases)
  func packedNames(packer: Packer) throws {
    let bytes = try packed(Array(log.utf8), with: packer.command)
    for name in ["a.log.gz", "b.log.1.zst", "c.txt.xz", "d.xz", "e.log"] {
      try bench.file(name, bytes)
    }
    #expect(found() == ["a.log.gz", "b.log.1.zst", "c.txt.xz", "d.xz", "e.log"])
  }

  @Test("content decides what a file without an extension is")
  func contentDecides() throws {
    try bench.file("colours", "\u{1b}[0;32mI (335) main: boot\u{1b}[0m\n")
    try bench.file("damaged", Array(log.utf8) + [0xff, 0xc3, 0x28, 0x80] + Array(log.utf8))
    try bench.file("nul-burst", Array(repeating: 0, count: 3000) + Array(log.utf8))
    try bench.file("noise-first", Array(repeating: 0xf8, count: 5000) + variedLog(lines: 800))
    try bench.file(
      "utf16", [0xff, 0xfe] + log.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
    try bench.file("binary", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    try bench.file(
      "packed-binary",
      packed(
        (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) },
        with: Packer.gzip.command))
    try bench.file("script", "#!/bin/sh\necho hello\n")
    try bench.file("nothing", "")
    try bench.file("program", [0x7f, 0x45, 0x4c, 0x46] + Array(repeating: 0x41, count: 3000))
    try bench.file("firmware", [0xe9, 6, 2, 0x4f] + Array(repeating: 0x41, count: 3000))
    let resolved = LogInputs.resolve(paths: [bench.path])
    #expect(
      bench.names(resolved.inputs) == ["colours", "damaged", "noise-first", "nul-burst", "utf16"])
    #expect(resolved.leftOut.binary == 6)
  }

  @Test("under a log's name a capture of pure noise and an empty one stay in, other formats do not")
  func namedLikeLogs() throws {
    try bench.file("wrong-baud.log", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 151 | 0x80) })
    try bench.file("empty.log", "")
    try bench.file("elf.out", [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1])
    try bench.file("picture.txt", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])
    try bench.file("archive.log", [0x50, 0x4b, 3, 4, 0, 0])
    let broken = try packed(variedLog(lines: 100), with: Packer.gzip.command).prefix(30)
    try bench.file("broken.log.gz", Array(broken))
    #expect(found() == ["broken.log.gz", "empty.log", "wrong-baud.log"])
  }

  @Test("a named file of another format is a problem that names it, also packed; noise is not")
  func namedForeign() throws {
    let elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]
    var image = [UInt8](repeating: 0xff, count: 200)
    image.replaceSubrange(
      0..<24, with: [0xe9, 6, 2, 0x4f, 0x10, 0x98, 0x37, 0x40] + Array(repeating: 0, count: 16))
    var tar = [UInt8](repeating: 0, count: 1024)
    tar.replaceSubrange(257..<262, with: Array("ustar".utf8))
    let foreign: [(name: String, bytes: [UInt8], format: ForeignFormat)] = [
      ("app.log", elf, .elf), ("app.bin", image, .firmwareImage), ("logs.tar", tar, .tar),
      ("a.log.gz", try packed(elf, with: Packer.gzip.command), .elf),
      ("shot.log", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], .png),
      ("manual", Array("%PDF-1.7".utf8), .pdf), ("db", Array("SQLite format 3\0".utf8), .sqlite),
    ]
    for (name, bytes, format) in foreign {
      let path = try bench.file(name, bytes)
      let resolved = LogInputs.resolve(paths: [path])
      #expect(resolved.inputs.isEmpty)
      #expect(resolved.problems == [.foreignFormat(path: path, format: format)])
      #expect(LogInputs.problem(following: path) == resolved.problems.first)
    }
    let noise = try bench.file(
      "noise", (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 151 | 0x80) })
    let first = try bench.file("e9", [0xe9, 0x01, 0x00] + Array(repeating: 0xf8, count: 500))
    #expect(found([noise, first]) == ["noise", "e9"])
    for format in ForeignFormat.allCases {
      let text = LogFileError.foreignFormat(path: "x", format: format).description
      #expect(text.hasPrefix("x is a") && text.hasSuffix("."))
    }
  }

  @Test("what a folder holds besides logs is counted by its reason")
  func leftOut() throws {
    try bench.file("a.log", log)
    try bench.file(".git/HEAD", log)
    try bench.file("main.c", log)
    try bench.file("data", [0, 1, 2, 3])
    try bench.link("dead", to: "nowhere")
    try bench.link("again.log", to: "a.log")
    #expect(mkfifo("\(bench.path)/pipe", 0o600) == 0)
    let leftOut = LogInputs.resolve(paths: [bench.path]).leftOut
    var expected = LeftOut()
    expected.hidden = 1
    expected.named = 1
    expected.binary = 1
    expected.special = 2
    expected.repeated = 1
    #expect(leftOut == expected)
    #expect(leftOut.description.hasPrefix("6 left out (1 hidden"))
  }

  @Test("links that run in a circle end, and a linked folder is read once under its own name")
  func circle() throws {
    try bench.file("real/a.log", log)
    try bench.link("real/up", to: "..")
    try bench.link("itself", to: "itself")
    try bench.link("alias", to: "real")
    #expect(found() == ["real/a.log"])
  }

  @Test("logs behind links to elsewhere are found")
  func linkedElsewhere() throws {
    let elsewhere = try Workbench()
    try elsewhere.file("far/b.log", log)
    try elsewhere.file("single.log", log)
    try bench.link("folder", to: elsewhere.path + "/far")
    try bench.link("one.log", to: elsewhere.path + "/single.log")
    #expect(found() == ["folder/b.log", "one.log"])
  }

  @Test("a link that leads nowhere is named where a log is expected")
  func deadLinks() throws {
    try bench.file("a.log", log)
    try bench.link("latest.log", to: "gone.log")
    try bench.link("notes", to: "gone")
    let resolved = LogInputs.resolve(paths: [bench.path])
    #expect(resolved.problems == [.deadLink(path: "\(bench.path)/latest.log")])
    #expect(resolved.leftOut.special == 2)
    #expect("\(LogFileError.deadLink(path: "x/latest.log"))".contains("leads nowhere"))
  }

  @Test("a link that leads to itself is not said to lead nowhere")
  func loopingLink() throws {
    try bench.file("a.log", log)
    try bench.link("round.log", to: "round.log")
    let resolved = LogInputs.resolve(paths: [bench.path])
    #expect(resolved.problems.count == 1)
    #expect(!resolved.problems.contains(.deadLink(path: "\(bench.path)/round.log")))
  }

  @Test("a file reached twice is read once")
  func once() throws {
    let path = try bench.file("a.log", log)
    try bench.file("b.log", log)
    #expect(link(path, "\(bench.path)/hard.log") == 0)
    #expect(found([path, bench.path, path, bench.path + "/"]) == ["a.log", "b.log"])
    #expect(LogInputs.resolve(paths: ["-", "-"]).inputs == [.standardInput])
  }

  @Test("a folder without logs is a problem that says what would count")
  func noLogs() throws {
    try bench.file("main.c", log)
    let resolved = LogInputs.resolve(paths: [bench.path])
    #expect(resolved.inputs.isEmpty)
    var leftOut = LeftOut()
    leftOut.named = 1
    #expect(resolved.problems == [.folderWithoutLogs(path: bench.path, leftOut: leftOut)])
    let message = try #require(resolved.problems.first).description
    #expect(message.contains(bench.path) && message.contains(".log") && message.contains("1 left"))
  }

  @Test("a path that does not exist does not keep the others from being read")
  func partly() throws {
    let path = try bench.file("odd.bin", log)
    let resolved = LogInputs.resolve(paths: ["\(bench.path)/none.log", path])
    #expect(bench.names(resolved.inputs) == ["odd.bin"])
    #expect(resolved.problems == [.notFound(path: "\(bench.path)/none.log")])
  }

  #if os(Linux)
    @Test("a folder of the kernel is not searched, named or met, and said to be left out")
    func kernelFolder() throws {
      #expect(
        LogInputs.resolve(paths: ["/proc"]).problems
          == [.notReadable(path: "/proc", kind: .systemFolder)])
      try bench.file("a.log", log)
      try bench.link("kernel", to: "/proc")
      let resolved = LogInputs.resolve(paths: [bench.path])
      #expect(bench.names(resolved.inputs) == ["a.log"])
      #expect(resolved.problems.count == 1)
      #expect(resolved.problems.first?.description.contains("was not searched") == true)
    }
  #endif

  @Test("a socket that is named is not a log")
  func socketFile() throws {
    let path = "\(bench.path)/s"
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // The path of a socket has room for 107 bytes.
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
      guard path.utf8.count < room.count else { return false }
      room.copyBytes(from: path.utf8)
      return true
    }
    try #require(fits)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    #expect(
      LogInputs.resolve(paths: [path]).problems == [.notReadable(path: path, kind: .socket)])
  }

  @Test("a name that is not UTF-8 is shown repaired and still opens")
  func oddName() throws {
    let name = Array(bench.path.utf8CString.dropLast()) + [0x2f, -1, 0x2e, 0x6c, 0x6f, 0x67, 0]
    let file = try #require(fopen(name, "w"))
    fputs(log, file)
    fclose(file)
    let inputs = LogInputs.resolve(paths: [bench.path]).inputs
    #expect(bench.names(inputs) == ["\u{fffd}.log"])
    var length = 0
    try inputs.first?.read { chunk in
      length += chunk.count
      return .continue
    }
    #expect(length == log.utf8.count)
  }

  @Test("a device that is named is read as a stream")
  func device() {
    #expect(LogInputs.resolve(paths: ["/dev/null"]).inputs.map(\.displayName) == ["/dev/null"])
    #expect(contents(of: "/dev/null").bytes.isEmpty)
  }

  @Test("messages never carry control characters of a file name")
  func hostileName() {
    let message = LogFileError.notFound(path: "a\u{1b}[2J\n.log").description
    #expect(message.contains("a\\u{1b}[2J\\u{a}.log"))
    #expect(!message.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("an empty name and standard input are spoken of in words")
  func spokenPaths() {
    let problem = LogInputs.resolve(paths: [""]).problems.first
    #expect(
      problem?.description.hasPrefix("There is no file or folder with an empty name.") == true)
    #expect(LogFileError.readFailed(path: "-", errno: 5).description.contains("standard input"))
  }
}
