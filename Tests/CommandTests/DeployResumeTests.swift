import Foundation
import NodeSimulation
import Testing

/// Deployments that are killed, stopped and taken up again.
@Suite("esptriage deploy, interrupted", .serialized)
struct DeployResumeTests {
  @Test(
    "killed at any point, it goes on: none confirmed is lost, none is updated twice",
    arguments: [0.15, 0.35, 0.6, 0.9, 1.3])
  func killed(seconds: Double) throws {
    let bench = try DeployBench(Array(repeating: .ok, count: 6))
    let running = try bench.start(bench.hosts + ["--jobs", "2"])
    usleep(UInt32(seconds * 1_000_000))
    kill(running.number, SIGKILL)
    _ = running.end()
    let confirmed = bench.recordedSteps.enumerated().filter { $0.element == "confirmed" }
    let uploadsBefore = bench.uploads
    let run = try bench.deploy(
      bench.hosts[0], bench.hosts[1], bench.hosts[2], bench.hosts[3], bench.hosts[4],
      bench.hosts[5])
    #expect(run.status == 0, "\(run.output)\n\(run.errors)")
    #expect(bench.updates == Array(repeating: 1, count: 6))
    for (index, _) in confirmed { #expect(bench.uploads[index] == uploadsBefore[index]) }
    #expect(Set(bench.recordedSteps) == ["confirmed"])
  }

  @Test("killed while an upload runs, it asks the node before it sends again")
  func killedWhileSending() throws {
    // Seconds of erasing, so that a busy machine kills it in time.
    let bench = try DeployBench([.catalogued("slow-erase")], speed: 4)
    let running = try bench.start([bench.hosts[0]])
    #expect(eventually { bench.recordedSteps == ["sending"] })
    kill(running.number, SIGKILL)
    _ = running.end()
    #expect(bench.recordedSteps == ["sending"])
    let run = try bench.deploy(bench.hosts[0])
    #expect(run.status == 0, "\(run.output)\n\(run.errors)")
    #expect(run.errors.contains("going on where an earlier run ended: 0 of 1 nodes confirmed"))
    #expect(bench.updates == [1])
  }

  @Test("Ctrl-C lets running uploads end, keeps the state, and says how to go on")
  func interrupted() throws {
    let bench = try DeployBench(Array(repeating: .ok, count: 5), speed: 5)
    let running = try bench.start(bench.hosts + ["--jobs", "1"])
    #expect(running.shows("the upload is over, waiting to see what it runs"))
    running.interrupt()
    let run = running.end()
    #expect(run.status == 130)
    #expect(run.output.contains("Paused: the same command goes on"))
    #expect(!bench.recordedSteps.contains("sending"))
    #expect(bench.recordedSteps.contains("pending"))
    // What is not named then is known from the state.
    let rest = try RunningProgram(bench.program, bench.arguments).end()
    #expect(rest.status == 0, "\(rest.output)\n\(rest.errors)")
    #expect(bench.updates == Array(repeating: 1, count: 5))
  }

  @Test("a staged rollout stops at a failure, and goes on only when told to")
  func stopped() throws {
    let bench = try DeployBench([.catalogued("old-image-stays"), .ok, .ok, .ok])
    let stages = bench.hosts + ["--stage", "25%,100%"]
    let first = try bench.start(stages).end()
    #expect(first.status == 1)
    #expect(first.output.contains("Stopped: 1 of 1 nodes failed, and the limit is 1."))
    #expect(bench.uploads == [1, 0, 0, 0])
    let second = try bench.start(stages).end()
    #expect(second.status == 2)
    #expect(second.errors.contains("--continue goes on"))
    #expect(second.errors.contains(": ota_not_taken. Plug a USB cable"))
    #expect(bench.uploads == [1, 0, 0, 0])
    let third = try bench.start(stages + ["--continue"]).end()
    #expect(third.status == 1)
    #expect(third.output.contains("3 of 4 nodes confirmed."))
    #expect(bench.uploads == [1, 1, 1, 1])
  }

  @Test("a rollout that pauses after each stage goes on with the same command")
  func paused() throws {
    let bench = try DeployBench(Array(repeating: .ok, count: 4))
    let stages = bench.hosts + ["--stage", "50%,100%", "--one-stage", "--soak", "20"]
    let first = try bench.start(stages).end()
    #expect(first.status == 1)
    #expect(first.output.contains("2 of 4 nodes confirmed. Paused"))
    #expect(try bench.start(stages).end().status == 0)
    #expect(bench.updates == [1, 1, 1, 1])
  }

  @Test("a plan that ends below 100 % leaves the other nodes as they are, and says how to go on")
  func partial() throws {
    let bench = try DeployBench(Array(repeating: .ok, count: 4))
    let first = try bench.start(bench.hosts + ["--stage", "50%"]).end()
    #expect(first.status == 1)
    #expect(first.output.contains("2 nodes were left as they are"))
    #expect(bench.updates == [1, 1, 0, 0])
    #expect(try bench.start(bench.hosts + ["--stage", "50%,100%"]).end().status == 0)
    #expect(bench.updates == [1, 1, 1, 1])
  }

  @Test("a name that nobody knows does not keep the other nodes from their update")
  func unknownName() throws {
    let bench = try DeployBench([.ok])
    let run = try bench.start(bench.hosts + ["no-such-node.invalid"]).end()
    #expect(run.status == 1)
    #expect(run.output.contains("1 of 2 nodes confirmed."))
    #expect(run.output.contains("node_unreachable"))
    #expect(bench.updates == [1])
  }

  @Test("the state of another image is refused with the way out, and kept")
  func otherImage() throws {
    let bench = try DeployBench([.catalogued("dead"), .ok])
    let stages = bench.hosts + ["--stage", "50%"]
    #expect(try bench.start(stages).end().status == 1)
    let other = ImageMaker(BuildDescription(version: "0.7.0", date: "Jun 1 2026"), size: 2_000)
    try bench.program.write(Data(other.bytes()), to: "app.bin")
    let run = try bench.start(stages).end()
    #expect(run.status == 2)
    #expect(run.errors.contains("belongs to another image, app.bin"))
    #expect(run.errors.contains("--restart"))
    #expect(bench.uploads == [1, 0])
  }

  @Test("two programs do not deploy with one state")
  func twice() throws {
    let bench = try DeployBench([.catalogued("slow-erase")], speed: 4)
    let running = try bench.start([bench.hosts[0]])
    #expect(eventually { !bench.recordedSteps.isEmpty })
    let second = try bench.deploy(bench.hosts[0])
    #expect(second.status == 2)
    #expect(second.errors.contains("Another esptriage is deploying"))
    #expect(running.end().status == 0)
    #expect(bench.updates == [1])
  }

  @Test("a state that is damaged is not taken for an empty one")
  func damaged() throws {
    let bench = try DeployBench([.ok])
    try bench.program.write(
      "{\"schema\": \"esptriage.deploy-state/1\", \"nodes\": [", to: "state.json")
    let run = try bench.deploy(bench.hosts[0])
    #expect(run.status == 2)
    #expect(run.errors.contains("state.json is no state of a deployment"))
    #expect(bench.uploads == [0])
  }

  private func eventually(_ isTrue: () -> Bool) -> Bool {
    let deadline = Date(timeIntervalSinceNow: 20)
    while Date.now < deadline {
      if isTrue() { return true }
      usleep(2_000)
    }
    return false
  }
}
