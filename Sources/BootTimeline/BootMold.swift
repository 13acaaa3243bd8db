import CLineScan
import DeviceEvents
import LineReading

/// The record of a boot that was read, from which those of boots are made that took the same course.
///
/// Such a boot differs in where its lines stand, in their times, and in the numbers of a crash that decide nothing.
/// Where anything else may differ there is no mold, and each boot is read.
final class BootMold {
  private let record: BootRecord
  /// The lines that are needed of a boot, by their places in the course, in order.
  private let places: [Int]
  /// Of these, what the mold's own said.
  private let texts: [KnownText]
  /// For each reference of the record, in the order of `forEachReference`, which of `places` it is.
  private let references: [Int]
  /// For each crash, which of `places` is its last line.
  private let crashEnds: [Int]
  private let numbers: BootMoldNumbers
  /// Which of `places` tell the times of the boot's segments, and of which segment each does.
  private let segmentTimes: [(place: Int, segment: Int)]
  /// Which of `places` was the last line of a crash, open or not, when the boot ended.
  private let crashEnd: Int?

  /// A line as the mold's boot printed it.
  private struct KnownText {
    let text: String
    let bytes: [UInt8]
    /// Whether a reference of the record names it.
    var isReferred = false
  }

  /// A record made from a mold.
  struct Cast {
    let record: BootRecord
    /// The number of the last line of its last crash; nil if it has none.
    let crashEnd: Int?
  }

  /// The mold of a boot and its course; nil where only reading a boot tells what it leaves behind.
  init?(_ record: BootRecord, course: [RecordedStep]) {
    var lines: [RecordedStep] = []
    for step in course where step.step.gap == nil { lines.append(step) }
    guard Self.isMoldable(record), lines.allSatisfy(\.isMoldable),
      let numbers = BootMoldNumbers(record, lines: lines)
    else { return nil }
    var placeOfNumber: [Int: Int] = [:]
    for (place, line) in lines.enumerated() {
      guard let number = line.line?.number,
        placeOfNumber.updateValue(place, forKey: number) == nil
      else { return nil }
    }
    guard let first = lines.first?.line?.number, record.boot.firstLine.number == first,
      !Self.quotesTimes(record, lines)
    else { return nil }
    // The places in the course first, then which of those that are needed they are.
    var references: [Int] = []
    var isKnown = true
    var copy = record
    copy.forEachReference { reference in
      guard let place = placeOfNumber[reference.number],
        lines[place].line?.offset == reference.offset,
        lines[place].line?.text == reference.text
      else {
        isKnown = false
        return
      }
      references.append(place)
    }
    var crashEnds: [Int] = []
    for crash in record.crashes {
      guard let place = placeOfNumber[crash.lastLineNumber] else { return nil }
      crashEnds.append(place)
    }
    guard isKnown, let segments = Self.segmentTimes(record, lines) else { return nil }
    let needed = Set(references + crashEnds + numbers.places + segments.map(\.place)).sorted()
    var indices: [Int: Int] = [:]
    for (index, place) in needed.enumerated() { indices[place] = index }
    let isReferred = Set(references)
    texts = needed.map { place in
      let text = lines[place].line?.text ?? ""
      return KnownText(
        text: text, bytes: Array(text.utf8), isReferred: isReferred.contains(place))
    }
    self.record = record
    places = needed
    self.references = references.compactMap { indices[$0] }
    self.crashEnds = crashEnds.compactMap { indices[$0] }
    self.numbers = numbers.with(indices)
    segmentTimes = segments.compactMap { time in
      indices[time.place].map { ($0, time.segment) }
    }
    crashEnd = self.crashEnds.last
  }

  // MARK: casting

  /// The record of a boot that took the mold's course; `state` is the decoder's behind it. Nil if only reading it tells.
  func cast(
    from boot: HeldBoots.Boot, index: Int, endingIn state: DecodingState
  ) -> Cast? {
    boot.bytes.withUnsafeBufferPointer { bytes in
      var lines: [LogLine] = []
      lines.reserveCapacity(places.count)
      guard let end = boot.lines(at: places, in: bytes, into: &lines), lines.count == places.count
      else { return nil }
      var record = record
      guard fill(&record, with: lines, index: index) else { return nil }
      record.change { boot in
        boot.index = index
        boot.lineCount = max(end - boot.firstLine.number + 1, 1)
      }
      record.boot.applicationLines = state.applicationLines - boot.state.applicationLines
      record.boot.clockAtEnd = state.clock
      return Cast(record: record, crashEnd: crashEnd.map { lines[$0].number })
    }
  }

  private func fill(_ record: inout BootRecord, with lines: [LogLine], index: Int) -> Bool {
    guard numbers.fill(&record, from: lines) else { return false }
    var known: [LineReference] = []
    known.reserveCapacity(lines.count)
    for place in lines.indices { known.append(reference(to: lines[place], at: place)) }
    var next = 0
    record.forEachReference { reference in
      reference = known[references[next]]
      next += 1
    }
    record.placeCrashes(in: index) { lines[crashEnds[$0]].number }
    for time in segmentTimes {
      guard let told = LineTime(lines[time.place].text) else { return false }
      record.boot.segments[time.segment].time = told.value
    }
    if !segmentTimes.isEmpty { record.shareSegments() }
    return true
  }

  /// The reference to a line; the text of one that says what the mold's own said is the same memory.
  private func reference(to line: LogLine, at place: Int) -> LineReference {
    guard texts[place].isReferred else {
      return LineReference(number: line.number, offset: line.offset, text: "")
    }
    let isSame = texts[place].bytes.withUnsafeBufferPointer { bytes in
      guard line.text.count == bytes.count, let ours = bytes.baseAddress,
        let theirs = line.text.buffer.baseAddress
      else { return false }
      return clinescan_is_same(ours, theirs, bytes.count) != 0
    }
    guard !isSame else {
      return LineReference(number: line.number, offset: line.offset, text: texts[place].text)
    }
    return line.reference
  }
}
