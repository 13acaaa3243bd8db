import LineReading

// The lines of a boot that is held as text.
extension HeldBoots.Boot {
  /// Adds the lines at `places`, which are sorted, counted from the boot's first one that was a step of its course;
  /// returns the number of its last line.
  func lines(
    at places: [Int], in bytes: UnsafeBufferPointer<UInt8>, into lines: inout [LogLine]
  ) -> Int? {
    var place = 0
    var next = 0
    var last: Int?
    for piece in pieces {
      switch piece {
      case .input(let number, let offset, let memory):
        let text = ByteText(self.memory(of: memory, in: bytes))
        var number = number
        var start = 0
        while let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) {
          if next < places.count, places[next] == place {
            lines.append(
              text.slice(from: start, to: end).asBareLine(number: number, offset: offset + start))
            next += 1
          }
          last = number
          number += 1
          place += 1
          start = end + 1
        }
      case .line(let number, let offset, let memory, let origin):
        if next < places.count, places[next] == place {
          lines.append(
            LogLine(
              number: number, offset: offset, text: ByteText(self.memory(of: memory, in: bytes)),
              ending: .lineFeed, origin: origin))
          next += 1
        }
        last = number
        place += 1
      case .silence(let number, _): last = number
      }
    }
    return last
  }
}
