// [kitchen] I (3210) wifi:connected with …
// /dev/ttyUSB1| rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
// Mar  4 11:02:33 garage esp: I (31) boot: …
// {"device": "n2", "message": "I (31) boot: …"}
//
// What brokers, system logs, composed services, test benches and scripts that follow several ports put before lines.

/// What stands before the lines of several nodes that were written into one log, one label a node.
public struct NodeLabels {
  /// The nodes' names, in the order in which they were first met.
  public var names: [String] { Self.names(of: labels.map(\.text)) }

  private var labels: [Label]
  private var last = 0

  /// More nodes than these are not told apart.
  private static let mostNodes = 16

  /// What the beginning of a log shows.
  public enum Reading {
    /// One node, or nothing that tells several apart.
    case one
    /// Not enough of it.
    case open
    /// Several nodes.
    case several(NodeLabels)
  }

  /// What stands before a node's lines: a text, or the value of a record's field.
  private struct Label {
    var text: [UInt8]
    var form: LabelledLine.Form
  }

  /// Whether more of a log follows.
  public enum Extent: Sendable { case whole, goingOn }

  /// Reads the beginning of a log; what stands behind its last line end is left out unless nothing follows.
  ///
  /// That a text before each line has several values is no proof: it may be a level or a test's phase. The clocks of
  /// nodes are: in one node's log they go on, and in a log of several they go to and fro, each node's own going on.
  public static func read(_ log: ByteText, _ extent: Extent) -> Reading {
    // How much was handed over at once changes nothing.
    let beginning = log.slice(from: 0, to: longestBeginning)
    let isWhole = extent == .whole && log.count < longestBeginning
    var survey = Survey()
    var start = 0
    while start < beginning.count {
      let end = beginning.firstIndex(of: UInt8(ascii: "\n"), from: start)
      guard end != nil || isWhole else { break }
      let line = beginning.slice(from: start, to: end ?? beginning.count)
      guard survey.take(line.withoutTrailingReturns) else { return .one }
      start = (end ?? beginning.count) + 1
    }
    guard isWhole || beginning.count >= longestBeginning else { return .open }
    return survey.showsSeveral ? .several(NodeLabels(labels: survey.labels)) : .one
  }

  /// So many bytes are enough to tell.
  public static let longestBeginning = 32_768

  /// Whose line it is, and where what the node printed begins in it.
  public mutating func place(of line: ByteText) -> (node: Int, start: Int) {
    let start = LabelledLine.startOfLabel(in: line)
    var found: (node: Int, end: Int)?
    for (node, label) in labels.enumerated() {
      switch label.form {
      case .text:
        guard let end = line.end(of: label.text, at: start), end > found?.end ?? 0 else { continue }
        found = (node, end)
      case .record:
        guard let value = LabelledLine.node(ofRecord: line) else { continue }
        if value.buffer.elementsEqual(label.text) { found = (node, 0) }
      }
    }
    if found == nil, labels.count < Self.mostNodes,
      case .labelled(let other) = LabelledLine.read(line), other.form == labels[0].form
    {
      labels.append(Label(text: Array(other.label.buffer), form: other.form))
      found = (labels.count - 1, other.form == .text ? other.end : 0)
    }
    guard let found else { return (last, 0) }
    last = found.node
    return (last, found.end + (line[found.end] == Byte.blank && found.end > 0 ? 1 : 0))
  }

  /// The words in which the labels differ, without the marks around them.
  private static func names(of labels: [[UInt8]]) -> [String] {
    let words = labels.map { $0.split(separator: Byte.blank) }
    let isEven = Set(words.map(\.count)).count == 1
    return words.map { own in
      let differing = own.indices.filter { index in
        !isEven || words.contains { $0[index] != own[index] }
      }
      let kept = differing.isEmpty ? own : differing.map { own[$0] }
      let marks = Array("[](){}<>|:,;".utf8)
      let trimmed = kept.joined(separator: [Byte.blank])
        .drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed()
      return String(decoding: Array(trimmed), as: UTF8.self)
    }
  }

  /// What the lines of a beginning show together.
  private struct Survey {
    var labels: [Label] = []
    private var lines: [Int] = []
    private var clocks: [Int?] = []
    /// The nodes whose clock was seen.
    private var clocked: Set<Int> = []
    private var clock: Int?
    /// How often a node's own clock went back without a reset,
    private var stepsOfNodes = 0
    /// and how often that of all lines did while the node's went on.
    private var steps = 0
    /// How often each label came back behind another: that of a run or a test ends for good.
    private var returns: [Int] = []
    private var last: Int?
    private var unsure: [[UInt8]] = []

    /// Of so many lines one may bear no label.
    private static let linesForEachOther = 50
    /// So many lines of each node are surely a device's.
    private static let fewestLines = 4
    private static let fewestSteps = 4
    private static let fewestReturns = 3
    /// So many milliseconds the lines of two cores or tasks may be out of order.
    private static let jitter = 250

    /// Takes a line; false if the log is one node's.
    mutating func take(_ line: ByteText) -> Bool {
      switch LabelledLine.read(line) {
      case .bare: return false
      case .unsure:
        if !line.trimmed.isEmpty { unsure.append(Array(line.slice(from: 0, to: 256).buffer)) }
      case .labelled(let found):
        let known = labels.firstIndex {
          $0.form == found.form && found.label.buffer.elementsEqual($0.text)
        }
        if known == nil {
          guard labels.count < mostNodes else { return false }
          labels.append(Label(text: Array(found.label.buffer), form: found.form))
          lines.append(0)
          clocks.append(nil)
          returns.append(0)
        }
        let node = known ?? labels.count - 1
        lines[node] += 1
        if known != nil, last != node { returns[node] += 1 }
        last = node
        switch found.beat {
        case .clock(let time):
          if let own = clocks[node] {
            if own > time + Self.jitter {
              stepsOfNodes += 1
            } else if let before = clock, before > time + Self.jitter {
              steps += 1
            }
          }
          (clocks[node], clock) = (time, time)
          clocked.insert(node)
        case .reset:
          (clocks[node], clock) = (nil, nil)
        case .none: break
        }
      }
      return true
    }

    var showsSeveral: Bool {
      guard labels.count > 1, lines.allSatisfy({ $0 >= Self.fewestLines }),
        Set(labels.map(\.form)).count == 1, clocked.count > 1,
        returns.allSatisfy({ $0 >= Self.fewestReturns }),
        steps >= Self.fewestSteps, stepsOfNodes * 4 <= steps
      else { return false }
      let places = NodeLabels(labels: labels)
      let others = unsure.count { line in
        line.withUnsafeBufferPointer { !places.bearsLabel(ByteText($0)) }
      }
      return others * Self.linesForEachOther <= lines.reduce(unsure.count, +)
    }
  }

  /// Whether a line bears one of the labels.
  private func bearsLabel(_ line: ByteText) -> Bool {
    let start = LabelledLine.startOfLabel(in: line)
    return labels.contains { label in
      switch label.form {
      case .text: line.end(of: label.text, at: start) != nil
      case .record:
        LabelledLine.node(ofRecord: line)?.buffer.elementsEqual(label.text) ?? false
      }
    }
  }
}

extension ByteText {
  /// Where the label ends that stands at `start`; one that ends in a name's letter is not the start of a longer name.
  fileprivate func end(of label: [UInt8], at start: Int) -> Int? {
    let end = start + label.count
    guard end <= count, let last = label.last,
      slice(from: start, to: end).buffer.elementsEqual(label)
    else { return nil }
    let isLonger = HostPrefixes.isNameByte(last) && HostPrefixes.isNameByte(self[end])
    return end < count && isLonger ? nil : end
  }
}
