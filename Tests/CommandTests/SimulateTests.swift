import Foundation
import Testing

@Suite("esptriage simulate") struct SimulateTests {
  @Test("lists the scenarios, and what each shows") func list() throws {
    let run = try BuiltProgram().run("simulate", "--list")
    #expect(run.status == 0)
    for name in ["ok", "early-panic", "handler-overflow", "four-nodes"] {
      #expect(run.lines.contains { $0.hasPrefix(name + " ") }, "\(name)")
    }
    #expect(run.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("makes an image with what it is told") func image() throws {
    let program = try BuiltProgram()
    let run = try program.run(
      "simulate", "--make-image", "new.bin", "--size", "300000", "--app-version", "7.8.9",
      "--project", "valve", "--date", "Nov  1 2026", "--time", "15:04:05")
    #expect(run.status == 0)
    let image = [UInt8](try Data(contentsOf: program.folder.appending(path: "new.bin")))
    #expect(image.count == 300_000)
    #expect(image[0] == 0xE9 && image[12] == 9 && image[23] == 1)
    for (offset, text) in [(48, "7.8.9"), (80, "valve"), (112, "15:04:05"), (128, "Nov  1 2026")] {
      #expect(image[offset...].starts(with: Array(text.utf8) + [0]), "\(text)")
    }
  }

  @Test("refuses what no compiler writes, and a fleet without the node that it is about")
  func refusal() throws {
    let program = try BuiltProgram()
    for (arguments, complaint) in [
      ("--make-image new.bin --date yesterday", "--date takes a day"),
      ("--make-image new.bin --time 25:00:00", "--time takes a time"),
      ("four-nodes --count 2", "panics is number 3"),
    ] {
      let run = try program.shell(#""$esptriage" simulate \#(arguments)"#)
      #expect(run.status == 2)
      #expect(run.errors.contains(complaint))
    }
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "new.bin").path))
  }

  @Test("answers until Ctrl-C, and then ends quietly") func answers() throws {
    let program = try BuiltProgram()
    let node = try RunningProgram(
      program, ["simulate", "--port", "0", "--host", "127.0.0.41", "--uart", "node.log"])
    #expect(node.shows("Ctrl-C ends the simulation."))
    let port = try #require(node.output.firstMatch(of: /127\.0\.0\.41:(\d+)/)?.1)
    let status = try program.shell(
      """
      exec 3<>/dev/tcp/127.0.0.41/\(port)
      printf 'GET /ota/status HTTP/1.1\\r\\nHost: n\\r\\nConnection: close\\r\\n\\r\\n' >&3
      cat <&3
      """)
    #expect(status.output.contains(#""running_partition":"ota_0""#))
    node.interrupt()
    let run = node.end()
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let diagnosis = try program.run("node.log", "--quiet")
    #expect(diagnosis.output.contains("healthy"))
  }

  @Test("updates a node whose UART then tells the same story") func story() throws {
    let program = try BuiltProgram()
    _ = try program.run("simulate", "--make-image", "new.bin", "--size", "100000")
    let node = try RunningProgram(
      program,
      [
        "simulate", "four-nodes", "--port", "0", "--host", "127.0.0.45", "--uart", "node.log",
        "--speed", "40",
      ])
    #expect(node.shows("Ctrl-C ends the simulation."))
    for number in [1, 3] {
      let host = "127.0.0.\(44 + number)"
      let port = try #require(
        node.output.split(separator: "\n").first { $0.contains(host + ":") }?
          .firstMatch(of: #/:(\d+) /#)?.1)
      let upload = try program.shell(
        """
        exec 3<>/dev/tcp/\(host)/\(port)
        { printf 'POST /ota HTTP/1.1\\r\\nHost: n\\r\\nContent-Length: 100000\\r\\n'
          printf 'Authorization: Bearer simulated-key\\r\\nConnection: close\\r\\n\\r\\n'
          cat new.bin; } >&3
        cat <&3
        """)
      #expect(upload.output.contains("OTA update successful. Rebooting..."))
    }
    let verdicts = [(1, "ota_ok"), (3, "ota_new_image_panic")]
    for (number, verdict) in verdicts {
      let log = program.folder.appending(path: "node-\(number).log")
      let deadline = Date(timeIntervalSinceNow: 20)
      // The first start, and the one after the update or after the rollback: once each.
      while Date.now < deadline,
        (try String(contentsOf: log, encoding: .utf8)).components(
          separatedBy: "OTA HTTP server started"
        ).count < 3
      {
        usleep(10_000)
      }
      let diagnosis = try program.run("node-\(number).log", "--quiet")
      #expect(diagnosis.output.contains(verdict), "\(diagnosis.output)")
    }
    node.interrupt()
    #expect(node.end().status == 0)
  }

  @Test("does not show a key from the environment") func key() throws {
    let node = try RunningProgram(
      BuiltProgram(), ["simulate", "--port", "0", "--host", "127.0.0.43"],
      environment: ["OTA_PSK": "very-secret"])
    #expect(node.shows("Key for uploads: the one in OTA_PSK"))
    node.interrupt()
    let run = node.end()
    #expect(!run.output.contains("very-secret"))
    #expect(!run.errors.contains("very-secret"))
  }

  @Test(
    "tells the next step when it cannot do what was asked",
    arguments: [
      (["early-panik"], "Did you mean 'early-panic'"),
      (["--count", "0"], "1 to 1000"), (["--speed", "0"], "--speed"),
      (["--host", "10.0.0.1"], "127.0.0.0/8"),
      (["--node", "3=early-panic"], "Add --count"), (["--node", "1=nothing"], "1=nothing"),
      (["--make-image", "/nowhere/new.bin"], "/nowhere/new.bin"),
      (["--make-image", "x", "--size", "100"], "--size"),
      (["--make-image", "x", "--app-version", String(repeating: "7", count: 40)], "31 bytes"),
      (["--uart", "/nowhere/node.log", "--port", "0"], "/nowhere/node.log"),
    ])
  func complaints(arguments: [String], hint: String) throws {
    let program = try BuiltProgram()
    let run = try RunningProgram(program, ["simulate"] + arguments).end()
    #expect(run.status == 2)
    #expect(run.errors.contains(hint), "\(run.errors)")
  }
}
