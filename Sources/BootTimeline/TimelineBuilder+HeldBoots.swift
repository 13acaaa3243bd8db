import DeviceEvents
import LineReading

// Reading the boots that were followed, where their lines are asked for after all.
extension TimelineBuilder {
  /// Reads the boots that are held, as if they had been read at once.
  mutating func readHeldBoots() {
    guard following.place != nil else { return }
    following.place = nil
    following.gap = CourseGap.Count()
    let eventful = eventfulLines
    let boots = following.held.takeAll()
    for (index, boot) in boots.enumerated() {
      following.isCatchingUp = index + 1 < boots.count
      decoder.state = boot.state
      boot.bytes.withUnsafeBufferPointer { bytes in
        for piece in boot.pieces { read(piece, of: boot, bytes) }
      }
    }
    following.isCatchingUp = false
    eventfulLines = eventful
  }

  private mutating func read(
    _ piece: HeldBoots.Piece, of boot: HeldBoots.Boot, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    switch piece {
    case .input(let number, let offset, let place):
      ByteText(boot.memory(of: place, in: bytes)).forEachBareLine(number: number, offset: offset) {
        read($0)
      }
    case .line(let number, let offset, let place, let origin):
      read(
        LogLine(
          number: number, offset: offset, text: ByteText(boot.memory(of: place, in: bytes)),
          ending: .lineFeed, origin: origin))
    case .silence(let number, let place):
      let state = boot.states[place]
      noteSilence(
        lines: number - assembly.lastLineNumber,
        applicationLines: state.applicationLines - decoder.applicationLines,
        behind: decoder.applicationLines)
      decoder.state = state
      assembly.noteLine(number: number, clock: state.clock)
    }
  }
}
