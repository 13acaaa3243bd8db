import BootTimeline
import Diagnosis

/// Runs the examples of rules: each `fires` must hold and each `silent` must not, also disturbed.
public enum RuleExamples {
  /// What to analyse.
  public struct Input: Sendable {
    /// The sample's name, for messages.
    public var name: String
    /// The bytes, disturbed already.
    public var bytes: [UInt8]
    /// How many bytes to feed at once.
    public var chunkSize: Int
    /// What is known from outside the log.
    public var context: Context
    /// What was seen of the node over HTTP.
    public var node: NodeHistory?
  }

  /// What an analysis gave.
  public struct Outcome: Sendable {
    /// The conclusion.
    public var conclusion: Conclusion
    /// The ids of the rules that held, whichever verdict won.
    public var firedRules: Set<String>

    /// Puts an outcome together.
    public init(conclusion: Conclusion, firedRules: Set<String>) {
      self.conclusion = conclusion
      self.firedRules = firedRules
    }
  }

  /// Whether a rule should hold, or did.
  public enum Expectation: String, Hashable, Sendable { case fires, silent }

  /// One example in one variant.
  public struct Result: Sendable, CustomStringConvertible {
    /// The rule's id.
    public var rule: String
    /// The sample's name.
    public var example: String
    /// How the sample was disturbed.
    public var variant: SampleVariant
    /// What the rule says.
    public var expected: Expectation
    /// What happened; nil if the sample could not be read.
    public var got: Expectation?
    /// The verdict that won, or why the sample could not be read.
    public var note: String

    /// Whether it is as the rule says.
    public var isRight: Bool { expected == got }

    /// One line for a person.
    public var description: String {
      guard let got else { return "\(rule): \(example): not tested: \(note)" }
      return "\(rule): \(example) (\(variant.rawValue)): expected \(expected.rawValue), "
        + "got \(got.rawValue) (\(note))"
    }
  }

  /// Runs all examples of `rules`; each sample is analysed once a variant, for all rules together.
  public static func run(
    _ rules: [Rule], samplesDirectory: String, variants: [SampleVariant] = SampleVariant.allCases,
    analyse: (Input) -> Outcome
  ) -> [Result] {
    var demands: [String: [(rule: String, expected: Expectation)]] = [:]
    for rule in rules {
      for name in rule.examples.fires { demands[name, default: []].append((rule.id, .fires)) }
      for name in rule.examples.silent { demands[name, default: []].append((rule.id, .silent)) }
    }
    var results: [Result] = []
    for (name, demands) in demands.sorted(by: { $0.key < $1.key }) {
      let sample: Sample
      do {
        sample = try Sample(named: name, in: samplesDirectory)
      } catch {
        results += demands.map { demand in
          Result(
            rule: demand.rule, example: name, variant: .asIs, expected: demand.expected, got: nil,
            note: "\(error)")
        }
        continue
      }
      for variant in variants {
        let outcome = analyse(
          Input(
            name: name, bytes: variant.disturb(sample.bytes), chunkSize: variant.chunkSize,
            context: sample.context, node: sample.node))
        results += demands.map { demand in
          Result(
            rule: demand.rule, example: name, variant: variant, expected: demand.expected,
            got: outcome.firedRules.contains(demand.rule) ? .fires : .silent,
            note: "verdict \(outcome.conclusion.verdict.id.rawValue)")
        }
      }
    }
    return results
  }
}
