/// A cause that a rule lets compete.
public struct CauseCandidate: Hashable, Sendable {
  /// The cause's id in `causes.yaml`.
  public var id: String
  /// How likely it is before any evidence; the first whose condition holds wins.
  public var priors: [Prior]
  /// What moves it.
  public var evidence: [CauseEvidence]

  /// Puts a candidate together.
  public init(id: String, priors: [Prior], evidence: [CauseEvidence]) {
    self.id = id
    self.priors = priors
    self.evidence = evidence
  }

  /// How likely a cause is before any evidence.
  public struct Prior: Hashable, Sendable {
    /// When this prior applies; nil is always.
    public var when: Condition?
    /// From 0 to 1.
    public var value: Double

    /// Puts a prior together.
    public init(when: Condition?, value: Double) {
      self.when = when
      self.value = value
    }
  }
}

/// Something that makes a cause more or less likely.
public struct CauseEvidence: Hashable, Sendable {
  /// When it holds.
  public var when: Condition
  /// How much it moves the odds.
  public var weight: Weight
  /// What it says; may hold `{…}`.
  public var says: String

  /// Puts a piece of evidence together.
  public init(when: Condition, weight: Weight, says: String) {
    self.when = when
    self.weight = weight
    self.says = says
  }

  /// How much a piece of evidence moves the odds.
  public enum Weight: Hashable, Sendable {
    /// Powers of two: +1 doubles, -1 halves.
    case bits(Double)
    /// Thirty times as likely.
    case decides
    /// A thirtieth as likely.
    case refutes

    /// What the odds are multiplied by.
    public var factor: Double {
      switch self {
      case .bits(let bits): powerOfTwo(bits)
      case .decides: 30
      case .refutes: 1 / 30
      }
    }
  }
}

/// What a cause is and what to do about it; from `causes.yaml`.
public struct CauseDefinition: Hashable, Sendable {
  /// Its public name, snake_case.
  public var id: String
  /// One line for a person.
  public var title: String
  /// A paragraph: what happens in the chip.
  public var explains: String
  /// What to do.
  public var fix: Fix
  /// Where the facts come from.
  public var references: [String]

  /// Puts a cause together.
  public init(
    id: String, title: String, explains: String, fix: Fix, references: [String] = []
  ) {
    self.id = id
    self.title = title
    self.explains = explains
    self.fix = fix
    self.references = references
  }
}
