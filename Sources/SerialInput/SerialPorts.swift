import Glibc

/// What is plugged in.
public enum SerialPorts {
  /// Every serial port of this computer, those that may be nodes first.
  ///
  /// Works with and without a running udevd (containers have none).
  public static func list() throws(SerialPortError) -> [AttachedPort] {
    if let problem = Udev.problem() { throw .libraryMissing(what: problem) }
    guard let udev = Udev() else {
      throw .system(path: "libudev", operation: "starting", errno: ENOMEM)
    }
    let links = StableLinks()
    var ports: [AttachedPort] = []
    let number = udev.forEachTTY { device in
      guard let node = device.node, !device.isUnwired else { return }
      ports.append(
        AttachedPort(
          node: node,
          stableLinks: Set(device.links).union(links.leading(to: node)).sorted(),
          usb: device.usb, driver: device.driver, access: PortAccess(of: node)))
    }
    guard number == 0 else {
      throw .system(path: "/sys/class/tty", operation: "listing", errno: number)
    }
    return ports.sorted(by: comesFirst)
  }

  /// What is known about the port at a path, which may be a link; nil where nothing is there.
  public static func port(at path: String) throws(SerialPortError) -> AttachedPort? {
    port(at: path, among: try list())
  }

  static func port(at path: String, among ports: [AttachedPort]) -> AttachedPort? {
    if let named = ports.first(where: { $0.node == path || $0.stableLinks.contains(path) }) {
      return named
    }
    guard let access = PortAccess(of: path) else { return nil }
    let number = deviceNumber(path)
    // udev makes the link before it tells of the port: the node is what the port will be known by.
    let node = path.hasPrefix("/dev/serial/") ? linkedName(path).map { "/dev/" + $0 } : nil
    // A pseudo-terminal, for one, is no port to udev.
    return ports.first { number != nil && deviceNumber($0.node) == number }
      ?? AttachedPort(node: node ?? path, access: access)
  }
}

/// The links that udev's rules make, found in the folders themselves for where libudev has no database.
private struct StableLinks {
  private var linksByNode: [String: [String]] = [:]

  init() {
    for folder in ["/dev/serial/by-id", "/dev/serial/by-path"] {
      // No such folder: no such links.
      for name in folderNames(folder) ?? [] {
        let link = "\(folder)/\(name)"
        // udev's links are relative and lead to nodes right in /dev.
        if let name = linkedName(link) { linksByNode["/dev/" + name, default: []].append(link) }
      }
    }
  }

  func leading(to node: String) -> [String] {
    linksByNode[node] ?? []
  }
}

private func comesFirst(_ left: AttachedPort, _ right: AttachedPort) -> Bool {
  if left.kind.mayBeNode != right.kind.mayBeNode { return left.kind.mayBeNode }
  // ttyUSB2 before ttyUSB10.
  let (leftName, rightName) = (left.node.utf8, right.node.utf8)
  let (leftStem, rightStem) = (withoutNumber(left.node), withoutNumber(right.node))
  if leftStem == rightStem, leftName.count != rightName.count {
    return leftName.count < rightName.count
  }
  return left.node < right.node
}

private func withoutNumber(_ node: String) -> Substring {
  var stem = node[...]
  while let last = stem.last, last.isASCII, last.isNumber { stem.removeLast() }
  return stem
}
