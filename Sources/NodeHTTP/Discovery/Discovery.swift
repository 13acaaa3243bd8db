/// Asks many addresses at once who they are.
public struct Discovery: Sendable {
  private let client: NodeClient
  private let limits: TimeLimits
  private let atOnce: Int

  /// Asks with this client, 1.5 s for each address, and so many at once.
  public init(client: NodeClient, limits: TimeLimits = .discovery, atOnce: Int = 128) {
    self.client = client
    self.limits = limits
    self.atOnce = max(atOnce, 1)
  }

  /// What each address answered, in the order of the addresses.
  public func ask(_ addresses: [NodeAddress]) async -> [StatusRead] {
    await withTaskGroup(of: (Int, StatusRead).self) { group in
      var waiting = addresses.enumerated().makeIterator()
      var reads: [Int: StatusRead] = [:]
      func askNext() {
        guard let (index, address) = waiting.next() else { return }
        group.addTask { (index, await client.status(of: address, limits: limits)) }
      }
      for _ in 0..<atOnce { askNext() }
      for await (index, read) in group {
        reads[index] = read
        askNext()
      }
      return addresses.indices.compactMap { reads[$0] }
    }
  }

  /// The nodes among the addresses: those that answer as this firmware does.
  public func nodes(among addresses: [NodeAddress]) async -> [StatusRead] {
    await ask(addresses).filter { $0.status != nil }
  }
}
