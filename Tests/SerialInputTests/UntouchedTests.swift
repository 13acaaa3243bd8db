import CIoctlWitness
import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests.Simulated {
  /// A kind of port, and whether its lines lead to an auto-reset circuit.
  struct Kind: Sendable, CustomTestStringConvertible {
    let vendor: String
    let product: String
    let driver: String
    let minor: Int
    let lines: LineTreatment

    var testDescription: String { "\(vendor):\(product)" }

    func name(_ number: Int) -> String {
      (driver == "cdc_acm" ? "ttyACM" : "ttyUSB") + String(minor + number)
    }

    /// What one opening asks of the kernel, closing included.
    var requests: [UInt] {
      let treatment = lines == .dropBothAtOnce ? [witness_TIOCMSET] : []
      return [witness_TCGETS2, witness_TIOCEXCL] + treatment + [witness_TCGETS2, witness_TCSETS2]
    }
  }

  /// Chips that speak USB themselves, bridges with a driver of their own and with the common one, and a stranger.
  static let kinds = [
    Kind(vendor: "303a", product: "1001", driver: "cdc_acm", minor: 160, lines: .untouched),
    Kind(vendor: "303a", product: "4001", driver: "cdc_acm", minor: 162, lines: .untouched),
    Kind(vendor: "303a", product: "0002", driver: "cdc_acm", minor: 164, lines: .untouched),
    Kind(vendor: "303a", product: "1002", driver: "cdc_acm", minor: 166, lines: .dropBothAtOnce),
    Kind(vendor: "10c4", product: "ea60", driver: "cp210x", minor: 168, lines: .dropBothAtOnce),
    Kind(vendor: "1a86", product: "55d4", driver: "cdc_acm", minor: 170, lines: .dropBothAtOnce),
    Kind(vendor: "2341", product: "0043", driver: "cdc_acm", minor: 172, lines: .untouched),
  ]

  @Test(
    "opening, following, losing, finding and closing say to each kind of port only what they must",
    arguments: kinds)
  func untouched(kind: Kind) throws {
    var board = SimulatedBoard(
      socket: "3-\(kind.minor)", vendor: kind.vendor, product: kind.product,
      serial: "A1B2C3-\(kind.minor)", driver: kind.driver, minor: kind.minor)
    var before = Witnessed()
    board.plugIn(as: kind.name(0))
    let first = try terminal(behind: kind.name(0))
    try following(.ports(["/dev/" + kind.name(0)])) { log, _ in
      #expect(log.wait { $0.count { if case .opened = $0 { true } else { false } } == 1 })
      board.print("hello", on: kind.name(0))
      #expect(log.wait { $0.count { if case .quiet = $0 { true } else { false } } == 1 })
      board.pullOut(kind.name(0))
      #expect(log.wait { $0.count { if case .disconnected = $0 { true } else { false } } == 1 })
      let asked = before.requests(on: first)
      #expect(asked.map(\.request) == kind.requests)
      // Both lines dropped, none raised.
      #expect(asked.allSatisfy { $0.argument == 0 })

      board.minor += 1
      before = Witnessed()
      board.plugIn(as: kind.name(1))
      #expect(log.wait { $0.count { if case .reconnected = $0 { true } else { false } } == 1 })
      board.print("again", on: kind.name(1))
      #expect(log.wait { $0.count { if case .quiet = $0 { true } else { false } } == 2 })
    }
    #expect(
      before.requests(on: try terminal(behind: kind.name(1))).map(\.request) == kind.requests)
    board.pullOut(kind.name(1))
  }

  /// The number of the terminal that plays a port.
  private func terminal(behind name: String) throws -> UInt {
    let root = SimulatedUdev.shared.root
    let path = try FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/dev/\(name)")
    var status = stat()
    #expect(stat(path, &status) == 0)
    return UInt(status.st_rdev)
  }

  /// What terminals had been asked at a moment: the number of one that is gone is given out again.
  private struct Witnessed {
    private let counts: [Int]

    /// Unix98 terminals are numbered from here on.
    private static let first: UInt = 136 << 8

    init() {
      counts = (0..<128).map { witnessedIoctls(Self.first + $0).count }
    }

    func requests(on device: UInt) -> [ioctl_witnessed] {
      let number = Int(device) - Int(Self.first)
      guard counts.indices.contains(number) else {
        Issue.record("terminal \(device) is none of the first \(counts.count)")
        return []
      }
      return Array(witnessedIoctls(device).dropFirst(counts[number]))
    }
  }
}
