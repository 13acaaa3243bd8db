import DeviceEvents

extension UpdateAssembly {
  /// A failure that may be about anything, while no update is open.
  mutating func takeUnopened(
    _ failure: UpdateFailure, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    // The caller tells again what the update itself told.
    if let last = record.updates.last, reading.line.number - last.lastLine.number <= reach {
      return
    }
    // A request that failed is nothing but that.
    guard failure.stage == .unknown || failure.error != nil else { return }
    guard failure.isOfFirmware else {
      record.add(
        Notice(.updateTroubleTold), stage: record.boot.stage, line: reading.line)
      return
    }
    var failure = failure
    failure.isToldAsError = failure.stage == .unknown && failure.error == nil
    failure.isAtLarge = !failure.isToldAsError
    fail(failure, reading, &record)
  }
}
