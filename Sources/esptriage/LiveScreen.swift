import Reporting

/// A terminal on which a log scrolls above a few lines that are drawn anew.
///
/// Never waits for the terminal: while it is stopped or slow, the port must be read on. What it
/// cannot take is left out of the scroll, with a mark that says so.
struct LiveScreen {
  private var output = WaitingOutput()
  private var foot: [String] = []
  private var drawnRows = 0
  private var linesLeftOut = 0

  /// So much may wait for the terminal.
  private static let mostWaiting = 1 << 20

  /// Adds lines above the foot, and draws the foot under them; rows without line feeds, each narrower than the screen.
  mutating func show(_ lines: String, foot rows: [String]) throws(OutputError) {
    defer { foot = rows }
    guard !lines.isEmpty || rows != foot || rows.count != drawnRows else {
      return try output.writeWhatIsTaken()
    }
    var lines = lines
    if output.count > Self.mostWaiting {
      linesLeftOut += lines.utf8.count { $0 == UInt8(ascii: "\n") }
      return try output.writeWhatIsTaken()
    }
    if linesLeftOut > 0 {
      lines = "─── \(linesLeftOut) lines not shown: the terminal did not take them ───\n" + lines
      linesLeftOut = 0
    }
    // A foot that was not seen need not be drawn again.
    if lines.isEmpty, output.count > 0 { return try output.writeWhatIsTaken() }
    output.add(erasing + lines + rows.joined(separator: "\n"))
    drawnRows = rows.count
    try output.writeWhatIsTaken()
  }

  /// Leaves the screen to others: the foot goes, all that waits is written.
  mutating func close() throws(OutputError) {
    output.add(erasing)
    drawnRows = 0
    foot = []
    try output.writeAll()
  }

  /// Takes the foot away; the cursor is then where the next line belongs.
  private var erasing: String {
    guard drawnRows > 0 else { return "" }
    return "\r" + (drawnRows > 1 ? "\u{1b}[\(drawnRows - 1)A" : "") + "\u{1b}[J"
  }
}
