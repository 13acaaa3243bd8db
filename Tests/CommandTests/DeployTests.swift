import Foundation
import NodeSimulation
import Testing

/// Updates of simulated nodes by the built program, on loopback.
@Suite("esptriage deploy", .serialized)
struct DeployTests {
  @Test("of four nodes one panics: the table tells which, why, and what to plug in next")
  func oneOfFour() throws {
    let bench = try DeployBench([.ok, .ok, .catalogued("early-panic"), .ok])
    let run = try bench.deploy(bench.hosts[0], bench.hosts[1], bench.hosts[2], bench.hosts[3])
    #expect(run.status == 1)
    let rows = run.lines.filter { $0.hasPrefix("127.0.0.") && $0.contains("  ota_0 0.6.4  ") }
    #expect(rows.count == 4)
    for (index, (row, host)) in zip(rows, bench.hosts).enumerated() {
      #expect(row.hasPrefix(host))
      #expect(row.contains(index == 2 ? "NOT CONFIRMED  ota_not_taken" : "confirmed"), "\(row)")
    }
    #expect(run.output.contains("new image"))
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("USB cable"))
    #expect(words.contains("node at 127.0.0.32"))
    #expect(run.output.contains("3 of 4 nodes confirmed."))
    #expect(bench.updates[0] == 1 && bench.updates[1] == 1 && bench.updates[3] == 1)
    #expect(!(run.output + run.errors).contains(NodeSetup.usualKey))
  }

  @Test("one object for programs, which the schema describes, and status 0 when all is confirmed")
  func json() throws {
    let bench = try DeployBench([.ok, .catalogued("reset-without-answer")])
    let run = try bench.deploy(bench.hosts[0], bench.hosts[1], "--format", "json", "--quiet")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "esptriage.deployment/1")
    #expect(object["confirmed"] as? Bool == true)
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["verdict"] as? String } == ["ota_ok", "ota_ok"])
    #expect(
      nodes.map { ($0["upload"] as? [String: Any])?["delivery"] as? String } == [
        "delivered", "delivered",
      ])
    let schema = try bench.program.run("schema", "deploy")
    #expect(schema.status == 0)
    let described = try #require(
      try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) as? [String: Any])
    let properties = try #require(described["properties"] as? [String: Any])
    #expect(Set(object.keys).isSubset(of: properties.keys))
    let definitions = try #require(described["$defs"] as? [String: [String: Any]])
    let known = try #require(definitions["node"]?["properties"] as? [String: Any])
    for node in nodes { #expect(Set(node.keys).isSubset(of: known.keys)) }
  }

  @Test("with --redact each node has a number instead of its address, the same one in both forms")
  func numbered() throws {
    let bench = try DeployBench([.ok, .catalogued("early-panic")])
    let run = try bench.deploy(bench.hosts[0], bench.hosts[1], "--format", "json", "--redact")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    #expect(nodes.map { $0["host"] as? String } == ["node 1", "node 2"])
    #expect(nodes.map { $0["step"] as? String } == ["confirmed", "failed"])
    #expect(run.errors.contains("node 2") && !(run.output + run.errors).contains("127.0.0."))
    // What is kept to go on with still knows where they are.
    #expect(try bench.program.shell("cat state.json").output.contains(bench.hosts[1]))
  }

  @Test("a node counts as confirmed exactly where the rules find that the update took")
  func agreement() throws {
    let names = [
      "ok", "early-panic", "old-image-stays", "dead", "handler-overflow", "reset-mid-upload",
      "reset-after-answer", "wrong-key", "too-large", "validation-failed", "other-server",
      "json-cut", "flip-flop",
    ]
    let bench = try DeployBench(names.map { .catalogued($0) })
    let run = try bench.start(bench.hosts + ["--format", "json"]).end()
    #expect(run.status == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    let verdicts = nodes.map { $0["verdict"] as? String ?? "" }
    for (name, node) in zip(names, nodes) {
      let isConfirmed = node["step"] as? String == "confirmed"
      #expect(isConfirmed == (node["verdict"] as? String == "ota_ok"), "\(name): \(node)")
      #expect(isConfirmed || !(node["next"] as? String ?? "").isEmpty, "\(name)")
    }
    #expect(
      verdicts.dropLast() == [
        "ota_ok", "ota_not_taken", "ota_not_taken", "node_unreachable", "ota_not_taken",
        "ota_download_failed", "ota_ok", "ota_auth_rejected", "ota_image_too_large",
        "ota_validation_failed", "no_ota_endpoint", "node_unreachable",
      ])
    // Which of its slots a flipping node shows is a matter of the moment.
    #expect(["ota_panic_loop", "ota_not_taken"].contains(verdicts.last ?? ""))
  }

  @Test("an image too large for a node is not sent to it")
  func tooLarge() throws {
    let bench = try DeployBench([.catalogued("too-large")])
    let run = try bench.deploy(bench.hosts[0])
    #expect(run.status == 1)
    #expect(run.output.contains("ota_image_too_large"))
    #expect(run.output.contains("65536"))
    #expect(bench.uploads == [0])
  }

  @Test("without a key, or with a wrong one, the refusal tells where a key is taken from")
  func forbidden() throws {
    let bench = try DeployBench([.catalogued("no-key"), .catalogued("wrong-key")])
    let run = try bench.deploy(bench.hosts[0], bench.hosts[1])
    #expect(run.status == 1)
    #expect(run.output.contains("ota_auth_rejected"))
    #expect(run.output.contains("OTA_PSK"))
    #expect(bench.updates == [0, 0])
  }

  @Test("a damaged image, a bootloader or a missing file ends before anything is asked")
  func badImage() throws {
    let bench = try DeployBench([.ok])
    var bytes = ImageMaker(size: 2_000).bytes()
    bytes[900] ^= 1
    try bench.program.write(Data(bytes), to: "app.bin")
    let damaged = try bench.deploy(bench.hosts[0])
    #expect(damaged.status == 2)
    #expect(damaged.errors.contains("app.bin is damaged: the checksum at offset 0x"))
    try FileManager.default.removeItem(at: bench.program.folder.appending(path: "app.bin"))
    #expect(try bench.deploy(bench.hosts[0]).errors.contains("There is no file app.bin"))
    #expect(bench.simulation.state(of: 0).requests == 0)
  }

  @Test("an image for another chip than the one that was named is refused")
  func otherChip() throws {
    let bench = try DeployBench([.ok])
    let run = try bench.deploy(bench.hosts[0], "--chip", "esp32c3")
    #expect(run.status == 2)
    #expect(run.errors.contains("built for ESP32-S3 (offset 0xc), not for ESP32-C3"))
    #expect(try bench.deploy(bench.hosts[0], "--chip", "esp99").status == 2)
    #expect(bench.simulation.state(of: 0).requests == 0)
  }

  @Test("an older build is sent with a warning, the same one is not sent")
  func otherBuilds() throws {
    let bench = try DeployBench([.ok])
    #expect(try bench.deploy(bench.hosts[0]).status == 0)
    let again = try bench.deploy(bench.hosts[0])
    #expect(again.status == 0)
    #expect(again.output.contains("up to date"))
    #expect(bench.uploads == [1])
    let older = ImageMaker(BuildDescription(version: "0.6.3", date: "Jan 2 2026"), size: 2_000)
    try bench.program.write(Data(older.bytes()), to: "app.bin")
    let back = try bench.deploy(bench.hosts[0], "--restart")
    #expect(back.status == 0)
    #expect(back.errors.contains("runs a later build (May 18 2026 10:11:40)"))
  }

  @Test("nodes that nobody named are not touched without a yes")
  func discovery() throws {
    let bench = try DeployBench([.ok, .catalogued("other-server"), .ok])
    let asked = try bench.deploy("--neighbours", "arp")
    #expect(asked.status == 2)
    #expect(asked.errors.contains("2 nodes found:"))
    #expect(asked.errors.contains("add --yes"))
    #expect(bench.uploads == [0, 0, 0])
    let run = try bench.deploy("--neighbours", "arp", "--yes")
    #expect(run.status == 0)
    #expect(run.output.contains("All 2 nodes confirmed."))
    #expect(bench.updates == [1, 0, 1])
  }

  @Test("many nodes are discovered, updated and verified in little more than the time of a few")
  func fleet() throws {
    let bench = try DeployBench(Array(repeating: .ok, count: 40), imageSize: 60_000)
    let start = ContinuousClock.now
    let run = try bench.deploy("--neighbours", "arp", "--yes", "--quiet")
    #expect(run.status == 0)
    #expect(bench.updates == Array(repeating: 1, count: 40))
    // One after the other, the waits alone would take 40 times a second.
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test("no node, no neighbours, wrong usage: each says what to do")
  func usage() throws {
    let bench = try DeployBench([.catalogued("other-server")])
    let none = try bench.deploy("--neighbours", "arp", "--yes")
    #expect(none.status == 2)
    #expect(none.errors.contains("--sweep"))
    #expect(try bench.deploy("host", "--sweep").status == 2)
    #expect(try bench.deploy("host", "--stage", "50%,10%").status == 2)
    #expect(try bench.deploy("host", "--soak", "1h").errors.contains("add --stage"))
    #expect(try bench.deploy("no-such-node.invalid").errors.contains("has no address"))
    #expect(try bench.deploy("https://10.0.0.1").errors.contains("plain HTTP"))
  }
}
