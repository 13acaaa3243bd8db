import Diagnosis
import RuleFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The rules that a command works with: those compiled in, and those of the user's folders.
///
/// All that this program asks of `RuleFiles` is asked here.
struct RuleLibrary {
  let rules: RuleSet
  private let ownIDs: Set<String>

  /// The rules compiled in, with those of `folders` added, or in place of theirs where ids are equal.
  init(folders: [String]) throws {
    var rules = RuleSet.embedded
    var own: Set<String> = []
    for folder in folders {
      let loaded = try Self.folder(folder).loadAlone(beside: rules)
      own.formUnion(loaded.rules.map(\.id))
      rules = rules.overridden(by: loaded)
    }
    self.rules = rules
    ownIDs = own
  }

  /// The rules of the user's folders, in the order of their ids.
  var own: [Rule] { rules.rules.filter { ownIDs.contains($0.id) } }

  /// The folder, or single file, at a path.
  ///
  /// A folder with a `causes.yaml` is held to the order of the project's own: a folder a family,
  /// examples for every rule.
  static func folder(_ path: String) -> RuleFolder {
    let hasCauses = access(path + "/causes.yaml", F_OK) == 0
    return RuleFolder(path, layout: hasCauses ? .families : .free)
  }

  /// The rule with that id.
  func rule(_ id: String) throws -> Rule {
    if let rule = rules.rule(id) { return rule }
    throw UnknownName(what: "rule", id: id, known: rules.rules.map(\.id))
  }

  /// The page about the rule, verdict or cause with that id, the same text as in the catalogue.
  func page(about id: String) throws -> String {
    let explanation = RuleExplanation(rules: rules)
    if let page = explanation.text(for: id) { return page }
    throw UnknownName(what: "rule, verdict or cause", id: id, known: explanation.ids)
  }

  /// Nothing bears this id.
  struct UnknownName: Error, CustomStringConvertible {
    let what: String
    let id: String
    let known: [String]

    var description: String {
      let near = Spelling.listed(Spelling.candidates(for: id, among: known))
      return "There is no \(what) '\(TextOfName.shown(id))'. "
        + (near.map { "Did you mean \($0)? " } ?? "") + "'esptriage rules list' names all rules."
    }
  }
}
