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

  /// Whether a program that prints no clock tells of its start again: in the same words, with another reason, which no
  /// boot has two of, and with a count of its starts that went up by one. Without a count it may be a list of the
  /// starts of before.
  func tellsAnotherStart(
    _ line: BootLine, _ reading: LineReadingState, _ boot: Boot
  ) -> Bool {
    guard !startShows, reading.clock == nil, line.partition == nil, line.isOwn(at: nil),
      line.reasonNumber == nil, let reason = line.reason, let known = boot.resetReason,
      reason != known, reason != .unknown, known != .unknown, boot.resetReasonSource == .app,
      let told = boot.resetReasonLine,
      reading.line.number - told.number > Self.linesThatTellOneStart
    else { return false }
    let text = reading.line.reference.text
    guard Self.tellReason(told.text, text), let before = Self.startsCounted(in: told.text),
      let now = Self.startsCounted(in: text)
    else { return false }
    return now > before && now - before == 1
  }

  /// So many lines may list the starts of before.
  private static let linesThatTellOneStart = 3

  /// Whether two lines are the same up to where they come to the reason of a reset: no date, no number of an entry.
  private static func tellReason(_ first: String, _ second: String) -> Bool {
    let common = zip(first.utf8, second.utf8).prefix { $0.0 == $0.1 }.map { $0.0 }
    let words = String(decoding: common, as: UTF8.self).lowercased()
    return ["reason", "cause", "esp_rst_"].contains { words.contains($0) }
  }

  /// How many starts a line counts, those that it names `reboots: 42`.
  private static func startsCounted(in text: String) -> Int? {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return zip(words, words.dropFirst()).first { wordsForStarts.contains(String($0.0)) }
      .flatMap { Int($0.1) }
  }

  private static let wordsForStarts = ["reboots", "boots", "restarts", "resets", "bootcount"]
}
