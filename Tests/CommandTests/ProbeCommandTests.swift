import Foundation
import Testing

/// The built program against nodes that the built program simulates.
@Suite("esptriage probe and node")
struct ProbeCommandTests {
  private let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  /// A simulated node that is up, and where it is.
  private func node(
    _ scenario: String, speed: Int = 20, more: [String] = []
  ) throws -> (program: RunningProgram, address: String) {
    let running = try RunningProgram(
      program,
      ["simulate", scenario, "--host", "127.0.0.1", "--port", "0", "--speed", "\(speed)"] + more)
    try #require(running.shows("Key for uploads"))
    let address = try #require(running.output.firstMatch(of: /127\.0\.0\.1:\d+/)).output
    for _ in 0..<100 {
      let status = try program.run("node", "status", String(address), "--timeout", "500ms")
      if status.status == 0 { break }
    }
    return (running, String(address))
  }

  private let quick = ["--wait", "1s", "--interval", "300ms", "--timeout", "2s"]

  private func shell(_ variables: String = "", _ arguments: [String]) throws -> BuiltProgram.Run {
    try program.shell("\(variables) $esptriage \(arguments.joined(separator: " "))")
  }

  @Test("an argument that cannot be right is refused before anything is sent")
  func usage() throws {
    #expect(try program.run("probe", "a/b").status == 2)
    #expect(try program.run("node", "set-target", "127.0.0.1", "host:5005").status == 2)
    #expect(try program.run("node", "set-target", "127.0.0.1", "10.0.0.2").status == 2)
    #expect(try program.run("probe", "127.0.0.1:1", "--token-file", "missing").status == 2)
    for nobody in ["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"] {
      let run = try program.run("node", "set-target", "127.0.0.1", nobody + ":5005")
      #expect(run.status == 2)
      #expect(run.errors.contains("Nothing was sent"))
    }
  }

  @Test("nobody there is a fault, with one verdict and a way on")
  func nobody() throws {
    let run = try program.run("probe", "127.0.0.1:1")
    #expect(run.status == 1)
    #expect(run.output.contains("[node_unreachable]"))
    #expect(run.output.contains("ip neigh"))
    #expect(run.errors.isEmpty)
  }

  @Test("an update that takes ends with 0, and its JSON holds every read")
  func took() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    let run = try shell(
      "OTA_PSK=simulated-key", ["probe", address, "new.bin", "--format", "json"] + quick)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let reads = try #require(json["reads"] as? [[String: Any]])
    #expect(reads.count == 4)
    #expect(reads.first?["running_partition"] as? String == "ota_0")
    #expect(reads.last?["running_partition"] as? String == "ota_1")
    #expect((json["verdict"] as? [String: Any])?["id"] as? String == "ota_ok")
    #expect((json["upload"] as? [String: Any])?["result"] as? String == "delivered")
  }

  @Test("a refused key is explained for both kinds of firmware, and shows nowhere")
  func refused() throws {
    let (running, address) = try node("wrong-key")
    defer { running.interrupt() }
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    try program.write("very-s3cret\n", to: "key")
    let run = try program.run(
      "probe", address, "new.bin", "--token-file", "key", "--format", "json", "--explain")
    #expect(run.status == 1)
    #expect(run.output.contains("ota_auth_rejected"))
    #expect(run.output.contains("provisioned"))
    #expect(!(run.output + run.errors).contains("very-s3cret"))
  }

  @Test("a log of the same node gives the reason, and a contradiction is named")
  func joined() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    try program.write(ShortLog.panic, to: "node.log")
    let run = try shell("", ["probe", address, "--log", "node.log", "--reads", "1"])
    #expect(run.output.contains("[panic"))
    #expect(run.output.contains("Over HTTP"))
    let other = ShortLog.healthy.replacingOccurrences(of: "ota_0", with: "ota_1")
    try program.write(other, to: "other.log")
    let contradiction = try shell("", ["probe", address, "--log", "other.log", "--reads", "1"])
    #expect(contradiction.output.contains("contradict each other"))
  }

  @Test("what the node prints on its port while it is probed joins the verdict")
  func heard() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    let port = try FakeNode(in: program)
    let probing = try RunningProgram(
      program, ["probe", address, "--port", port.path, "--interval", "1s"])
    usleep(1_000_000)
    port.print(ShortLog.panic)
    let run = probing.end()
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("[panic"))
    #expect(run.output.contains("Over HTTP"))
  }

  @Test(
    "a port or a log that cannot be opened ends the probe before anything is sent",
    arguments: [
      ["--port", "ttyNone"], ["--port", "socket://127.0.0.1:1"], ["--log", "none.log"],
    ])
  func unopened(more: [String]) throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    let run = try shell("OTA_PSK=simulated-key", ["probe", address, "new.bin"] + quick + more)
    #expect(run.status == 2)
    #expect(run.errors.contains(more[1]))
    #expect(run.output.isEmpty)
    // Long enough for the restart into an image that should not have come.
    usleep(600_000)
    #expect(try program.run("node", "status", address).output.contains("ota_0"))
  }

  @Test("a status is JSON that scripts can read")
  func status() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    let run = try program.run("node", "status", address, "--format", "json")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["running_partition"] as? String == "ota_0")
    #expect(json["max_size"] as? Int == 921_600)
  }

  @Test("a target is set, and the node is seen to come back")
  func setTarget() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    let run = try shell(
      "OTA_PSK=simulated-key",
      [
        "node", "set-target", address, "10.0.0.2:5005", "--format", "json", "--wait", "500ms",
        "--interval", "100ms", "--tries", "100",
      ])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains(#""back":true"#))
  }

  @Test("a restart that nobody saw is not claimed")
  func unseenRestart() throws {
    // So fast that no look can fall into it.
    let (running, address) = try node("ok", speed: 1_000)
    defer { running.interrupt() }
    let run = try shell(
      "OTA_PSK=simulated-key",
      ["node", "set-target", address, "10.0.0.2:5005", "--wait", "1s", "--tries", "20"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("cannot tell whether it restarted"), "\(run.output)")
    #expect(run.output.contains("runs ota_0"))
  }

  @Test("a call that the node refuses is a fault with its reason")
  func refusedCall() throws {
    let (running, address) = try node("nvs-open-failed")
    defer { running.interrupt() }
    let failed = try shell("OTA_PSK=simulated-key", ["node", "recalibrate", address])
    #expect(failed.status == 1)
    #expect(failed.output.contains("NVS"))
    let keyless = try shell("", ["node", "recalibrate", address])
    #expect(keyless.status == 1)
    #expect(keyless.output.contains("OTA_PSK"))
  }

  @Test("Ctrl-C ends a watch with what was seen by then")
  func interrupted() throws {
    let (running, address) = try node("ok")
    defer { running.interrupt() }
    let watching = try RunningProgram(
      program, ["probe", address, "--watch", "10m", "--interval", "200ms"])
    usleep(1_500_000)
    watching.interrupt()
    let run = watching.end()
    #expect(run.status == 130)
    #expect(run.output.contains("Over HTTP"))
  }
}
