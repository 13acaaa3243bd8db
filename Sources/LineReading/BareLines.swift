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
      let line = slice(from: start, to: end).withoutTrailingReturns
      let uncoloured = line.asUndecoratedLogLine(oddBytes: .unknown)
      body(
        LogLine(
          number: number, offset: offset + start, text: uncoloured ?? line, ending: .lineFeed,
          origin: uncoloured == nil ? MonitorLines.origin(of: line) : .device))
      number += 1
      start = end + 1
    }
  }
}
