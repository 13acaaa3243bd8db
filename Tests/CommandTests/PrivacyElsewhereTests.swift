import Foundation
import Testing

/// Secrets that stand where no log line is: in names, in artifacts, in answers.
@Suite("Secrets outside of log lines")
struct PrivacyElsewhereTests {
  private static let secret = "hunTer2x9yZq"
  private let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  private func expectNone(
    _ line: String, needs part: String? = nil, at place: SourceLocation = #_sourceLocation
  ) throws {
    let run = try program.shell(line)
    #expect(!run.output.isEmpty || !run.errors.isEmpty, "\(line)", sourceLocation: place)
    for text in [run.output, run.errors] {
      #expect(!text.contains(Self.secret), "\(line)", sourceLocation: place)
    }
    if let part {
      #expect((run.output + run.errors).contains(part), "\(line)", sourceLocation: place)
    }
  }

  @Test("in the texts of a panic, of an assertion, and in a project's name")
  func panics() throws {
    for (old, new) in [
      ("(LoadProhibited)", "(LoadProhibited password=\(Self.secret))"),
      ("I (312) main", "I (300) app_init: Project name:     psk=\(Self.secret)\nI (312) main"),
      ("Backtrace:", "assert failed: f token=\(Self.secret) a.c:1 (x)\nBacktrace:"),
      ("EXCVADDR", "secret=\(Self.secret)"),
    ] {
      try program.write(ShortLog.panic.replacing(old, with: new), to: "a.log")
      for form in ["--explain", "--format json", "--quiet"] {
        try expectNone("$esptriage diagnose a.log \(form)")
      }
      try expectNone("$esptriage watch - <a.log")
    }
  }

  @Test("in names of files and folders, right or wrong, and in arguments")
  func names() throws {
    let name = "password=\(Self.secret)"
    try program.write(ShortLog.panic, to: "\(name).log")
    try program.write("", to: "logs/\(name)/empty.log")
    try program.write(Data([0x1f, 0x8b, 8, 0, 1]), to: "logs/\(name).log.gz")
    for line in [
      "diagnose \(name).log", "diagnose \(name).log --format json", "diagnose \(name).log --quiet",
      "diagnose \(name).log \(name).log", "diagnose logs", "diagnose none/\(name)",
      "decode --elf \(name).log 0x42000000", "elf add \(name).log",
      "diagnose . --sdkconfig \(name)",
      "rules check --rules \(name)", "preflight \(name)", "deploy \(name).log 127.0.0.1",
      "watch /dev/\(name) --timeout 1", "diagnose a --\(name)",
    ] { try expectNone("$esptriage \(line)") }
  }

  @Test("over the lines of a private key, on the screen and in a copy of the log")
  func keys() throws {
    let rows = "MHcCAQEE" + Self.secret + "aB3dE5\n"
    try program.write(
      ShortLog.healthy + "I (24500) app: -----BEGIN EC PRIVATE KEY-----\n" + rows
        + Self.secret + "\nI (24501) app: \(Self.secret)\n-----END EC PRIVATE KEY-----\n",
      to: "a.log")
    try expectNone("$esptriage watch - <a.log", needs: "BEGIN EC PRIVATE KEY")
  }

  @Test("on the line after their label, on the screen and in a copy of the log")
  func nextLine() throws {
    try program.write(
      ShortLog.healthy + "I (24500) app: password:\nI (24501) app: \(Self.secret)\nWPA token:\r\n"
        + "\(Self.secret)\r\n", to: "a.log")
    try expectNone("$esptriage watch - <a.log", needs: "app: password:")
    try program.write("not an ELF", to: "no.elf")
    try expectNone("$esptriage watch - --format json <a.log")
  }

  @Test("in symbols, sources and sections of an ELF, and in the copy that decode makes of a log")
  func elf() throws {
    try program.write(
      """
      volatile unsigned sink;
      #line 2 "token=\(Self.secret).c"
      __attribute__((noinline)) void handle(unsigned *place) __asm__("password=\(Self.secret)");
      __attribute__((noinline)) void handle(unsigned *place) { *place = sink; }
      void app_main(void) { handle(0); for (;;) sink++; }

      """, to: "main.c")
    let built = try program.shell(
      """
      for debug in -g -g0; do clang --target=riscv32-unknown-elf -march=rv32imc -O1 $debug -ffreestanding \
        -nostdlib -fuse-ld=lld -Wl,-Ttext=0x42000020 -Wl,-e,app_main main.c -o app$debug.elf || exit 1; done
      """)
    // A machine without a cross compiler tests the rest.
    guard built.status == 0 else { return }
    try program.write(
      ShortLog.panic + "I (9) app: wifi password=\(Self.secret)\nPC      : 0x42000020\n",
      to: "a.log")
    for elf in ["app-g.elf", "app-g0.elf"] {
      for line in [
        "decode --elf \(elf) 0x42000020", "decode --elf \(elf) --format json 0x42000020",
        "decode -e \(elf) -afiCps 0x42000020", "decode --elf \(elf) --annotate a.log",
        "diagnose --elf \(elf) --force-elf a.log --format json",
      ] { try expectNone("$esptriage \(line)") }
    }
    try program.write("PSK:\n\(Self.secret)\n0x42000020\n", to: "c.log")
    try expectNone("$esptriage decode --elf app-g.elf --annotate c.log", needs: "PSK:\n***\n")
    try program.write("I (9) app: joined lab 0x42000020 at 10.0.0.7, f412fa001122\n", to: "b.log")
    let copy = try program.shell("$esptriage decode --elf app-g.elf --annotate --redact b.log")
    #expect(copy.output.hasPrefix("I (9) app: joined ***"))
    #expect(!copy.output.contains("10.0.0.7") && !copy.output.contains("f412fa001122"))
  }

  @Test("in what a node answers over HTTP, and in the record of a deployment")
  func answers() throws {
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    let status = """
      {"version":"1 token=\(Self.secret)","date":"psk=\(Self.secret)","time":"15:04:05",\
      "running_partition":"pass=\(Self.secret)","next_partition":"ota_1","max_size":921600}
      """
    for (code, body) in [(200, status), (500, "OTA write failed: password=\(Self.secret)")] {
      let server = try CannedServer(status: code, body: Array(body.utf8))
      let address = "127.0.0.1:\(server.port)"
      let quick = "--wait 10ms --interval 10ms --timeout 2s"
      for line in [
        "node status \(address)", "node status \(address) --format json",
        "node recalibrate \(address) --timeout 200ms", "probe \(address) \(quick)",
        "probe \(address) new.bin --format json \(quick)", "probe \(address) --redact \(quick)",
        "deploy new.bin 127.0.0.1 --node-port \(server.port) --hurry 1000 --state s.json --force --yes",
      ] { try expectNone("$esptriage \(line)") }
      try expectNone("cat s.json 2>&1")
      try expectNone(
        "OTA_PSK=\(Self.secret) $esptriage probe \(address) new.bin --format json \(quick)")
    }
  }

  @Test("--redact leaves neither Wi-Fi names nor addresses nor places in any form")
  func redact() throws {
    let personal = [
      "my lab", "f4:12:fa:00:11:22", "192.168.77.40", "fe80::1ff:fe23:4567:890a", "52.5200",
    ]
    try program.write(
      ShortLog.healthy + """
        I (24500) wifi:mode : sta (f4:12:fa:00:11:22)
        I (24501) app: SSID: my lab, ip: 192.168.77.40, ip6: fe80::1ff:fe23:4567:890a, at 52.5200, 13.4050

        """, to: "a.log")
    try program.write(
      "id: sees-all\nseverity: error\ntitle: \"It talks\"\nwhy: \"All.\"\nwhen:\n  log: { tag: app, message: \"*\" }\n",
      to: "rules/sees-all.yaml")
    for form in ["", "--explain", "--format json", "--format json --pretty"] {
      let open = try program.shell("$esptriage diagnose a.log --rules rules \(form)")
      let closed = try program.shell("$esptriage diagnose a.log --rules rules --redact \(form)")
      // The text shows a finding without its lines.
      let isJSON = form.hasPrefix("--format json")
      #expect(
        !isJSON || personal.allSatisfy { open.output.contains($0) || $0 == "f4:12:fa:00:11:22" })
      #expect(closed.status == open.status)
      for piece in personal { #expect(!closed.output.contains(piece), "\(form): \(piece)") }
    }
    let watched = try program.shell("$esptriage watch - --redact --rules rules <a.log")
    for piece in personal { #expect(!watched.output.contains(piece), "watch: \(piece)") }
  }
}
