import DeviceEvents
import LineReading

// Boots that show by nothing but what a framework prints after each start, as in logs that come over the network.
extension BootAssembly {
  /// So many lines of a run must stand before the first mark of another start: a start prints some before its marks, too.
  private static let linesOfRun = 8
  /// A shorter uptime than this is that of a start.
  private static let secondsOfStart = 600
  /// By so many seconds two lines may tell the same moment differently.
  private static let secondsOfDisorder = 5

  /// Whether a framework's mark is that of another start: it came already, or one that comes later did.
  func startsAgain(
    _ mark: StartMark, _ reading: LineReadingState, _ open: BootRecord
  ) -> Bool {
    if let last = signs.startMark, last.mark.framework == mark.framework {
      // Two nodes in one log would take turns.
      if let one = last.mark.name, let other = mark.name, one != other { return false }
      if let one = last.node, let other = Self.node(in: reading.line.reference.text), one != other {
        return false
      }
      // Where two consoles are captured as one, each line comes twice.
      if last.mark == mark, reading.line.number - last.line <= 1 { return false }
      return mark.step <= last.mark.step
    }
    guard mark.step < StartMark.firstMoments, !startShows, open.boot.stage == .application else {
      return false
    }
    return signs.announcedRestart != nil
      || reading.line.number - bootFirstLine >= Self.linesOfRun
  }

  /// Whether the application has run for less than before, as it tells itself.
  func hasRunLess(_ seconds: Int, _ reading: LineReadingState) -> Bool {
    guard !startShows, let last = signs.uptime, seconds < Self.secondsOfStart,
      seconds + Self.secondsOfDisorder < last.seconds
    else { return false }
    return last.name == Self.speakerOfUptime(in: reading.line.reference.text)
  }

  /// Whether a start was counted since the application told last how many are left.
  func isCountedOn(to count: Int) -> Bool {
    guard !startShows, let last = signs.startsBeforeSafeMode else { return false }
    return count < last
  }

  /// What a line calls the node that tells its start: the host before `ESP-`, as syslog has it, or the topic.
  static func node(in text: String) -> String? {
    if let program = text.firstRange(of: " ESP-") {
      return text[..<program.lowerBound].split(separator: " ").last.map(String.init)
    }
    let topic = speakerOfUptime(in: text)
    return topic.contains("/") ? topic : nil
  }

  /// What tells an uptime: the topic or the sensor. Several may, each of another node.
  static func speakerOfUptime(in text: String) -> String {
    if let quote = text.firstIndex(of: "'") {
      return String(text[text.index(after: quote)...].prefix { $0 != "'" })
    }
    let words = text.prefix { $0 != "{" }
    return words.split(separator: " ").last { $0 != "=" }.map(String.init) ?? ""
  }
}
