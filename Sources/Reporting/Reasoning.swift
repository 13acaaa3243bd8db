/// Whether a report shows how its numbers came about (`--explain`).
public enum Reasoning: Sendable {
  /// Only the results.
  case leftOut
  /// Each step, in words.
  case shown
}
