import Glibc
import NodeSimulation
import Testing

@Suite("A simulated node that is updated") struct SimulationTests {
  @Test("tells which image it runs, from which slot, and how much it takes")
  func status() async throws {
    let bench = try SimulationBench("ok")
    let answer = await bench.status()
    #expect(answer.status == 200)
    #expect(
      answer.body
        == #"{"version":"0.6.4","date":"Feb 11 2026","time":"16:02:40","running_partition":"ota_0","#
        + #""next_partition":"ota_1","max_size":921600}"#)
  }

  @Test("runs the new image from the other slot after a restart of some length")
  func update() async throws {
    let bench = try SimulationBench("ok", speed: 20)
    let answer = await bench.upload()
    #expect(answer.status == 200)
    #expect(answer.body == #"{"status":"ok","message":"OTA update successful. Rebooting..."}"#)
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering })
    #expect(await bench.status().body.contains(#""time":"10:11:40","running_partition":"ota_1""#))
    #expect(
      bench.state.history == [
        BootRecord(.ota0, .powerOn, answered: true), BootRecord(.ota1, .software, answered: true),
      ])
  }

  @Test("takes a second update into the slot that the first one left")
  func secondUpdate() async throws {
    let bench = try SimulationBench("ok")
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering })
    let newest = ImageMaker(BuildDescription(version: "0.6.6", time: "11:00:00"), size: 90_000)
    #expect(await bench.post("/ota", newest.bytes()).status == 200)
    #expect(try await bench.reaches { $0.running == .ota0 && $0.isAnswering })
    #expect(bench.state.images[.ota0]?.version == "0.6.6")
    #expect(bench.state.images[.ota1]?.version == "0.6.5")
    #expect(bench.state.uploadsTaken == 2)
  }

  @Test("keeps the old image when the new one panics before it is on the network")
  func earlyPanic() async throws {
    let bench = try SimulationBench("early-panic")
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 3 && $0.isAnswering })
    #expect(
      bench.state.history.dropFirst() == [
        BootRecord(.ota1, .software, answered: false), BootRecord(.ota0, .panic, answered: true),
      ])
    #expect(await bench.status().body.contains("16:02:40"))
  }

  @Test("shows the new image for a while when that panics late")
  func latePanic() async throws {
    let bench = try SimulationBench("late-panic")
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 3 && $0.isAnswering })
    #expect(
      bench.state.history.dropFirst() == [
        BootRecord(.ota1, .software, answered: true), BootRecord(.ota0, .panic, answered: true),
      ])
  }

  @Test("refuses another image while the one that runs is on trial")
  func trial() async throws {
    let bench = try SimulationBench(
      Scenario(
        "trial", shows: "", newImage: .isResetUnconfirmed(after: .seconds(100_000), by: .software),
        rollback: .on))
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering })
    let answer = await bench.upload()
    #expect(answer.status == 500)
    #expect(answer.body == "OTA begin failed")
  }

  @Test("loops in the new slot without rollback, answering in between")
  func loop() async throws {
    let bench = try SimulationBench("loop", speed: 20)
    #expect(await bench.upload().status == 200)
    // The first boot was the old image's.
    #expect(try await bench.reaches { $0.boots >= 5 })
    #expect(Set(bench.state.history.dropFirst().prefix(3).map(\.answered)) == [true])
    #expect(Set(bench.state.history.dropFirst().map(\.slot)) == [.ota1])
    #expect(Set(bench.state.history.dropFirst(2).map(\.reset)) == [.panic])
  }

  @Test("changes slots again and again")
  func flipFlop() async throws {
    let bench = try SimulationBench("flip-flop", speed: 20)
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots >= 6 })
    #expect(bench.state.history.map(\.slot).prefix(5) == [.ota0, .ota1, .ota0, .ota1, .ota0])
    #expect(Set(bench.state.history.prefix(5).map(\.answered)) == [true])
  }

  @Test(
    "goes back at the next reset when nobody confirmed the image",
    arguments: [("unconfirmed", ResetReason.software), ("unconfirmed-brownout", .brownout)])
  func unconfirmed(name: String, reason: ResetReason) async throws {
    let bench = try SimulationBench(name)
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 3 && $0.isAnswering })
    #expect(
      bench.state.history.dropFirst() == [
        BootRecord(.ota1, .software, answered: true), BootRecord(.ota0, reason, answered: true),
      ])
  }

  @Test("confirms a good image, which then stays through a restart")
  func confirmed() async throws {
    let bench = try SimulationBench(Scenario("with-rollback", shows: "", rollback: .on))
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.running == .ota1 && $0.isAnswering && !$0.isPending })
    #expect(await bench.post("/ota/recalibrate", []).status == 200)
    #expect(try await bench.reaches { $0.boots == 3 && $0.isAnswering })
    #expect(bench.state.running == .ota1)
  }

  @Test(
    "never answers again when the new image stays off the network",
    arguments: [
      "dead", "early-panic-loop",
    ])
  func silence(name: String) async throws {
    let bench = try SimulationBench(name)
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots >= 2 && !$0.isAnswering })
    // Long enough in the node's time for a start.
    try await Task.sleep(for: .milliseconds(200))
    #expect(await bench.status().ending == .failed(errno: ECONNREFUSED))
    #expect(bench.state.running == .ota1)
  }

  @Test("restarts into the old slot when the boot partition never changes")
  func oldImageStays() async throws {
    let bench = try SimulationBench("old-image-stays")
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 2 && $0.isAnswering })
    #expect(bench.state.running == .ota0)
    #expect(bench.state.lastReset == .software)
    #expect(bench.state.images[.ota1] == nil || bench.state.uploadsTaken == 0)
  }

  @Test("serves the status only once the upload is through, as one task does")
  func oneTask() async throws {
    // An erase without end: what is served meanwhile is served too early.
    let bench = try SimulationBench(
      Scenario("slow", shows: "", upload: .erases(for: .seconds(1_000_000))))
    async let answer = bench.post("/ota", bench.image, within: 3000)
    #expect(try await bench.reaches { $0.uploadsBegun == 1 })
    #expect(await bench.get("/ota/status", within: 150).ending == .timedOut)
    #expect(await answer.ending == .timedOut)
  }

  @Test("serves those who waited once the upload is through")
  func afterwards() async throws {
    // Slowly enough that a busy machine serves those who waited before the node restarts.
    let bench = try SimulationBench("slow-erase", speed: 8)
    async let answer = bench.upload()
    #expect(try await bench.reaches { $0.uploadsBegun == 1 })
    #expect(await bench.status().status == 200)
    #expect(await answer.status == 200)
    #expect(bench.state.uploadsTaken == 1)
  }

  @Test("stops at once, also while somebody waits for it")
  func stop() async throws {
    let bench = try SimulationBench("stalled")
    async let answer = bench.status()
    #expect(try await bench.reaches { $0.requests == 1 })
    bench.simulation.stop()
    #expect(await answer.ending == .failed(errno: ECONNRESET))
    #expect(await bench.status().ending == .failed(errno: ECONNREFUSED))
  }
}
