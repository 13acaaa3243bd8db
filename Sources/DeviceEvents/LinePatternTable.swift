import LineReading

/// The patterns of the rules, arranged so that a line pays only for those that may match it.
///
/// Patterns with a tag hang on the tag's entry. The others share one marker search for their
/// longest literals; only those whose literals are all shorter are tried on every line.
struct LinePatternTable: Sendable {
  private let patterns: [MessagePattern]
  /// Pattern indices, those of one tag next to each other.
  private var tagged: [Int] = []
  /// Patterns without tag and without a literal to look for.
  private var untaggedShort: [Int] = []
  private var search: MarkerSearch?
  /// For each literal of `search`, the patterns that hold it.
  private var patternsOfLiteral: [[Int]] = []

  /// Whether there are patterns for text under any tag and under none.
  private(set) var hasUntagged = false

  /// Arranges `patterns`, and notes in `tags` which tags have some.
  init(_ patterns: [LinePattern], tags: inout TagTable) {
    self.patterns = patterns.map { MessagePattern($0.message) }
    var byTag: [String: [Int]] = [:]
    var literals: [[UInt8]] = []
    for (index, pattern) in patterns.enumerated() {
      if let tag = pattern.tag {
        byTag[tag, default: []].append(index)
      } else if let literal = self.patterns[index].searchLiteral {
        if let known = literals.firstIndex(of: literal) {
          patternsOfLiteral[known].append(index)
        } else {
          literals.append(literal)
          patternsOfLiteral.append([index])
        }
      } else {
        untaggedShort.append(index)
      }
    }
    for (tag, indices) in byTag {
      let range = tagged.count..<tagged.count + indices.count
      tagged += indices
      tags.update(Array(tag.utf8)) { $0.patterns = range }
    }
    search = literals.isEmpty ? nil : MarkerSearch(literals)
    hasUntagged = !literals.isEmpty || !untaggedShort.isEmpty
  }

  /// Reports the patterns of a tag's entry that match the message.
  func matchTagged(_ range: Range<Int>, _ message: ByteText, _ body: EventSink) {
    for index in tagged[range] where patterns[index].matches(message) {
      body(.watched(pattern: index))
    }
  }

  /// Reports the patterns without a tag that match the text, each once.
  func matchUntagged(_ text: ByteText, _ body: EventSink) {
    for index in untaggedShort where patterns[index].matches(text) {
      body(.watched(pattern: index))
    }
    guard let search, var hit = search.first(in: text, from: 0) else { return }
    var tried: Set<Int> = []
    while true {
      for index in patternsOfLiteral[hit.literal] where tried.insert(index).inserted {
        if patterns[index].matches(text) { body(.watched(pattern: index)) }
      }
      guard let next = search.next(after: hit, from: 0, in: text) else { return }
      hit = next
    }
  }
}
