/// How many entries of the searched folders were not taken as logs, and why.
public struct LeftOut: Hashable, Sendable {
  /// Names that begin with a dot; a hidden folder counts once.
  public var hidden = 0
  /// Names that belong to something else: sources, documents, data, expected results.
  public var named = 0
  /// The name would do, the content is not text.
  public var binary = 0
  /// Pipes, sockets, devices and links that lead nowhere.
  public var special = 0
  /// Files and folders already reached by another name, among them links that run in a circle.
  public var repeated = 0
  /// Files and folders that the system refused; each also has its error.
  public var unreadable = 0

  /// Nothing was left out so far.
  public init() {}

  /// All of them together.
  public var total: Int { hidden + named + binary + special + repeated + unreadable }

  static func += (sum: inout LeftOut, more: LeftOut) {
    sum.hidden += more.hidden
    sum.named += more.named
    sum.binary += more.binary
    sum.special += more.special
    sum.repeated += more.repeated
    sum.unreadable += more.unreadable
  }
}

extension LeftOut: CustomStringConvertible {
  /// For example `3 left out (2 hidden, 1 not text)`.
  public var description: String {
    let parts = [
      (hidden, "hidden"), (named, "with names of other things"), (binary, "not text"),
      (special, "pipes, devices or dead links"), (repeated, "already read"),
      (unreadable, "unreadable"),
    ]
    let spoken = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return spoken.isEmpty
      ? "nothing left out" : "\(total) left out (\(spoken.joined(separator: ", ")))"
  }
}
