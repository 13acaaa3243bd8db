import DeviceEvents
import Diagnosis
import LineReading

/// A line without its borrowed text.
private struct ReadLine: Equatable {
  var number: Int
  var offset: Int
  var text: [UInt8]
  var ending: LogLine.Ending
  var origin: LogLine.Origin
}

/// Lines, and what the reader counted.
private struct Reading: Equatable {
  var lines: [ReadLine] = []
  var statistics = InputStatistics()
}

private func lines(of bytes: [UInt8], inPiecesOf size: Int) -> Reading {
  var reader = LineReader()
  var reading = Reading()
  func keep(_ line: LogLine) {
    reading.lines.append(
      ReadLine(
        number: line.number, offset: line.offset, text: Array(line.text.buffer),
        ending: line.ending, origin: line.origin))
  }
  feed(bytes, inPiecesOf: size) { piece in reader.feed(piece) { keep($0) } }
  reader.finish { keep($0) }
  reading.statistics = reader.statistics
  return reading
}

/// Hands on the bytes, so many at a time.
private func feed(
  _ bytes: [UInt8], inPiecesOf size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
) {
  bytes.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: buffer.count, by: size) {
      body(UnsafeBufferPointer(rebasing: buffer[start..<min(start + size, buffer.count)]))
    }
  }
}

/// The chunking of the input never shows; every line bears the number of the line that it stands in, and is no longer
/// than that.
func readLines(_ input: [UInt8]) {
  let (choice, log) = split(input)
  let reading = lines(of: log, inPiecesOf: choice + 1)
  if reading != lines(of: log, inPiecesOf: 1 << 20) { broken("the chunking shows in the lines") }
  let ends = log.indices.filter { log[$0] == 0x0a }
  var last = 0
  for line in reading.lines {
    if line.offset < last { broken("line \(line.number) begins before the one before it") }
    last = line.offset
    guard line.number > 0, line.number <= ends.count + 1 else {
      broken("line \(line.number) of \(ends.count + 1)")
    }
    let start = line.number > 1 ? ends[line.number - 2] + 1 : 0
    let end = line.number <= ends.count ? ends[line.number - 1] : log.count
    if !(start...end).contains(line.offset) { broken("line \(line.number) begins in another one") }
    if line.text.count > end - line.offset { broken("line \(line.number) is longer than it was") }
  }
  let expected = ends.count + (log.last.map { $0 == 0x0a } ?? true ? 0 : 1)
  if reading.statistics.lines != expected || reading.statistics.bytes != log.count {
    broken("\(expected) lines were counted as \(reading.statistics.lines)")
  }
}

/// What a decoder made of a log.
private struct Decoded: Equatable {
  struct Told: Equatable {
    var line: Int
    var event: DeviceEvent
  }

  var told: [Told] = []
  var applicationLines = 0
  var espLines = 0
  var plainLines = 0
  var clock: Int?
}

private enum QuietLines { case oneByOne, steppedOver }

private func events(
  of log: [UInt8], by fresh: EventDecoder, inPiecesOf size: Int, _ quiet: QuietLines
) -> Decoded {
  var reader = LineReader()
  var decoder = fresh
  var decoded = Decoded()
  func decode(_ line: LogLine) {
    decoder.decode(line) { decoded.told.append(Decoded.Told(line: line.number, event: $0)) }
  }
  feed(log, inPiecesOf: size) { piece in
    switch quiet {
    case .oneByOne: reader.feed(piece) { decode($0) }
    case .steppedOver:
      reader.feed(piece, steppingOver: { decoder.stepOver(&$0) }, lettingGo: {}) { decode($0) }
    }
  }
  reader.finish { decode($0) }
  decoded.applicationLines = decoder.applicationLines
  decoded.espLines = decoder.espLines
  // Once they show that an application runs, more of them say no more and are not counted.
  decoded.plainLines = min(decoder.plainLines, EventDecoder.plainLinesThatShowLife)
  decoded.clock = decoder.clock
  return decoded
}

/// What is stepped over told nothing; events and their texts can be had of any line, and not without end.
func decodeLines(_ input: [UInt8]) {
  let (choice, log) = split(input)
  // Its tables of the rules' patterns take longer to make than a short log to read.
  let fresh = EventDecoder(watching: RuleSet.embedded.linePatterns)
  let decoded = events(of: log, by: fresh, inPiecesOf: 1 << 20, .steppedOver)
  if decoded != events(of: log, by: fresh, inPiecesOf: choice * 5 + 1, .oneByOne) {
    broken("a line that was stepped over told something")
  }
  for told in decoded.told where "\(told.event)".isEmpty { broken("an event without a text") }
  if decoded.told.count > 64 * (log.count + 1) {
    broken("more events than the input has room for")
  }
}
