import CLineScan
import LineReading

/// Tells which log lines mean nothing to anybody, so that they need not be decoded.
///
/// Those are nearly all lines of most logs: `I (1234) tag: message` of a module of the application.
/// They are stepped over in C (`quiet.c`), many in a call. What is decided here is only who listens:
/// every doubt makes a line loud, and then the decoders decide.
struct QuietLines: Sendable {
  /// Who listens, as the C functions lay it out; words, because it must be aligned.
  private let table: [UInt64]
  private let ears: [Ear]
  private let plain: PlainOpenings
  private let markers: [[UInt8]]
  private let search: MarkerSearch
  /// Lines under any tag may mean something, so that no line can be stepped over.
  private let isEverythingHeard: Bool

  /// A tag that somebody listens to.
  private struct Ear {
    let tag: [UInt8]
    /// The first 4 bytes of the messages that mean something; nil for all.
    let openings: [[UInt8]]?
  }

  /// The quiet lines beside those of the decoders' tags, of the `known` tags, and of the markers that
  /// `search` finds.
  init(
    decoders: [any MessageDecoder.Type], known: [StaticString], tags: TagTable, eager: UInt32,
    plain: PlainOpenings, markers: [[UInt8]], search: MarkerSearch
  ) {
    var ears = known.map { Ear(tag: $0.bytes, openings: nil) }
    var heard: Set<[UInt8]> = Set(ears.map { $0.tag })
    var lists = OpeningLists()
    for tag in decoders.flatMap({ $0.tags }) where heard.insert(tag.bytes).inserted {
      let entry = tag.bytes.withUnsafeBufferPointer { tags.entry(for: ByteText($0)) }
      var listening: [any MessageDecoder.Type] = []
      for (index, decoder) in decoders.enumerated()
      where entry.decoders & eager & 1 << UInt32(index) != 0 { listening.append(decoder) }
      // Whoever wants only messages with markers is served by the markers.
      guard !listening.isEmpty else { continue }
      ears.append(Ear(tag: tag.bytes, openings: lists.openings(of: listening, under: tag)))
    }
    self.init(
      ears: ears, plain: plain, markers: markers, search: search, isEverythingHeard: false)
  }

  private init(
    ears: [Ear], plain: PlainOpenings, markers: [[UInt8]], search: MarkerSearch,
    isEverythingHeard: Bool
  ) {
    self.ears = ears
    self.plain = plain
    self.markers = markers
    self.search = search
    self.isEverythingHeard = isEverythingHeard
    // Tags share their lists, so that equal ones are the same memory and quick to compare.
    var lists: [[[UInt8]]] = []
    let numbers = ears.map { ear in
      guard let openings = ear.openings else { return Int(CLINESCAN_EARS) }
      if let known = lists.firstIndex(of: openings) { return known }
      guard lists.count < Int(CLINESCAN_EARS) else { return Int(CLINESCAN_EARS) }
      lists.append(openings)
      return lists.count - 1
    }
    let room = lists.reduce(0) { $0 + $1.count }
    var table = [UInt64](repeating: 0, count: clinescan_quiet_size(ears.count, room) / 8)
    clinescan_quiet_init(&table, ears.count, room)
    for (number, openings) in lists.enumerated() {
      for opening in openings {
        clinescan_quiet_open(&table, UInt8(number), opening, opening.count)
      }
    }
    for (ear, number) in zip(ears, numbers) {
      clinescan_quiet_listen(&table, ear.tag, ear.tag.count, UInt8(number))
    }
    plain.note(in: &table)
    self.table = table
  }

  /// The same, listening also to what the rules' patterns ask for.
  func hearing(_ patterns: [LinePattern]) -> QuietLines {
    guard !patterns.isEmpty else { return self }
    var literals: [[UInt8]] = []
    var tags: Set<String> = []
    var hearsEverything = isEverythingHeard
    for pattern in patterns {
      if let tag = pattern.tag {
        tags.insert(tag)
      } else if let literal = MessagePattern(pattern.message).searchLiteral {
        literals.append(literal)
      } else {
        hearsEverything = true
      }
    }
    return QuietLines(
      ears: ears + tags.map { Ear(tag: Array($0.utf8), openings: nil) }, plain: plain,
      markers: markers + literals,
      search: literals.isEmpty ? search : MarkerSearch(markers + literals),
      isEverythingHeard: hearsEverything)
  }

  /// How many lines of the run, from the next on, are quiet and follow one another in time.
  @inline(__always)
  func count(in lines: inout LineRun, _ progress: inout clinescan_progress) -> Int {
    guard !isEverythingHeard, let ends = lines.endsOfMarkedLines else { return 0 }
    let bytes = lines.bytes.buffer
    return clinescan_quiet_lines(
      table, &lines.clock, bytes.baseAddress, bytes.count, ends, lines.remaining, lines.start,
      CLINESCAN_UP_TO_64, &progress)
  }

  /// Has the window of the run searched for what makes a line loud.
  @inline(__always)
  func search(_ lines: inout LineRun) { search.withTable { lines.search(markers: $0) } }
}

/// The openings that tags are heard for; most tags share theirs with others, and each list is made once.
private struct OpeningLists {
  private var known: [(literals: [StaticString], openings: [[UInt8]])] = []

  /// The first bytes of the messages that the decoders listen to; nil for all.
  mutating func openings(
    of decoders: [any MessageDecoder.Type], under tag: StaticString
  ) -> [[UInt8]]? {
    var literals: [StaticString] = []
    for decoder in decoders {
      guard let openings = decoder.openings(under: tag),
        openings.allSatisfy({ $0.utf8CodeUnitCount >= 4 })
      else { return nil }
      literals += openings
    }
    let same = known.first { known in
      known.literals.elementsEqual(literals) {
        $0.utf8Start == $1.utf8Start && $0.utf8CodeUnitCount == $1.utf8CodeUnitCount
      }
    }
    if let same { return same.openings }
    var openings: [[UInt8]] = []
    var last: StaticString?
    for literal in literals.sorted(by: { $0.precedes($1) }) {
      if let last, last.reads(as: literal) { continue }
      openings.append(literal.bytes)
      last = literal
    }
    known.append((literals, openings))
    return openings
  }
}
