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
  }

  /// Some lines of a boot.
  enum Piece {
    /// As they stand in the input.
    case input(number: Int, offset: Int, bytes: Range<Int>)
    /// One line without its decorations.
    case line(number: Int, offset: Int, bytes: Range<Int>, origin: LogLine.Origin)
    /// Lines that told nothing, through this number, and the decoder's state behind them.
    case silence(through: Int, state: DecodingState)
  }

  private enum Limit {
    static let bytes = 1 << 20
    static let pieces = 8_192
  }

  /// How many boots that have ended are held.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// In order; the last one may go on.
  private(set) var boots: [Boot] = []
  /// Memory of boots that are gone, for the next ones.
  private var spare: [Boot] = []

  /// Whether the last boot takes more lines.
  var hasRoom: Bool {
    guard let last = boots.indices.last else { return false }
    return boots[last].bytes.count < Limit.bytes && boots[last].pieces.count < Limit.pieces
  }

  /// Ends the last boot, if there is one, and begins another one; returns what the oldest leaves
  /// behind, if it need not be held any more.
  mutating func begin(
    state: DecodingState, ending: CourseTree.Ending?
  ) -> CourseTree.Ending? {
    if let last = boots.indices.last { boots[last].ending = ending }
    var new = spare.popLast() ?? Boot(state: state)
    new.state = state
    new.ending = nil
    boots.append(new)
    guard boots.count > limit + 1 else { return nil }
    var gone = boots.removeFirst()
    gone.bytes.removeAll(keepingCapacity: true)
    gone.pieces.removeAll(keepingCapacity: true)
    let ending = gone.ending
    spare.append(gone)
    return ending
  }

  /// Holds lines as they stand in the input.
  mutating func hold(input: ByteText, number: Int, offset: Int) {
    guard !input.isEmpty, let last = boots.indices.last else { return }
    let start = boots[last].bytes.count
    boots[last].bytes.append(contentsOf: input.buffer)
    boots[last].pieces.append(
      .input(number: number, offset: offset, bytes: start..<boots[last].bytes.count))
  }

  /// Holds one line.
  mutating func hold(_ line: LogLine) {
    guard let last = boots.indices.last else { return }
    let start = boots[last].bytes.count
    boots[last].bytes.append(contentsOf: line.text.buffer)
    boots[last].pieces.append(
      .line(
        number: line.number, offset: line.offset, bytes: start..<boots[last].bytes.count,
        origin: line.origin))
  }

  /// Holds what lines left behind that told nothing.
  mutating func holdSilence(through number: Int, state: DecodingState) {
    guard let last = boots.indices.last else { return }
    if let piece = boots[last].pieces.indices.last, case .silence = boots[last].pieces[piece] {
      boots[last].pieces[piece] = .silence(through: number, state: state)
    } else {
      boots[last].pieces.append(.silence(through: number, state: state))
    }
  }

  /// Gives away what is held.
  mutating func takeAll() -> [Boot] {
    let all = boots
    boots = []
    return all
  }
}
