/// Finds the rate at which a node prints, by listening alone: each rate is tried until what arrives shows that it is
/// not the right one.
///
/// Feed it what arrives and the time; it says when to listen at another rate. As long as nothing arrives it stays, as
/// silence tells nothing about a rate.
public struct BaudSearch: Sendable {
  /// The rates that consoles of these chips are set to, the most frequent first.
  ///
  /// 74880 is what 115200 becomes where a ROM takes a 26 MHz crystal for one of 40 MHz.
  public static let usualRates: [UInt32] = [
    115_200, 74_880, 921_600, 460_800, 230_400, 1_500_000, 2_000_000, 3_000_000, 57_600, 38_400,
    19_200, 9_600,
  ]

  /// What to do next.
  public enum Step: Hashable, Sendable {
    /// Go on listening.
    case stay
    /// Listen at this rate from now on.
    case listen(baud: UInt32)
    /// Nothing at all has arrived for a while; said once. The search goes on.
    case silent
    /// This is the rate; the search is over.
    case found(Trial)
    /// No rate makes text of what arrives; the best that was heard. The search is over.
    case noneReadsWell(best: Trial)
  }

  /// What was heard at one rate.
  public struct Trial: Hashable, Sendable {
    /// The rate.
    public let baud: UInt32
    /// What arrived, up to a limit; none of it belongs to another rate.
    public internal(set) var heard: [UInt8] = []

    /// The share of it that reads as text, 0 to 1.
    public var readability: Double { Readability(heard).share }
  }

  /// What was heard so far, one a rate and round, in order.
  public private(set) var trials: [Trial] = []
  private let rates: [UInt32]
  private var trial: Trial
  private var round = 1
  private var next = 1
  private var listenFrom: Int64
  private var lastByteAt: Int64?
  private let beganAt: Int64
  private var hasToldSilence = false

  /// Bytes that arrive so soon after a change of rate were received before it.
  private static let settlesAfter = Int64.milliseconds(40)
  /// A node prints in bursts; the end of one is the time to judge few bytes.
  private static let burstEndsAfter = Int64.milliseconds(300)
  private static let silenceIsToldAfter = Int64.milliseconds(10_000)
  /// A node may have changed its rate meanwhile, as ROM and application often differ.
  private static let rounds = 3
  /// Enough to judge by at once.
  private static let enough = 256

  /// A search that listens at the first rate already; `first` is tried before the usual ones.
  public init(first: UInt32, at now: ArrivalTime) {
    rates = [first] + Self.usualRates.filter { $0 != first }
    trial = Trial(baud: first)
    beganAt = now.monotonicNanoseconds
    listenFrom = now.monotonicNanoseconds
  }

  /// The rate it listens at.
  public var baud: UInt32 { trial.baud }

  /// What was heard best so far.
  public var best: Trial {
    (trials + [trial]).max {
      Readability($0.heard).merit < Readability($1.heard).merit
    } ?? trial
  }

  /// Takes what has arrived.
  public mutating func take(_ bytes: UnsafeRawBufferPointer, at now: ArrivalTime) -> Step {
    let now = now.monotonicNanoseconds
    guard now >= listenFrom else { return .stay }
    lastByteAt = now
    trial.heard += bytes
    return judge(now)
  }

  /// Lets time pass.
  public mutating func pass(at now: ArrivalTime) -> Step {
    let now = now.monotonicNanoseconds
    if trials.isEmpty, trial.heard.isEmpty, !hasToldSilence,
      now - beganAt >= Self.silenceIsToldAfter
    {
      hasToldSilence = true
      return .silent
    }
    return trial.heard.isEmpty ? .stay : judge(now)
  }

  private mutating func judge(_ now: Int64) -> Step {
    let isBurstOver = lastByteAt.map { now - $0 >= Self.burstEndsAfter } ?? false
    let readability = Readability(trial.heard)
    if readability.isText, readability.count >= 64 || (isBurstOver && readability.count >= 24) {
      return .found(trial)
    }
    let isNoise =
      (readability.count >= 24 && readability.share < 0.8) || readability.count >= Self.enough
      || (isBurstOver && !readability.isText)
    return isNoise ? goOn(now) : .stay
  }

  private mutating func goOn(_ now: Int64) -> Step {
    trials.append(trial)
    if next == rates.count {
      round += 1
      next = 0
    }
    guard round <= Self.rounds else { return .noneReadsWell(best: best) }
    trial = Trial(baud: rates[next])
    next += 1
    lastByteAt = nil
    listenFrom = now + Self.settlesAfter
    return .listen(baud: trial.baud)
  }
}
