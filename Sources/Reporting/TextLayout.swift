import Diagnosis

/// For which screen a text is written.
public struct TextLayout: Sendable {
  /// The columns that may be used.
  public var columns: Int
  /// Whether colours may be used.
  public var colouring: Colouring
  /// Who is going to read it.
  public var privacy: Privacy

  /// Whether a text is coloured.
  public enum Colouring: Sendable {
    /// No escape sequences at all.
    case plain
    /// With the sixteen colours that every terminal knows.
    case ansi
  }

  /// A layout; fewer than 40 columns are taken as 40.
  public init(columns: Int = 80, colouring: Colouring = .plain, privacy: Privacy = .own) {
    self.columns = max(columns, 40)
    self.colouring = colouring
    self.privacy = privacy
  }
}

/// What a piece of text is, and so how it looks.
enum Ink {
  case plain, heading, faint, strong, reason, command
  case severity(Severity)

  /// The numbers of the escape sequence that switches it on; nil for none.
  var code: String? {
    switch self {
    case .plain: nil
    case .heading: "1"
    case .faint: "2"
    case .strong: "1"
    case .reason: "36"
    case .command: "32"
    case .severity(.ok): "1;32"
    case .severity(.info): "1;36"
    case .severity(.warning): "1;33"
    case .severity(.error): "1;31"
    case .severity(.critical): "1;97;41"
    }
  }
}
