/// Finds the word that somebody probably meant.
public enum Spelling {
  /// `did you mean 'capture'?`, or nil if no word is near.
  static func suggestion(for word: String, among words: [String]) -> String? {
    nearest(to: word, among: words).map { "did you mean '\($0)'?" }
  }

  /// The word that takes the fewest steps, or nil if none is near.
  public static func nearest(to word: String, among words: [String]) -> String? {
    near(word, among: words).first
  }

  /// Words that may be meant, the nearest first: those a few slips away, or else those that share
  /// a part between dashes or underscores with it.
  public static func candidates(for word: String, among words: [String]) -> [String] {
    let slips = near(word, among: words)
    if !slips.isEmpty { return Array(slips.prefix(3)) }
    let parts = self.parts(of: word)
    let sharing = words.map { word in
      let others = self.parts(of: word)
      return (parts.count { part in others.contains { isSame(part, $0) } }, word)
    }.filter { $0.0 > 0 }
    let most = sharing.map(\.0).max() ?? 0
    // One part of three in common says little; where many words share it, it says nothing.
    guard most * 2 > parts.count || most > 1 else { return [] }
    let best = sharing.filter { $0.0 == most }.map(\.1)
    return Array(best.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(4))
  }

  /// `'a', 'b' or 'c'`, or nil for no words.
  public static func listed(_ words: [String]) -> String? {
    guard let last = words.last else { return nil }
    let others = words.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return (others.isEmpty ? "" : others + " or ") + "'\(last)'"
  }

  private static func near(_ word: String, among words: [String]) -> [String] {
    let limit = max(1, min(3, word.utf8.count / 3))
    let near = words.map { (distance(word, $0), $0) }.filter { $0.0 <= limit }
    return near.sorted { $0 < $1 }.map(\.1)
  }

  /// Short parts such as `no` and `ok` are a slip away from too much.
  private static func isSame(_ part: String, _ other: String) -> Bool {
    part == other || (part.utf8.count > 3 && distance(part, other) == 1)
  }

  private static func parts(of word: String) -> [String] {
    word.split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      row.reserveCapacity(right.count + 1)
      for j in right.indices {
        var best = min(
          last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
