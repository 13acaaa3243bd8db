/// What to look for in a log, what it means, and how sure that is.
public struct Rule: Hashable, Sendable {
  /// Its name, kebab-case; the file bears the same.
  public var id: String
  /// The folder it lies in.
  public var family: RuleFamily
  /// The answer it gives; a rule without one gives a finding.
  public var verdict: VerdictID?
  /// How bad it is; nil takes the verdict's own.
  public var severity: Severity?
  /// One line for a person; may hold `{…}`.
  public var title: String
  /// One paragraph for a person; may hold `{…}`; nil takes `why`.
  public var summary: String?
  /// What the rule looks for, and why that means what it says.
  public var why: String
  /// What must hold.
  public var when: Condition
  /// What must not hold besides.
  public var unless: Condition?
  /// The strength of the match itself, from 0 to 1.
  public var confidence: Double
  /// Further independent witnesses.
  public var witnesses: [Witness] = []
  /// Caps on the confidence.
  public var limits: [ConfidenceLimit] = []
  /// Other severities; the first that holds wins.
  public var severities: [SeverityCase] = []
  /// The causes that compete.
  public var causes: [CauseCandidate] = []
  /// The rule whose causes it shares; `causes` and `unknownPrior` are then that rule's.
  public var causesFrom: String?
  /// The prior of "none of these".
  public var unknownPrior = 0.10
  /// Which captures or commands would settle what is open.
  public var settledBy: [Hint] = []
  /// Where the facts come from.
  public var references: [String] = []
  /// Samples that prove it.
  public var examples = Examples()

  /// A rule with what every rule has; the rest is set afterwards.
  public init(
    id: String, family: RuleFamily, verdict: VerdictID?, severity: Severity?, title: String,
    why: String, when: Condition, confidence: Double
  ) {
    self.id = id
    self.family = family
    self.verdict = verdict
    self.severity = severity
    self.title = title
    self.why = why
    self.when = when
    self.confidence = confidence
  }

  /// Samples, by folder name, that prove a rule.
  public struct Examples: Hashable, Sendable {
    /// It holds in these.
    public var fires: [String]
    /// It does not hold in these, although they look alike.
    public var silent: [String]

    /// Puts them together.
    public init(fires: [String] = [], silent: [String] = []) {
      self.fires = fires
      self.silent = silent
    }
  }
}

/// What a rule is about; the folders below `rules/`.
public enum RuleFamily: String, CaseIterable, Hashable, Sendable {
  case ota, image, crash, watchdog, power, flash, run, notes, node
  /// A rule of the user's that lies in none of these folders.
  case custom
}

/// A further independent witness of what a rule says.
public struct Witness: Hashable, Sendable {
  /// When it speaks.
  public var when: Condition
  /// How much it weighs, from 0 to 1; witnesses combine as noisy-or.
  public var strength: Double
  /// What it says.
  public var says: String

  /// Puts a witness together.
  public init(when: Condition, strength: Double, says: String) {
    self.when = when
    self.strength = strength
    self.says = says
  }
}

/// A cap on the confidence.
public struct ConfidenceLimit: Hashable, Sendable {
  /// When it applies.
  public var when: Condition
  /// The cap.
  public var atMost: Double
  /// Why.
  public var says: String

  /// Puts a limit together.
  public init(when: Condition, atMost: Double, says: String) {
    self.when = when
    self.atMost = atMost
    self.says = says
  }
}

/// Another severity under a condition.
public struct SeverityCase: Hashable, Sendable {
  /// When it applies.
  public var when: Condition
  /// The severity then.
  public var severity: Severity

  /// Puts a case together.
  public init(when: Condition, severity: Severity) {
    self.when = when
    self.severity = severity
  }
}

/// Something that would settle what is open.
public struct Hint: Hashable, Sendable {
  /// When it is worth saying; nil is always.
  public var when: Condition?
  /// What to capture or to run.
  public var says: String

  /// Puts a hint together.
  public init(when: Condition?, says: String) {
    self.when = when
    self.says = says
  }
}
