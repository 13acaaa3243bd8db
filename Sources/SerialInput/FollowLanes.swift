/// The devices that are followed, and which port belongs to which.
struct FollowLanes {
  private(set) var all: [FollowLane] = []

  mutating func append(_ lane: FollowLane) { all.append(lane) }

  /// Matches the lanes that wait with the ports that are there.
  func seek(among ports: [AttachedPort], now: Int64, patience: Duration) {
    for lane in all where !lane.isOpen {
      if let port = port(for: lane, among: ports) {
        lane.found(port, now: now, patience: patience)
      } else {
        lane.candidate = nil
        lane.nextTry = nil
      }
    }
  }

  private func port(for lane: FollowLane, among ports: [AttachedPort]) -> AttachedPort? {
    let taken = Set(all.compactMap { $0.isOpen ? $0.openNode : nil })
    let match = ports.first { !taken.contains($0.node) && lane.matches($0) }
    guard match == nil, lane.known.usb == nil else { return match }
    // A named path: whatever is there now, or nothing.
    let named = SerialPorts.port(at: lane.node.node, among: ports)
    return named.flatMap { taken.contains($0.node) ? nil : $0 }
  }

  /// Whether a lane has this port, is about to, or waits for it.
  ///
  /// Boards with the same serial number exist: an open lane has only the node it is open as. Once that node is
  /// gone, the lane is about to notice, and what looks like its device is.
  func has(_ port: AttachedPort, among ports: [AttachedPort]) -> Bool {
    all.contains { lane in
      guard let open = lane.openNode else {
        return lane.candidate?.node == port.node || lane.matches(port)
      }
      return open == port.node || (lane.matches(port) && !ports.contains { $0.node == open })
    }
  }
}
