import Glibc
import NodeSimulation
import Testing

@Suite("Many simulated nodes") struct SimulationFleetTests {
  @Test("are updated side by side, each with its own scenario")
  func fleet() async throws {
    let names = (0..<24).map { $0 == 2 ? "early-panic" : "ok" }
    let setups = try names.enumerated().map { index, name in
      NodeSetup(
        try #require(Scenario.named(name)), host: "127.0.4.\(index + 1)", number: index + 1)
    }
    let simulation = try Simulation(setups, pace: .times(40))
    let image = ImageMaker(size: 120_000).bytes()
    await withTaskGroup(of: Int?.self) { group in
      for address in simulation.addresses {
        group.addTask { await PlainClient(address).post("/ota", image).status }
      }
      for await status in group { #expect(status == 200) }
    }
    for index in names.indices {
      let expected: PartitionSlot = index == 2 ? .ota0 : .ota1
      let boots = index == 2 ? 3 : 2
      var state = simulation.state(of: index)
      for _ in 0..<5000 where state.boots < boots || !state.isAnswering {
        try await Task.sleep(for: .milliseconds(4))
        state = simulation.state(of: index)
      }
      #expect(state.running == expected, "node \(index + 1)")
    }
  }

  @Test("hold their ports while they restart")
  func ports() async throws {
    let bench = try SimulationBench("dead")
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 2 && !$0.isAnswering })
    let address = bench.simulation.addresses[0]
    let taken = SimulationError.listening(
      host: address.host, port: address.port, errno: EADDRINUSE)
    #expect(await bench.status().ending == .failed(errno: ECONNREFUSED))
    #expect(throws: taken) { try PlainListener.listen(address) }
  }

  @Test("are refused on an address that is none") func address() {
    #expect(throws: SimulationError.address("node-7")) {
      try Simulation(NodeSetup(.ok, host: "node-7"))
    }
    #expect(throws: SimulationError.self) { try Simulation(NodeSetup(.ok, host: "192.0.2.1")) }
  }

  @Test("print what a real one would print, in a file of their own")
  func printed() async throws {
    let path = "/tmp/esptriage-uart-\(getpid())-\(UInt32.random(in: 0 ... .max)).log"
    defer { unlink(path) }
    let bench = try SimulationBench("early-panic", log: path)
    #expect(await bench.upload().status == 200)
    #expect(try await bench.reaches { $0.boots == 3 && $0.isAnswering })
    bench.simulation.stop()
    let lines = try text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
    let told = lines.filter { line in
      ["rst:", "reset_reason=", "content_length=", "successful", "Guru", "SHA256: "].contains {
        line.contains($0)
      }
    }.map { $0.drop { $0 != ")" }.dropFirst(2) }
    #expect(told.contains("main: boot: reset_reason=POWERON running_partition=ota_0"))
    #expect(told.contains("ota_update: OTA update started, content_length=150000"))
    #expect(
      told.contains("ota_update: OTA update successful! Rebooting to partition 'ota_1'..."))
    #expect(told.contains("main: boot: reset_reason=SW running_partition=ota_1"))
    #expect(told.contains("main: boot: reset_reason=PANIC running_partition=ota_0"))
    #expect(lines.contains { $0.hasPrefix("Guru Meditation Error: Core  0 panic'ed") })
  }

  @Test("complain about a file that cannot be written") func badLog() {
    #expect(throws: SimulationError.log(path: "/nowhere/node.log", errno: ENOENT)) {
      try Simulation(NodeSetup(.ok, log: "/nowhere/node.log"))
    }
  }

  @Test(
    "are updated with images of the size that was asked for",
    arguments: [
      1024, 4096, 262_144, 262_160, 300_000, 921_600,
    ])
  func imageSizes(size: Int) async throws {
    let image = ImageMaker(size: size).bytes()
    #expect(image.count == size)
    #expect(image.prefix(1) == [0xE9])
    #expect(image[32..<36].elementsEqual([0x32, 0x54, 0xCD, 0xAB]))
    #expect(ImageMaker(size: size).bytes() == image)
    #expect(ImageMaker(BuildDescription(version: "9"), size: size).bytes() != image)
    let bench = try SimulationBench("ok", speed: 100)
    #expect(await bench.post("/ota", image).status == 200)
  }

  private func text(of path: String) throws -> String {
    let file = open(path, O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(file, &buffer, buffer.count), count > 0 {
      all += buffer.prefix(count)
    }
    return String(decoding: all, as: UTF8.self)
  }
}
