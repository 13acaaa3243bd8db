import LineReading

/// The log's clock, and whether it went back.
///
/// What goes back without a reset: the count at the hand-over from the bootloader to the
/// application, which runs at another frequency; lines of two cores, by some milliseconds; the
/// second core's first lines, which print 0; and the 32-bit count after 49 days.
struct DeviceClock: Hashable {
  /// Milliseconds since boot, of the last line that had a time.
  private(set) var time: Int?
  /// The time of the line before that.
  private var earlier: Int?
  /// A line seemed to go back because of a damaged digit; the next line tells whether it did.
  private var isDoubtful = false
  private var lastSource: TagEntry.Source?
  /// Whether the bootloader or the start-up has printed: each start shows then, before any word of a program's.
  private var showsStarts = false

  /// A step back by this many milliseconds is a new boot, whoever prints.
  private static let surelyReset = 1_000
  /// A step back by less may be the disorder of two cores.
  private static let disorder = 50
  /// Lines with less than this belong to the first moments of a boot.
  private static let firstMoments = 100
  /// Later, what bears the tags of the bootloader and the start-up is mostly the running application's.
  private static let startUpEnd = 2_000
  /// The count is near its end, or has just begun again.
  private static let beforeWrap = 4_294_000_000
  private static let afterWrap = 1_000_000

  /// Takes the time of a line, and returns from where to where the clock went back, if it did.
  mutating func advance(
    to time: Int, of message: LogMessage, source: TagEntry.Source
  ) -> (from: Int, to: Int)? {
    advance(
      to: time, source: source, isOfSecondCore: Self.isOfSecondCore(message),
      isBelievedAlone: Self.isBelievedAlone(message, source))
  }

  /// The same for a line of which is known whether the second core printed it, and whether it alone shows a reset.
  mutating func advance(
    to time: Int, source: TagEntry.Source, isOfSecondCore: @autoclosure () -> Bool,
    isBelievedAlone: @autoclosure () -> Bool
  ) -> (from: Int, to: Int)? {
    if source != .application, time < Self.startUpEnd { showsStarts = true }
    guard let last = self.time else {
      self.time = time
      lastSource = source
      return nil
    }
    if time >= last {
      earlier = last
      self.time = time
      lastSource = source
      isDoubtful = false
      return nil
    }
    // The second core's cycle counter has just begun.
    if time < 10, isOfSecondCore() { return nil }
    let isTold = source != .application || !showsStarts
    if isDamage(
      time, after: last, source: source, isBelievedAlone: { isTold && isBelievedAlone() })
    {
      return nil
    }
    isDoubtful = false
    earlier = nil
    let isFirstLineOfApplication = lastSource == .bootloader && source != .bootloader
    self.time = time
    lastSource = source
    if last > Self.beforeWrap, time < Self.afterWrap { return nil }
    let step = last - time
    if step > Self.surelyReset { return (last, time) }
    guard step > Self.disorder, !isFirstLineOfApplication else { return nil }
    // The bootloader prints one line after the other, on one core.
    return source == .bootloader || time < Self.firstMoments ? (last, time) : nil
  }

  /// Whether not the clock but a digit of a time went wrong: of this one, or of the one before.
  private mutating func isDamage(
    _ time: Int, after last: Int, source: TagEntry.Source, isBelievedAlone: () -> Bool
  ) -> Bool {
    guard last - time > Self.surelyReset else { return false }
    if let earlier, last - earlier > Self.surelyReset, time >= earlier,
      time - earlier <= Self.surelyReset, DamagedNumber(last).mayHaveBeen(in: earlier...time)
    {
      self.time = time
      lastSource = source
      return true
    }
    // Of what is not believed alone the next line shows what is true.
    guard !isDoubtful, !isBelievedAlone(),
      DamagedNumber(time).mayHaveLostDigit(of: last...last + Self.surelyReset)
    else { return false }
    isDoubtful = true
    return true
  }

  /// Takes the times of the last two of some lines of the application, between which it did not go back.
  mutating func advance(overApplicationLinesTo time: Int, after earlier: Int) {
    self.earlier = earlier
    isDoubtful = false
    self.time = time
    lastSource = .application
  }

  /// A new boot is known: the next line is not compared with the last one.
  mutating func forget() {
    lastSource = nil
    time = nil
    earlier = nil
    isDoubtful = false
  }

  /// Whether a line is of those that print first in a boot, and show a reset without another's help.
  static func isBelievedAlone(_ message: LogMessage, _ source: TagEntry.Source) -> Bool {
    guard source == .application else { return !message.tag.has("task_wdt") }
    // A program asks once why it was started. What it says counts for the boot that it says it of.
    return BootLineScan.bootLines(in: message.message).contains {
      ($0.content.reason != nil || $0.content.romCode != nil) && !$0.isWithoutKey
        && !$0.isOfAnother
    }
  }

  /// `I (0) cpu_start: App cpu up.`, `I (0) cpu_start: Starting scheduler on APP CPU.` (ESP32,
  /// until ESP-IDF v5).
  static func isOfSecondCore(_ message: LogMessage) -> Bool {
    message.tag.has("cpu_start")
      && (message.message.has("App cpu") || message.message.contains("APP CPU"))
  }
}
