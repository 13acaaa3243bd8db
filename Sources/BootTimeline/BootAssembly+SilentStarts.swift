import DeviceEvents
import LineReading

// Boots of which neither the ROM nor the bootloader prints anything on this console.
extension BootAssembly {
  /// Whether the boot ended with the reboot that a panic announced, although the ROM, the bootloader and the start-up
  /// print nothing on this console.
  func followsReboot(_ reading: LineReadingState) -> Bool {
    guard !startShows, !update.isOpen else { return false }
    return crash.hasRebooted && crash.age(applicationLines: reading.applicationLines) != nil
  }

  /// Whether what comes before an application was seen in this boot, so that it would be seen of the next one too.
  private var startShows: Bool {
    signs.banner || signs.reset || signs.bootloaderBanner || signs.applicationInformation
  }

  /// Whether a program that prints no clock tells of its start again: in the same words, and with a count of its starts
  /// that went up by one, whether the reason is the same or another. Without a count it must be another reason, behind
  /// other lines, in words that say that it starts: else it may be a list of the starts of before, or another node's.
  func tellsAnotherStart(
    _ line: BootLine, _ reading: LineReadingState, _ open: BootRecord
  ) -> Bool {
    guard !startShows, reading.clock == nil, line.partition == nil, line.isOwn(at: nil),
      let reason = line.reason, let known = open.boot.resetReason,
      reason != .unknown, known != .unknown, open.boot.resetReasonSource == .app,
      let told = open.boot.resetReasonLine
    else { return false }
    let text = reading.line.reference.text
    guard Self.tellReason(told.text, text) else { return false }
    let counts = (Self.startsCounted(in: told.text), Self.startsCounted(in: text))
    guard let before = counts.0, let now = counts.1 else {
      return counts.0 == nil && counts.1 == nil && reason != known
        && followsOtherWords(reading, told) && line.subject == .thisNode
        && Self.saysThatItStarts(text)
    }
    return now - before == 1 && reading.line.number - told.number > Self.linesThatTellOneStart
  }

  /// Whether a start is known by the reason alone that a program without a clock tells of it, another than before: the
  /// boot begins with that line, and no count of starts stands in it.
  func isToldByReasonAlone(
    _ line: BootLine, _ reading: LineReadingState, _ record: BootRecord
  ) -> Bool {
    let boot = record.boot
    return boot.index > 0 && !boot.beganInLog && reading.clock == nil && line.partition == nil
      && boot.firstLine.number == reading.line.number
      && Self.startsCounted(in: reading.line.reference.text) == nil
  }

  /// Whether other lines stand between what a program told of its start, as one of its first words, and what it tells
  /// now: in a list of the starts of before none do.
  private func followsOtherWords(_ reading: LineReadingState, _ told: LineReference) -> Bool {
    let last = signs.toldLine ?? told.number
    return reading.line.number - last > 1 && told.number - bootFirstLine <= Self.firstWords
  }

  /// So many lines a program prints before it tells why it was started.
  private static let firstWords = 10

  /// Whether a line opens with the words of a program that starts: `Booting, reset reason 4`, and names nobody.
  private static func saysThatItStarts(_ text: String) -> Bool {
    guard let before = wordsBeforeReason(text) else { return false }
    let opening = before.split { !$0.isLetter }.map(String.init)
    guard let first = opening.first, before.hasPrefix(first), startingWords.contains(first),
      opening.dropFirst().allSatisfy({ wordsBehindStart.contains($0) })
    else { return false }
    return !text.lowercased().split { !$0.isLetter }.contains {
      wordsForOthers.contains(String($0))
    }
  }

  private static let startingWords = ["booting", "starting"]

  private static let wordsBehindStart = ["up", "last", "the", "my", "boot", "reset", "restart"]

  private static let wordsForOthers = [
    "node", "child", "peer", "device", "slave", "station", "client", "id", "mac", "addr", "address",
    "name", "from",
  ]

  /// Whether a program that prints a clock tells of its start again, in the same words, where nothing prints before it:
  /// at the same moment of a run, behind a later one; or of another partition, of which no boot runs two.
  func tellsStartAgain(_ line: BootLine, _ reading: LineReadingState, _ open: BootRecord) -> Bool {
    guard !startShows, let clock = reading.clock, let before = signs.bootLineClock,
      let earlier = signs.bootLine, line.reason != nil, line.isOwn(at: clock),
      open.boot.resetReasonSource == .app, let told = open.boot.resetReasonLine,
      abs(clock - before) <= Self.startsDiffer,
      Self.tellReason(
        Self.words(of: told.text), Self.words(of: reading.line.reference.text))
    else { return false }
    if let last = lastClock, clock < last { return true }
    return earlier.isWhole && line.isWhole && earlier.partition != line.partition
  }

  /// By so many milliseconds one start of a program may be quicker than another.
  private static let startsDiffer = 300

  /// A line behind its clock: `I (335) main: …`, `[   335][I]…`.
  private static func words(of text: String) -> String {
    guard let end = text.prefix(24).firstIndex(where: { $0 == ")" || $0 == "]" }) else {
      return text
    }
    return String(text[text.index(after: end)...])
  }

  /// So many lines may list the starts of before.
  private static let linesThatTellOneStart = 3

  /// Whether two lines are the same up to where they come to the reason of a reset: no date, no number of an entry. In
  /// records, what a key names before it may differ.
  private static func tellReason(_ first: String, _ second: String) -> Bool {
    guard let one = wordsBeforeReason(first), let other = wordsBeforeReason(second) else {
      return false
    }
    return one == other
  }

  /// What a line says up to the word for the reason; of a record the string in which it stands.
  private static func wordsBeforeReason(_ text: String) -> Substring? {
    let words = text.lowercased()
    let ends = ["reason", "cause", "esp_rst_"].compactMap { words.firstRange(of: $0)?.lowerBound }
    guard let end = ends.min() else { return nil }
    let before = words[..<end]
    guard words.hasPrefix("{"), let quote = before.lastIndex(of: "\"") else { return before }
    return before[quote...]
  }

  /// How many starts a line counts, those that it names `reboots: 42`.
  private static func startsCounted(in text: String) -> Int? {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return zip(words, words.dropFirst()).first { wordsForStarts.contains(String($0.0)) }
      .flatMap { Int($0.1) }
  }

  private static let wordsForStarts = ["reboots", "boots", "restarts", "resets", "bootcount"]
}
