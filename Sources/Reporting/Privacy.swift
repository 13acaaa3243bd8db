/// Who is going to read a text.
public enum Privacy: Sendable {
  /// Whoever has the log anyway: only secrets are masked.
  case own
  /// Anybody: Wi-Fi names, MAC and IP addresses and coordinates are masked as well.
  case shared

  /// A text, from which secrets are gone already, as these readers may see it.
  func shown(_ text: String) -> String {
    switch self {
    case .own: text
    case .shared: PersonalData.masked(text)
    }
  }
}
