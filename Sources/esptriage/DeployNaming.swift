import NodeHTTP
import Reporting

/// How the nodes of a deployment are called: by their addresses, and by their numbers where those must not be seen.
struct DeployNaming: Sendable {
  let readers: Privacy

  init(_ readers: Privacy) { self.readers = readers }

  /// The name of the node that has this place in the record.
  func name(of node: NodeRecord, _ index: Int) -> String {
    switch readers {
    case .own: HostileText.shown("\(node.address)")
    case .shared: "node \(index + 1)"
    }
  }

  /// Its host for programs: the address alone, or the number.
  func host(of node: NodeRecord, _ index: Int) -> String {
    switch readers {
    case .own: node.address.host
    case .shared: name(of: node, index)
    }
  }
}
