@testable import DeviceEvents

/// What the lines of a log tell.
func toldEvents(_ log: String) -> [DeviceEvent] {
  var decoder = EventDecoder()
  return decoder.events(of: log)
}

/// The reset reasons that an application's lines tell.
func toldReasons(_ log: String) -> [ResetReason?] {
  toldEvents(log).compactMap { event in
    if case .bootLine(let line) = event { line.reason } else { nil }
  }
}
