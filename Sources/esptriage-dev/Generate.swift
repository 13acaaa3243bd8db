import ArgumentParser
import Foundation
import RuleFiles

/// Writes all files that are made from the rules.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write embedded rules, catalogue and schemas from rules/.")

  @Option(help: "The project's top folder.")
  var project = "."

  func run() throws {
    for (path, content) in try GeneratedFiles(rules: Rules.load(from: project)).files {
      let url = URL(fileURLWithPath: project).appendingPathComponent(path)
      if let old = try? String(contentsOf: url, encoding: .utf8), old == content { continue }
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: url, atomically: true, encoding: .utf8)
      print("wrote \(path)")
    }
  }
}

/// Fails when a generated file is not what the rules make of it.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fail when a generated file is stale.")

  @Option(help: "The project's top folder.")
  var project = "."

  func run() throws {
    var stale: [String] = []
    for (path, content) in try GeneratedFiles(rules: Rules.load(from: project)).files {
      let url = URL(fileURLWithPath: project).appendingPathComponent(path)
      let old = try? String(contentsOf: url, encoding: .utf8)
      if old != content { stale.append(path) }
    }
    guard !stale.isEmpty else { return print("All generated files are fresh.") }
    for path in stale { print("\(path): stale, it differs from what rules/ makes of it") }
    print("Run 'swift run esptriage-dev generate' and commit the result.")
    throw ExitCode.failure
  }
}
