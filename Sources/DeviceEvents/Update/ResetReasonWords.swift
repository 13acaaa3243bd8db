// Reset reason: Vdd Brownout
// Boot reason: SoftwareWatchdogReset
// reset cause: PANIC_ABORT
// Restart reason: Watchdog reset (task)
//
// What a field for the reset reason says in words of an application's own. No list of sentences holds them all: what
// counts is that every word is known, however they are joined, and that those of one class stand among them. So a word
// that turns the rest around, `no`, `counter`, `enabled`, leaves the field unread.

import LineReading

/// The words that are the value of a field for the reset reason.
struct ResetReasonWords {
  /// What they say.
  enum Reading: Hashable {
    case reason(ResetReason)
    /// Words that are no fault's: somebody asked for it, or nobody knows.
    case nothing
    case unknown
  }

  let reading: Reading
  /// Where they end.
  let end: Int

  /// Those at `position`, up to the end of the statement.
  init(at position: Int, in text: ByteText) {
    var cursor = TextCursor(text, at: position)
    var found: Set<Word> = []
    var isKnown = true
    var end = position
    let quote = Self.skipQuote(&cursor)
    while isKnown, cursor.position < position + Self.longest {
      while Self.joins(cursor.byte), !cursor.isAtEnd { cursor.advance() }
      guard Self.isLetter(cursor.byte) else {
        isKnown = Self.ends(cursor, quotedBy: quote)
        break
      }
      let word = Self.word(&cursor)
      // `TDog heap=212332`: the next field begins.
      if end > position, cursor.byte == UInt8(ascii: "=") || cursor.byte == UInt8(ascii: ":") {
        break
      }
      end = cursor.position
      let lower = word.string.lowercased()
      if let known = Self.words[lower] { found.formUnion(known) } else { isKnown = false }
    }
    self.end = end
    reading = isKnown ? Self.reading(found) : .unknown
  }

  /// In bytes: nobody tells a reason in more.
  private static let longest = 80

  /// What a word says.
  private enum Word {
    case panic, watchdog, task, interrupt, brownout, brown, out, power, on, glitch, lockup, lock, up
    case software, sleep, external, usb, jtag, sdio, efuse
    /// Whose watchdog it was, of those that are neither the tasks' nor the interrupts'.
    case other
    /// An occasion for a restart that somebody wanted.
    case wanted
    /// What belongs to any of them.
    case filler
  }

  private static func reading(_ words: Set<Word>) -> Reading {
    let faults = faults(words)
    if let fault = faults.first {
      // `panic button`, `Wi-Fi watchdog`: a word of what somebody wants makes another thing of it.
      // `power cycle after crash`: that is what came before this start.
      let isPowerOn = words.isSuperset(of: [.power, .on])
      return faults.count == 1 && !words.contains(.wanted) && !isPowerOn ? .reason(fault) : .unknown
    }
    guard words.isDisjoint(with: [.task, .interrupt, .glitch, .lock, .brown]) else {
      return .unknown
    }
    var reasons: [ResetReason] = []
    if words.contains(.power), !words.isDisjoint(with: [.on, .up]) { reasons.append(.powerOn) }
    if words.contains(.software) { reasons.append(.software) }
    if words.contains(.sleep) { reasons.append(.deepSleep) }
    for (word, reason) in plain where words.contains(word) { reasons.append(reason) }
    // `software/external`: what several words may mean, and what somebody wanted, is no fault.
    guard reasons.count == 1, let reason = reasons.first, !words.contains(.wanted) else {
      return .nothing
    }
    return .reason(reason)
  }

  /// The faults that the words name.
  private static func faults(_ words: Set<Word>) -> [ResetReason] {
    var faults: [ResetReason] = []
    if words.contains(.watchdog) {
      switch (words.contains(.task), words.contains(.interrupt)) {
      case (true, false): faults.append(.taskWatchdog)
      case (false, true): faults.append(.interruptWatchdog)
      case (true, true), (false, false): faults.append(.watchdog)
      }
    } else if words.contains(.panic) {
      // The watchdogs end in a panic, too, and are told by their own word.
      faults.append(.panic)
    }
    if words.contains(.brownout) || words.isSuperset(of: [.brown, .out]) {
      faults.append(.brownout)
    }
    if words.isSuperset(of: [.power, .glitch]) { faults.append(.powerGlitch) }
    if words.contains(.lockup) || words.isSuperset(of: [.lock, .up]) { faults.append(.cpuLockup) }
    return faults
  }

  private static let plain: [(Word, ResetReason)] = [
    (.external, .external), (.usb, .usb), (.jtag, .jtag), (.sdio, .sdio), (.efuse, .efuse),
  ]

  /// In small letters.
  private static let words: [String: Set<Word>] = {
    var result: [String: Set<Word>] = [:]
    for (meaning, words) in vocabulary {
      for word in words.split(separator: " ") { result[String(word), default: []].insert(meaning) }
    }
    return result
  }()

  /// A word may stand for two: `TWDT`, `PowerOn`. Of `TDog` and `WiFi` the capitals make two.
  private static let vocabulary: [(Word, String)] = [
    (
      .panic,
      "panic panicked exception crash crashed abort aborted assert assertion guru meditation"
    ),
    (.watchdog, "watchdog watchdogs wdt dog wdog twdt iwdt rwdt swdt taskwdt intwdt"),
    (.task, "task t twdt taskwdt"), (.interrupt, "interrupt int i iwdt intwdt"),
    (.other, "rtc other others super timer group hw hardware main legacy"),
    (.brownout, "brownout undervoltage"), (.brown, "brown"), (.out, "out"),
    (.power, "power pwr poweron"), (.on, "on cycle poweron"), (.up, "up"), (.glitch, "glitch"),
    (.lockup, "lockup"), (.lock, "lock"),
    (.software, "software sw soft"), (.sleep, "sleep deepsleep"),
    (.external, "external ext"), (.usb, "usb"), (.jtag, "jtag"), (.sdio, "sdio"),
    (.efuse, "efuse"),
    (
      .wanted,
      """
      ota update updated upgrade upgraded firmware fw flash flashed user requested request command commanded cmd mqtt \
      http web webui api ui cli console remote button pin wi fi por config configuration settings setting changed saved scheduled \
      daily nightly manual manually factory wifi network reconnect provisioning wake wakeup woke wakes cold warm normal \
      regular clean ok none na null first safe default
      """
    ),
    (
      .filler,
      """
      watch reset resets reboot rebooted restart restarted start startup boot rst event due to by of from a an the and or via \
      after on caused cause because was is has been system sys cpu core digital chip esp device module vdd vbat supply \
      voltage low timeout timed triggered detected detector error occurred unhandled unexpected abnormal fatal last \
      handler exiting app application mode reason unknown undefined undetermined unspecified
      """
    ),
  ]

  // MARK: - Reading

  private static func skipQuote(_ cursor: inout TextCursor) -> UInt8? {
    cursor.skipBlanks()
    guard cursor.byte == UInt8(ascii: "\"") || cursor.byte == UInt8(ascii: "'") else { return nil }
    defer { cursor.advance() }
    return cursor.byte
  }

  /// The next word; capitals begin one inside a name, `BrownOutReset`, and in `ESP32` the digits belong to it.
  private static func word(_ cursor: inout TextCursor) -> ByteText {
    let start = cursor.position
    let text = cursor.text
    cursor.advance()
    while isLetter(cursor.byte) {
      let at = cursor.position
      if isCapital(text[at]), !isCapital(text[at - 1]) { break }
      // `USBReset`: the last capital is the next word's.
      if isCapital(text[at]), isLetter(text[at + 1]), !isCapital(text[at + 1]) { break }
      cursor.advance()
    }
    if text.slice(from: start, to: cursor.position).isExactly("ESP") { _ = cursor.skip("32") }
    return text.slice(from: start, to: cursor.position)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }

  /// What stands between the words of one value.
  private static func joins(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
      UInt8(ascii: ")"):
      true
    default: false
    }
  }

  /// Whether the value ends at the cursor.
  private static func ends(_ cursor: TextCursor, quotedBy quote: UInt8?) -> Bool {
    if let quote { return cursor.byte == quote }
    switch cursor.byte {
    case 0, 0x0d, 0x1b, UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "|"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "'"),
      UInt8(ascii: "\""):
      return true
    default: return false
    }
  }
}
