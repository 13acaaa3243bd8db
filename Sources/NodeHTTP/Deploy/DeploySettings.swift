/// How a deployment goes about its work. The waits are those that a restart and a Wi-Fi join need.
public struct DeploySettings: Sendable {
  /// The key that nodes ask for.
  public var token: AccessToken?
  /// How many uploads run at once.
  public var jobs = 16
  /// Whether a node that runs the build already is sent it again.
  public var sameBuild: SameBuild = .leave
  /// From the end of an upload to the first question.
  public var bootWait: Duration = .seconds(10)
  /// How often a node is asked until it shows the new image.
  public var tries = 6
  /// Between the first two tries; each further wait is half as long again.
  public var tryInterval: Duration = .seconds(3)
  /// How many reads must show the new image before it counts, the first among them.
  public var provingReads = 3
  /// Between those.
  public var provingInterval: Duration = .seconds(5)
  /// How long a status read may take, in real time.
  public var statusLimits: TimeLimits = .status
  /// How long an upload may take, in real time.
  public var uploadLimits: TimeLimits = .upload
  /// The stages of the rollout.
  public var stages = StagePlan.atOnce
  /// When to stop.
  public var halt = HaltRule.never
  /// How long the nodes of a stage are watched before the next begins.
  public var soak: Duration = .zero
  /// Between two looks at them.
  public var soakInterval: Duration = .seconds(30)
  /// Whether to go on after a stage.
  public var afterStage: AfterStage = .goOn
  /// What becomes of nodes that had the image and did not hold it, in an earlier run.
  public var failedBefore: FailedBefore = .leave

  /// What happens to a node that runs the build already.
  public enum SameBuild: Sendable {
    /// It is not sent again, only checked.
    case leave
    /// It is sent again.
    case sendAgain
  }

  /// What happens when a stage has ended well.
  public enum AfterStage: Sendable {
    /// The next one begins.
    case goOn
    /// The rollout pauses until it is asked to go on.
    case pause
  }

  /// What happens to a node that failed in an earlier run.
  public enum FailedBefore: Sendable {
    /// Its result stands.
    case leave
    /// It is sent the image again.
    case sendAgain
  }

  /// The waits of hardware, all nodes at once, no halting.
  public init() {}
}

/// The shares of the fleet that are updated one after the other, each containing the one before.
public struct StagePlan: Hashable, Sendable {
  /// In percent, rising; a plan that ends below 100 leaves the other nodes as they are.
  public let percents: [Double]

  /// All nodes in one stage.
  public static let atOnce = StagePlan(checked: [100])

  private init(checked percents: [Double]) { self.percents = percents }

  /// Reads `1%,10%,100%`, also without the signs; nil where the shares do not rise to at most 100.
  public init?(_ text: String) {
    var percents: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let number = part.last == "%" ? part.dropLast() : part
      guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
        let percent = Double(number), percent > (percents.last ?? 0), percent <= 100
      else { return nil }
      percents.append(percent)
    }
    self.percents = percents
  }

  /// Whether this plan begins with all stages of another.
  public func continues(_ other: StagePlan) -> Bool { percents.starts(with: other.percents) }

  /// As it is written on a command line: `10%,100%`.
  public var text: String {
    percents.map { ($0 == $0.rounded() ? "\(Int($0))" : "\($0)") + "%" }.joined(separator: ",")
  }

  /// How many of the nodes belong to a stage and those before it: at least one.
  public func count(through stage: Int, of nodes: Int) -> Int {
    guard percents.indices.contains(stage) else { return nodes }
    let share = (Double(nodes) * percents[stage] / 100).rounded(.up)
    return min(max(Int(share), 1), nodes)
  }
}

/// When a deployment stops by itself.
public struct HaltRule: Hashable, Sendable {
  /// So many failures stop it; nil for no limit.
  public var failures: Int?
  /// This share of failures among the nodes that were judged stops it, in percent; nil for no limit.
  public var percent: Double?
  /// The share counts from so many judged nodes on.
  public var minimum: Int

  /// Never stops.
  public static let never = HaltRule(failures: nil, percent: nil)

  /// A rule; either limit stops it.
  public init(failures: Int?, percent: Double?, minimum: Int = 10) {
    self.failures = failures
    self.percent = percent
    self.minimum = minimum
  }

  /// Whether there is a limit at all.
  public var isActive: Bool { failures != nil || percent != nil }

  /// Why to stop, or nil.
  public func reason(failures failed: Int, among judged: Int) -> String? {
    if let failures, failed >= failures {
      return "\(failed) of \(judged) nodes failed, and the limit is \(failures)"
    }
    if let percent, judged >= max(minimum, 1), failed > 0,
      Double(failed) * 100 >= percent * Double(judged)
    {
      let limit = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
      return "\(failed) of \(judged) nodes failed, and the limit is \(limit) %"
    }
    return nil
  }
}
