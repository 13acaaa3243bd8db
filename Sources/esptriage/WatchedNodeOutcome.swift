import Reporting

extension WatchedNode {
  /// Whether a script may go by what the node's log shows.
  var isFinal: Bool {
    // A log that is over says nothing more.
    connection == .ended || settling.isFinal(now: .now)
  }

  /// What is told of the node at the end.
  mutating func outcome(
    endingAt end: LiveWishes.End, in format: ReportFormat, _ stop: Interruption.Signal
  ) -> LogReading.Outcome {
    var outcome = LogReading.Outcome()
    outcome.wasInterrupted = stop.isRequested
    let text = SourceText(identity.node)
    guard bytes > 0 else {
      outcome.problems.append(TextOfName.shown(text.nothingCame))
      // A program reads an object a node, whatever came; a person has read it all in the line above.
      switch format {
      case .json: outcome.report = finish()
      case .text: break
      }
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
