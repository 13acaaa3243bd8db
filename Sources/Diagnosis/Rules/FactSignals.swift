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
  mutating func insert(_ attribute: Attribute, of kind: ItemKind, _ value: FactValue) {
    switch value {
    case .text(let text): insert(kind.rawValue, attribute.name, text)
    case .flag(let flag): insert(kind.rawValue, attribute.name, flag ? "true" : "false")
    case .number, .address: break
    }
  }

  /// Notes that there is a line of that pattern.
  mutating func insert(tag: String?, message: String) { insert("line", tag ?? "", message) }

  /// Notes all that another set holds.
  mutating func formUnion(_ other: FactSignals) { bits |= other.bits }

  /// Whether some fact may be in both.
  func meets(_ words: SIMD4<UInt64>) -> Bool { bits & words != .zero }

  /// FNV-1a: short, and the same everywhere.
  private mutating func insert(_ first: String, _ second: String, _ third: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in [first, second, third] {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    let place = Int(truncatingIfNeeded: (hash ^ hash >> 32) & 255)
    bits[place >> 6] |= 1 << UInt64(place & 63)
  }
}

extension Attribute {
  /// The attributes of a kind whose values are noted: those that most rules begin with, and that cost
  /// little to ask for.
  static func signalled(of kind: ItemKind) -> [Attribute] {
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
    case .boot: Self.signalledOfBoots.contains(self)
    case .crash: Self.signalledOfCrashes.contains(self)
    case .update: Self.signalledOfUpdates.contains(self)
    case .notice: Self.signalledOfNotices.contains(self)
    case .log, .node, .capture: false
    }
  }

  private static let signalledOfBoots: [Attribute] = [
    .boot(.resetReason), .boot(.resetClass), .boot(.endedBy), .boot(.stage),
    .boot(.waitsForDownload), .boot(.sleeps), .boot(.spuriousPowerOn),
  ]
  private static let signalledOfCrashes: [Attribute] = [
    .crash(.kind), .crash(.fatal), .crash(.stage), .crash(.updatePhase), .crash(.inUpdate),
    .crash(.nested), .crash(.heapDamage), .crash(.decoded),
  ]
  private static let signalledOfUpdates: [Attribute] = [
    .update(.outcome), .update(.phase), .update(.content), .update(.failureStage),
  ]
  private static let signalledOfNotices: [Attribute] = [.notice(.kind)]
}
