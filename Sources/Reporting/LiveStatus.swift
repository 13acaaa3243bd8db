import Analysis
import Diagnosis

/// One line about a node that is being followed, for the foot of a screen.
public struct LiveStatus: Sendable {
  /// What the port does.
  public enum Connection: Sendable {
    /// It is named, or looked for, and not there yet.
    case awaited
    /// It is open.
    case open
    /// It was there, and is gone.
    case gone
    /// It was there, and does not come back: the end of standard input.
    case ended
  }

  /// The port's name, hostile like all that comes from outside.
  public var name: String
  /// What the port does.
  public var connection: Connection
  /// How many bytes came.
  public var bytes: Int
  /// What the log shows so far; nil before the first look.
  public var report: Report?
  /// Whether the verdict has stood long enough.
  public var isSettled: Bool

  /// A status.
  public init(
    name: String, connection: Connection, bytes: Int = 0, report: Report? = nil,
    isSettled: Bool = false
  ) {
    self.name = name
    self.connection = connection
    self.bytes = bytes
    self.report = report
    self.isSettled = isSettled
  }

  /// The line, without a line feed, cut to the screen.
  public func text(_ layout: TextLayout) -> String {
    // A line that fills the last column would scroll some terminals.
    var page = TextPage(
      layout: TextLayout(
        columns: layout.columns - 1, colouring: layout.colouring, privacy: layout.privacy))
    page.line(spans)
    return String(page.text.dropLast())
  }

  /// A long path must not push the verdict off the screen.
  private var shortName: String {
    guard TextWidth.columns(name) > 20 else { return name }
    return TextWidth.cut(name.split(separator: "/").last.map(String.init) ?? name, to: 20)
  }

  private var spans: [TextPage.Span] {
    var spans = [TextPage.Span(shortName, .strong)]
    switch connection {
    case .awaited: return spans + [.init(own: " · waiting for it", .reason)]
    case .gone: spans.append(.init(own: " · gone, waiting for it", .reason))
    case .ended: spans.append(.init(own: " · ended", .reason))
    case .open: break
    }
    guard let report, bytes > 0 else {
      if bytes == 0, case .open = connection {
        spans.append(.init(own: " · nothing received yet", .faint))
      }
      return spans
    }
    let timeline = report.timeline
    let boots = timeline.boots.count + timeline.elided.boots
    if boots > 0 { spans.append(.init(own: " · " + Quantity.counted(boots, "boot"))) }
    if let slot = timeline.boots.last?.slot { spans.append(.init(" · " + slot)) }
    if let reason = timeline.boots.last(where: { $0.resetReason != nil })?.resetReason {
      spans.append(.init(own: " · reset " + reason.rawValue))
    }
    let verdict = report.conclusion.verdict
    spans.append(.init(own: " · "))
    guard verdict.id != .noESPLog else {
      return spans + [.init(own: "no line of an ESP32 yet", .faint)]
    }
    let certainty = Confidence.percent(verdict.confidence) + (isSettled ? "" : "?")
    spans.append(.init(own: verdict.id.rawValue, .severity(verdict.severity)))
    spans.append(.init(own: " " + certainty))
    return spans
  }
}
