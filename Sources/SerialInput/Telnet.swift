// RFC 854 and 855: IAC (255) begins a command; as data it is doubled. WILL, WONT, DO and DONT settle options,
// SB … SE carry an option's own talk.

/// The bytes of telnet's commands.
enum TelnetByte {
  static let subnegotiationEnd: UInt8 = 240
  static let subnegotiation: UInt8 = 250
  static let will: UInt8 = 251
  static let wont: UInt8 = 252
  static let `do`: UInt8 = 253
  static let dont: UInt8 = 254
  static let command: UInt8 = 255
}

/// Telnet's options that matter to a serial port.
enum TelnetOption {
  static let binary: UInt8 = 0
  static let suppressGoAhead: UInt8 = 3
  static let comPort: UInt8 = 44
}

/// Takes telnet apart: what is data, what is talk about options.
///
/// The other side may send anything in pieces of any size; nothing is kept without limit.
struct TelnetParser {
  /// What the other side says about options.
  enum Talk: Hashable {
    /// It will use an option, or asks us to: `verb` is WILL, WONT, DO or DONT.
    case negotiation(verb: UInt8, option: UInt8)
    /// Something about an option that is in use.
    case subnegotiation(option: UInt8, bytes: [UInt8])
  }

  private enum State {
    case data
    case afterReturn
    case command
    case option(verb: UInt8)
    case talk
    case talkCommand
  }

  /// Whether the other side sends eight bits as they are; without it, a return that is none is followed by NUL.
  var isBinary = false
  private var state = State.data
  private var talk: [UInt8] = []

  /// The longest talk worth understanding; RFC 2217's are a few bytes, and a signature.
  private static let longestTalk = 1024

  /// Takes the next byte; data goes into `data`, and talk is returned with its last byte.
  mutating func take(_ byte: UInt8, data: inout [UInt8]) -> Talk? {
    switch state {
    case .data, .afterReturn:
      if byte == TelnetByte.command {
        state = .command
        return nil
      }
      let isPadding = if case .afterReturn = state { byte == 0 && !isBinary } else { false }
      if !isPadding { data.append(byte) }
      state = byte == 0x0D ? .afterReturn : .data
    case .command:
      switch byte {
      case TelnetByte.command:
        data.append(byte)
        state = .data
      case TelnetByte.will...TelnetByte.dont: state = .option(verb: byte)
      case TelnetByte.subnegotiation:
        talk.removeAll(keepingCapacity: true)
        state = .talk
      // The rest (NOP, data mark, …) is about terminals.
      default: state = .data
      }
    case .option(let verb):
      state = .data
      return .negotiation(verb: verb, option: byte)
    case .talk:
      if byte == TelnetByte.command { state = .talkCommand } else { keep(byte) }
    case .talkCommand:
      switch byte {
      case TelnetByte.command:
        keep(byte)
        state = .talk
      case TelnetByte.subnegotiationEnd:
        state = .data
        guard let option = talk.first, talk.count < Self.longestTalk else { return nil }
        return .subnegotiation(option: option, bytes: Array(talk.dropFirst()))
      // A command within talk: its end was lost.
      default:
        state = .command
        return take(byte, data: &data)
      }
    }
    return nil
  }

  private mutating func keep(_ byte: UInt8) {
    if talk.count < Self.longestTalk { talk.append(byte) }
  }
}
