import Analysis
import Dispatch
import LogFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Many logs at once, their results in the order of the inputs.
struct BatchDiagnosis {
  let reading: LogReading
  let rendering: ReportRendering
  let jobs: Int

  /// The cores of this machine.
  static var cores: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// How many results may wait for a slow log before them, for each job: bounds the memory.
  private static let waitingForEachJob = 16

  /// Diagnoses all inputs; `receive` gets the outcomes in order, as soon as the order allows.
  func run(_ inputs: [LogInput], _ receive: (LogReading.Outcome) throws -> Void) throws {
    // One after the other needs no other thread: starting some takes as long as a small log.
    guard jobs > 1, inputs.count > 1 else {
      var analysis = reading.analysis()
      for input in inputs { try receive(reading.diagnose(input, with: &analysis)) }
      return
    }
    let shared = Shared(room: jobs * Self.waitingForEachJob)
    for _ in 0..<min(jobs, inputs.count) {
      DispatchQueue.global().async {
        var analysis = reading.analysis()
        while let place = shared.takePlace(before: inputs.count) {
          shared.deliver(outcome(of: inputs[place], with: &analysis), at: place)
        }
      }
    }
    defer { shared.end() }
    for place in inputs.indices { try receive(shared.waitForOutcome(at: place)) }
  }

  /// Reads and writes a log: what is written is made here, so that jobs share that work, too.
  private func outcome(
    of input: LogInput, with analysis: inout LogAnalysis
  ) -> LogReading.Outcome {
    var outcome = reading.diagnose(input, with: &analysis)
    outcome.rendered = outcome.report.map(rendering.bytes)
    // Its memory goes back where it came from: for another thread to free it takes both of them longer.
    outcome.report = outcome.report.map(rendering.remainder)
    return outcome
  }

  /// What the jobs and the one who waits for them hand to each other.
  private final class Shared: Sendable {
    private let state = Mutex(State())
    /// Counts the outcomes that may still be begun.
    private let room: DispatchSemaphore
    /// Wakes the one who waits for outcomes.
    private let news = DispatchSemaphore(value: 0)

    private struct State {
      var next = 0
      var isEnding = false
      var outcomes: [Int: LogReading.Outcome] = [:]
      /// The outcome that is waited for.
      var awaited: Int?
    }

    /// In microseconds. Waking somebody for each small log takes as long as a part of it: whoever takes the outcomes
    /// lets some gather.
    private static let gathering: UInt32 = 2_000

    init(room: Int) { self.room = DispatchSemaphore(value: room) }

    /// The place of the next input; waits while too many outcomes wait for an earlier one.
    func takePlace(before end: Int) -> Int? {
      room.wait()
      return state.withLock { state in
        guard !state.isEnding, state.next < end else {
          // Whoever waits for room has to learn it as well.
          room.signal()
          return nil
        }
        state.next += 1
        return state.next - 1
      }
    }

    func deliver(_ outcome: LogReading.Outcome, at place: Int) {
      let isAwaited = state.withLock { state in
        state.outcomes[place] = outcome
        guard state.awaited == place else { return false }
        state.awaited = nil
        return true
      }
      if isAwaited { news.signal() }
    }

    /// The outcome at this place, which is the first that was not handed out.
    func waitForOutcome(at place: Int) -> LogReading.Outcome {
      if let outcome = take(at: place) { return outcome }
      usleep(Self.gathering)
      while true {
        if let outcome = take(at: place, orAwait: true) { return outcome }
        news.wait()
      }
    }

    private func take(at place: Int, orAwait isAwaiting: Bool = false) -> LogReading.Outcome? {
      let taken = state.withLock { state in
        let outcome = state.outcomes.removeValue(forKey: place)
        if outcome == nil, isAwaiting { state.awaited = place }
        return outcome
      }
      if taken != nil { room.signal() }
      return taken
    }

    /// No further input is begun.
    func end() {
      state.withLock { $0.isEnding = true }
      room.signal()
    }
  }
}
