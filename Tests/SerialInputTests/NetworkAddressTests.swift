import SerialInput
import Testing

@Suite("Names of ports in the network")
struct NetworkAddressTests {
  @Test("URLs are read as pySerial reads them")
  func accepted() throws {
    let plain = try #require(try NetworkAddress(url: "socket://10.0.0.7:5555"))
    #expect((plain.scheme, plain.host, plain.port) == (.socket, "10.0.0.7", 5555))
    let options = "RFC2217://lab-pi:4000/?ign_set_control&poll_modem&logging=debug&timeout=2.5"
    let rich = try #require(try NetworkAddress(url: options))
    #expect((rich.scheme, rich.host, rich.port) == (.rfc2217, "lab-pi", 4000))
    #expect(rich.patience == .milliseconds(2500))
    #expect(try NetworkAddress(url: "socket://[fe80::1]:23")?.host == "fe80::1")
  }

  @Test("what is no URL of a port is a device, and - is standard input")
  func others() throws {
    #expect(try PortSource("/dev/ttyUSB0") == .device(path: "/dev/ttyUSB0"))
    #expect(try PortSource("-") == .standardInput)
    #expect(NodeIdentity(node: "rfc2217://lab-pi:4000").name == "lab-pi:4000")
  }

  @Test(
    "what cannot be read is refused with its reason",
    arguments: [
      ("socket://", RemotePortError.Malformation.host), ("socket://:5", .host),
      ("socket://fe80::1:23", .host), ("socket://[fe80::1", .host), ("socket://host", .port),
      ("socket://host:", .port), ("socket://host:0", .port), ("socket://host:65536", .port),
      ("socket://[::1]5", .port), ("socket://host:12x", .port),
      ("rfc2217://host:1?bogus=1", .option("bogus")),
      ("socket://host:1?timeout=1", .option("timeout")),
      ("rfc2217://host:1?timeout=soon", .timeout), ("rfc2217://host:1?timeout=nan", .timeout),
      ("rfc2217://host:1?timeout=-1", .timeout),
      // The accent makes one character with the slash in front of it.
      ("rfc2217://\u{301}lab-pi", .port), ("http://10.0.0.7:80", .scheme("http")),
      ("telnet://10.0.0.7:23", .scheme("telnet")),
    ])
  func refused(url: String, problem: RemotePortError.Malformation) {
    #expect(throws: RemotePortError.malformed(url: url, problem)) {
      _ = try NetworkAddress(url: url)
    }
  }

  @Test("every error names the port and a next step")
  func errors() throws {
    let address = try #require(try NetworkAddress(url: "rfc2217://lab-pi:4000"))
    let errors: [RemotePortError] = [
      .unknownHost(address), .noNameServer(address), .refused(address), .timedOut(address),
      .unreachable(address, errno: 113), .noComPortOption(address),
      .otherBaud(address, wanted: 3_000_000, actual: 115_200),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("rfc2217://lab-pi:4000: "))
      #expect(SerialPortError.remote(error).path == address.url)
    }
    #expect(RemotePortError.refused(address).description.contains("esp_rfc2217_server"))
    #expect(RemotePortError.noComPortOption(address).description.contains("socket://lab-pi:4000"))
  }
}
