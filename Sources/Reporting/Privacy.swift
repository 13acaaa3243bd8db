/// Who is going to read a text.
public enum Privacy: Sendable {
  /// Whoever has the log anyway: only secrets are masked.
  case own
  /// Anybody: Wi-Fi names, MAC and IP addresses and coordinates are masked as well.
  case shared

  /// A text, from which secrets are gone already, as these readers may see it.
  package func shown(_ text: String) -> String {
    switch self {
    case .own: text
    case .shared: PersonalData.masked(text)
    }
  }

  /// A text that may hold anything, fit for a terminal and for these readers.
  package func safe(_ text: String) -> String { shown(HostileText.shown(text)) }

  /// A line of a log, from which secrets are gone already, byte for byte but for what these readers may not see.
  package func shown(line bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .own: bytes
    case .shared: bytes.withUnsafeBufferPointer { PersonalData.masked(bytes: $0) } ?? bytes
    }
  }
}
