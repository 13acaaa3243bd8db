extension ByteText {
  /// Hands on each line of a text in which all lines stand as they were printed, coloured at most: those that
  /// `LineRun.line` gives.
  ///
  /// How a line is read depends on nothing before it. A reader at its start would not do: it does not know yet what the
  /// log is like, and takes a record that the device printed for one that a capture wrote around the device's text.
  package func forEachBareLine(number: Int, offset: Int, _ body: (LogLine) -> Void) {
    var number = number
    var start = 0
    while let end = firstIndex(of: UInt8(ascii: "\n"), from: start) {
      body(slice(from: start, to: end).asBareLine(number: number, offset: offset + start))
      number += 1
      start = end + 1
    }
  }

  /// The line that this text is, behind which a line feed stands.
  package func asBareLine(number: Int, offset: Int) -> LogLine {
    let line = withoutTrailingReturns
    let uncoloured = line.asUndecoratedLogLine(oddBytes: .unknown)
    return LogLine(
      number: number, offset: offset, text: uncoloured ?? line, ending: .lineFeed,
      origin: uncoloured == nil ? MonitorLines.origin(of: line) : .device)
  }
}
