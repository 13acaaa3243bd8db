// CPU0 reset reason: 12
// Reset Reason (CPU0): SW_CPU_RESET
//
// Arduino's sketches print the ROM's code for each core; the second core's says little.

import LineReading

extension BootLineScan {
  /// Whose reset a reason tells of, on a chip with two cores.
  enum Core { case unnamed, main, other }

  /// The core that is named in front of the key at `position`.
  static func core(before position: Int, in text: ByteText) -> Core {
    let before = text.slice(from: position - 8, to: position).trimmed
    if mainNames.contains(where: { before.has($0, at: before.count - $0.utf8CodeUnitCount) }) {
      return .main
    }
    let isOther = otherNames.contains { name in
      before.has(name, at: before.count - name.utf8CodeUnitCount)
    }
    return isOther ? .other : .unnamed
  }

  /// Steps over a core in brackets behind a key and says which it is.
  static func skipCore(_ cursor: inout TextCursor) -> Core {
    var trial = cursor
    trial.skipBlanks()
    guard trial.skip("(") || trial.skip("[") else { return .unnamed }
    let core: Core
    if mainNames.contains(where: { trial.skip($0) }) {
      core = .main
    } else if otherNames.contains(where: { trial.skip($0) }) {
      core = .other
    } else {
      return .unnamed
    }
    guard trial.skip(")") || trial.skip("]") else { return .unnamed }
    cursor = trial
    return core
  }

  private static let mainNames: [StaticString] = [
    "CPU0", "CPU 0", "PRO CPU", "Core 0", "core 0", "cpu0",
  ]

  private static let otherNames: [StaticString] = [
    "CPU1", "CPU 1", "APP CPU", "Core 1", "core 1", "cpu1",
  ]
}
