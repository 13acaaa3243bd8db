/// A way to restart the chip through DTR and RTS: states of both lines, each held for a while.
public struct ResetStrategy: Hashable, Sendable {
  /// A state of both lines, set in one call, and how long it is held.
  public struct Step: Hashable, Sendable {
    /// The lines that are raised.
    public let lines: ModemLines
    /// How long they stay so.
    public let hold: Duration

    /// A step.
    public init(_ lines: ModemLines, hold: Duration) {
      self.lines = lines
      self.hold = hold
    }
  }

  /// The steps, in order.
  public let steps: [Step]

  /// A sequence of one's own.
  public init(steps: [Step]) {
    self.steps = steps
  }

  /// For bridges: RTS pulls EN for 100 ms while DTR, and with it IO0, stays released, so that the application runs.
  public static let classic = ResetStrategy(steps: [
    Step(.rts, hold: .milliseconds(100)),
    Step([], hold: .zero),
  ])

  /// For a chip's own USB Serial/JTAG.
  ///
  /// The peripheral takes the lines as commands (DTR alone: next time download mode; none: next time the
  /// application; RTS alone: restart; both: nothing), so that the order matters: from the kernel's both to none,
  /// never over DTR alone, then the restart. esptool's hard reset holds for the same 200 ms.
  public static let usbSerialJTAG = ResetStrategy(steps: [
    Step([], hold: .milliseconds(100)),
    Step(.rts, hold: .milliseconds(200)),
    Step([], hold: .milliseconds(200)),
  ])
}
