import SerialInput

/// What a port that failed means to whoever follows it.
struct PortFailure {
  /// What is wrong and what comes now; safe to show.
  let text: String
  /// Whether waiting may help.
  let outlook: RemotePortError.Outlook

  init(_ error: SerialPortError) {
    let text = TextOfName.shown(error.description)
    switch error {
    case .notFound:
      self.text = text + " Waiting for it."
      outlook = .mayCome
    case .libraryMissing:
      self.text = text
      outlook = .hopeless
    case .remote(let error):
      self.text = error.outlook == .mayCome ? text + " Trying again until it comes." : text
      outlook = error.outlook
    case .notAllowed, .busy, .notATTY, .baudRefused:
      self.text = text
      outlook = .hopeless
    case .disconnected, .noModemLines, .system:
      self.text = text
      outlook = .usable
    }
  }
}
