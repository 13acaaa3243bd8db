import Foundation
import Testing

/// `--redact`, in every command that shows what a node said.
@Suite("What is made for sharing")
struct SharingTests {
  static let personal = [
    "f4:12:fa:00:11:22", "f412fa001122", "192.168.77.40", "my lab", "127.0.0.",
  ]
  private let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  /// Both streams without any of it, and in the plain run at least one piece.
  private func expectMasked(_ line: String, at place: SourceLocation = #_sourceLocation) throws {
    let open = try program.shell("$esptriage \(line)")
    let closed = try program.shell("$esptriage \(line) --redact")
    #expect(closed.status == open.status, "\(line)", sourceLocation: place)
    #expect(
      Self.personal.contains { (open.output + open.errors).contains($0) }, "\(line)",
      sourceLocation: place)
    #expect(!closed.output.isEmpty || !closed.errors.isEmpty, "\(line)", sourceLocation: place)
    for piece in Self.personal {
      #expect(!closed.output.contains(piece), "\(line): \(piece)", sourceLocation: place)
      #expect(!closed.errors.contains(piece), "\(line): \(piece)", sourceLocation: place)
    }
  }

  @Test("of what a node answers over HTTP, to node, probe and deploy, in text and JSON")
  func answers() throws {
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    let status = """
      {"version":"1 on f4:12:fa:00:11:22","date":"ssid: my lab","time":"192.168.77.40",\
      "running_partition":"ota_0","next_partition":"f412fa001122","max_size":921600}
      """
    for (code, body) in [(200, status), (500, "OTA write failed for 192.168.77.40")] {
      let server = try CannedServer(status: code, body: Array(body.utf8))
      let address = "127.0.0.1:\(server.port)"
      let quick = "--wait 10ms --interval 10ms --timeout 2s"
      let call = "--timeout 200ms --wait 10ms --tries 1"
      let deploy = "--node-port \(server.port) --hurry 1000 --force --restart --yes"
      for line in [
        "node status \(address)", "node status \(address) --format json",
        "node recalibrate \(address) \(call)", "node recalibrate \(address) --format json \(call)",
        "node set-target \(address) 192.168.77.40:5005 --format json \(call)",
        "probe \(address) \(quick)", "probe \(address) new.bin --format json \(quick)",
        "deploy new.bin 127.0.0.1 --state s.json \(deploy)",
        "deploy new.bin 127.0.0.1 --state s.json --format json --pretty \(deploy)",
      ] { try expectMasked(line) }
      // What is kept to go on with names the nodes.
      #expect(try program.shell("cat s.json").output.contains("127.0.0.1"))
    }
  }

  @Test("of a log in every form, also where only the file's name or standard error tells it")
  func logs() throws {
    let name = "node-f412fa001122.log"
    try program.write(
      ShortLog.healthy + "I (24500) app: Connected to my lab, mac f4:12:fa:00:11:22\n", to: name)
    try program.write(
      "id: sees-all\nseverity: error\ntitle: \"It talks\"\nwhy: \"All.\"\nwhen:\n  log: { tag: app, message: \"*\" }\n",
      to: "rules/sees-all.yaml")
    for line in [
      "diagnose \(name) --rules rules", "diagnose \(name) --rules rules --format json --pretty",
      "diagnose \(name) --quiet", "diagnose \(name) \(name) --rules rules --explain",
      "diagnose none-f412fa001122.log", "diagnose \(name) --sdkconfig 192.168.77.40",
      "watch - --rules rules <\(name)", "watch - --format json --rules rules <\(name)",
      "watch socket://127.0.0.1:1 --timeout 1",
      "decode --elf f412fa001122.elf 0x42000000",
    ] { try expectMasked(line) }
  }
}
