import LineReading

/// What the rules conclude from a timeline: one verdict, its causes, and findings.
public struct Conclusion: Hashable, Sendable {
  /// The answer.
  public var verdict: Verdict
  /// The verdict's causes, the most probable first; probabilities add up to 1 with `unknown`.
  public var causes: [RankedCause]
  /// Everything else worth knowing.
  public var findings: [Finding]
  /// Which captures or commands would settle what is open.
  public var settledBy: [String]

  /// Puts a conclusion together.
  public init(
    verdict: Verdict, causes: [RankedCause], findings: [Finding], settledBy: [String]
  ) {
    self.verdict = verdict
    self.causes = causes
    self.findings = findings
    self.settledBy = settledBy
  }
}

/// The answer to "what is wrong with this node?".
public struct Verdict: Hashable, Sendable {
  /// Its public name.
  public var id: VerdictID
  /// The rule that concluded it.
  public var rule: String
  /// One line for a person.
  public var title: String
  /// How bad it is.
  public var severity: Severity
  /// From 0 to 0.99.
  public var confidence: Double
  /// One paragraph for a person.
  public var summary: String
  /// The lines that prove it.
  public var evidence: [Evidence]
  /// How the confidence came about, in words, one step an entry.
  public var reasoning: [String]

  /// Puts a verdict together.
  public init(
    id: VerdictID, rule: String, title: String, severity: Severity, confidence: Double,
    summary: String, evidence: [Evidence], reasoning: [String]
  ) {
    self.id = id
    self.rule = rule
    self.title = title
    self.severity = severity
    self.confidence = confidence
    self.summary = summary
    self.evidence = evidence
    self.reasoning = reasoning
  }
}

/// A line and why it counts.
public struct Evidence: Hashable, Sendable {
  /// The line; nil for evidence from outside the log (an option, an sdkconfig).
  public var line: LineReference?
  /// Why it counts.
  public var why: String

  /// Puts a piece of evidence together.
  public init(line: LineReference?, why: String) {
    self.line = line
    self.why = why
  }
}

extension Evidence {
  /// The evidence with each line once: what several pieces say of one line is said together.
  static func joined(_ evidence: [Evidence]) -> [Evidence] {
    var joined: [Evidence] = []
    for piece in evidence {
      let known = joined.firstIndex { $0.line != nil && $0.line == piece.line }
      guard let known else {
        joined.append(piece)
        continue
      }
      if !joined[known].why.holds(piece.why) { joined[known].why += "; " + piece.why }
    }
    return joined
  }
}

/// A cause that competes with others.
public struct RankedCause: Hashable, Sendable {
  /// Its public name; `unknown` is one of them.
  public var id: String
  /// One line for a person.
  public var title: String
  /// From 0 to 1.
  public var probability: Double
  /// What moved it up or down.
  public var evidence: [Evidence]
  /// What to do about it.
  public var fix: Fix?
  /// How the probability came about, in words, one step an entry.
  public var reasoning: [String]

  /// Puts a cause together.
  public init(
    id: String, title: String, probability: Double, evidence: [Evidence], fix: Fix?,
    reasoning: [String]
  ) {
    self.id = id
    self.title = title
    self.probability = probability
    self.evidence = evidence
    self.fix = fix
    self.reasoning = reasoning
  }
}

/// What to do.
public struct Fix: Hashable, Sendable {
  /// One line.
  public var summary: String
  /// Steps, each with how to see that it worked where that is not plain.
  public var steps: [String]
  /// Commands or settings to copy.
  public var commands: [String]

  /// Puts a fix together.
  public init(summary: String, steps: [String] = [], commands: [String] = []) {
    self.summary = summary
    self.steps = steps
    self.commands = commands
  }
}

/// Something worth knowing besides the verdict.
public struct Finding: Hashable, Sendable {
  /// The rule's id.
  public var rule: String
  /// How bad it is.
  public var severity: Severity
  /// One line for a person.
  public var title: String
  /// What it means, and what to do.
  public var advice: String?
  /// The lines that show it.
  public var evidence: [Evidence]

  /// Puts a finding together.
  public init(
    rule: String, severity: Severity, title: String, advice: String? = nil, evidence: [Evidence]
  ) {
    self.rule = rule
    self.severity = severity
    self.title = title
    self.advice = advice
    self.evidence = evidence
  }
}

/// What is known from outside the log.
public struct Context: Hashable, Sendable {
  /// Whether bootloader and app go back to the old image by themselves.
  public enum Rollback: String, Hashable, Sendable { case on, off, unknown }

  /// The setting, from `--rollback` or an sdkconfig.
  public var rollback = Rollback.unknown
  /// Where `rollback` comes from, for the report: `--rollback on`, `sdkconfig: …`.
  public var rollbackSource: String?
  /// Whether an update was sent (`--expect-update`).
  public var expectsUpdate = false
  /// Options of an sdkconfig, `CONFIG_…` to its value, where one was given.
  public var sdkconfig: [String: String] = [:]
  /// What ELFs tell about crashes, by the number of the crash's first line.
  public var decodedCrashes: [Int: DecodedCrash] = [:]

  /// Nothing known.
  public init() {}
}
