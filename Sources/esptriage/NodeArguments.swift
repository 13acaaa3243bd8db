import ArgumentParser
import NodeHTTP

extension NodeAddress {
  /// As `init(parsing:)`, with an error that is safe to show.
  static func transform(_ text: String) throws -> NodeAddress {
    do throws(NodeAddressError) {
      return try NodeAddress(parsing: text)
    } catch {
      throw ValidationError(TextOfName.shown(error.description))
    }
  }
}

/// Seconds on the command line: `5`, `1.5`, `90s`, `10m`.
struct Seconds: ExpressibleByArgument, Hashable, Sendable {
  let duration: Duration

  init(_ seconds: Int) { duration = .seconds(seconds) }

  init?(argument: String) {
    var digits = Substring(argument)
    var factor = 1.0
    for (unit, seconds) in [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)] as [(String, Double)]
    where digits.hasSuffix(unit) {
      digits = digits.dropLast(unit.count)
      factor = seconds
      break
    }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }),
      let number = Double(digits), number * factor <= 7 * 86_400
    else { return nil }
    duration = .milliseconds(Int((number * factor * 1000).rounded()))
  }

  var defaultValueDescription: String { "\(duration.components.seconds)" }
}
