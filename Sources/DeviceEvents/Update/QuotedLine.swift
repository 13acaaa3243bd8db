// I (90001) mqtt: DATA=E (1222) task_wdt: Task watchdog got triggered. …
// I (90001) syslogd: 192.168.1.44 <11>E (4456) esp_ota_ops: …
// I (90001) udp_log: shed> OTA update started, content_length=891234
// [D][uart_debug:114]: <<< "rst:0x1 (POWERON),boot:0x13 (SPI_FAST_FLASH_BOOT)"
// I (90001) hub: log of n3: [11:20:05][D][debug:085]: Reset Reason: Exception/panic
// I (90001) c6: I (450) main: Reset reason: ESP_RST_PANIC
// I (90001) c6: rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
// [D][mqtt:200]: [shed/debug] Reset reason: Brownout
//
// Gateways, brokers' clients and log servers print the lines of other nodes inside their own messages.

import LineReading

/// Tells a line of another node's inside a message from one of the node's own that was glued to a cut line.
enum QuotedLine {
  /// Where the line of another node's begins in the message; nil if it holds none.
  ///
  /// Such a line stands behind words of the message that end with a mark, and its clock is another one. Directly
  /// behind the tag a line may be anybody's: some tools put a log head before every line that they record.
  static func start(in message: LogMessage) -> Int? {
    let text = message.message
    if text.has("<<< \"") || text.has(">>> \"") { return 4 }
    if let start = startOfHeapReport(in: text) { return start }
    var place = text.firstLogPrefix(from: 1)
    while let position = place {
      if isQuoted(at: position, in: message) { return position }
      place = text.firstLogPrefix(from: position + 1)
    }
    var bracket = text.firstIndex(of: UInt8(ascii: "["), from: 1)
    for _ in 0..<bracketsTried {
      guard let position = bracket else { break }
      if isQuoted(at: position, in: message) { return position }
      bracket = text.firstIndex(of: UInt8(ascii: "["), from: position + 1)
    }
    return nil
  }

  /// How many brackets of a message are looked at: a message of 64 KiB may hold nothing else.
  private static let bracketsTried = 8

  /// How much later than a cut line the line is that is glued to it, in milliseconds.
  private static let ownLinesFollowWithin = 10_000

  /// The same where nothing else says that the message passes lines on: the node may have been silent within a line.
  private static let longestSilence = 3_600_000

  /// How much earlier it may be, since two cores print at once, in milliseconds.
  private static let coresDifferBy = 100

  private static func isQuoted(at position: Int, in message: LogMessage) -> Bool {
    guard endsWithMark(message.message.slice(from: 0, to: position)),
      let line = LogMessage(message.message.slice(from: position)), !line.tag.isEmpty
    else { return false }
    guard line.style == message.style else { return true }
    guard let time = line.time, let outer = message.time else { return false }
    if time < outer - coresDifferBy || time > outer + longestSilence { return true }
    return time > outer + ownLinesFollowWithin && isPassedOn(at: position, in: message)
  }

  /// Whether what stands at a place of a message came from elsewhere: by the tag, a word or a quotation mark.
  private static func isPassedOn(at position: Int, in message: LogMessage) -> Bool {
    let text = message.message
    return isReceiver(message.tag) || OtherNodes.areMeant(byTag: message.tag, at: message.time)
      || OtherNodes.isPassedOn(before: position, in: text)
      || OtherNodes.subject(before: position, in: text) != .thisNode
      || endsWithQuotationMark(text.slice(from: 0, to: position))
      || RelayedLine.endsAsReceived(text.slice(from: 0, to: position))
  }

  private static func endsWithQuotationMark(_ words: ByteText) -> Bool {
    let words = words.trimmed
    return switch words[words.count - 1] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): true
    default: false
    }
  }

  /// Whether one of a tag's words names what receives the lines of other nodes: `udp_log`.
  private static func isReceiver(_ tag: ByteText) -> Bool {
    var start = 0
    for end in 0...tag.count where end == tag.count || tag[end] == UInt8(ascii: "_") {
      let word = tag.slice(from: start, to: end)
      if receivers.contains(where: { word.isExactly($0) }) { return true }
      start = end + 1
    }
    return false
  }

  private static let receivers: [StaticString] = [
    "udp", "syslog", "syslogd", "mqtt", "relay", "remote",
  ]

  /// Whether words end with a mark behind which others are quoted. A line is cut anywhere, hardly ever behind it.
  static func endsWithMark(_ words: ByteText) -> Bool {
    let words = words.trimmed
    guard words.count > 1 else { return false }
    switch words[words.count - 1] {
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "|"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "]"),
      UInt8(ascii: ")"):
      return true
    case UInt8(ascii: "<"), UInt8(ascii: "-"): return words[words.count - 2] == UInt8(ascii: "<")
    default: return false
    }
  }

  /// Where the text begins behind the name of who said it, `shed> `; nil if nobody is named.
  ///
  /// A node's own console has a prompt as well: only a tag of what receives lines makes it another node's name.
  static func endOfSpeaker(opening message: LogMessage) -> Int? {
    let text = message.message
    var end = 0
    while end < longestName, LogMessage.isTagByte(text[end]) { end += 1 }
    // An arrow, `-> `, names nobody.
    guard end > 0, Letters.isWord(text[end - 1]), text.has("> ", at: end), isReceiver(message.tag),
      !text.has("Restarting", at: end + 2), !text.has("Rebooting", at: end + 2)
    else { return nil }
    return end + 2
  }

  /// Where the text begins behind the topic of what ESPHome's broker client received, `[shed/debug] `; nil if there is
  /// none.
  static func endOfTopic(opening message: LogMessage) -> Int? {
    let text = message.message
    guard message.style == .espHome, message.tag.has("mqtt"), text.has("[") else { return nil }
    var end = 1
    while end < longestTopic, LogMessage.isTagByte(text[end]) { end += 1 }
    guard text.slice(from: 1, to: end).contains("/"), text.has("] ", at: end) else { return nil }
    return end + 2
  }

  /// Where the text begins behind the name of the node from which ESPHome received it without a broker, `shed: `; nil
  /// if nobody is named.
  static func endOfPeer(opening message: LogMessage) -> Int? {
    let text = message.message
    guard message.style == .espHome, message.tag.isExactly("espnow") else { return nil }
    var end = 0
    while end < longestName, Letters.isWord(text[end]) || text[end] == UInt8(ascii: "-") {
      end += 1
    }
    guard end > 1, text.has(": ", at: end) else { return nil }
    return end + 2
  }

  /// Whether a text begins with what the ROM prints at a reset.
  static func isReset(opening text: ByteText) -> Bool {
    text.has("ESP-ROM:") || text.has("rst:0x") || text.has("ets J")
  }

  /// The time of the log line with which a text begins; nil if it begins with none.
  static func time(opening text: ByteText) -> Int? {
    guard let line = LogMessage(text), line.style == .espIDF, line.hasPlausibleTag else {
      return nil
    }
    return line.time
  }

  /// The longest name that opens a text, in bytes.
  private static let longestName = 32

  /// The longest topic of a message of a broker's, in bytes.
  private static let longestTopic = 64

  /// The report of a damaged heap has no log head, and is printed before the crash of this node's own.
  private static func startOfHeapReport(in text: ByteText) -> Int? {
    guard text.has("rx ") || text.has("rx: "), let colon = text.firstIndex(of: ": "), colon <= 32,
      text.has("CORRUPT HEAP:", at: colon + 2)
    else { return nil }
    return colon + 2
  }
}
