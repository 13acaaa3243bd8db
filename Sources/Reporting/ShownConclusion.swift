import Analysis
import BootTimeline
import Diagnosis

// What crashes told stands in the middle of sentences, and where the end of a secret is not plain, the rest of the
// sentence is taken for it: there the secret is masked before the sentence is looked at.
extension Report {
  /// The conclusion, with secrets masked in what its sentences quote of crashes.
  var shownConclusion: Conclusion {
    var shown = conclusion
    shown.verdict.summary = maskingReasons(in: conclusion.verdict.summary)
    for index in shown.findings.indices {
      shown.findings[index].advice = shown.findings[index].advice.map { maskingReasons(in: $0) }
    }
    return shown
  }

  private func maskingReasons(in sentence: String) -> String {
    // Hardly any sentence has a secret.
    guard Redaction.masked(sentence) != sentence else { return sentence }
    var sentence = sentence
    for crash in timeline.crashes {
      guard let reason = crash.plainReason, !reason.isEmpty, sentence.contains(reason) else {
        continue
      }
      let masked = Redaction.masked(reason)
      if masked != reason { sentence = sentence.replacing(reason, with: masked) }
    }
    return sentence
  }
}
