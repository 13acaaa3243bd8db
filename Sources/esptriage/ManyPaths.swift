/// A command line whose long rows of paths are held out while it is parsed.
///
/// `esptriage fleet/*/*.log` may name tens of thousands of them, and the parser takes a time that grows with the square
/// of their number: half a minute for thirty thousand.
struct ManyPaths {
  /// The arguments, with one word in the place of each long row.
  let arguments: [String]
  private let rows: [String: ArraySlice<String>]

  /// Fewer are parsed in no time.
  private static let many = 256

  init(_ given: [String]) {
    guard given.count > Self.many else {
      arguments = given
      rows = [:]
      return
    }
    var arguments: [String] = []
    var rows: [String: ArraySlice<String>] = [:]
    var rest = given[...]
    while !rest.isEmpty {
      let options = rest.prefix { $0.hasPrefix("-") }
      arguments += options
      rest = rest.dropFirst(options.count)
      let words = rest.prefix { !$0.hasPrefix("-") }
      rest = rest.dropFirst(words.count)
      // The first may be the value of an option, or a command.
      let row = words.dropFirst(2)
      arguments += words.prefix(2)
      guard !row.isEmpty else { continue }
      // No argument of a process holds a NUL.
      let word = "\0\(rows.count)"
      rows[word] = row
      arguments.append(word)
    }
    self.arguments = arguments
    self.rows = rows
  }

  /// Whether any were held out.
  var areHeldOut: Bool { !rows.isEmpty }

  /// The paths that were parsed, with all that were held out in their places.
  func all(of paths: [String]) -> [String] {
    paths.flatMap { path in rows[path] ?? [path] }
  }
}
