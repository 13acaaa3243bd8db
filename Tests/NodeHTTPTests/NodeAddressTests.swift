import NodeHTTP
import NodeSimulation
import Testing

@Suite("Node addresses")
struct NodeAddressTests {
  @Test("A node listens on the firmware's port unless said otherwise")
  func port() {
    #expect(NodeAddress(host: "127.0.0.1").port == 8032)
    #expect(PartitionSlot.ota0.other == .ota1)
  }

  @Test(
    "what a person types is read",
    arguments: [
      ("192.168.1.40", "192.168.1.40", 8032), ("192.168.1.40:80", "192.168.1.40", 80),
      ("node-7.local", "node-7.local", 8032), ("http://node-7:9000/", "node-7", 9000),
      ("[fe80::1%eth0]:8033", "fe80::1%eth0", 8033), ("fe80::1", "fe80::1", 8032),
    ])
  func parsing(text: String, host: String, port: Int) throws {
    let address = try NodeAddress(parsing: text)
    #expect(address == NodeAddress(host: host, port: port))
    #expect(try NodeAddress(parsing: address.description) == address)
  }

  @Test(
    "what cannot be an address is refused before anything is sent",
    arguments: [
      "", ":80", "a b", "node@evil", "node/ota", "node:0", "node:70000", "node:+80", "node:",
      "[::1", "[::1]80", "https://node", "node?x", "n\u{7}", "ñode",
    ])
  func refusing(text: String) {
    #expect(throws: NodeAddressError.self) { try NodeAddress(parsing: text) }
  }

  @Test(
    "a target is four numbers and a port, nothing else",
    arguments: [
      ("10.0.0.2:5005", true), ("255.255.255.255:65535", true), ("10.0.0.2", false),
      ("10.0.0.2:0", false), ("10.0.0.256:1", false), ("10.0.02.1:1", false), ("10.0.0:1", false),
      ("host:5005", false), ("10.0.0.2:5005 ", false), ("10.0.0.2:5005:1", false), ("", false),
      ("10.0.0.+2:1", false), ("10..0.2:1", false), ("10.0.0.2:99999999999999999999", false),
    ])
  func targets(text: String, isGood: Bool) {
    #expect((AggregatorTarget(text) != nil) == isGood)
    if isGood { #expect(AggregatorTarget(text)?.description == text) }
  }
}
