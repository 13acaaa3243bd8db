import NodeSimulation
import Testing

@testable import NodeHTTP

@Suite("Discovery")
struct DeployDiscoveryTests {
  private static let table = """
    IP address       HW type     Flags       HW address            Mask     Device
    192.168.1.9      0x1         0x2         7c:df:a1:00:00:09     *        wlan0
    192.168.1.40     0x1         0x0         00:00:00:00:00:00     *        wlan0
    192.168.1.5      0x1         0x6         7c:df:a1:00:00:05     *        wlan0
    192.168.1.9      0x1         0x2         7c:df:a1:00:00:09     *        eth0
    192.168.1.300    0x1         0x2         7c:df:a1:00:00:01     *        wlan0
    \u{1b}[2J        0x1         0x2

    """

  @Test("the neighbour table gives each address once that somebody answered for")
  func neighbours() {
    #expect(NeighbourTable(text: Self.table).addresses == ["192.168.1.5", "192.168.1.9"])
    #expect(NeighbourTable(text: "").addresses.isEmpty)
  }

  @Test("a table that cannot be read is told by its path")
  func unreadable() {
    let error = #expect(throws: DiscoveryError.self) {
      try NeighbourTable(reading: "/nonexistent/arp")
    }
    #expect(error?.description.contains("/nonexistent/arp") == true)
  }

  @Test("among many addresses those are found that answer as this firmware does")
  func asked() async throws {
    let scenarios = ["ok", "other-server", "ok", "silent", "json-cut"].map(Scenario.catalogued)
    let fleet = try DeployFleet(scenarios)
    let discovery = Discovery(client: fleet.client, limits: .within(.seconds(3)), atOnce: 3)
    let found = await discovery.nodes(among: fleet.nodes)
    #expect(found.map(\.address) == [fleet.nodes[0], fleet.nodes[2]])
  }

  @Test(
    "a sweep asks 253 addresses: neither the network's nor the broadcast's nor this machine's own")
  func sweep() {
    let network = LocalNetwork(interface: "wlan0", own: 0xC0A8_0128)
    #expect(network.description == "192.168.1.0/24")
    #expect(network.addresses.count == 253)
    #expect(network.addresses.first == "192.168.1.1")
    #expect(network.addresses.last == "192.168.1.254")
    #expect(!network.addresses.contains("192.168.1.40"))
  }

  @Test("the loopback is no network to look for nodes in")
  func networks() throws {
    #expect(try LocalNetwork.all().allSatisfy { !$0.description.hasPrefix("127.") })
  }

  @Test("a name becomes its number once, an address stays as it is")
  func names() throws {
    #expect(
      try NodeAddress(host: "localhost", port: 7).resolved()
        == NodeAddress(host: "127.0.0.1", port: 7))
    #expect(try NodeAddress(host: "10.1.2.3").resolved().host == "10.1.2.3")
    #expect(throws: DiscoveryError.self) {
      try NodeAddress(host: "no-such-node.invalid").resolved()
    }
  }

  @Test("builds are earlier and later by their date, not by their spelling")
  func order() throws {
    let april = try #require(BuildTime(date: "Apr 30 2026", time: "23:59:59"))
    let may = try #require(BuildTime(date: "May  1 2026", time: "00:00:00"))
    #expect(april < may)
    #expect(!(may < april))
    let odd = try #require(BuildTime(date: "someday", time: "12:00"))
    #expect(!(odd < may) && !(may < odd))
  }
}
