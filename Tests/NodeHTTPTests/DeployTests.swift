import NodeHTTP
import NodeSimulation
import Synchronization
import Testing

@Suite("Deploying", .serialized)
struct DeployTests {
  @Test("good nodes are updated once each, and confirmed by slot and build")
  func allGood() async throws {
    let fleet = try DeployFleet([.ok, .ok, .ok, .ok])
    let outcome = try await fleet.deploy()
    #expect(outcome.record.condition == .finished)
    #expect(outcome.record.isConfirmed)
    #expect(outcome.record.nodes.map(\.step) == Array(repeating: .confirmed, count: 4))
    #expect(outcome.record.nodes.allSatisfy { $0.after?.runningPartition == "ota_1" })
    #expect(fleet.updates == [1, 1, 1, 1])
    #expect(outcome.evidence[0]?.reads.count ?? 0 >= 3)
  }

  @Test("each step is recorded before it is taken")
  func recorded() async throws {
    let fleet = try DeployFleet([.ok])
    _ = try await fleet.deploy()
    var steps: [NodeStep] = []
    for step in fleet.records.compactMap({ $0.nodes.first?.step }) where step != steps.last {
      steps.append(step)
    }
    #expect(steps == [.pending, .sending, .sent, .confirmed])
  }

  /// Scenarios, what becomes of a node that follows them, and whether it took the update.
  private static let courses: [(name: String, step: NodeStep, updates: Int)] = [
    ("early-panic", .failed, 1), ("old-image-stays", .failed, 1), ("dead", .failed, 1),
    ("handler-overflow", .failed, 0), ("reset-mid-upload", .failed, 0),
    ("validation-failed", .failed, 0), ("begin-failed", .refused, 0), ("wrong-key", .refused, 0),
    ("no-key", .refused, 0), ("other-server", .refused, 0), ("json-cut", .refused, 0),
    // An upload without an answer counts as little as one with success.
    ("reset-after-answer", .confirmed, 1), ("reset-without-answer", .confirmed, 1),
    ("slow-erase", .confirmed, 1),
  ]

  @Test("whatever the upload was answered, the status afterwards decides")
  func decided() async throws {
    let fleet = try DeployFleet(Self.courses.map { .catalogued($0.name) })
    let outcome = try await fleet.deploy()
    for (index, course) in Self.courses.enumerated() {
      let node = outcome.record.nodes[index]
      #expect(node.step == course.step, "\(course.name)")
      #expect(fleet.updates[index] == course.updates || course.step != .confirmed, "\(course.name)")
      #expect(fleet.updates[index] <= 1, "\(course.name)")
      #expect(node.judgement != nil, "\(course.name)")
    }
    #expect(!outcome.record.isConfirmed)
  }

  @Test("an image that runs for some seconds and is taken back is caught by the later reads")
  func late() async throws {
    let scenario = Scenario(
      "late", shows: "", newImage: .panics(after: .seconds(10)), rollback: .on)
    let fleet = try DeployFleet([scenario])
    #expect(try await fleet.deploy().record.nodes.first?.step == .failed)
  }

  @Test("an image beyond a node's limit is not sent at all")
  func tooLarge() async throws {
    let fleet = try DeployFleet([.catalogued("too-large"), .ok])
    let outcome = try await fleet.deploy()
    #expect(outcome.record.nodes.map(\.step) == [.refused, .confirmed])
    #expect(fleet.uploads == [0, 1])
  }

  @Test("a node that runs the build already is left alone, and sent again only on request")
  func sameBuild() async throws {
    let fleet = try DeployFleet([.ok])
    _ = try await fleet.deploy()
    #expect(try await fleet.deploy().record.nodes.first?.step == .upToDate)
    #expect(fleet.updates == [1])
    var settings = fleet.settings
    settings.sameBuild = .sendAgain
    let outcome = try await fleet.deploy(nil, settings)
    #expect(outcome.record.nodes.first?.step == .confirmed)
    #expect(outcome.record.nodes.first?.after?.runningPartition == "ota_0")
    #expect(fleet.updates == [2])
  }

  @Test("a silent address does not hold up the others, and counts as no failure of the image")
  func silent() async throws {
    let fleet = try DeployFleet([.catalogued("silent"), .ok])
    let outcome = try await fleet.deploy()
    #expect(outcome.record.nodes.map(\.step) == [.unreachable, .confirmed])
    #expect(outcome.record.failures.failed == 0)
  }

  @Test("nothing is sent when the record cannot be written")
  func unsaved() async throws {
    struct DiskFull: Error {}
    let fleet = try DeployFleet([.ok, .ok])
    let begun = Mutex(0)
    let deployment = Deployment(
      of: fleet.image, record: fleet.newRecord(), settings: fleet.settings, client: fleet.client,
      judge: { _ in NodeJudgement(verdict: "-", why: "") },
      save: { record in
        // The first write is the beginning of the run itself.
        let isFirst = begun.withLock { count in
          count += 1
          return count == 1
        }
        if !isFirst { throw DiskFull() }
      })
    await #expect(throws: DiskFull.self) { try await deployment.run() }
    #expect(fleet.uploads == [0, 0])
  }

  @Test("no node gets an image whose file was replaced meanwhile")
  func replacedFile() async throws {
    let fleet = try DeployFleet([.ok, .ok, .ok])
    var settings = fleet.settings
    settings.jobs = 1
    let asked = Mutex(0)
    let outcome = try await fleet.deploy(
      nil, settings,
      isImageIntact: {
        asked.withLock { count in
          count += 1
          return count <= 1
        }
      })
    #expect(outcome.record.condition == .stopped)
    #expect(outcome.record.reason?.contains("another file") == true)
    #expect(outcome.record.nodes.map(\.step) == [.confirmed, .pending, .pending])
  }
}
