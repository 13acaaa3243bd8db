// What somebody types at the prompt of a node, as the console's echo has it.

/// A command that joins a network or opens one.
struct ConsoleCommand {
  /// The network's name, as it stands in the text.
  let network: Range<Int>?
  /// The network's password.
  let password: Range<Int>?
}

extension SecretScan {
  /// `esp32> join lab x`, `iperf> sta_connect lab x`, `> wifi connect -s lab -p x`; `position` is that of the prompt's end.
  mutating func consoleCommand(at position: Int) -> ConsoleCommand? {
    // `assoc -> connect` is an arrow.
    let isPrompt =
      byte(position - 1) != UInt8(ascii: "-") && byte(position - 1) != UInt8(ascii: "=")
    guard isPrompt, byte(position + 1) == 0x20 else { return nil }
    // A prompt in colour ends with a sequence.
    var start = position + 2
    if byte(start) == 0x1b {
      let limit = start + 8
      while start < limit, byte(start) != UInt8(ascii: "m") { start += 1 }
      start += 1
    }
    guard let command = Self.commands.first(where: { stands($0, at: start) }) else { return nil }
    let words = words(from: pastBlanks(start + command.utf8CodeUnitCount))
    // `wifi status connected`, and `join <ssid> [<password>]` of a help.
    let isOther = words.first.map { first in Self.others.contains { isExactly($0, first) } } ?? true
    if isOther || words.contains(where: { isPlaceholder($0) }) { return nil }
    let read = read(words)
    // These connect to other things as well.
    let isVague = Self.vague.contains { stands($0, at: start) }
    return isVague && read?.password == nil ? nil : read
  }

  /// `<password>`, `[<password>]`
  private func isPlaceholder(_ word: Range<Int>) -> Bool {
    let last = byte(word.upperBound - 1)
    return byte(word.lowerBound) == UInt8(ascii: "<") && last == UInt8(ascii: ">")
      || byte(word.lowerBound) == UInt8(ascii: "[") && last == UInt8(ascii: "]")
  }

  private func isExactly(_ word: StaticString, _ range: Range<Int>) -> Bool {
    word.utf8CodeUnitCount == range.count && has(word, at: range.lowerBound)
  }

  private static let vague: [StaticString] = ["wifi", "connect", "wpa", "set ap", "set sta"]

  /// What stands behind a command that does something else with the network.
  private static let others: [StaticString] = [
    "status", "scan", "disconnect", "off", "on", "mode", "start", "stop", "info", "list", "state",
    "get", "help", "is", "reset", "restart", "power", "channel", "country", "failed", "ok", "done",
  ]

  /// The commands of ESP-IDF's examples (`join`; `sta`, `ap` and their successors), and what others call them; longer
  /// ones come before their beginnings.
  private static let commands: [StaticString] = [
    "join", "sta_connect", "sta_set", "sta connect", "sta", "ap_set", "ap_start", "ap",
    "set_wifi", "set_sta", "set_ap", "set-wifi", "set wifi", "set ap", "set sta",
    "wifi_connect", "wifi_join", "wifi_set", "wifi_config", "wifi_sta", "wifi_ap", "wifi-connect",
    "wifi connect", "wifi join", "wifi set", "wifi sta", "wifi ap", "wifi", "connect", "wpa",
  ]

  private func stands(_ command: StaticString, at start: Int) -> Bool {
    has(command, at: start) && isBlank(start + command.utf8CodeUnitCount)
  }

  /// No such command has more words.
  private static let mostWords = 8

  private mutating func words(from start: Int) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var cursor = start
    while words.count < Self.mostWords, !isLineEnd(cursor) {
      let open = isQuote(cursor) ? cursor + 1 : cursor
      let end =
        isQuote(cursor) ? extent(from: cursor)?.bytes.upperBound ?? open : headerEnd(from: open)
      guard end > open else { break }
      // `--timeout=1000`
      if !has("--", at: open) { words.append(open..<end) }
      cursor = pastBlanks(isQuote(end) ? end + 1 : end)
    }
    return words
  }

  /// A name and a password, the last one; or each behind its letter.
  private func read(_ words: [Range<Int>]) -> ConsoleCommand? {
    var flagged: [UInt8: Range<Int>] = [:]
    var plain: [Range<Int>] = []
    var flag: UInt8?
    for word in words {
      if word.count == 2, byte(word.lowerBound) == UInt8(ascii: "-"), isLetter(word.lowerBound + 1)
      {
        flag = lower(word.lowerBound + 1)
      } else if let letter = flag {
        flagged[letter] = word
        flag = nil
      } else {
        plain.append(word)
      }
    }
    let password = flagged[UInt8(ascii: "p")] ?? (plain.count >= 2 ? plain.last : nil)
    let network = flagged[UInt8(ascii: "s")] ?? plain.first
    guard network != nil || password != nil else { return nil }
    return ConsoleCommand(
      network: network,
      password: password.flatMap { $0.count >= Self.leastPassword || isMasked($0) ? $0 : nil })
  }
}
