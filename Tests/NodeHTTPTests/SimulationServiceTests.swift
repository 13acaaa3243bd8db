import Glibc
import NodeSimulation
import Testing

@Suite("Something on the port") struct SimulationServiceTests {
  @Test("knows four addresses and their methods")
  func addresses() async throws {
    let bench = try SimulationBench("ok")
    #expect(await bench.get("/").status == 404)
    #expect(await bench.get("/").body == "Nothing matches the given URI")
    #expect(await bench.get("/ota").status == 405)
    #expect(await bench.post("/ota/status", []).status == 405)
  }

  @Test("cuts the JSON in an answer that is complete")
  func cutJSON() async throws {
    let answer = try await SimulationBench("json-cut").status()
    #expect(answer.status == 200)
    #expect(answer.body.hasPrefix(#"{"version":"0.6.4""#))
    #expect(!answer.body.hasSuffix("}"))
    #expect(answer.text.contains("Content-Length: \(answer.body.utf8.count)\r\n"))
  }

  @Test("ends the connection within an answer")
  func cutAnswer() async throws {
    let answer = try await SimulationBench("answer-cut").status()
    #expect(answer.status == 200)
    #expect(!answer.text.contains("Content-Length: \(answer.body.utf8.count)\r\n"))
  }

  @Test("accepts and never answers")
  func stalled() async throws {
    let answer = try await SimulationBench("stalled").get("/ota/status", within: 200)
    #expect(answer.ending == .timedOut)
    #expect(answer.text.isEmpty)
  }

  @Test("answers without end")
  func endless() async throws {
    let answer = try await SimulationBench("endless").status()
    #expect(answer.ending == .timedOut)
    #expect(answer.text.utf8.count > 1 << 16)
  }

  @Test("is another web server") func otherServer() async throws {
    let bench = try SimulationBench("other-server")
    #expect(await bench.status().status == 404)
    #expect(await bench.upload().status == 404)
  }

  @Test("sends the client elsewhere") func redirect() async throws {
    let answer = try await SimulationBench("redirect").status()
    #expect(answer.status == 302)
    #expect(answer.text.contains("\r\nLocation: http://127.0.0.9:"))
  }

  @Test("is no web server") func notHTTP() async throws {
    let answer = try await SimulationBench("not-http").status()
    #expect(answer.status == nil)
    #expect(!answer.text.isEmpty)
  }

  @Test("never accepts") func silent() async throws {
    let answer = try await SimulationBench("silent").get("/ota/status", within: 200)
    #expect(answer.ending == .timedOut)
  }

  @Test("is told where to send its measurements, and restarts for it")
  func target() async throws {
    let bench = try SimulationBench("ok")
    let answer = await bench.post("/ota/set-target", Array("10.0.0.7:5006".utf8))
    #expect(answer.status == 200)
    #expect(answer.body.contains(#""target_ip":"10.0.0.7","target_port":5006"#))
    #expect(try await bench.reaches { $0.boots == 2 && $0.isAnswering })
    #expect(bench.state.target == "10.0.0.7:5006")
  }

  @Test(
    "refuses a target that is none",
    arguments: [
      "", "10.0.0.7", "10.0.0.256:1", "10.0.0:1", "10.0.0.7:0", "10.0.0.7:65536", "node:5005",
      "10.0.0.7:5005\n", String(repeating: "1", count: 4000),
    ])
  func badTarget(text: String) async throws {
    let bench = try SimulationBench("ok")
    #expect(await bench.post("/ota/set-target", Array(text.utf8)).status == 400)
    #expect(bench.state.boots == 1)
  }

  @Test(
    "reports settings that cannot be written",
    arguments: [
      ("nvs-open-failed", "NVS open failed", "NVS open failed"),
      ("nvs-write-failed", "NVS write failed", ""), ("nvs-commit-failed", "", "NVS commit failed"),
    ])
  func settings(name: String, target: String, recalibration: String) async throws {
    let bench = try SimulationBench(name)
    if !target.isEmpty {
      let answer = await bench.post("/ota/set-target", Array("10.0.0.7:5006".utf8))
      #expect(answer.status == 500)
      #expect(answer.body == target)
    }
    if !recalibration.isEmpty {
      let answer = await bench.post("/ota/recalibrate", [])
      #expect(answer.status == 500)
      #expect(answer.body == recalibration)
    }
  }
}
