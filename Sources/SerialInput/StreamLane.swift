import Glibc

/// A source of a log that is no device of this computer: a connection, or standard input.
protocol StreamLane: AnyObject {
  /// What the receiver knows it by.
  var node: NodeIdentity { get }
  /// What to wait for.
  var poll: pollfd { get }
  /// When something is to be done without anything arriving.
  var deadline: Int64? { get }

  /// Does what is due.
  func act(now: Int64, _ tell: (PortEvent) -> Void)
  /// Takes what `poll` has found.
  func ready(
    _ events: Int16, _ buffer: UnsafeMutableRawBufferPointer, _ tell: (PortEvent) -> Void)
  /// Asks the other end for another rate.
  func setBaud(_ baud: UInt32, _ tell: (PortEvent) -> Void)
  /// Asks the other end to restart the chip.
  func reset(_ strategy: ResetStrategy, _ tell: (PortEvent) -> Void)
}

extension FollowTarget {
  /// Whether devices of this computer are to be looked for.
  var hasDevices: Bool {
    switch self {
    case .ports(let names): names.contains(where: PortSource.isDevice)
    case .everyNode, .firstNode: true
    }
  }

  /// The lanes of what is no device, in the order in which it was named.
  func streams(_ settings: FollowSettings) throws(RemotePortError) -> [any StreamLane] {
    guard case .ports(let names) = self else { return [] }
    var lanes: [any StreamLane] = []
    var seen: Set<String> = []
    for name in names where seen.insert(name).inserted {
      switch try PortSource(name) {
      case .device: break
      case .network(let address): lanes.append(NetworkLane(address, settings: settings))
      case .standardInput: lanes.append(InputLane(settings: settings))
      }
    }
    return lanes
  }
}
