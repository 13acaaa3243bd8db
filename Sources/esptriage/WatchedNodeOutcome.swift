import Reporting

extension WatchedNode {
  /// Whether a script may go by what the node's log shows.
  var isFinal: Bool {
    // A log that is over says nothing more.
    connection == .ended || settling.isFinal(now: .now)
  }

  /// What is told of the node at the end.
  mutating func outcome(
    endingAt end: LiveWishes.End, _ stop: Interruption.Signal
  ) -> LogReading.Outcome {
    var outcome = LogReading.Outcome()
    outcome.wasInterrupted = stop.isRequested
    let text = SourceText(identity.node)
    guard bytes > 0 else {
      outcome.problems.append(TextOfName.shown(text.nothingCame))
      return outcome
    }
    let report = finish()
    if report.conclusion.verdict.id == .noESPLog {
      outcome.problems.append(TextOfName.shown(text.noLogCame))
    } else if end == .atVerdict, !stop.isRequested, !isFinal {
      let name = TextOfName.shown(text.name)
      Diagnostics.say("\(name): no verdict became final in time; this is what shows so far.")
    }
    outcome.report = report
    return outcome
  }
}
