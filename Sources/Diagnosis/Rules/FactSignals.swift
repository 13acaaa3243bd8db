/// Which of the facts that rules ask for most a log holds: a set of 256 bits.
///
/// A fact's bit is made of its name, so that it is the same in every build and for every set of rules.
/// Two facts may share a bit: a bit that is not set says that a fact is absent, a bit that is set says
/// only that it is worth looking.
struct FactSignals: Hashable, Sendable {
  private var bits: SIMD4<UInt64>

  /// No fact at all.
  init() { bits = .zero }

  /// The set with these words.
  init(words: SIMD4<UInt64>) { bits = words }

  /// The set as words, for the generated tables.
  var words: SIMD4<UInt64> { bits }

  /// How many bits are set.
  var count: Int { (0..<4).reduce(0) { $0 + bits[$1].nonzeroBitCount } }

  /// Notes that there is an item of that kind.
  mutating func insert(_ kind: ItemKind) { insert(kind.rawValue, "", "") }

  /// Notes that an attribute has this value for some item.
  mutating func insert(_ attribute: SignalledAttribute, _ value: FactValue) {
    switch value {
    case .text(let text): insert(Self.hash(text, behind: attribute.hash))
    case .flag(let flag): insert(Self.hash(flag ? "true" : "false", behind: attribute.hash))
    case .number, .address: break
    }
  }

  /// Notes that there is a line of that pattern.
  mutating func insert(tag: String?, message: String) { insert("line", tag ?? "", message) }

  /// Notes all that another set holds.
  mutating func formUnion(_ other: FactSignals) { bits |= other.bits }

  /// Whether some fact may be in both.
  func meets(_ words: SIMD4<UInt64>) -> Bool { bits & words != .zero }

  private mutating func insert(_ first: String, _ second: String, _ third: String) {
    insert(Self.hash(third, behind: Self.hash(second, behind: Self.hash(first))))
  }

  private mutating func insert(_ hash: UInt64) {
    let place = Int(truncatingIfNeeded: (hash ^ hash >> 32) & 255)
    bits[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// FNV-1a, of a text that may follow others: short, and the same everywhere.
  fileprivate static func hash(_ text: String, behind before: UInt64 = 0xcbf2_9ce4_8422_2325)
    -> UInt64
  {
    var hash = before
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return (hash ^ 0xff) &* 0x100_0000_01b3
  }
}

/// An attribute whose values are noted, with the hash of its name.
struct SignalledAttribute: Sendable {
  let attribute: Attribute
  fileprivate let hash: UInt64

  init(_ attribute: Attribute, of kind: ItemKind) {
    self.attribute = attribute
    hash = FactSignals.hash(attribute.name, behind: FactSignals.hash(kind.rawValue))
  }
}

extension Attribute {
  /// The attributes of a kind whose values are noted: those that most rules begin with, and that cost
  /// little to ask for.
  static func signalled(of kind: ItemKind) -> [SignalledAttribute] {
    switch kind {
    case .boot: signalledOfBoots
    case .crash: signalledOfCrashes
    case .update: signalledOfUpdates
    case .notice: signalledOfNotices
    case .log, .node: []
    }
  }

  /// Whether its values are noted.
  var isSignalled: Bool {
    switch self {
    case .boot: Self.signalledOfBoots.contains { $0.attribute == self }
    case .crash: Self.signalledOfCrashes.contains { $0.attribute == self }
    case .update: Self.signalledOfUpdates.contains { $0.attribute == self }
    case .notice: Self.signalledOfNotices.contains { $0.attribute == self }
    case .log, .node, .capture: false
    }
  }

  private static let signalledOfBoots: [SignalledAttribute] =
    ([
      .resetReason, .resetClass, .endedBy, .stage, .waitsForDownload, .sleeps, .spuriousPowerOn,
    ] as [BootAttribute]).map { SignalledAttribute(.boot($0), of: .boot) }
  private static let signalledOfCrashes: [SignalledAttribute] =
    ([
      .kind, .fatal, .stage, .updatePhase, .inUpdate, .nested, .heapDamage, .decoded,
    ] as [CrashAttribute]).map { SignalledAttribute(.crash($0), of: .crash) }
  private static let signalledOfUpdates: [SignalledAttribute] =
    ([
      .outcome, .phase, .content, .failureStage,
    ] as [UpdateAttribute]).map { SignalledAttribute(.update($0), of: .update) }
  private static let signalledOfNotices: [SignalledAttribute] = [
    SignalledAttribute(.notice(.kind), of: .notice)
  ]
}
