import LineReading

/// A sentence of a firmware and what it means.
///
/// The sentence is written as an opening, which stands there byte for byte and doubles as the
/// marker that finds the sentence anywhere in a line, and the template of what follows.
struct Sentence: Sendable {
  /// Where the sentence may stand.
  enum Reach: Sendable, Comparable {
    /// Only at the start of a message under one of the decoder's tags: too common a wording.
    case taggedMessage
    /// Also at the start of a line without log prefix.
    case lineStart
    /// Also inside a line, where a new sentence begins.
    case sentence
    /// Also inside a line, in the middle of other words: nothing else reads like it.
    case anywhere
  }

  /// What may follow the opening (and the template).
  enum Ending: Sendable {
    /// Anything.
    case open
    /// The end of the text, or punctuation and a continuation.
    case clause
    /// The end of the text, at most after a full stop.
    case whole
  }

  /// What a sentence means, with what stood in the holes of its template.
  typealias Meaning = @Sendable (TemplateMatch) -> [DeviceEvent]

  /// Whether what follows the opening makes it another sentence.
  typealias Refusal = @Sendable (ByteText) -> Bool

  /// Whether what stands before the opening is what the sentence stands behind.
  typealias Lead = @Sendable (ByteText) -> Bool

  let opening: StaticString
  let reach: Reach
  private let ending: Ending
  private let rest: MessageTemplate?
  private let refuses: Refusal?
  private let lead: Lead?
  private let meaning: Meaning

  init(
    _ opening: StaticString, then rest: StaticString = "", _ reach: Reach = .anywhere,
    ending: Ending = .open, behind lead: Lead? = nil, unless refuses: Refusal? = nil,
    means meaning: @escaping Meaning
  ) {
    self.opening = opening
    self.rest = rest.utf8CodeUnitCount > 0 ? MessageTemplate(rest) : nil
    self.reach = reach
    self.ending = ending
    self.refuses = refuses
    self.lead = lead
    self.meaning = meaning
  }

  /// Whether it may stand behind these words.
  func stands(behind before: ByteText) -> Bool { lead.map { $0(before) } ?? true }

  /// The events of a text that begins with the sentence, or nil if it reads otherwise.
  func events(of text: ByteText) -> [DeviceEvent]? {
    guard text.has(opening) else { return nil }
    let behind = text.slice(from: opening.utf8CodeUnitCount)
    if let refuses, refuses(behind) { return nil }
    let match: TemplateMatch
    if let rest {
      guard let found = rest.match(behind) else { return nil }
      match = found
    } else {
      guard !Self.continuesWord(text, behind), fits(behind) else { return nil }
      match = TemplateMatch()
    }
    let events = meaning(match)
    return events.isEmpty ? nil : events
  }

  /// The events of a text that begins with the sentence but for one byte of its opening.
  func events(ofDamaged text: ByteText) -> [DeviceEvent]? {
    guard opening.utf8CodeUnitCount >= 12 else { return nil }
    return text.mended(opening.buffer, at: 0)?.withUnsafeBufferPointer { events(of: ByteText($0)) }
  }

  /// Whether the opening ends inside a longer word, as `OTA failed` does in `OTA failedOver`.
  private static func continuesWord(_ text: ByteText, _ behind: ByteText) -> Bool {
    Letters.isWord(text[text.count - behind.count - 1]) && Letters.isWord(behind[0])
  }

  private func fits(_ behind: ByteText) -> Bool {
    switch ending {
    case .open: return true
    case .whole:
      var cursor = TextCursor(behind)
      while Self.closes(cursor.byte), !cursor.isAtEnd { cursor.advance() }
      return cursor.isAtEnd || cursor.byte == 0x1b
    case .clause:
      var cursor = TextCursor(behind)
      let hasBlank = cursor.byte == 0x20
      cursor.skipBlanks()
      guard !cursor.isAtEnd, hasBlank || !Letters.isWord(cursor.byte) else { return true }
      guard Letters.isWord(cursor.byte) else { return true }
      return Self.continuations.contains { behind.has($0, at: cursor.position) }
    }
  }

  private static func closes(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0d, UInt8(ascii: "."), UInt8(ascii: "!"): true
    default: false
    }
  }

  /// Words that carry a sentence on without turning it into another one.
  private static let continuations: [StaticString] = [
    "with ", "at ", "after ", "due ", "because ", "error", "err", "code", "reboot", "Reboot",
    "restart", "Restart", "from ", "to ", "in ", "on ", "and ",
  ]
}

/// The sentences of a decoder, found by their first byte.
struct SentenceTable: Sendable {
  /// The openings that are distinctive enough to be looked for inside lines; of openings that begin
  /// alike the shortest, so that a place in a line is found once.
  let markers: [StaticString]
  /// How the sentences begin, wherever they may stand.
  let openings: [StaticString]
  private let byFirstByte: [[Sentence]]

  /// How those begin that may stand without a log prefix.
  let bareOpenings: [StaticString]
  /// With which bytes they begin.
  var firstBytes: FirstBytes { FirstBytes(of: bareOpenings) }

  init(_ sentences: [Sentence]) {
    var buckets = [[Sentence]](repeating: [], count: 256)
    for sentence in sentences where sentence.opening.utf8CodeUnitCount > 0 {
      buckets[Int(sentence.opening.utf8Start[0])].append(sentence)
    }
    byFirstByte = buckets
    self.openings = sentences.map(\.opening)
    bareOpenings = sentences.filter { $0.reach >= .lineStart }.map(\.opening)
    let openings = sentences.filter { $0.reach >= .sentence }.map(\.opening)
      .sorted { $0.utf8CodeUnitCount < $1.utf8CodeUnitCount }
    var kept: [StaticString] = []
    for opening in openings where !kept.contains(where: { opening.begins(with: $0) }) {
      kept.append(opening)
    }
    markers = kept
  }

  /// Hands on the events of the first sentence that the text begins with.
  func decode(_ text: ByteText, reaching reach: Sentence.Reach, _ body: EventSink) -> Bool {
    decode(text, behind: text.slice(from: 0, to: 0), reaching: reach, body)
  }

  private func decode(
    _ text: ByteText, behind before: ByteText, reaching reach: Sentence.Reach, _ body: EventSink
  ) -> Bool {
    guard !text.isEmpty else { return false }
    for sentence in byFirstByte[Int(text[0])] where sentence.reach >= reach {
      guard text.has(sentence.opening), sentence.stands(behind: before),
        let events = sentence.events(of: text)
      else { continue }
      events.forEach(body)
      return true
    }
    return false
  }

  /// The same for a text with a damaged byte, under one of the decoder's own tags.
  func decode(damaged text: ByteText, _ body: EventSink) -> Bool {
    for sentence in byFirstByte.joined()
    where sentence.stands(behind: text.slice(from: 0, to: 0)) {
      guard let events = sentence.events(ofDamaged: text) else { continue }
      events.forEach(body)
      return true
    }
    return false
  }

  /// The same for a text that begins inside a line: prose in which the words merely occur (`no OTA
  /// update failed so far`) is left out.
  func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard position > 0 else { return decode(text, reaching: .lineStart, body) }
    let isInsideWord = Letters.isWord(text[position - 1]) && Letters.isWord(text[position])
    guard !isInsideWord else { return false }
    let reach: Sentence.Reach =
      Letters.beginsSentence(at: position, in: text) ? .sentence : .anywhere
    return decode(
      text.slice(from: position), behind: text.slice(from: 0, to: position), reaching: reach, body)
  }
}

/// What kind of character a byte is.
enum Letters {
  /// A letter, digit or underscore.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
    default: false
    }
  }

  /// Whether a sentence may begin here: at the start, or behind a tag, a bracket, a full stop or a
  /// character that is no ASCII (an arrow, an emoji), but not behind a word or a comma.
  static func beginsSentence(at position: Int, in text: ByteText) -> Bool {
    var before = position - 1
    while before >= 0, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    guard before >= 0 else { return true }
    switch text[before] {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"),
      UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "/"):
      return false
    case let byte: return !isWord(byte)
    }
  }
}
