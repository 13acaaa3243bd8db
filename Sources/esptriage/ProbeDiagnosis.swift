import Analysis
import BootTimeline
import Diagnosis
import LogFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What HTTP saw and what a log of the same node tells, in one diagnosis.
struct ProbeDiagnosis {
  let reading: LogReading
  let history: NodeHistory

  /// A log that cannot be read is better known before an image is sent.
  ///
  /// Of a pipe nothing is read here: it would be gone.
  static func check(logs: [String]) throws {
    for path in logs where path != "-" {
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { continue }
      do throws(LogFileError) {
        try LogInput(path: path).read { _ in .stop }
      } catch {
        Diagnostics.say(TextOfName.shown(error.description))
        throw ExitStatus.unusable
      }
    }
  }

  /// The diagnosis; `heard` is what came from the node's port meanwhile.
  func outcome(logs: [String], heard: [UInt8]) -> LogReading.Outcome {
    var analysis = LogAnalysis(
      source: history.host, context: reading.context, rules: reading.rules)
    analysis.node = history
    var outcome = LogReading.Outcome()
    for path in logs {
      let input = path == "-" ? LogInput.standardInput : LogInput(path: path)
      do throws(LogFileError) {
        try input.read { chunk in
          chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
          return .continue
        }
      } catch {
        outcome.problems.append(error.description)
      }
    }
    analysis.feed(heard, inPiecesOf: 64 << 10)
    outcome.wasInterrupted = reading.stop.isRequested
    var report = analysis.finish()
    report.inputProblems += outcome.problems
    if outcome.wasInterrupted {
      report.inputProblems.append("The probe was stopped by Ctrl-C: later reads are missing.")
    }
    if history.hasLog, logs.isEmpty, heard.isEmpty {
      report.inputProblems.append(
        "Not a byte came from the port: the verdict rests on HTTP alone.")
    }
    if history.upload?.failure == "image_unreadable" {
      outcome.problems.append(
        "The image changed or could not be read while it was sent. Build it again, and probe anew.")
    }
    outcome.report = report
    return outcome
  }
}
