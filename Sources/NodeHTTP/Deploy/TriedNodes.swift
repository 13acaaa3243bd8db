import Synchronization

/// The nodes that this run has turned to already.
final class TriedNodes: Sendable {
  private let indexes = Mutex<Set<Int>>([])

  func add(_ index: Int) { indexes.withLock { _ = $0.insert(index) } }

  func contains(_ index: Int) -> Bool { indexes.withLock { $0.contains(index) } }
}
