#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The machines of the local network that this one has spoken with lately (ARP).
///
/// An entry proves nothing: addresses are handed on, and entries outlive their machines. Ask each.
public struct NeighbourTable: Hashable, Sendable {
  /// IPv4 addresses, in the order of their numbers.
  public let addresses: [String]

  /// Where Linux shows the table.
  public static let systemPath = "/proc/net/arp"

  /// Reads the table in a file of the form of `/proc/net/arp`.
  public init(reading path: String = NeighbourTable.systemPath) throws(DiscoveryError) {
    self.init(text: try Self.text(of: path))
  }

  /// Reads lines of the form `192.168.1.40  0x1  0x2  7c:df:a1:00:00:01  *  wlan0`, from Linux' `arp.c`.
  public init(text: String) {
    var found: [UInt32: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let columns = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard columns.count >= 6, let number = IPv4.number(columns[0]) else { continue }
      // Without the flag 0x2 nobody ever answered for the address.
      guard columns[2].hasPrefix("0x"), let flags = Int(columns[2].dropFirst(2), radix: 16),
        flags & 0x2 != 0
      else { continue }
      found[number] = IPv4.text(number)
    }
    addresses = found.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func text(of path: String) throws(DiscoveryError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .tableUnreadable(path: path, errno: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    // A table of any real network is far smaller.
    while bytes.count < 4 << 20 {
      let count = read(file, &piece, piece.count)
      if count > 0 {
        bytes += piece[..<count]
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw .tableUnreadable(path: path, errno: errno)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// IPv4 addresses as numbers.
enum IPv4 {
  /// `192.168.1.40`; nil for anything else.
  static func number(_ text: some StringProtocol) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard part.utf8.count <= 3, let byte = UInt8(part) else { return nil }
      number = number << 8 | UInt32(byte)
    }
    return number
  }

  static func text(_ number: UInt32) -> String {
    [24, 16, 8, 0].map { String(number >> UInt32($0) & 0xFF) }.joined(separator: ".")
  }
}
