/// Which decoder gets what: built once from the decoders' own tags and markers.
struct DispatchPlan: Sendable {
  /// What a literal of the marker search announces.
  enum Marker: Sendable {
    /// Text of a plain decoder, by its index; it may stand inside other text.
    case text(decoder: Int)
    /// The same, and whatever stands before it ends here: the chip started again or crashed in
    /// the middle of a line.
    case beginning(decoder: Int)
    /// The prefix of a log macro in the middle of a line; no literal, it is found by its shape.
    case logLine
  }

  /// A marker in a line.
  struct Sighting {
    let position: Int
    let marker: Marker
    /// The marker's length in bytes.
    let length: Int
    /// Of two at one place, the one with the lower rank says more.
    let rank: Int
  }

  /// The plan of the decoders that the product has.
  static let standard = DispatchPlan(
    messages: DecoderTable.messageDecoders, plain: DecoderTable.plainDecoders)

  let messageDecoders: [any MessageDecoder.Type]
  let plainDecoders: [any PlainDecoder.Type]
  let plainAudience: PlainAudience
  /// The message decoders that see every message of their tags, as bits.
  private(set) var eager: UInt32 = 0
  /// Those that see what is left over, as bits.
  private(set) var last: UInt32 = 0
  var tags = TagTable()
  let search: MarkerSearch
  /// For each literal of the search, what it announces.
  private let markers: [Marker]
  /// For each literal of the search, its length in bytes.
  private let markerLengths: [Int]
  /// Which log lines need no decoding.
  let quiet: QuietLines

  init(messages: [any MessageDecoder.Type], plain: [any PlainDecoder.Type]) {
    messageDecoders = messages
    plainDecoders = plain
    plainAudience = PlainAudience(plain)
    for tag in StartupTags.bootloader { tags.update(tag.bytes) { $0.source = .bootloader } }
    for tag in StartupTags.startup { tags.update(tag.bytes) { $0.source = .startup } }
    for (index, decoder) in messages.enumerated() {
      switch decoder.interest {
      case .everyMessage: eager |= 1 << UInt32(index)
      case .messagesWithMarkers: break
      case .unreadMessages: last |= 1 << UInt32(index)
      }
      for tag in decoder.tags { tags.update(tag.bytes) { $0.decoders |= 1 << UInt32(index) } }
    }
    for tag in StartupTags.distinctive { tags.update(tag.bytes) { $0.isDistinctive = true } }
    var announced: [(literal: StaticString, marker: Marker)] = []
    for (index, decoder) in plain.enumerated() {
      for literal in decoder.markers {
        let isBeginning = Self.beginnings.contains { literal.begins(with: $0) }
        announced.append(
          (literal, isBeginning ? .beginning(decoder: index) : .text(decoder: index)))
      }
    }
    // The sort is stable: of two literals at one place the longer one says more.
    announced.sort { $0.literal.utf8CodeUnitCount > $1.literal.utf8CodeUnitCount }
    let literals = announced.map { $0.literal.bytes }
    search = MarkerSearch(literals)
    markers = announced.map { $0.marker }
    markerLengths = literals.map { $0.count }
    quiet = QuietLines(
      decoders: messages, known: StartupTags.bootloader + StartupTags.startup, tags: tags,
      eager: eager | last, plain: PlainOpenings(plain), markers: literals, search: search)
  }

  /// What a hit of the search announces.
  func sighting(of hit: MarkerSearch.Hit) -> Sighting {
    Sighting(
      position: hit.position, marker: markers[hit.literal], length: markerLengths[hit.literal],
      rank: hit.literal)
  }

  /// Markers that begin with one of these end whatever stands before them. They are printed by the
  /// ROM and by the panic handler, which do not wait for a line to be complete.
  private static let beginnings: [StaticString] = [
    "ESP-ROM", "ets J", "rst:0x", "Guru Meditation Error", "abort() was called at PC",
    "assert failed:", "***ERROR*** A stack overflow", "CORRUPT HEAP:", "= CORE DUMP START",
    "= CORE DUMP END",
  ]
}
