import SerialInput

/// The searches for baud rates that are under way, one a node.
struct BaudSearches {
  /// What to do about a node after something was heard, or time went by.
  enum Move {
    /// Go on listening.
    case stay
    /// Read the port at this rate.
    case listen(baud: UInt32)
    /// Only tell this.
    case tell(String)
    /// It is over: tell this, read the port at this rate (nil: as it is), and take what was heard for the node's log.
    case end(baud: UInt32?, heard: [UInt8], why: String)
  }

  private let first: UInt32
  private var searches: [NodeIdentity: BaudSearch] = [:]
  /// About the rates that were found.
  private var doubts: [NodeIdentity: (rate: UInt32, doubt: BaudDoubt)] = [:]

  /// None yet; each begins with this rate.
  init(first: UInt32) { self.first = first }

  /// The nodes whose rate is looked for.
  var nodes: [NodeIdentity] { searches.keys.sorted { $0.node < $1.node } }

  /// Whether this node's rate is looked for; what it sends is then no log yet.
  func isSearching(_ node: NodeIdentity) -> Bool { searches[node] != nil }

  /// Begins to look for the rate of a node; what to say about it.
  mutating func begin(_ node: NodeIdentity, at now: ArrivalTime) -> String {
    searches[node] = BaudSearch(first: first, at: now)
    return "looking for the baud rate by listening, from \(first) on"
  }

  /// Looks at what a node sent whose rate was found; begins anew where it is no text any more, and says so.
  mutating func check(
    _ bytes: UnsafeRawBufferPointer, of node: NodeIdentity, at now: ArrivalTime
  ) -> String? {
    guard let rate = doubts[node]?.rate, doubts[node]?.doubt.isRaised(by: bytes) ?? false else {
      return nil
    }
    doubts[node] = nil
    searches[node] = BaudSearch(first: rate, at: now)
    return "what arrives at \(rate) baud is no text any more; looking for the baud rate again"
  }

  /// Takes what a node sent.
  mutating func take(
    _ bytes: UnsafeRawBufferPointer, of node: NodeIdentity, at now: ArrivalTime
  ) -> Move {
    move(searches[node]?.take(bytes, at: now) ?? .stay, node)
  }

  /// Lets time pass for a node.
  mutating func pass(_ node: NodeIdentity, at now: ArrivalTime) -> Move {
    move(searches[node]?.pass(at: now) ?? .stay, node)
  }

  /// Ends a search that had no time to come to its end.
  mutating func giveUp(_ node: NodeIdentity) -> Move {
    guard let search = searches.removeValue(forKey: node) else { return .stay }
    let best = search.best
    guard !best.heard.isEmpty else {
      return .end(
        baud: nil, heard: [],
        why: "no baud rate was found: nothing arrived, and silence tells nothing about it. "
          + "Restart the node with its button while this listens")
    }
    return .end(
      baud: nil, heard: best.heard,
      why: "the search for the baud rate was not over; it read best at \(best.baud): "
        + Self.share(best))
  }

  private mutating func move(_ step: BaudSearch.Step, _ node: NodeIdentity) -> Move {
    switch step {
    case .stay: return .stay
    case .listen(let baud): return .listen(baud: baud)
    case .silent:
      return .tell(
        "nothing has arrived at \(first) baud, and silence tells nothing about the rate. Restart "
          + "the node with its button; the search goes on with what it prints")
    case .found(let trial):
      doubts[node] = (trial.baud, BaudDoubt())
      let others = searches.removeValue(forKey: node)?.trials ?? []
      return .end(baud: nil, heard: trial.heard, why: Self.reason(trial, after: others))
    case .noneReadsWell(let best):
      let others = searches.removeValue(forKey: node)?.trials ?? []
      let count = Set(others.map(\.baud)).count
      return .end(
        baud: first, heard: best.heard,
        why: "none of \(count) baud rates makes text of what arrives; the best, \(best.baud), "
          + "\(Self.share(best)). Going on at \(first). Is ground connected, is it the right "
          + "pin, and does the firmware log in text? A rate of its own goes with --baud")
    }
  }

  private static func reason(_ trial: BaudSearch.Trial, after others: [BaudSearch.Trial]) -> String
  {
    var text = "\(trial.baud) baud: \(share(trial))"
    let worse = others.filter { $0.baud != trial.baud }.suffix(3)
    if !worse.isEmpty {
      let shares = worse.map { "\(percent($0)) at \($0.baud)" }
      text += ", against " + shares.joined(separator: ", ")
    }
    if trial.baud == 74_880 {
      text +=
        ". It is what 115200 becomes with a 26 MHz crystal"
    }
    return text + ". Following at this rate"
  }

  private static func share(_ trial: BaudSearch.Trial) -> String {
    "\(percent(trial)) of \(trial.heard.count) bytes read as text"
  }

  private static func percent(_ trial: BaudSearch.Trial) -> String {
    // Rounded down: 100 % is said of what has no flaw.
    "\(Int(trial.readability * 100)) %"
  }
}
