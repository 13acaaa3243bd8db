import ArgumentParser
import SerialInput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which ports to follow, and how they are opened.
struct PortOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A port to follow, like an argument; may be given several times.", valueName: "port"),
    completion: .file())
  var port: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Bits a second, any number (default: ESPBAUD, or 115200). A chip's own USB ignores it.",
      valueName: "rate"))
  var baud: UInt32?

  @Flag(
    help: """
      Find the rate by listening: the usual ones are tried until what arrives reads as text. \
      --baud is tried first.
      """)
  var findBaud = false

  @Flag(help: "Follow every node that is plugged in, now or later, each in its own lane.")
  var all = false

  @Flag(help: "Restart the chip once its port is open. Without this nothing is sent to it.")
  var reset = false

  @Flag(
    name: .customLong("no-exclusive"),
    help: "Share the port with other programs; each byte reaches only one of them.")
  var isShared = false

  mutating func validate() throws {
    if baud == 0 { throw ValidationError("--baud takes a number from 1 on, such as 115200.") }
  }

  /// How ports are followed.
  func followSettings() throws -> FollowSettings {
    var settings = FollowSettings()
    settings.serial.baud = try chosenBaud()
    settings.serial.sharing = isShared ? .shared : .exclusive
    settings.reset = reset ? .onFirstOpening : .never
    return settings
  }

  private func chosenBaud() throws -> UInt32 {
    if let baud { return baud }
    guard let text = Self.variable("ESPBAUD"), !text.isEmpty else { return 115_200 }
    guard let baud = UInt32(text), baud > 0 else {
      throw ValidationError(
        "ESPBAUD is '\(TextOfName.shown(text))', which is no baud rate. Set a number such as "
          + "115200, or give --baud.")
    }
    return baud
  }

  /// The variables that name a port, as they are set.
  static var environment: [String: String] {
    var environment: [String: String] = [:]
    for name in PortChoice.variables { environment[name] = variable(name) }
    return environment
  }

  /// Whether one of them names a port.
  static var namesPortInEnvironment: Bool { environment.values.contains { !$0.isEmpty } }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
