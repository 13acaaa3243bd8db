import Synchronization

/// What a simulated node is at one moment.
public struct NodeState: Hashable, Sendable {
  /// The slot that runs.
  public var running: PartitionSlot = .ota0
  /// What the slots hold, by what their images say about themselves.
  public var images: [PartitionSlot: BuildDescription] = [:]
  /// The SHA-256 at the end of each image.
  public var digests: [PartitionSlot: [UInt8]] = [:]
  /// Whether HTTP is up.
  public var isAnswering = false
  /// Boots since the power came on, the first one included.
  public var boots = 0
  /// Why it booted last.
  public var lastReset: ResetReason = .powerOn
  /// Uploads that began, whatever became of them.
  public var uploadsBegun = 0
  /// Uploads that were verified and chosen to boot.
  public var uploadsTaken = 0
  /// Requests of any kind.
  public var requests = 0
  /// Where the measurements go.
  public var target = ""
  /// Whether the running image still has to confirm itself.
  public var isPending = false
  /// The last boots, oldest first; no more than `NodeState.remembered`.
  public var history: [BootRecord] = []
  /// Why its UART's file could not be written; nil where nothing went wrong.
  public var logError: Int32?
}

/// One boot of a simulated node.
public struct BootRecord: Hashable, Sendable {
  /// The slot that ran.
  public var slot: PartitionSlot
  /// Why the chip started.
  public var reset: ResetReason
  /// Whether HTTP was up before the next reset.
  public var answered: Bool

  /// Puts a record together.
  public init(_ slot: PartitionSlot, _ reset: ResetReason, answered: Bool) {
    self.slot = slot
    self.reset = reset
    self.answered = answered
  }
}

extension NodeState {
  /// How many boots are remembered.
  public static let remembered = 32

  mutating func remember(_ boot: BootRecord) {
    if history.count == Self.remembered { history.removeFirst() }
    history.append(boot)
  }

  mutating func noteAnswering() {
    if let last = history.indices.last { history[last].answered = true }
  }
}

/// Where the nodes' thread writes what they are, and other threads read it.
final class StateBoard: Sendable {
  private struct Content {
    var states: [NodeState]
    var shallStop = false
  }

  private let content: Mutex<Content>

  init(count: Int) {
    content = Mutex(Content(states: Array(repeating: NodeState(), count: count)))
  }

  func state(of index: Int) -> NodeState {
    content.withLock { $0.states.indices.contains(index) ? $0.states[index] : NodeState() }
  }

  func set(_ state: NodeState, of index: Int) { content.withLock { $0.states[index] = state } }

  func askToStop() { content.withLock { $0.shallStop = true } }

  var shallStop: Bool { content.withLock { $0.shallStop } }
}
