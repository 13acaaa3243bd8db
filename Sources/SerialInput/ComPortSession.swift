// RFC 2217, "Telnet Com Port Control Option", January 1997: the client's commands are 1 to 12, the server's answers the
// same numbers plus 100.

/// Our side of a talk with an RFC 2217 server: the settings of its serial port, and its lines on request.
package struct ComPortSession {
  /// What the server made known.
  package enum News: Hashable {
    /// It speaks RFC 2217.
    case agreed
    /// It does not.
    case refused
    /// It reads its port at this rate now.
    case baud(UInt32)
  }

  private enum Command {
    static let setBaud: UInt8 = 1
    static let setDataSize: UInt8 = 2
    static let setParity: UInt8 = 3
    static let setStopSize: UInt8 = 4
    static let setControl: UInt8 = 5
    static let fromServer: UInt8 = 100
  }

  private enum Control {
    static let noFlowControl: UInt8 = 1
    static let raiseDTR: UInt8 = 8
    static let dropDTR: UInt8 = 9
    static let raiseRTS: UInt8 = 11
    static let dropRTS: UInt8 = 12
  }

  /// An option as it stands on one side.
  private enum Standing { case off, asked, on, refused }

  /// An option of one side: telnet settles each for both.
  private struct Option: Hashable {
    enum Side { case ours, theirs }

    let side: Side
    let code: UInt8

    var yes: UInt8 { side == .ours ? TelnetByte.will : TelnetByte.do }
    var no: UInt8 { side == .ours ? TelnetByte.wont : TelnetByte.dont }
    var isKnown: Bool {
      code == TelnetOption.binary || code == TelnetOption.suppressGoAhead
        || code == TelnetOption.comPort
    }
  }

  private var parser = TelnetParser()
  private var standings: [Option: Standing] = [:]
  private var hasAgreed = false
  /// What waits to be sent.
  package private(set) var outgoing: [UInt8] = []

  /// Begins the talk.
  package init() {
    for code in [TelnetOption.comPort, TelnetOption.binary, TelnetOption.suppressGoAhead] {
      ask(Option(side: .ours, code: code))
    }
    ask(Option(side: .theirs, code: TelnetOption.binary))
    ask(Option(side: .theirs, code: TelnetOption.suppressGoAhead))
  }

  /// So many bytes were sent.
  package mutating func sent(_ count: Int) { outgoing.removeFirst(min(count, outgoing.count)) }

  /// The port's settings: this rate, eight bits, no parity, one stop bit, no flow control. No line is touched.
  mutating func configure(baud: UInt32) {
    setBaud(baud)
    send(Command.setDataSize, [8])
    send(Command.setParity, [1])
    send(Command.setStopSize, [1])
    send(Command.setControl, [Control.noFlowControl])
  }

  /// Asks for another rate.
  mutating func setBaud(_ baud: UInt32) {
    send(Command.setBaud, [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: baud >> $0) })
  }

  /// Sets both lines; DTR first, as esp_rfc2217_server looks at it when RTS comes: dropped, the chip restarts and does
  /// not go into download mode.
  mutating func setLines(_ lines: ModemLines) {
    send(Command.setControl, [lines.contains(.dtr) ? Control.raiseDTR : Control.dropDTR])
    send(Command.setControl, [lines.contains(.rts) ? Control.raiseRTS : Control.dropRTS])
  }

  /// Takes what the server sent; what its serial port received goes into `data`.
  package mutating func receive(_ bytes: UnsafeRawBufferPointer, data: inout [UInt8]) -> [News] {
    var news: [News] = []
    for byte in bytes {
      // What is settled holds from the next byte on, wherever the network cut the talk.
      guard let talk = parser.take(byte, data: &data), let known = understand(talk) else {
        continue
      }
      news.append(known)
    }
    return news
  }

  private mutating func understand(_ talk: TelnetParser.Talk) -> News? {
    switch talk {
    case .negotiation(let verb, let option):
      negotiate(verb, option)
      guard option == TelnetOption.comPort else { return nil }
      return comPortNews(verb)
    case .subnegotiation(TelnetOption.comPort, let bytes):
      guard bytes.first == Command.fromServer + Command.setBaud, bytes.count >= 5 else {
        return nil
      }
      return .baud(bytes[1..<5].reduce(0) { $0 << 8 | UInt32($1) })
    case .subnegotiation: return nil
    }
  }

  /// Servers agree by DO (use it) or by WILL (we use it, too); either will do.
  private mutating func comPortNews(_ verb: UInt8) -> News? {
    switch verb {
    case TelnetByte.do, TelnetByte.will:
      defer { hasAgreed = true }
      return hasAgreed ? nil : .agreed
    case TelnetByte.dont: return hasAgreed ? nil : .refused
    default: return nil
    }
  }

  /// Answers only what changes something, so that no two sides can go on for ever.
  private mutating func negotiate(_ verb: UInt8, _ code: UInt8) {
    switch verb {
    case TelnetByte.do: settle(Option(side: .ours, code: code))
    case TelnetByte.will: settle(Option(side: .theirs, code: code))
    case TelnetByte.dont: withdraw(Option(side: .ours, code: code))
    default: withdraw(Option(side: .theirs, code: code))
    }
    parser.isBinary = standings[Option(side: .theirs, code: TelnetOption.binary)] == .on
  }

  private mutating func ask(_ option: Option) {
    standings[option] = .asked
    say(option.yes, option)
  }

  private mutating func settle(_ option: Option) {
    switch standings[option] ?? .off {
    case .on, .refused: break
    case .asked: standings[option] = .on
    case .off:
      standings[option] = option.isKnown ? .on : .refused
      say(option.isKnown ? option.yes : option.no, option)
    }
  }

  private mutating func withdraw(_ option: Option) {
    if standings[option] == .on { say(option.no, option) }
    standings[option] = .off
  }

  private mutating func say(_ verb: UInt8, _ option: Option) {
    outgoing += [TelnetByte.command, verb, option.code]
  }

  private mutating func send(_ command: UInt8, _ value: [UInt8]) {
    outgoing += [
      TelnetByte.command, TelnetByte.subnegotiation, TelnetOption.comPort, command,
    ]
    for byte in value {
      outgoing.append(byte)
      if byte == TelnetByte.command { outgoing.append(byte) }
    }
    outgoing += [TelnetByte.command, TelnetByte.subnegotiationEnd]
  }
}
