import SerialInput

/// How long an open port has been silent, and what may be behind it, said once.
///
/// Silence alone proves nothing, least of all a crash: most nodes have little to say. So this only names what it may
/// mean, where a person would begin to wonder: nothing ever came, or an announced restart does not show.
struct Silence {
  /// What the last lines of the log let expect.
  enum Expectation {
    /// Nothing: silence is as good as talk.
    case nothing
    /// The lines of a restart.
    case restart
  }

  private static let becomesOddAfter: Duration = .seconds(5)

  private var port = PortKind.other
  private var source = SourceText.Kind.device
  private var since: ContinuousClock.Instant?
  private var hasSpoken = false
  private var isExplained = false

  /// The port is open.
  mutating func opened(
    _ kind: PortKind, as source: SourceText.Kind = .device, now: ContinuousClock.Instant
  ) {
    port = kind
    self.source = source
    since = now
  }

  /// The port is gone: its silence means nothing.
  mutating func closed() { since = nil }

  /// Bytes came.
  mutating func ended(now: ContinuousClock.Instant) {
    since = now
    hasSpoken = true
  }

  /// What to say now; nil mostly.
  mutating func hint(expecting: Expectation, now: ContinuousClock.Instant) -> String? {
    guard !isExplained, let since, now - since >= Self.becomesOddAfter else { return nil }
    switch (hasSpoken, expecting) {
    case (true, .nothing): return nil
    case (true, .restart):
      isExplained = true
      return "the restart does not show: 5 s of silence. The chip may stand still where it "
        + "crashed (CONFIG_ESP_SYSTEM_PANIC_PRINT_HALT), wait in download mode, have lost its "
        + "supply, or print elsewhere now" + portsOwn + ". " + advice
    case (false, _):
      isExplained = true
      return "nothing came in 5 s. That alone is no fault: the application may have nothing to "
        + "say, sleep, wait in download mode, or " + elsewhere + ". " + advice
    }
  }

  /// Where else the console may be.
  private var elsewhere: String {
    switch source {
    case .device: break
    case .socket, .rfc2217: return "have its console elsewhere than at the other end of this"
    case .standardInput: return "be shown by a program that holds its lines back until it has many"
    }
    return switch port {
    case .espressif(.usbSerialJTAG):
      "have its console on the UART pins (CONFIG_ESP_CONSOLE_UART)"
    case .espressif(.romCDC), .espressif(.tinyUSB), .espressif(.unknown):
      "keep its console off this port: a USB stack of its own prints only what it is told to"
    case .espressif(.usbBridge), .bridge:
      "have its console on other pins, on the chip's own USB, or on the board's other port"
    case .other:
      "be behind another port ('esptriage ports' lists them)"
    }
  }

  private var portsOwn: String {
    port == .espressif(.usbSerialJTAG) ? ", or its USB did not survive the reset" : ""
  }

  private var advice: String {
    switch source {
    case .device, .rfc2217: break
    case .socket, .standardInput: return "Press its reset button to see it boot."
    }
    return switch port {
    case .espressif(.usbSerialJTAG):
      "Press its reset button: the ROM prints here whatever the application does (--reset "
        + "restarts it too, but hides why it reset before)."
    case .espressif, .bridge, .other:
      "Press its reset button, or start again with --reset, to see it boot."
    }
  }
}
