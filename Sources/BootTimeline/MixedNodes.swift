import DeviceEvents
import LineReading

// Two nodes that print to one capture, with nothing before their lines: what one node cannot print shows them.

extension Timeline {
  /// Whether the lines of several nodes are mixed in the log.
  ///
  /// The clocks of two nodes go on side by side: where lines of one follow those of the other, the log's clock goes back
  /// by what the second was switched on later, time and again by the same. A node that restarts goes back to the
  /// same moment of its start instead. Nodes that are switched on together print each line of the ROM twice, or all that
  /// the ROM prints, and then two bootloaders speak.
  public var mixesNodes: Bool {
    boots.contains(where: \.loadsTwice) || bootloadersGoSideBySide || clocksGoSideBySide
  }

  /// Two starts of the ROM at power-on, and two bootloaders behind them: a third start would have a line of the ROM's.
  private var bootloadersGoSideBySide: Bool {
    zip(boots, zip(boots.dropFirst(), boots.dropFirst(2))).contains { first, rest in
      let (second, third) = rest
      return first.isOfROMAlone && second.romFinished && second.stage == .bootloader
        && second.bootloaderLine != nil && second.lineCount <= Boot.linesUpToBootloader
        && third.romResetLine == nil && third.romBanner == nil
        && third.bootloaderLine?.number == third.firstLine.number
    }
  }

  /// So often the same step back is no accident.
  private static let stepsThatShow = 3
  /// In so many milliseconds a start has printed its first line, whatever it waits for; two clocks go on.
  private static let timeThatShows = 2_000

  /// Of one node that starts anew at moments of its own, a step is like the one before now and then; of two nodes nearly
  /// each is.
  private var clocksGoSideBySide: Bool {
    var (steps, likeBefore, inARow, start) = (0, 0, 0, 0)
    var goOn = false
    var before: (from: Int, to: Int)?
    for (boot, next) in zip(boots, boots.dropFirst()) {
      guard !next.beganInLog, next.romResetLine == nil, let from = boot.clockAtEnd,
        let to = next.clockAtFirstLine
      else {
        before = nil
        continue
      }
      steps += 1
      if let before, Self.isSameStep(before, (from, to)) {
        if inARow == 0 { start = before.to }
        inARow += 1
        likeBefore += 1
      } else {
        inARow = 0
      }
      before = (from, to)
      if inARow >= Self.stepsThatShow, to - start >= Self.timeThatShows { goOn = true }
    }
    return goOn && likeBefore * 2 >= steps
  }

  /// By so many milliseconds steps differ, since the nodes print at moments of their own.
  private static let stepsDiffer = 1_500
  /// A start prints its first line within so many milliseconds of the same moment each time.
  private static let startsDiffer = 100

  private static func isSameStep(_ one: (from: Int, to: Int), _ other: (from: Int, to: Int)) -> Bool
  {
    other.to - one.to > startsDiffer && other.from > one.from
      && abs((other.from - other.to) - (one.from - one.to)) <= stepsDiffer
  }
}

extension Boot {
  /// Whether the ROM loaded the same segments twice, which it does for another node alone.
  fileprivate var loadsTwice: Bool {
    let segments = bootloaderSegments
    guard segments.count >= 4, segments.count.isMultiple(of: 2) else { return false }
    return stride(from: 0, to: segments.count, by: 2).allSatisfy {
      segments[$0] == segments[$0 + 1]
    }
  }

  /// What the ROM prints, and a line or two of the bootloader's, are no more.
  fileprivate static let linesUpToBootloader = 16

  /// Whether the ROM started the bootloader, which printed nothing.
  fileprivate var isOfROMAlone: Bool { romFinished && !hasBootloaderLines && stage == .rom }

  /// The time of its first line.
  fileprivate var clockAtFirstLine: Int? {
    Array(firstLine.text.utf8).withUnsafeBufferPointer { LineTime(ByteText($0))?.value }
  }
}
