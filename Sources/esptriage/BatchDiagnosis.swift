import LogFiles

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
  let jobs: Int

  /// The cores of this machine.
  static var cores: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// How many results may wait for a slow log before them, for each job: bounds the memory.
  private static let waitingForEachJob = 16

  /// Diagnoses all inputs; `receive` gets the outcomes in order, as soon as the order allows.
  func run(
    _ inputs: [LogInput], _ receive: (LogReading.Outcome) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, LogReading.Outcome).self) { group in
      var started = 0
      var running = 0
      var next = 0
      var waiting: [Int: LogReading.Outcome] = [:]
      while next < inputs.count {
        while started < inputs.count, running < jobs, waiting.count < jobs * Self.waitingForEachJob
        {
          let (index, input, reading) = (started, inputs[started], reading)
          group.addTask { (index, reading.diagnose(input)) }
          started += 1
          running += 1
        }
        guard let (index, outcome) = try await group.next() else { break }
        running -= 1
        waiting[index] = outcome
        while let outcome = waiting.removeValue(forKey: next) {
          try receive(outcome)
          next += 1
        }
        if reading.stop.isRequested, running == 0 { break }
      }
    }
  }
}
