import DeviceEvents
import LineReading

/// The last boots that took known courses, as text: they are read when somebody asks for them, or when
/// the log goes on otherwise. What comes before them is only counted.
struct HeldBoots {
  /// A boot that was not read yet.
  struct Boot {
    /// The decoder's state before its first line.
    var state: DecodingState
    /// What it leaves behind; nil as long as it may go on.
    var ending: CourseTree.Ending?
    var bytes: [UInt8] = []
    var pieces: [Piece] = []
    /// The decoder's states that pieces name; they are large.
    var states: [DecodingState] = []
    /// How many bytes the pieces have, wherever they are.
    fileprivate var length = 0

    /// The memory of a piece, valid as long as `whole` is that of `bytes`.
    func memory(
      of place: Place, in whole: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
      switch place {
      case .held(let range): UnsafeBufferPointer(rebasing: whole[range])
      case .input(let memory): memory
      }
    }
  }

  /// Some lines of a boot.
  enum Piece {
    /// As they stand in the input.
    case input(number: Int, offset: Int, Place)
    /// One line without its decorations.
    case line(number: Int, offset: Int, Place, origin: LogLine.Origin)
    /// Lines that told nothing, through this number, and which of the states came behind them.
    case silence(through: Int, state: Int)
  }

  /// Where the text of a piece is.
  enum Place {
    /// In the boot's own bytes.
    case held(Range<Int>)
    /// In the input's memory, which is there until `letGo`.
    case input(UnsafeBufferPointer<UInt8>)
  }

  private enum Limit {
    static let bytes = 1 << 20
    static let pieces = 8_192
  }

  /// How many boots that have ended are held.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// From the oldest on, in a ring; the last one may go on.
  private var boots: [Boot] = []
  private var oldest = 0
  /// Where the input's memory ends of which lines are held; nil if there are none.
  private var borrowedUpTo: UnsafePointer<UInt8>?

  /// How many boots are held.
  var count: Int { boots.count }

  /// The only boot that is held.
  var single: Boot? { boots.count == 1 ? boots[0] : nil }

  /// Forgets the only boot that is held, and begins another one.
  mutating func beginAnew(state: DecodingState) {
    guard let last, boots.count == 1 else { return }
    boots[last].startOver(state: state)
  }

  private var last: Int? {
    guard !boots.isEmpty else { return nil }
    return oldest == 0 ? boots.count - 1 : oldest - 1
  }

  /// Whether the last boot takes more lines.
  var hasRoom: Bool {
    guard let last else { return false }
    return boots[last].length < Limit.bytes && boots[last].pieces.count < Limit.pieces
  }

  /// Ends the last boot, if there is one, and begins another one; returns what the oldest leaves
  /// behind, if it need not be held any more.
  mutating func begin(
    state: DecodingState, ending: CourseTree.Ending?
  ) -> CourseTree.Ending? {
    if let last { boots[last].ending = ending }
    guard boots.count > limit else {
      boots.append(Boot(state: state))
      return nil
    }
    let gone = boots[oldest].ending
    boots[oldest].startOver(state: state)
    oldest = oldest + 1 == boots.count ? 0 : oldest + 1
    return gone
  }

  /// Holds lines as they stand in the input, of memory that is there until `letGo`. Most boots are gone before their
  /// memory is: only what is left by then is copied.
  mutating func hold(input: ByteText, number: Int, offset: Int, of memory: ByteText) {
    guard !input.isEmpty, let last else { return }
    let end = memory.buffer.baseAddress.map { $0 + memory.count }
    precondition(
      borrowedUpTo == nil || borrowedUpTo == end,
      "lines are held of other memory than that which nobody let go of")
    borrowedUpTo = end
    boots[last].hold(input: input.buffer, number: number, offset: offset)
  }

  /// Copies what is held of the input's memory, which is about to go.
  mutating func letGo() {
    borrowedUpTo = nil
    for index in boots.indices { boots[index].copyBorrowed() }
  }

  /// Holds one line.
  mutating func hold(_ line: LogLine) {
    guard let last else { return }
    boots[last].length += line.text.count
    let place = boots[last].copy(line.text.buffer)
    boots[last].pieces.append(
      .line(number: line.number, offset: line.offset, place, origin: line.origin))
  }

  /// Holds what lines left behind that told nothing.
  mutating func holdSilence(through number: Int, state: DecodingState) {
    guard let last else { return }
    boots[last].holdSilence(through: number, state: state)
  }

  /// Gives away what is held.
  mutating func takeAll() -> [Boot] {
    let all = Array(boots[oldest...] + boots[..<oldest])
    boots = []
    oldest = 0
    return all
  }
}

extension HeldBoots.Boot {
  fileprivate mutating func hold(input: UnsafeBufferPointer<UInt8>, number: Int, offset: Int) {
    length += input.count
    pieces.append(.input(number: number, offset: offset, .input(input)))
  }

  fileprivate mutating func holdSilence(through number: Int, state: DecodingState) {
    if let piece = pieces.indices.last, case .silence(_, let place) = pieces[piece] {
      states[place] = state
      pieces[piece] = .silence(through: number, state: place)
    } else {
      pieces.append(.silence(through: number, state: states.count))
      states.append(state)
    }
  }

  /// Forgets everything but its memory.
  fileprivate mutating func startOver(state: DecodingState) {
    self.state = state
    ending = nil
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    length = 0
  }

  fileprivate mutating func copy(_ memory: UnsafeBufferPointer<UInt8>) -> HeldBoots.Place {
    let start = bytes.count
    bytes.append(contentsOf: memory)
    return .held(start..<bytes.count)
  }

  fileprivate mutating func copyBorrowed() {
    for index in pieces.indices {
      if case .input(let number, let offset, .input(let memory)) = pieces[index] {
        pieces[index] = .input(number: number, offset: offset, copy(memory))
      }
    }
  }
}
