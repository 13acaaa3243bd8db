import ArgumentParser
import Reporting

/// Who may read what a command writes.
struct PrivacyOptions: ParsableArguments {
  @Flag(help: PrivacyOptions.help)
  var redact = false

  /// The readers of a format; `--redact` makes a text fit for everybody.
  func privacy(of format: ReportFormat) -> Privacy { redact ? .shared : format.readers }

  static let help: ArgumentHelp =
    "For sharing: mask Wi-Fi names, addresses, coordinates, users and device numbers as well. Secrets always are."
}

extension ReportFormat {
  /// Who reads it where nobody says otherwise. Text and JSON stay on the own machine; a format that is made for
  /// handing on masks by itself.
  var readers: Privacy {
    switch self {
    case .text, .json: .own
    }
  }
}

extension Diagnostics {
  /// Who may read standard error. It is written from the first argument on, before any option is read.
  static let readers: Privacy =
    CommandLine.arguments.dropFirst().prefix { $0 != "--" }.contains("--redact") ? .shared : .own
}
