import CLineScan

/// The clock that the capture tool puts before each line, once a line has shown it.
///
/// Such lines are stepped over like others: where only the digits of a clock that was recognised have
/// changed, it is one again.
struct CaptureClock {
  private(set) var shape = clinescan_clock()

  /// Learns the clock of a line of the log macros that begins with one and nothing else.
  mutating func learn(from line: ByteText) {
    guard let length = HostClock.length(in: line) else { return }
    let isColoured = line[length] == Byte.escape && line.hasLogLine(at: length + 7)
    guard isColoured || line.hasLogLine(at: length) else { return }
    clinescan_clock_learn(&shape, line.base, length)
  }
}
