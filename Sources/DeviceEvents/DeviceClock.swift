import LineReading

/// The log's clock, and whether it went back.
///
/// What goes back without a reset: the count at the hand-over from the bootloader to the
/// application, which runs at another frequency; lines of two cores, by some milliseconds; the
/// second core's first lines, which print 0; and the 32-bit count after 49 days.
struct DeviceClock {
  /// Milliseconds since boot, of the last line that had a time.
  private(set) var time: Int?
  private var lastSource: TagEntry.Source?

  /// A step back by this many milliseconds is a new boot, whoever prints.
  private static let surelyReset = 1_000
  /// A step back by less may be the disorder of two cores.
  private static let disorder = 50
  /// Lines with less than this belong to the first moments of a boot.
  private static let firstMoments = 100
  /// The count is near its end, or has just begun again.
  private static let beforeWrap = 4_294_000_000
  private static let afterWrap = 1_000_000

  /// Takes the time of a line, and returns from where to where the clock went back, if it did.
  mutating func advance(
    to time: Int, of message: LogMessage, source: TagEntry.Source
  ) -> (from: Int, to: Int)? {
    guard let last = self.time else {
      self.time = time
      lastSource = source
      return nil
    }
    if time >= last {
      self.time = time
      lastSource = source
      return nil
    }
    if Self.isSecondCore(time, message) { return nil }
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

  /// Takes the time of the last of some lines of the application, between which it did not go back.
  mutating func advance(overApplicationLinesTo time: Int) {
    self.time = time
    lastSource = .application
  }

  /// A new boot is known: the next line is not compared with the last one.
  mutating func forget() { lastSource = nil; time = nil }

  /// `I (0) cpu_start: App cpu up.`, `I (0) cpu_start: Starting scheduler on APP CPU.` (ESP32,
  /// until ESP-IDF v5): the second core's cycle counter has just begun.
  private static func isSecondCore(_ time: Int, _ message: LogMessage) -> Bool {
    time < 10 && message.tag.has("cpu_start")
      && (message.message.has("App cpu") || message.message.contains("APP CPU"))
  }
}
