/// Keeps the record of a deployment, and has it written before and after each step.
actor DeployLedger {
  private(set) var record: DeployRecord
  private(set) var evidence: [Int: NodeEvidence] = [:]
  /// Why the record could not be written; nothing may be sent after that.
  private(set) var writeError: (any Error)?
  private let save: @Sendable (DeployRecord) throws -> Void
  private let tell: @Sendable (DeployEvent) -> Void

  init(
    _ record: DeployRecord, save: @escaping @Sendable (DeployRecord) throws -> Void,
    tell: @escaping @Sendable (DeployEvent) -> Void
  ) {
    self.record = record
    self.save = save
    self.tell = tell
  }

  /// Changes the deployment as a whole.
  func note(_ change: @Sendable (inout DeployRecord) -> Void) throws {
    change(&record)
    try write()
  }

  /// Changes one node; the change is on disk once this returns.
  func note(_ index: Int, _ change: @Sendable (inout NodeRecord) -> Void) throws {
    guard record.nodes.indices.contains(index) else { return }
    change(&record.nodes[index])
    tell(.node(index, record.nodes[index]))
    try write()
  }

  func keep(_ seen: NodeEvidence, of index: Int) { evidence[index] = seen }

  private func write() throws {
    do {
      try save(record)
    } catch {
      writeError = error
      throw error
    }
  }
}

/// What happens in a deployment, as it happens.
public enum DeployEvent: Sendable {
  /// A stage begins: its number from 0, and how many nodes belong to it and those before.
  case stage(Int, nodes: Int)
  /// A node took a step.
  case node(Int, NodeRecord)
  /// An upload moved on.
  case uploading(Int, UploadProgress)
  /// A node is being asked whether it runs the image.
  case proving(Int, reads: Int)
  /// The nodes of a stage are being watched.
  case soaking(remaining: Duration)
}
