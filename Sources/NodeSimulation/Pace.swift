/// How fast a simulated node's time passes.
public struct Pace: Hashable, Sendable {
  /// Seconds of the node in one second of the wall's clock.
  public let speed: Double

  /// As on hardware.
  public static let real = Pace(speed: 1)

  /// So many times as fast; what is not above zero counts as 1.
  public static func times(_ speed: Double) -> Pace { Pace(speed: speed > 0 ? speed : 1) }

  private init(speed: Double) { self.speed = speed }

  /// A stretch of the node's time, in nanoseconds of the wall's clock.
  func nanoseconds(_ duration: Duration) -> Int64 {
    let parts = duration.components
    let whole = Double(parts.seconds) * 1e9 + Double(parts.attoseconds) / 1e9
    return Int64(whole / speed)
  }

  /// A stretch of the wall's clock, in milliseconds of the node's time.
  func milliseconds(_ nanoseconds: Int64) -> Int { Int(Double(nanoseconds) / 1e6 * speed) }
}

/// How long a node takes for what it does, in its own time.
public struct Timing: Hashable, Sendable {
  /// From the reset to the first answer over HTTP: bootloader, start, Wi-Fi, address.
  public var boot: Duration = .milliseconds(3_500)
  /// From the answer of an accepted update or setting to the restart.
  public var restart: Duration = .seconds(1)
  /// From the end of a panic's text to the next reset.
  public var panicText: Duration = .milliseconds(200)
  /// The erase of the slot before a single byte is read.
  public var erase: Duration = .seconds(2)
  /// Bytes of an image that reach the flash in a second.
  public var bytesPerSecond = 150_000
  /// From the boot to the moment at which a good image confirms itself.
  public var confirmation: Duration = .seconds(10)
  /// From the last sign of life of a task to its watchdog's reset.
  public var watchdog: Duration = .seconds(30)

  /// As on hardware.
  public init() {}
}
