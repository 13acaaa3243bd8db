import LineReading

/// Takes the events of a line.
typealias EventSink = (DeviceEvent) -> Void

/// Decodes messages of the log macros under certain tags.
protocol MessageDecoder: SendableMetatype {
  /// The tags, exactly as printed.
  static var tags: [StaticString] { get }
  /// Hands on what the message says; false if it is not one of this decoder's.
  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool
  /// Which messages under its tags the decoder wants to see.
  static var interest: MessageInterest { get }
  /// How the messages begin that mean something to the decoder under one of its tags, so that the
  /// others need not be decoded; nil if any message may.
  static func openings(under tag: StaticString) -> [StaticString]?
}

/// Which messages a decoder wants to see.
enum MessageInterest {
  /// All under its tags.
  case everyMessage
  /// Only those in which a marker stands (of any decoder): for decoders that would have to search
  /// every message for what the marker search has already looked for.
  case messagesWithMarkers
  /// All under its tags of which no other decoder knows what they mean.
  case unreadMessages
}

/// Which texts without a log prefix a decoder wants to see.
enum PlainInterest {
  /// Those that begin with one of these, and the rests of sentences: what ends with a full stop.
  case texts(FirstBytes)
  /// Only those in which a marker stands (of any decoder).
  case textsWithMarkers
}

extension MessageDecoder {
  static var interest: MessageInterest { .everyMessage }
  static func openings(under tag: StaticString) -> [StaticString]? { nil }
}

/// Decodes text without a log prefix, wherever it stands in a line.
protocol PlainDecoder: SendableMetatype {
  /// Literals at which the text of this decoder may begin; at least 4 bytes each.
  static var markers: [StaticString] { get }
  /// Which texts the decoder wants to see from their first byte on, blanks before it aside.
  static var plainInterest: PlainInterest { get }
  /// How the texts begin, by 4 bytes at least, that mean something to the decoder, so that others need not be shown to
  /// it; nil if any may. Left out are the texts that begin with no letter, and those with numbers as dumps print
  /// them, `0x` and 8 hexadecimal digits in a row: they are shown in any case.
  static var plainOpenings: [StaticString]? { get }
  /// Hands on what `text` says from its first byte on; false if it is not this decoder's.
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool
  /// The same for a marker at `position`, for decoders that need what stands before it.
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool
}

extension PlainDecoder {
  static var plainInterest: PlainInterest { .texts(.all) }
  static var plainOpenings: [StaticString]? { nil }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    decode(text.slice(from: position), body)
  }
}
