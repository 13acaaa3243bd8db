import Glibc
import NodeSimulation
import Testing

@Suite("A simulated node that does not do as it is told") struct SimulationRefusalTests {
  @Test("refuses whoever has not its key", arguments: [nil, "other-key", "simulated-keys"])
  func key(key: String?) async throws {
    let bench = try SimulationBench("ok")
    let answer = await bench.post("/ota", Array("image".utf8), key: key)
    #expect(answer.status == 403)
    #expect(answer.body == "Authentication required. Use: Authorization: Bearer <psk>")
  }

  @Test("refuses everybody without a key of its own", arguments: ["wrong-key", "no-key"])
  func noKey(name: String) async throws {
    let bench = try SimulationBench(name)
    for path in ["/ota", "/ota/set-target", "/ota/recalibrate"] {
      #expect(await bench.post(path, [0xE9]).status == 403, "\(path)")
    }
  }

  @Test("refuses an image that is too large, or none")
  func size() async throws {
    let bench = try SimulationBench("too-large")
    for body in [bench.image, []] {
      let answer = await bench.post("/ota", body)
      #expect(answer.status == 400)
      #expect(answer.body == "Invalid firmware size (must be 1B - 900KB)")
    }
  }

  @Test("reports each failure of the handler and keeps its slot", arguments: UploadFailure.allCases)
  func failures(failure: UploadFailure) async throws {
    let bench = try SimulationBench(Scenario("failing", shows: "", upload: .fails(failure)))
    let answer = await bench.upload()
    #expect(answer.status == 500)
    #expect(answer.body == failure.rawValue)
    #expect(await bench.status().body.contains(#""running_partition":"ota_0""#))
    #expect(bench.state.boots == 1)
  }

  @Test("says what is wrong with an image that is damaged, as the firmware does")
  func damage() async throws {
    let bench = try SimulationBench("ok")
    var flipped = bench.image
    flipped[100_000] ^= 1
    #expect(await bench.post("/ota", flipped).body == "OTA validation failed")
    let cut = Array(bench.image.dropLast(16))
    #expect(await bench.post("/ota", cut).body == "OTA validation failed")
    let noImage = [UInt8](repeating: 0x41, count: 20_000)
    #expect(await bench.post("/ota", noImage).body == "OTA write failed")
    var otherChip = bench.image
    otherChip[12] = 0
    #expect(await bench.post("/ota", otherChip).body == "OTA validation failed")
    // A newline or NUL less, as 'curl -d' makes it.
    let stripped = bench.image.filter { $0 != 10 && $0 != 13 && $0 != 0 }
    #expect(await bench.post("/ota", stripped).body == "OTA validation failed")
    #expect(bench.state.images[.ota1] == nil)
    #expect(await bench.upload().status == 200)
  }

  @Test(
    "dies in the middle of the body, and says so at the next boot",
    arguments: [
      ("reset-mid-upload", ResetReason.panic), ("brownout", .brownout),
    ])
  func halfway(name: String, reason: ResetReason) async throws {
    let bench = try SimulationBench(name, size: 600_000)
    let answer = await bench.upload()
    #expect(answer.status == nil)
    #expect(answer.ending == .failed(errno: ECONNRESET))
    #expect(try await bench.reaches { $0.boots == 2 && $0.isAnswering })
    #expect(bench.state.lastReset == reason)
    #expect(bench.state.running == .ota0)
    #expect(bench.state.images[.ota1] == nil)
  }

  @Test("dies at the end of the body in the handler, and keeps its slot")
  func handlerOverflow() async throws {
    let bench = try SimulationBench("handler-overflow")
    #expect(await bench.upload().ending == .failed(errno: ECONNRESET))
    #expect(try await bench.reaches { $0.boots == 2 && $0.isAnswering })
    #expect(bench.state.running == .ota0)
    #expect(bench.state.lastReset == .panic)
  }

  @Test("takes the update although the answer is lost")
  func withoutAnswer() async throws {
    let bench = try SimulationBench("reset-without-answer")
    let answer = await bench.upload()
    #expect(answer.status == nil)
    #expect(answer.ending == .failed(errno: ECONNRESET))
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering })
  }

  @Test("takes the update and resets the connection behind the answer")
  func afterAnswer() async throws {
    let bench = try SimulationBench("reset-after-answer")
    let answer = await bench.upload()
    #expect(answer.status == 200)
    #expect(answer.ending == .failed(errno: ECONNRESET))
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering })
  }

  @Test("hangs in the middle of the body until its watchdog bites")
  func hung() async throws {
    let bench = try SimulationBench("handler-hung", size: 600_000)
    #expect(await bench.upload().ending == .failed(errno: ECONNRESET))
    #expect(try await bench.reaches { $0.boots == 2 && $0.isAnswering })
    #expect(bench.state.lastReset == .taskWatchdog)
  }

  @Test("forgets a half-written slot when the client goes away")
  func clientGone() async throws {
    let bench = try SimulationBench("ok", speed: 1)
    #expect(await bench.post("/ota", bench.image, within: 100).ending == .timedOut)
    #expect(try await bench.reaches { $0.uploadsBegun == 1 })
    #expect(await bench.status().status == 200)
    #expect(bench.state.images[.ota1] == nil)
  }
}
