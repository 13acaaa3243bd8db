import Glibc

/// What the chip prints on its UART, in a file or nowhere.
final class Console {
  private let file: Int32
  private let pace: Pace
  private var began = monotonicNow()
  /// Why a line could not be written.
  private(set) var failure: Int32?

  init(path: String?, pace: Pace) throws(SimulationError) {
    self.pace = pace
    guard let path else {
      file = -1
      return
    }
    file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .log(path: path, errno: errno) }
  }

  deinit { if file >= 0 { close(file) } }

  /// One line of ESP-IDF's log, at the present time of the chip.
  func line(_ level: Character, _ tag: String, _ message: String) {
    line(level, tag, message, at: pace.milliseconds(monotonicNow() - began))
  }

  /// One line of ESP-IDF's log that was printed at this millisecond.
  func line(_ level: Character, _ tag: String, _ message: String, at milliseconds: Int) {
    print("\(level) (\(milliseconds)) \(tag): \(message)\n")
  }

  /// Text without a time: the ROM's, and a panic's.
  func print(_ text: String) {
    guard file >= 0, failure == nil else { return }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        failure = errno
        return
      }
    }
  }

  /// The chip's clock starts again, and its ROM says why; a chip that runs already began earlier.
  func begin(_ reason: ResetReason, ago: Duration = .zero) {
    began = monotonicNow() - pace.nanoseconds(ago)
    let cause =
      switch reason {
      case .powerOn: "0x1 (POWERON)"
      case .software, .panic, .taskWatchdog: "0xc (RTC_SW_CPU_RST)"
      case .brownout: "0x3 (RTC_SW_SYS_RST)"
      }
    let lastAddress = reason == .powerOn ? "" : "Saved PC:0x40376a1c\n"
    print(
      """
      ESP-ROM:esp32s3-20210327
      Build:Mar 27 2021
      rst:\(cause),boot:0x8 (SPI_FAST_FLASH_BOOT)
      \(lastAddress)SPIWP:0xee
      mode:DIO, clock div:1
      load:0x3fce2820,len:0x1184
      load:0x403c8700,len:0xb28
      load:0x403cb700,len:0x2cf0
      entry 0x403c88f8

      """)
  }
}
