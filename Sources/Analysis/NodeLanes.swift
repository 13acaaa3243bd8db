import BootTimeline
import LineReading

/// A log into which several nodes were written, taken apart: each node's lines have a timeline of their own.
struct NodeLanes {
  private var labels: NodeLabels
  private let makeBuilder: @Sendable () -> TimelineBuilder
  private var readers: [LineReader] = []
  private var builders: [TimelineBuilder] = []
  private var firstLines: [LineReference?] = []
  private var unfinished: [UInt8] = []
  /// How many bytes of the unfinished line are not kept.
  private var leftOut = 0
  private var bytes = 0
  private var lines = 0
  private var endsMidLine = false

  init(_ labels: NodeLabels, makeBuilder: @escaping @Sendable () -> TimelineBuilder) {
    self.labels = labels
    self.makeBuilder = makeBuilder
  }

  /// The longest line that is kept until its end comes.
  private static let longestLine = LineReader.longestPiece

  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = ByteText(bytes)
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest.slice(from: 0, to: end)
      if unfinished.isEmpty {
        take(line)
      } else {
        keep(line)
        takeUnfinished()
      }
      self.bytes += 1
      rest = rest.slice(from: end + 1)
    }
    keep(rest)
  }

  mutating func finish() {
    guard !unfinished.isEmpty else { return }
    endsMidLine = true
    takeUnfinished()
  }

  private mutating func keep(_ bytes: ByteText) {
    let room = Self.longestLine - unfinished.count
    unfinished.append(contentsOf: bytes.slice(from: 0, to: room).buffer)
    leftOut += max(bytes.count - room, 0)
  }

  private mutating func takeUnfinished() {
    var line: [UInt8] = []
    swap(&line, &unfinished)
    line.withUnsafeBufferPointer { take(ByteText($0)) }
    line.removeAll(keepingCapacity: true)
    swap(&line, &unfinished)
    bytes += leftOut
    leftOut = 0
  }

  private mutating func take(_ line: ByteText) {
    lines += 1
    let place = labels.place(of: line)
    while readers.count <= place.node {
      readers.append(LineReader())
      builders.append(makeBuilder())
      firstLines.append(nil)
    }
    readers[place.node].feed(
      line: line.slice(from: place.text.lowerBound, to: place.text.upperBound), number: lines,
      offset: bytes
    ) {
      if firstLines[place.node] == nil { firstLines[place.node] = $0.reference }
      builders[place.node].feed($0)
    }
    bytes += line.count
  }

  /// How many boots have begun so far, of all nodes.
  var bootCount: Int { builders.reduce(0) { $0 + $1.bootCount } }

  /// How many lines told something so far.
  var eventfulLines: Int { builders.reduce(0) { $0 + $1.eventfulLines } }

  /// Whether the last line has no end yet.
  var hasUnfinishedLine: Bool { !unfinished.isEmpty }

  /// A node's name, where its lines begin, and what they tell.
  struct Share {
    var name: String
    var firstLine: LineReference?
    var timeline: Timeline
  }

  /// What each node's lines tell so far.
  func shares() -> [Share] {
    let names = labels.names
    return builders.indices.map { index in
      var capture = Capture()
      let statistics = readers[index].statistics
      capture.bytes = bytes
      capture.lines = lines
      capture.undecodableBytes = statistics.undecodableBytes
      capture.byteRepetition = statistics.damage.repetition
      capture.garbledEnd = statistics.garbledEnd
      capture.ruin = statistics.ruin
      capture.ruinedWords = statistics.ruinedWords
      capture.endsMidLine = endsMidLine
      return Share(
        name: names.indices.contains(index) ? names[index] : "", firstLine: firstLines[index],
        timeline: builders[index].timeline(capture: capture))
    }
  }
}
