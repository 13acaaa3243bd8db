/// Whether a report shows how its numbers came about (`--explain`); what is not shown need not be put into words.
public enum Reasoning: Sendable {
  /// Only the results.
  case leftOut
  /// Each step, in words.
  case shown
}
