import Diagnosis
import FoundationEssentials

/// A folder of rule files.
public struct RuleFolder: Sendable {
  /// What the folder must look like.
  public enum Layout: Sendable {
    /// The project's own: `<family>/<id>.yaml` and `causes.yaml`; examples are required.
    case families
    /// A user's: any `*.yaml` at any depth; examples are optional.
    case free
  }

  /// Where it is.
  public let path: String
  /// What it must look like.
  public let layout: Layout

  /// A folder at `path`.
  public init(_ path: String, layout: Layout) {
    self.path = path
    self.layout = layout
  }

  /// Loads all files; throws all problems of all files at once.
  ///
  /// With `base`, its causes may be named, and a rule with the id of one of its rules replaces it.
  public func load(over base: RuleSet? = nil) throws(RuleProblems) -> RuleSet {
    let loaded = try loadAlone(beside: base)
    return base.map { $0.overridden(by: loaded) } ?? loaded
  }

  /// Loads all files as `load` does, and gives only what stands in them.
  public func loadAlone(beside base: RuleSet? = nil) throws(RuleProblems) -> RuleSet {
    var loading = Loading(base: base)
    let (folder, files) = try found()
    for file in files { loading.read(file, in: folder) }
    loading.checkCauses()
    loading.shareCauses()
    guard loading.problems.isEmpty else { throw RuleProblems(loading.problems) }
    return RuleSet(rules: loading.rules, causes: loading.causes)
  }

  /// The files to read, relative to a folder; a single file is one of the folder it lies in.
  private func found() throws(RuleProblems) -> (folder: RuleFolder, files: [String]) {
    func fail(_ message: String, file: String = "") -> RuleProblems {
      RuleProblems([RuleProblem(file: file, line: 0, column: 0, message: message)])
    }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw fail(
        Self.isYAML(path)
          ? "There is no file '\(shownPath)'." : "There is no folder '\(shownPath)'.")
    }
    guard isFolder else {
      guard Self.isYAML(path) else { throw fail("a file of rules is named *.yaml", file: path) }
      let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let folder = RuleFolder(String(path[..<start]), layout: layout)
      return (folder, [String(path[start...])])
    }
    let files: [String]
    do {
      files = try Self.yamlFiles(below: path)
    } catch {
      throw fail("The folder '\(shownPath)' cannot be read. Run 'ls -ld' on it to see who may.")
    }
    guard !files.isEmpty else { throw fail("the folder holds no *.yaml file", file: path) }
    return (self, files)
  }

  /// A path may hold anything, also what moves a terminal's cursor.
  private var shownPath: String {
    String(String.UnicodeScalarView(path.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
  }

  /// Files below the folder, relative to it, sorted.
  static func yamlFiles(below path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter(isYAML).sorted()
  }

  private static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}

/// What has been read so far of a folder.
private struct Loading {
  let base: RuleSet?
  var rules: [Rule] = []
  var causes: [CauseDefinition] = []
  var problems: [RuleProblem] = []
  private var places: [String: String] = [:]
  private var namedCauses: [(id: String, problem: RuleProblem)] = []
  private var borrowers: [(index: Int, lender: String, problem: RuleProblem)] = []

  /// A broken file of causes is reported once, and not again by every rule.
  private var causesAreWhole = true

  init(base: RuleSet?) { self.base = base }

  mutating func read(_ file: String, in folder: RuleFolder) {
    let path = folder.path
    let shown = path.isEmpty || path.hasSuffix("/") ? path + file : path + "/" + file
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let node = compose(shown) else {
      if name == "causes.yaml" { causesAreWhole = false }
      return
    }
    if name == "causes.yaml" {
      var decoder = CauseDecoder(file: shown)
      causes += decoder.causes(from: node)
      problems += decoder.reader.problems
      if !decoder.reader.problems.isEmpty { causesAreWhole = false }
      return
    }
    let fileName = String(name.dropLast(name.hasSuffix(".yml") ? 4 : 5))
    let family = family(of: file, named: fileName, in: folder, shown: shown)
    var decoder = RuleDecoder(file: shown)
    let rule = decoder.rule(
      from: node,
      demands: RuleDecoder.Demands(
        family: family, fileName: fileName,
        examples: folder.layout == .families ? .required : .optional))
    note(rule, decoder, in: shown)
    problems += decoder.reader.problems
    for (id, node) in decoder.namedCauses {
      namedCauses.append((id, Self.problem("cause '\(id)' is not in causes.yaml", node, shown)))
    }
  }

  private mutating func note(_ rule: Rule?, _ decoder: RuleDecoder, in file: String) {
    guard let rule else { return }
    if let other = places[rule.id], let node = decoder.idNode {
      problems.append(Self.problem("id '\(rule.id)' is taken by \(other)", node, file))
      return
    }
    places[rule.id] = file
    rules.append(rule)
    if let lender = rule.causesFrom, let node = decoder.lenderNode {
      let problem = Self.problem("no rule '\(lender)' to share the causes of", node, file)
      borrowers.append((rules.count - 1, lender, problem))
    }
  }

  /// The lender may stand in a file that is read later, or be a built-in rule.
  mutating func shareCauses() {
    for (index, lender, problem) in borrowers {
      let known = rules + (base?.rules ?? [])
      guard let found = known.first(where: { $0.id == lender && $0.causesFrom == nil }) else {
        var problem = problem
        problem.suggestion = Spelling.suggestion(for: lender, among: known.map(\.id))
        problems.append(problem)
        continue
      }
      rules[index].causes = found.causes
      rules[index].unknownPrior = found.unknownPrior
    }
  }

  /// Causes may stand in a file that is read after the rule.
  mutating func checkCauses() {
    guard causesAreWhole else { return }
    let known = causes.map(\.id) + (base?.causes.map(\.id) ?? [])
    for (id, problem) in namedCauses where !known.contains(id) {
      var problem = problem
      problem.suggestion = Spelling.suggestion(for: id, among: known)
      problems.append(problem)
    }
  }

  private static func problem(_ message: String, _ node: Node, _ file: String) -> RuleProblem {
    RuleProblem(
      file: file, line: node.mark.line, column: node.mark.column, message: message)
  }

  private mutating func family(
    of file: String, named id: String, in folder: RuleFolder, shown: String
  ) -> RuleFamily {
    let parts = file.split(separator: "/")
    let names = RuleFamily.allCases.filter { $0 != .custom }.map(\.rawValue)
    let found = parts.dropLast().last.map(String.init).flatMap(RuleFamily.init(rawValue:))
    switch folder.layout {
    case .free: return found ?? base?.rule(id)?.family ?? .custom
    case .families:
      if parts.count == 2, let found, found != .custom { return found }
      problems.append(
        RuleProblem(
          file: shown, line: 0, column: 0,
          message: "a rule lies in a folder of its family: \(names.joined(separator: ", "))",
          suggestion: parts.first.flatMap {
            parts.count == 2 ? Spelling.suggestion(for: String($0), among: names) : nil
          }))
      return .custom
    }
  }

  private mutating func compose(_ file: String) -> Node? {
    func fail(_ message: String, at mark: Mark? = nil) -> Node? {
      problems.append(
        RuleProblem(
          file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message))
      return nil
    }
    let text: [UInt8]
    do {
      text = try FileBytes.read(file)
    } catch {
      return fail("cannot read the file: \(error.reason)")
    }
    do {
      return try YAMLReader.document(of: text) ?? fail("the file is empty")
    } catch {
      return fail(error.message, at: error.mark)
    }
  }
}
