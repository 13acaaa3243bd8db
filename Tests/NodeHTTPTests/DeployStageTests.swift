import NodeHTTP
import NodeSimulation
import Synchronization
import Testing

@Suite("Deploying in stages", .serialized)
struct DeployStageTests {
  private static let late = Scenario(
    "late", shows: "", newImage: .panics(after: .seconds(60)), rollback: .on)

  private func plan(_ text: String) throws -> StagePlan { try #require(StagePlan(text)) }

  @Test("a failure in the first stage keeps the image from all other nodes")
  func halted() async throws {
    let bad = Scenario.catalogued("early-panic")
    let fleet = try DeployFleet([bad] + Array(repeating: .ok, count: 7))
    var settings = fleet.settings
    settings.stages = try plan("10%,100%")
    settings.halt = HaltRule(failures: 1, percent: nil)
    let outcome = try await fleet.deploy(fleet.newRecord(settings.stages), settings)
    #expect(outcome.record.condition == .stopped)
    #expect(outcome.record.reason?.contains("1 of 1 nodes failed") == true)
    #expect(outcome.record.nodes.dropFirst().allSatisfy { $0.step == .pending })
    #expect(fleet.uploads == [1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("with a limit on failures, no more nodes are at stake at once than uploads run at once")
  func atStake() async throws {
    let fleet = try DeployFleet(Array(repeating: .catalogued("old-image-stays"), count: 8))
    var settings = fleet.settings
    settings.jobs = 2
    settings.halt = HaltRule(failures: 2, percent: nil)
    let outcome = try await fleet.deploy(nil, settings)
    #expect(outcome.record.condition == .stopped)
    // The second failure may come while one more has begun.
    #expect(fleet.uploads.reduce(0, +) <= 3)
  }

  @Test("after a pause the same record goes on with the next stage")
  func paused() async throws {
    let fleet = try DeployFleet(Array(repeating: .ok, count: 4))
    var settings = fleet.settings
    settings.stages = try plan("50%,100%")
    settings.afterStage = .pause
    let first = try await fleet.deploy(fleet.newRecord(settings.stages), settings)
    #expect(first.record.condition == .paused)
    #expect(!first.wasInterrupted)
    #expect(first.record.nodes.map(\.step) == [.confirmed, .confirmed, .pending, .pending])
    let second = try await fleet.deploy(first.record, settings)
    #expect(second.record.condition == .finished)
    #expect(second.record.isConfirmed)
    #expect(fleet.updates == [1, 1, 1, 1])
  }

  @Test("a node that gives the image up while it is watched stops the rollout")
  func soaked() async throws {
    let fleet = try DeployFleet([Self.late, .ok, .ok])
    var settings = fleet.settings
    settings.stages = try plan("34%,100%")
    settings.soak = .seconds(120)
    settings.soakInterval = .seconds(20)
    settings.halt = HaltRule(failures: 1, percent: nil)
    let outcome = try await fleet.deploy(fleet.newRecord(settings.stages), settings)
    #expect(outcome.record.condition == .stopped)
    #expect(outcome.record.nodes.first?.step == .failed)
    #expect(outcome.record.nodes.last?.step == .pending)
  }

  @Test("a node that is silent when a short soak ends has not held the image")
  func silentAtTheEnd() async throws {
    let fleet = try DeployFleet([.ok, .ok])
    var settings = fleet.settings
    settings.stages = try plan("50%,100%")
    settings.soak = .seconds(10)
    settings.halt = HaltRule(failures: 1, percent: nil)
    let simulation = fleet.simulation
    let outcome = try await fleet.deploy(
      fleet.newRecord(settings.stages), settings,
      tell: { if case .soaking = $0 { simulation.stop() } })
    #expect(outcome.record.condition == .stopped)
    #expect(outcome.record.nodes.map(\.step) == [.failed, .pending])
  }

  @Test("a stop in the middle leaves a record from which all get the image once")
  func interrupted() async throws {
    let fleet = try DeployFleet(Array(repeating: .ok, count: 6))
    var settings = fleet.settings
    settings.jobs = 2
    let stop = Mutex(false)
    let first = try await fleet.deploy(
      nil, settings, isStopRequested: { stop.withLock { $0 } },
      tell: { event in
        if case .node(_, let node) = event, node.step == .sending { stop.withLock { $0 = true } }
      })
    #expect(first.wasInterrupted)
    #expect(first.record.condition == .paused)
    #expect(first.record.nodes.contains { $0.step == .pending })
    #expect(!first.record.nodes.contains { $0.step == .sending })
    let second = try await fleet.deploy(first.record, settings)
    #expect(second.record.isConfirmed)
    #expect(fleet.updates == Array(repeating: 1, count: 6))
  }

  @Test("a node whose upload was under way is asked before anything is sent")
  func underWay() async throws {
    let fleet = try DeployFleet([.ok, .ok])
    let first = try await fleet.deploy()
    // As a kill between the last byte and the note about it leaves the record.
    var record = first.record
    record.condition = .running
    record.nodes[0].step = .sending
    record.nodes[1].step = .sent
    let second = try await fleet.deploy(record)
    #expect(second.record.isConfirmed)
    #expect(fleet.uploads == [1, 1])
  }

  @Test("an upload that came to nothing is sent again")
  func lost() async throws {
    let fleet = try DeployFleet([.ok])
    var record = fleet.newRecord()
    record.nodes[0].step = .sending
    record.nodes[0].before = await fleet.client.status(of: fleet.nodes[0]).status
    #expect(try await fleet.deploy(record).record.isConfirmed)
    #expect(fleet.updates == [1])
  }

  @Test("shares rise, end where they were said to, and hold at least one node")
  func shares() throws {
    let stages = try plan("1%,10%,100%")
    #expect((0..<3).map { stages.count(through: $0, of: 200) } == [2, 20, 200])
    #expect((0..<3).map { stages.count(through: $0, of: 3) } == [1, 1, 3])
    #expect(StagePlan("5")?.percents == [5])
    for text in ["", "10%,5%", "0", "101%", "a", "1%,,2%", "-1", "1e1"] {
      #expect(StagePlan(text) == nil, "\(text)")
    }
  }

  @Test("a share of failures counts only from the least number of judged nodes on")
  func rates() {
    let rule = HaltRule(failures: nil, percent: 10, minimum: 5)
    #expect(rule.reason(failures: 4, among: 4) == nil)
    #expect(rule.reason(failures: 1, among: 10) != nil)
    #expect(rule.reason(failures: 1, among: 11) == nil)
    #expect(HaltRule.never.reason(failures: 9, among: 9) == nil)
    #expect(HaltRule(failures: 3, percent: 50).reason(failures: 3, among: 100) != nil)
  }
}
