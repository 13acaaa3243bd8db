/// One node that is followed: open, or awaited.
final class FollowLane {
  /// What the receiver knows it by, from beginning to end.
  let node: NodeIdentity
  /// What it is recognised by: better known once it was open.
  private(set) var known: NodeIdentity
  /// The path that asked for it, where one did.
  var wantedPath: String?
  var port: SerialPort?
  /// What is there to be opened; nil while nothing is.
  var candidate: AttachedPort?
  var baud: UInt32
  var strategy = ResetStrategy.classic
  private(set) var openings = 0
  /// A port that hangs up as soon as it is open must not keep us busy.
  private var restUntil: Int64 = 0
  /// When to try to open it again; nil: not before something changes.
  var nextTry: Int64?
  /// Until then a refusal may be a rule that has not run yet.
  var patientUntil: Int64 = 0
  private var toldError: SerialPortError?
  var quietAt: Int64?
  private var resetSteps: ArraySlice<ResetStrategy.Step> = []
  private(set) var nextStep: Int64?

  init(_ node: NodeIdentity, baud: UInt32) {
    self.node = node
    self.baud = baud
    known = node
  }

  var isOpen: Bool { port != nil }

  /// The node it is open as.
  var openNode: String? { port?.path }

  /// What to poll; poll ignores the number of a closed one.
  var descriptor: Int32 { port?.descriptor ?? -1 }

  func matches(_ attached: AttachedPort) -> Bool {
    known.matches(attached)
  }

  /// The port is open, as this.
  func opened(_ port: consuming SerialPort, as attached: AttachedPort) {
    self.port = consume port
    if attached.usb != nil { known = attached.identity }
    strategy = attached.resetStrategy
    openings += 1
    restUntil = monotonicNow() + .milliseconds(20)
    candidate = nil
    nextTry = nil
    toldError = nil
    quietAt = nil
  }

  /// The port is gone.
  func closed() {
    port = nil
    quietAt = nil
    resetSteps = []
    nextStep = nil
  }

  /// Something is there to be opened.
  func found(_ attached: AttachedPort, now: Int64, patience: Duration) {
    // Patience is for what has just come.
    if candidate?.node != attached.node {
      patientUntil = now + patience.nanoseconds
      toldError = nil
    }
    candidate = attached
    nextTry = max(now, restUntil)
  }

  /// Whether who holds the port is worth looking for: others are not read meanwhile.
  func holderSearch(now: Int64) -> PortHolder.Search {
    guard now >= patientUntil else { return .none }
    if case .busy = toldError { return .none }
    return .everyProcess
  }

  /// Whether the receiver has not heard of this failure yet.
  func isNews(_ error: SerialPortError) -> Bool {
    defer { toldError = error.withoutHolders }
    return toldError != error.withoutHolders
  }

  func beginReset(_ strategy: ResetStrategy, now: Int64) {
    resetSteps = strategy.steps[...]
    nextStep = now
  }

  /// Takes the steps of a reset that are due; other ports are read meanwhile.
  func stepReset(now: Int64) throws(SerialPortError) {
    while let due = nextStep, due <= now {
      guard let step = resetSteps.popFirst() else {
        nextStep = nil
        return
      }
      nextStep = now + step.hold.nanoseconds
      do throws(SerialPortError) {
        try port?.setLines(step.lines)
      } catch {
        resetSteps = []
        nextStep = nil
        throw error
      }
      // The next step waits for its time.
      if step.hold > .zero { return }
    }
  }
}
