import BootTimeline
import DeviceEvents

/// What a crash printed that its calls follow from: two crashes with the same of it have the same
/// calls.
struct PrintedCrash: Hashable {
  var failed: Crash.CoreState
  var otherCores: [Crash.CoreState]
  var pc: UInt32?
  var faultAddress: UInt32?
  var stackBounds: ClosedRange<UInt32>?
  var task: String?
  var kind: CrashKind
  var reason: String?
  var message: String?

  init(_ crash: Crash) {
    failed = Crash.CoreState(core: crash.core)
    failed.registers = crash.registers
    failed.backtrace = crash.backtrace
    failed.stack = crash.stack
    otherCores = crash.otherCores
    pc = crash.pc
    faultAddress = crash.faultAddress
    stackBounds = crash.stackBounds
    task = crash.task
    kind = crash.kind
    reason = crash.reason
    message = crash.message
  }
}
