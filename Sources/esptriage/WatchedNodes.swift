import Analysis
import Reporting
import SerialInput

/// The nodes of one following, in the order in which they were first spoken of.
struct WatchedNodes {
  private static let mostFootRows = 8

  private let target: FollowTarget
  private let wishes: LiveWishes
  private var nodes: [WatchedNode] = []
  private var places: [NodeIdentity: Int] = [:]

  /// None yet.
  init(_ target: FollowTarget, _ wishes: LiveWishes) {
    self.target = target
    self.wishes = wishes
  }

  /// Whether no node was ever spoken of.
  var isEmpty: Bool { nodes.isEmpty }

  var indices: Range<Int> { nodes.indices }

  /// All of them.
  var all: [WatchedNode] { nodes }

  /// The node at a place that `place` gave.
  subscript(place: Int) -> WatchedNode {
    _read { yield nodes[place] }
    _modify { yield &nodes[place] }
  }

  /// The place of a node, which begins a case where it is a new one.
  mutating func place(of node: NodeIdentity) -> Int {
    if let place = places[node] { return place }
    let analysis = LogAnalysis(
      source: node.node, context: wishes.context, rules: wishes.rules, decoder: wishes.decoder)
    let lane = LogScroll.Lane(name: String(node.name.suffix(8)), number: nodes.count)
    nodes.append(WatchedNode(node, lane: lane, analysis: analysis))
    places[node] = nodes.count - 1
    return nodes.count - 1
  }

  /// Nil while there can be only one node.
  func lane(of place: Int) -> LogScroll.Lane? {
    switch target {
    case .ports(let paths): paths.count > 1 || nodes.count > 1 ? nodes[place].lane : nil
    case .everyNode: nodes[place].lane
    case .firstNode: nodes.count > 1 ? nodes[place].lane : nil
    }
  }

  /// What stands at the foot of the screen: lines without an end, and the state of each node.
  func footRows(_ layout: TextLayout, now: ContinuousClock.Instant) -> [String] {
    guard !nodes.isEmpty else { return ["waiting for a node to be plugged in"] }
    let rows = nodes.compactMap(\.unfinished) + nodes.map { $0.status(now: now).text(layout) }
    return Array(rows.suffix(Self.mostFootRows))
  }
}
