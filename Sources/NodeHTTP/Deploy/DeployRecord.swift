/// Where a deployment stands: what has to survive a crash of this machine.
public struct DeployRecord: Hashable, Sendable {
  /// The SHA-256 of the image's file: the record belongs to this image and no other.
  public var imageDigest: String
  /// The image's file, as it was named.
  public var imagePath: String
  /// The stages, in percent.
  public var stages: StagePlan
  /// The stage that runs or is next, counted from 0.
  public var stage: Int
  /// How long the nodes of this stage were watched after its updates.
  public var soaked: Duration
  /// So many failures were accepted by somebody who let a stopped deployment go on.
  public var forgiven = 0
  /// Whether it goes on.
  public var condition: Condition
  /// Why it stopped.
  public var reason: String?
  /// The nodes in the order in which they are updated.
  public var nodes: [NodeRecord]

  /// Whether a deployment goes on.
  public enum Condition: String, Hashable, Sendable, CaseIterable {
    /// It runs, or its program was killed.
    case running
    /// Somebody paused it; the next run goes on.
    case paused
    /// It stopped itself because too many nodes failed; somebody has to decide.
    case stopped
    /// Every node has its result.
    case finished
  }

  /// A deployment that has not begun.
  public init(
    imageDigest: String, imagePath: String, stages: StagePlan, nodes: [NodeAddress]
  ) {
    self.imageDigest = imageDigest
    self.imagePath = imagePath
    self.stages = stages
    stage = 0
    soaked = .zero
    condition = .running
    self.nodes = nodes.map { NodeRecord(address: $0) }
  }

  /// Whether every node runs the image.
  public var isConfirmed: Bool { nodes.allSatisfy(\.step.isGood) }

  /// How many nodes the plan leaves as they are.
  public var beyondPlan: Int {
    nodes.count - stages.count(through: stages.percents.count - 1, of: nodes.count)
  }

  /// The nodes that count against the halt rule, and all that were judged.
  public var failures: (failed: Int, judged: Int) {
    let all = nodes.count { $0.step == .failed || $0.step == .refused }
    let failed = max(all - forgiven, 0)
    return (failed, failed + nodes.count { $0.step == .confirmed })
  }
}

/// Where one node stands.
public struct NodeRecord: Hashable, Sendable {
  /// Where it answers.
  public var address: NodeAddress
  /// How far it came.
  public var step: NodeStep = .pending
  /// What it said before the upload.
  public var before: NodeStatus?
  /// What it said last.
  public var after: NodeStatus?
  /// The judgement, once there is one.
  public var judgement: NodeJudgement?

  /// A node that nothing happened to.
  public init(address: NodeAddress) { self.address = address }
}

/// How far a node came.
public enum NodeStep: String, Hashable, Sendable, CaseIterable {
  /// Nothing was done.
  case pending
  /// The upload began; whether it ended is not known yet.
  case sending
  /// The upload ended; whether the image runs is not known yet.
  case sent
  /// It runs the image, read more than once.
  case confirmed
  /// It ran the image before anything was sent.
  case upToDate = "up_to_date"
  /// It did not answer before anything was sent.
  case unreachable
  /// It is as it was: a check before the upload, or the node itself, refused.
  case refused
  /// It had the image, or part of it, and does not run it.
  case failed

  /// Whether the node runs the image.
  public var isGood: Bool { self == .confirmed || self == .upToDate }

  /// Whether a new run may send the image without a doubt of sending it twice.
  public var isUntouched: Bool { self == .pending || self == .unreachable || self == .refused }
}

/// What is thought of a node, for people and programs.
public struct NodeJudgement: Hashable, Sendable {
  /// The verdict's id, `ota_ok`.
  public var verdict: String
  /// Why, as far as HTTP can know.
  public var why: String
  /// What to do or plug in next; empty where nothing is to be done.
  public var next: String

  /// Puts a judgement together.
  public init(verdict: String, why: String, next: String = "") {
    self.verdict = verdict
    self.why = why
    self.next = next
  }
}

/// All that was seen of one node: what a judgement rests on.
public struct NodeEvidence: Hashable, Sendable {
  /// Which node.
  public var address: NodeAddress
  /// What it said before the upload, or how it did not answer; nil where an earlier run asked.
  public var firstRead: StatusRead?
  /// Its words from before the upload.
  public var before: NodeStatus?
  /// The upload; nil where nothing was sent in this run.
  public var upload: Upload?
  /// The reads after the upload, in order.
  public var reads: [StatusRead] = []

  /// Nothing seen yet.
  public init(address: NodeAddress) { self.address = address }
}
