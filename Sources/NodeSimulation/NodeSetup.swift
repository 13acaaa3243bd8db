/// What a simulated node is before anybody talks to it.
public struct NodeSetup: Hashable, Sendable {
  /// How it behaves.
  public var scenario: Scenario
  /// The IPv4 address it listens on, one of 127.0.0.0/8.
  public var host: String
  /// The TCP port; 0 takes a free one.
  public var port: UInt16
  /// The image that runs at first, in `ota_0`.
  public var image: BuildDescription
  /// The token that uploads need.
  public var key: String
  /// How long it takes for what it does.
  public var timing: Timing
  /// The file that gets what its UART prints.
  public var log: String?
  /// The number it calls itself by.
  public var number: Int

  /// The token of a node that was given no other.
  public static let usualKey = "simulated-key"
  /// The image that is older than what `BuildDescription()` describes.
  public static let olderImage = BuildDescription(
    version: "0.6.4", date: "Feb 11 2026", time: "16:02:40",
    elfSHA256: (0..<32).map { UInt8(($0 * 73 + 0x52) & 0xFF) })

  /// Puts a node together.
  public init(
    _ scenario: Scenario = .ok, host: String = "127.0.0.2", port: UInt16 = 0,
    image: BuildDescription = NodeSetup.olderImage, key: String = NodeSetup.usualKey,
    timing: Timing = Timing(), log: String? = nil, number: Int = 1
  ) {
    self.scenario = scenario
    self.host = host
    self.port = port
    self.image = image
    self.key = key
    self.timing = timing
    self.log = log
    self.number = number
  }
}
