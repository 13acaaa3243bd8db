// [kitchen] I (3210) wifi:connected with …
// /dev/ttyUSB1| rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
// Mar  4 11:02:33 garage esp: I (31) boot: …
// {"device": "n2", "message": "I (31) boot: …"}
// <134>1 2025-03-04T11:00:00.123Z attic esp - - - I (31) boot: …
// 192.168.1.40: I (31) boot: …
// home/attic/log {"line": "I (31) boot: …"}
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
    /// Several nodes, or one behind the heads of a recorder.
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
    switch RecorderHeads.read(beginning, isEnough: isWhole || beginning.count >= longestBeginning) {
    case .none: break
    case .open: return .open
    case .heads(let tag): return .several(NodeLabels(labels: [Label(text: tag, form: .head)]))
    }
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

  /// Whose line it is, and where in it what the node printed stands.
  public mutating func place(of line: ByteText) -> (node: Int, text: Range<Int>) {
    let known =
      switch form {
      case .text: knownPlace(ofLabelled: line)
      case .record: place(of: LabelledLine.node(ofRecord: line), 0..<line.count)
      case .row: place(of: LabelledRow.label(in: line), 0..<line.count)
      case .pair:
        LabelledPairs(line).flatMap { place(of: $0.label, $0.text) }
      case .head: placeBehindHead(in: line)
      }
    guard let found = known ?? newPlace(of: line) else { return (last, 0..<line.count) }
    last = found.node
    return found
  }

  /// All labels have the form of the first.
  private var form: LabelledLine.Form { labels.first?.form ?? .text }

  private func place(of name: ByteText?, _ text: Range<Int>) -> (node: Int, text: Range<Int>)? {
    guard let name, let node = labels.firstIndex(where: { name.buffer.elementsEqual($0.text) })
    else { return nil }
    return (node, text)
  }

  private func placeBehindHead(in line: ByteText) -> (node: Int, text: Range<Int>) {
    let head = RecorderHeads.head(of: line).flatMap { head in
      labels[0].text.elementsEqual(head.tag.buffer) ? head : nil
    }
    return (0, (head?.end ?? 0)..<line.count)
  }

  private func knownPlace(ofLabelled line: ByteText) -> (node: Int, text: Range<Int>)? {
    let start = LabelledLine.startOfLabel(in: line)
    var found: (node: Int, end: Int)?
    for (node, label) in labels.enumerated() {
      guard let end = line.end(of: label.text, at: start), end > found?.end ?? 0 else { continue }
      found = (node, end)
    }
    return found.map { ($0.node, Self.text(of: line, behind: $0.end)) }
  }

  private static func text(of line: ByteText, behind end: Int) -> Range<Int> {
    end + (line[end] == Byte.blank && end > 0 ? 1 : 0)..<line.count
  }

  /// The place of a line of a node that was not met before.
  private mutating func newPlace(of line: ByteText) -> (node: Int, text: Range<Int>)? {
    guard labels.count < Self.mostNodes, case .labelled(let other) = LabelledLine.read(line),
      other.form == form
    else { return nil }
    labels.append(Label(text: Array(other.label.buffer), form: other.form))
    let node = labels.count - 1
    switch form {
    case .text: return (node, Self.text(of: line, behind: other.end))
    case .record, .row, .head: return (node, 0..<line.count)
    case .pair: return (node, LabelledPairs(line)?.text ?? 0..<line.count)
    }
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
    switch form {
    case .text: knownPlace(ofLabelled: line) != nil
    case .record: place(of: LabelledLine.node(ofRecord: line), 0..<0) != nil
    case .row: place(of: LabelledRow.label(in: line), 0..<0) != nil
    case .pair: place(of: LabelledPairs(line)?.label, 0..<0) != nil
    case .head: RecorderHeads.head(of: line) != nil
    }
  }
}

extension ByteText {
  /// Where the label ends that stands at `start`; one that ends in a name's letter is not the start of a longer name.
  fileprivate func end(of label: [UInt8], at start: Int) -> Int? {
    let end = start + label.count
    guard end <= count, let last = label.last else { return nil }
    // Labels of one log differ near their ends.
    var index = label.count - 1
    while index >= 0 {
      guard self[start + index] == label[index] else { return nil }
      index -= 1
    }
    let isLonger = HostPrefixes.isNameByte(last) && HostPrefixes.isNameByte(self[end])
    return end < count && isLonger ? nil : end
  }
}
