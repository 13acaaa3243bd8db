import LineReading

/// A wording and what it means.
struct NoticeRow: Sendable {
  let template: MessageTemplate
  /// Nil for wordings that are known and carry no diagnosis.
  let kind: NoticeKind?
  /// Numbers that the wording stands for, ahead of those it prints.
  let numbers: [Int]

  init(_ template: StaticString, _ kind: NoticeKind?, numbers: [Int] = []) {
    self.template = MessageTemplate(template)
    self.kind = kind
    self.numbers = numbers
  }
}

/// The wordings under a few tags; the first that matches counts, so the longer stands first.
struct NoticeTable: Sendable {
  /// What a table says about a message.
  enum Answer {
    /// The message means something.
    case notice(Notice)
    /// The message is known and carries no diagnosis.
    case harmless
  }

  private let rows: [NoticeRow]

  init(_ rows: [NoticeRow]) { self.rows = rows }

  /// What the message means; nil if no row knows it.
  func answer(for message: ByteText) -> Answer? {
    for row in rows where row.template.firstByte.map({ $0 == message[0] }) ?? true {
      guard let match = row.template.match(message) else { continue }
      guard let kind = row.kind else { return .harmless }
      return .notice(
        Notice(kind, numbers: row.numbers + match.numbers, detail: match.texts.first))
    }
    return nil
  }

  /// The same for a message with a damaged byte in its words.
  func answer(forDamaged message: ByteText) -> Answer? {
    for row in rows {
      guard let match = row.template.match(damaged: message) else { continue }
      guard let kind = row.kind else { return .harmless }
      return .notice(
        Notice(kind, numbers: row.numbers + match.numbers, detail: match.texts.first))
    }
    return nil
  }

  /// The notice for the message, if it means something.
  func notice(for message: ByteText) -> Notice? {
    guard case .notice(let notice) = answer(for: message) else { return nil }
    return notice
  }

  /// Hands on the notice for the message; false if no row knows it.
  func decode(_ message: ByteText, _ body: EventSink) -> Bool {
    switch answer(for: message) {
    case .notice(let notice):
      body(.notice(notice))
      return true
    case .harmless:
      return true
    case nil:
      return false
    }
  }
}
