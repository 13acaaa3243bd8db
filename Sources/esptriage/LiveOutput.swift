import Reporting

/// What is shown while nodes are followed: on a terminal with a status at its foot, elsewhere line
/// by line.
struct LiveOutput {
  /// How much of it is wanted.
  enum Extent {
    /// The log, marks and verdicts.
    case everything
    /// One line a verdict.
    case verdicts
    /// Nothing before the end.
    case nothing
  }

  let extent: Extent
  private let colour: ColourChoice
  private let privacy: Privacy
  private var screen: LiveScreen?
  private var stream = WaitingOutput()
  private var waiting = ""

  /// So much may wait for the reader of a pipe.
  private static let mostWaiting = 16 << 20

  init(_ options: ReportOptions) {
    colour = options.color
    privacy = options.privacy
    switch (options.format, options.quiet) {
    case (.json, _): extent = .nothing
    case (.text, true): extent = .verdicts
    case (.text, false): extent = .everything
    }
    if extent == .everything, Terminal.canMoveCursor { screen = LiveScreen() }
  }

  /// The layout of this moment: a terminal may change its size.
  var layout: TextLayout { Terminal.layout(colour, privacy) }

  /// The layout of what scrolls: what is read by a program is not broken into screen lines.
  var scrollLayout: TextLayout {
    var layout = layout
    if !hasFoot { layout.columns = 10_000 }
    return layout
  }

  /// Whether there is a foot to draw a status in.
  var hasFoot: Bool { screen != nil }

  /// Adds lines of the log, or what stands between them; shown by `update`.
  mutating func scroll(_ text: String) {
    if extent == .everything { waiting += text }
  }

  /// Adds a verdict.
  mutating func verdict(_ text: String) { waiting += text }

  /// Says something about the work itself.
  mutating func say(_ message: String, in scroll: LogScroll) {
    if hasFoot {
      waiting += scroll.mark(message)
    } else {
      Diagnostics.say(message)
    }
  }

  /// Shows what was added, and the foot.
  mutating func update(foot rows: [String]) throws(OutputError) {
    defer { waiting = "" }
    guard screen == nil else {
      try screen?.show(waiting, foot: rows)
      return
    }
    stream.add(waiting)
    // A reader that pauses, such as a pager, must not stop the reading of ports; one that never comes back must not
    // fill the memory.
    if stream.count > Self.mostWaiting {
      try stream.writeAll()
    } else {
      try stream.writeWhatIsTaken()
    }
  }

  /// Leaves standard output to the final report.
  mutating func close() throws(OutputError) {
    try update(foot: [])
    try screen?.close()
    try stream.writeAll()
  }
}
