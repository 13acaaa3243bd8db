/// Reads the clocks that host tools print before a line.
///
/// What looks similar and is the device's own stays: `[  3708][W][file.cpp:639]`, `[I][ota:363]`.
enum HostClock {
  /// The length of a clock at the start of `text`, with all that belongs to it, or nil.
  static func length(in text: ByteText) -> Int? {
    switch text[0] {
    case Byte.bracket: return bracketed(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return bare(text)
    default: return monthFirst(text)
    }
  }

  /// In brackets: `[10:20:30]`, `[10:20:30.123]` of ESPHome and tio, `[2026-05-18T10:20:30.123]`,
  /// `[2026-05-18 10:20:30]` of minicom, `[1747563630.123456]` of tio,
  /// `[2021/09/28 22:43:01.123]收←◆` of SSCOM, `[Mon May 18 10:20:30.123 2026]` of Tera Term,
  /// `[18/05/26 10:20:30:123]` with the day or the month first.
  private static func bracketed(_ text: ByteText) -> Int? {
    var end: Int
    if let clock = clockEnd(text, 1) {
      end = clock
    } else if let date = dateEnd(text, 1), let clock = clockEnd(text, date) {
      end = zoneEnd(text, clock)
    } else if let date = shortDateEnd(text, 1), let clock = clockEnd(text, date) {
      end = clock
    } else if let epoch = epochEnd(text, 1) {
      end = epoch
    } else if isWord(text, 1), text[4] == Byte.blank, let day = monthAndDayEnd(text, 5),
      let clock = clockEnd(text, day), text[clock] == Byte.blank, digits(4, text, clock + 1)
    {
      end = clock + 5
    } else {
      return nil
    }
    guard text[end] == UInt8(ascii: "]") else { return nil }
    end += 1
    if text[end] == Byte.blank { end += 1 }
    // SSCOM marks what was received and what was sent.
    if text.has("收←◆", at: end) || text.has("发→◇", at: end) { end += 9 }
    return end
  }

  /// Without brackets, a number first: `2026-05-18 10:20:30 `, `2026-05-18T10:20:30.123456789Z `,
  /// `06-01-2020 18:37:27.909 [RX] - `, `10:20:30.123 -> `, `10:20:30.123 > `, `00:00:05 `,
  /// `1747563630.123456 `.
  private static func bare(_ text: ByteText) -> Int? {
    if let clock = clockEnd(text, 0) { return separatorEnd(text, clock) }
    if let date = dateEnd(text, 0), let clock = clockEnd(text, date) {
      guard let end = separatorEnd(text, zoneEnd(text, clock)) else { return nil }
      return processEnd(text, end)
    }
    if digits(2, text, 0), text[2] == UInt8(ascii: "-"), digits(2, text, 3),
      text[5] == UInt8(ascii: "-"), digits(4, text, 6), text[10] == Byte.blank,
      let clock = clockEnd(text, 11)
    {
      if text.has(" [RX] - ", at: clock) || text.has(" [TX] - ", at: clock) { return clock + 8 }
      return separatorEnd(text, clock)
    }
    if let epoch = epochEnd(text, 0) { return separatorEnd(text, epoch) }
    return nil
  }

  /// `May 18 10:20:30 ` of `ts`, with `host program[123]: ` behind it in a system log.
  private static func monthFirst(_ text: ByteText) -> Int? {
    guard let day = monthAndDayEnd(text, 0), let clock = clockEnd(text, day),
      let end = separatorEnd(text, clock)
    else { return nil }
    return processEnd(text, end)
  }

  /// Behind a clock: one blank or tab, ` -> `, ` > `.
  private static func separatorEnd(_ text: ByteText, _ index: Int) -> Int? {
    if text.has(" -> ", at: index) { return index + 4 }
    if text.has(" > ", at: index) { return index + 3 }
    if text[index] == Byte.blank || text[index] == Byte.tab { return index + 1 }
    // An empty line of the device.
    return index == text.count ? index : nil
  }

  /// Behind `host program[123]: ` if it stands at `index`, else `index`. Without a process number
  /// it is taken only before a sure line of a device: `E BOD: …` has the same shape.
  private static func processEnd(_ text: ByteText, _ index: Int) -> Int {
    var position = index
    while HostPrefixes.isNameByte(text[position]) { position += 1 }
    guard position > index, text[position] == Byte.blank else { return index }
    position += 1
    let program = position
    while HostPrefixes.isNameByte(text[position]) || text[position] == UInt8(ascii: "/")
      || text[position] == UInt8(ascii: "@")
    {
      position += 1
    }
    guard position > program else { return index }
    if text[position] == Byte.bracket {
      let number = position + 1
      position = number
      while text[position] &- 0x30 < 10 { position += 1 }
      return position > number && text.has("]: ", at: position) ? position + 3 : index
    }
    guard text.has(": ", at: position), DeviceText.begins(text, at: position + 2) else {
      return index
    }
    return position + 2
  }

  // MARK: - The parts of a clock; each returns where it ends

  /// `10:20:30`, with a fraction behind a dot, comma or colon.
  private static func clockEnd(_ text: ByteText, _ index: Int) -> Int? {
    guard digits(2, text, index), text[index + 2] == UInt8(ascii: ":"), digits(2, text, index + 3),
      text[index + 5] == UInt8(ascii: ":"), digits(2, text, index + 6),
      text[index + 3] < UInt8(ascii: "6"), text[index + 6] <= UInt8(ascii: "6")
    else { return nil }
    let end = index + 8
    switch text[end] {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"):
      var position = end + 1
      while position < end + 10, text[position] &- 0x30 < 10 { position += 1 }
      // Three digits at least behind a colon, or a MAC address would be a clock.
      let least = text[end] == UInt8(ascii: ":") ? end + 4 : end + 2
      return position >= least ? position : nil
    default:
      return end
    }
  }

  /// `2026-05-18` or `2026/05/18`, and the `T` or blank behind it.
  private static func dateEnd(_ text: ByteText, _ index: Int) -> Int? {
    let separator = text[index + 4]
    guard digits(4, text, index), separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"),
      digits(2, text, index + 5), text[index + 7] == separator, digits(2, text, index + 8),
      text[index + 10] == UInt8(ascii: "T") || text[index + 10] == Byte.blank
    else { return nil }
    return index + 11
  }

  /// `18/05/26` or `18/05/2026`, and the blank behind it.
  private static func shortDateEnd(_ text: ByteText, _ index: Int) -> Int? {
    guard digits(2, text, index), text[index + 2] == UInt8(ascii: "/"), digits(2, text, index + 3),
      text[index + 5] == UInt8(ascii: "/"), digits(2, text, index + 6)
    else { return nil }
    let end = digits(2, text, index + 8) ? index + 10 : index + 8
    return text[end] == Byte.blank ? end + 1 : nil
  }

  /// `Z`, `+0200` or `+02:00`, if it stands there.
  private static func zoneEnd(_ text: ByteText, _ index: Int) -> Int {
    if text[index] == UInt8(ascii: "Z") { return index + 1 }
    guard text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-"),
      digits(2, text, index + 1)
    else { return index }
    if digits(2, text, index + 3) { return index + 5 }
    return text[index + 3] == UInt8(ascii: ":") && digits(2, text, index + 4) ? index + 6 : index
  }

  /// Seconds since 1970 with a fraction, `1747563630.123456`.
  private static func epochEnd(_ text: ByteText, _ index: Int) -> Int? {
    guard digits(10, text, index), text[index + 10] == UInt8(ascii: "."),
      digits(3, text, index + 11)
    else { return nil }
    var position = index + 14
    while text[position] &- 0x30 < 10, position < index + 20 { position += 1 }
    return position
  }

  /// `May 18 ` or `May  8 `.
  private static func monthAndDayEnd(_ text: ByteText, _ index: Int) -> Int? {
    guard text[index + 3] == Byte.blank, text[index + 6] == Byte.blank, isMonth(text, index),
      text[index + 5] &- 0x30 < 10, text[index + 4] == Byte.blank || text[index + 4] &- 0x30 < 10
    else { return nil }
    return index + 7
  }

  private static func isMonth(_ text: ByteText, _ index: Int) -> Bool {
    let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    for month in 0..<12 {
      let name = months.utf8Start + 3 * month
      if text[index] == name[0], text[index + 1] == name[1], text[index + 2] == name[2] {
        return true
      }
    }
    return false
  }

  /// Three letters, a weekday.
  private static func isWord(_ text: ByteText, _ index: Int) -> Bool {
    (index..<index + 3).allSatisfy { (text[$0] | 0x20) &- 0x61 < 26 }
  }

  @inline(__always)
  private static func digits(_ count: Int, _ text: ByteText, _ index: Int) -> Bool {
    var position = index
    while position < index + count {
      guard text[position] &- 0x30 < 10 else { return false }
      position += 1
    }
    return true
  }
}
