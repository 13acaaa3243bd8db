import DeviceEvents
import LineReading

/// A connection that a boot had and lost, and that did not come back to its end.
public struct LostNetwork: Hashable, Sendable {
  /// `Wi-Fi`, `Ethernet`, `MQTT`.
  public var name: String
  /// The line that tells of the loss.
  public var line: LineReference
  /// The log's clock there, milliseconds since boot.
  public var clock: Int?
  /// How many attempts to get it back failed.
  public var failures = 0
  /// The log's clock at the last of them.
  var lastFailure: Int?
  /// Whether the log would show its return: it showed each connection before by an event's line. Sketches
  /// print their address once, when they start.
  var showsReturn: Bool
  /// Whether applications also end it by themselves, in the same words: then only attempts in vain tell a loss.
  var isClosedOnPurpose = false

  /// For how many milliseconds it is lost at the boot's end; nil where the log has no clock, or would not show a return.
  func duration(until end: Int?) -> Int? {
    guard showsReturn, !(isClosedOnPurpose && failures == 0), let clock, let end, end > clock
    else { return nil }
    return end - clock
  }

  /// The failures, unless they ended long before the log and a return would not be shown.
  func failures(until end: Int?) -> Int {
    guard !showsReturn, let lastFailure, let end else { return failures }
    return end - lastFailure <= Self.patience ? failures : 0
  }

  /// Milliseconds within which an application tries again.
  private static let patience = 60_000
}

/// Which connections a boot has, as far as it tells.
struct NetworkLife {
  private var wifi = Link(name: "Wi-Fi")
  private var ethernet = Link(name: "Ethernet")
  private var mqtt = Link(name: "MQTT", closing: .onPurpose)

  /// What is lost, from the lowest layer up. A node with two links has its network as long as one of them is up.
  var lost: LostNetwork? {
    guard !wifi.isUp, !ethernet.isUp else { return mqtt.lost }
    guard let one = wifi.lost, let other = ethernet.lost else {
      return wifi.lost ?? ethernet.lost ?? mqtt.lost
    }
    return one.line.number > other.line.number ? one : other
  }

  mutating func take(_ notice: Notice, _ reading: LineReadingState) {
    switch notice.kind {
    case .wifiConnected:
      wifi.join(.byEvent)
      ethernet.recover()
    case .addressTold: wifi.join(.once)
    case .wifiDisconnected:
      if notice.numbers.first != Self.leftByItself { wifi.fail(reading) }
    case .wifiJoinFailed: wifi.fail(reading)
    case .ethernetConnected:
      ethernet.join(.byEvent)
      wifi.recover()
    case .ethernetLost: ethernet.fail(reading)
    case .mqttConnected:
      mqtt.join(.byEvent)
      // What it runs over is there as well.
      wifi.recover()
      ethernet.recover()
    case .mqttDisconnected: mqtt.fail(reading)
    default:
      // The other hundred kinds are not about connections.
      break
    }
  }

  /// The station left on purpose: `WIFI_REASON_ASSOC_LEAVE`.
  private static let leftByItself = 8

  private struct Link {
    let name: String
    private(set) var lost: LostNetwork?
    private var telling: Telling?
    /// Whether an event said that it is there, and none that it is gone.
    private(set) var isUp = false

    /// How a connection is told.
    enum Telling { case byEvent, once }

    /// Who ends a connection.
    enum Closing { case byItself, onPurpose }

    private let closing: Closing

    init(name: String, closing: Closing = .byItself) {
      self.name = name
      self.closing = closing
    }

    mutating func join(_ telling: Telling) {
      lost = nil
      switch telling {
      case .byEvent:
        self.telling = .byEvent
        isUp = true
      case .once: self.telling = self.telling ?? .once
      }
    }

    mutating func recover() { lost = nil }

    mutating func fail(_ reading: LineReadingState) {
      isUp = false
      guard let telling else { return }
      guard lost != nil else {
        lost = LostNetwork(
          name: name, line: reading.line.reference, clock: reading.clock,
          showsReturn: telling == .byEvent, isClosedOnPurpose: closing == .onPurpose)
        return
      }
      lost?.failures += 1
      lost?.lastFailure = reading.clock
    }
  }
}
