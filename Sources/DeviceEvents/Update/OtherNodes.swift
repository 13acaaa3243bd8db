// mesh: child 3 reset_reason=PANIC
// modbus: slave 3 reset reason 4
// {"node":7,"reset_reason":"PANIC"}
//
// Gateways, hubs and mesh roots print what other nodes told them; the words are those of applications.

import LineReading

/// Tells what an application says of other nodes from what it says of its own.
enum OtherNodes {
  /// Who is spoken of.
  enum Subject {
    case thisNode
    /// A number or an address, with which the text begins; nodes call themselves so, too.
    case named
    /// The same farther inside the text.
    case mentioned
    case another
  }

  /// Whom the words before `position` name.
  static func subject(before position: Int, in text: ByteText) -> Subject {
    let before = words(before: position, in: text)
    guard !before.trimmed.isEmpty else { return .thisNode }
    if (devices + others).contains(where: { holds($0, in: before) }) { return .another }
    if before.contains(receivedByMQTT) { return .another }
    let names = numbered.flatMap { starts(of: $0, numberedIn: before) }
    let address = startOfAddress(before)
    guard let name = names.min() ?? address else { return .thisNode }
    let first = min(name, address ?? name)
    let isOpening =
      before.count == position && (0..<first).allSatisfy { opens(before[$0]) }
    return isOpening ? .named : .mentioned
  }

  /// Whether the words before `position` say that what follows came from elsewhere.
  static func isPassedOn(before position: Int, in text: ByteText) -> Bool {
    let before = words(before: position, in: text)
    return passing.contains { holds($0, in: before) } || before.contains(receivedByMQTT)
  }

  /// Whether the words before a sentence name nobody else.
  static let areUnnamed: Sentence.Lead = { before in
    subject(before: before.count, in: before) == .thisNode
  }

  /// Whether a log tag is one of another device's: `modem: reset reason: BROWNOUT`.
  static func areMeant(byTag tag: ByteText, at time: Int?) -> Bool {
    let isEarly = time.map { $0 < BootLine.ownWordsEnd } ?? true
    return TagWord.isAny(
      of: isEarly ? devices : devices + others, in: tag, extendedBy: .letterOrDigit)
  }

  /// Whether the words behind `position` say of which device the reason is: `4 (PANIC) on co-processor`.
  static func areNamed(behind position: Int, in text: ByteText) -> Bool {
    let behind = text.slice(from: position, to: position + reach)
    return devices.contains { device in
      positions(of: device, in: behind).contains { start in
        let before = behind.slice(from: start - 10, to: start)
        return ofWhich.contains { before.has($0, at: before.count - $0.utf8CodeUnitCount) }
      }
    }
  }

  private static let ofWhich: [StaticString] = [
    " on ", " of ", " from ", " on the ", " of the ", " from the ",
  ]

  /// Whether the name of such a chip stands right before `position`: `RCP reset reason`, and not `GPS tracker: reset reason`.
  static func areChips(rightBefore position: Int, in text: ByteText) -> Bool {
    let before = words(before: position, in: text)
    return devices.contains { device in
      positions(of: device, in: before).contains { start in
        let between = before.slice(from: start + device.utf8CodeUnitCount)
        return betweenNameAndReason.contains { between.trimmed.isExactly($0) }
      }
    }
  }

  private static let betweenNameAndReason: [StaticString] = [
    "", ":", "'s", "last", "'s last", ": last", "#1", "#2",
  ]

  /// The words before `position` that may say whose it is.
  static func words(before position: Int, in text: ByteText) -> ByteText {
    text.slice(from: max(position - reach, 0), to: position)
  }

  /// Where the name ends with which a text opens, `node kitchen: `; nil if none does.
  static func endOfName(opening text: ByteText) -> Int? {
    let isOpening = (numbered + others).contains { word in
      text.has(word) && text[word.utf8CodeUnitCount] == 0x20
    }
    guard isOpening, let colon = text.firstIndex(of: ": "), colon <= longestName else { return nil }
    return colon + 2
  }

  /// Whether a text opens with such a word and a number, `node-12: `; a node may call itself so.
  static func areNumbered(opening text: ByteText) -> Bool {
    numbered.contains { word in
      guard text.has(word) else { return false }
      var end = word.utf8CodeUnitCount
      let separated = end
      while end < separated + 2, [0x20, 0x23, 0x2d, 0x5f].contains(text[end]) { end += 1 }
      let digits = end
      while end < digits + 6, (0x30...0x39).contains(text[end]) { end += 1 }
      return end > digits && text[end] == UInt8(ascii: ":")
    }
  }

  /// The longest name that opens a text, with the word before it, in bytes.
  private static let longestName = 32

  /// How far before its reset reason a node is named, in bytes.
  private static let reach = 64

  /// What ESP-IDF's MQTT examples print before what they received.
  private static let receivedByMQTT: StaticString = "DATA="

  /// What is another's where a number follows; alone it is mostly what the node calls itself.
  private static let numbered: [StaticString] = [
    "node", "child", "peer", "sensor", "client", "station", "device", "slave", "nodes",
  ]

  /// What is another's by itself.
  private static let others: [StaticString] = [
    "child", "peer", "slave", "remote", "neighbour", "neighbor", "received", "recv", "rx",
    "reports",
    "reported",
  ]

  /// Chips beside the node's own, which no node calls itself.
  private static let devices: [StaticString] = [
    "co-processor", "coprocessor", "pmic", "modem", "gps", "rcp",
  ]

  /// What says that a whole boot line is another's: only what passes lines on, since a node's name may be any word.
  private static let passing: [StaticString] = [
    "says", "said",
    "child", "peer", "neighbour", "neighbor", "received", "recv", "rx", "reports", "reported",
  ]

  /// Where the word begins, standing alone, before a blank, a `#` or a JSON field's end and a number.
  private static func starts(of word: StaticString, numberedIn text: ByteText) -> [Int] {
    positions(of: word, in: text).filter { start in
      var index = start + word.utf8CodeUnitCount
      let first = index
      while index < text.count, index < first + 4, separates(text[index]) { index += 1 }
      return index > first && (0x30...0x39).contains(text[index])
    }
  }

  private static func holds(_ word: StaticString, in text: ByteText) -> Bool {
    !positions(of: word, in: text).isEmpty
  }

  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "="): true
    default: false
    }
  }

  /// Where the word stands alone, in any case, and not behind a word that makes it the node's own.
  private static func positions(of word: StaticString, in text: ByteText) -> [Int] {
    let length = word.utf8CodeUnitCount
    guard text.count > length else { return [] }
    return (0...text.count - length).filter { start in
      guard !Letters.isWord(text[start - 1]), !Letters.isWord(text[start + length]) else {
        return false
      }
      for offset in 0..<length {
        let byte = text[start + offset]
        let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
        guard lower == word.utf8Start[offset] else { return false }
      }
      let before = text.slice(from: start - 6, to: start)
      return !own.contains { before.has($0, at: before.count - $0.utf8CodeUnitCount) }
    }
  }

  private static let own: [StaticString] = ["this ", "own ", "my ", "This ", "Own ", "My "]

  /// What may stand before the name with which a text begins.
  private static func opens(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "{"),
      UInt8(ascii: "\""):
      true
    default: false
    }
  }

  /// Where `24:6f:28:aa:bb:cc` begins.
  private static func startOfAddress(_ text: ByteText) -> Int? {
    guard text.count >= 17 else { return nil }
    return (0...text.count - 17).first { start in
      (0..<17).allSatisfy { offset in
        let byte = text[start + offset]
        return offset % 3 == 2 ? byte == UInt8(ascii: ":") : TextCursor.hexDigit(byte) != nil
      }
    }
  }
}
