import ArgumentParser
import NodeSimulation
import RuleFiles

/// The scenarios that can be asked for by name, of one node and of several.
enum Fleet {
  /// Four nodes of which one panics: what a team meets when an update "did not work".
  static let fourNodes = "four-nodes"
  static let panickingNode = 3
  static let fourNodesShow = "Four nodes; the update takes on three, and node 3 panics early."

  static var names: [String] { Scenario.all.map(\.name) + [fourNodes] }

  /// What each node does; without a count the fleet's own size.
  static func scenarios(of name: String, count: Int?) -> [Scenario] {
    let one = Scenario.named(name) ?? .ok
    guard name == fourNodes else { return Array(repeating: one, count: count ?? 1) }
    let count = count ?? 4
    return (1...count).map { $0 == panickingNode ? Scenario.named("early-panic") ?? .ok : .ok }
  }

  /// A complaint about a name, with the one that may have been meant.
  static func unknown(_ name: String) -> String {
    let hint = Spelling.nearest(to: name, among: names).map { " Did you mean '\($0)'?" } ?? ""
    return "There is no scenario '\(TextOfName.shown(name))'.\(hint) "
      + "'esptriage simulate --list' lists them."
  }
}

/// `3=early-panic`
struct NodeChoice: ExpressibleByArgument {
  let number: Int
  let scenario: Scenario

  init?(argument: String) {
    let halves = argument.split(separator: "=", maxSplits: 1)
    guard halves.count == 2, let number = Int(halves[0]), number >= 1,
      let scenario = Scenario.named(String(halves[1]))
    else { return nil }
    self.number = number
    self.scenario = scenario
  }
}

/// One of 127.0.0.0/8.
struct LoopbackAddress {
  private let number: Int

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0) }
    guard parts.count == 4, bytes.count == 4, bytes[0] == 127 else { return nil }
    number = bytes.dropFirst().reduce(0) { $0 << 8 | Int($1) }
  }

  private init(number: Int) { self.number = number }

  var text: String { "127.\(number >> 16).\(number >> 8 & 0xFF).\(number & 0xFF)" }

  /// The address so many behind it; nil beyond the last.
  func advanced(by count: Int) -> LoopbackAddress? {
    number + count < 0xFF_FFFF ? LoopbackAddress(number: number + count) : nil
  }
}

/// The name of a node's own file.
enum LogName {
  /// `node.log` as it is for one node; `node-3.log` for the third of several.
  static func of(node number: Int, in count: Int, file: String) -> String {
    guard count > 1 else { return file }
    let name = file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex
    guard let dot = file[name...].lastIndex(of: "."), dot > name else {
      return "\(file)-\(number)"
    }
    return "\(file[..<dot])-\(number)\(file[dot...])"
  }
}
