/// One `POST /ota/set-target` or `POST /ota/recalibrate` and what came of it.
public struct OperatorCall: Hashable, Sendable {
  /// Which node.
  public var address: NodeAddress
  /// When it began, on the client's clock.
  public var at: Duration
  /// How long it took, in real time.
  public var took: Duration
  /// What came.
  public var outcome: OperatorOutcome
  /// The socket's error, where there was one.
  public var socketError: SocketError?
}

/// What an operator's call brought.
public enum OperatorOutcome: Hashable, Sendable {
  /// An answer of any status with its body (hostile text).
  case answered(status: Int, body: String)
  /// No answer. A reset in `.awaiting` may be the restart that was asked for.
  case failure(ExchangeFailure)
}

/// Where a node sends its data: what `set-target` takes.
public struct AggregatorTarget: Hashable, Sendable, CustomStringConvertible {
  /// Four numbers from 0 to 255.
  public let ip: String
  /// From 1 to 65535.
  public let port: Int

  /// Reads `192.168.1.20:5005`, as strictly as the firmware should; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let port = Self.number(parts[1], upTo: 65535), port > 0 else {
      return nil
    }
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 4, numbers.allSatisfy({ Self.number($0, upTo: 255) != nil }) else {
      return nil
    }
    ip = String(parts[0])
    self.port = port
  }

  /// Why no node should send there; nil for an address that one machine can have.
  ///
  /// A node takes any four numbers, and with these its data goes nowhere, to itself or to everybody.
  public var objection: String? {
    let numbers = ip.split(separator: ".").compactMap { Int($0) }
    switch (numbers.first ?? 0, numbers.last ?? 0) {
    case (0, _): return "no machine has an address that begins with 0"
    case (127, _): return "127.x.x.x is the node itself"
    case (224...239, _): return "that is a multicast group, not a machine"
    case (240..., _):
      return ip == "255.255.255.255"
        ? "that is everybody, not a machine" : "nobody may use that range"
    default: return nil
    }
  }

  /// Digits alone, without a leading zero: some parsers take one for octal.
  private static func number(_ digits: Substring, upTo most: Int) -> Int? {
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      digits == "0" || digits.first != "0", let number = Int(digits), number <= most
    else { return nil }
    return number
  }

  /// As the firmware wants it.
  public var description: String { "\(ip):\(port)" }
}
