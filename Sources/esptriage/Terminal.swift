import ArgumentParser
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When to use colours.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// The screen behind standard output.
enum Terminal {
  /// Whether standard output is one.
  static let isOutput = isatty(STDOUT_FILENO) == 1

  /// Whether lines at its foot can be drawn anew.
  static var canMoveCursor: Bool {
    isOutput && variable("TERM") != nil && variable("TERM") != "dumb" && (width ?? 0) > 41
  }

  /// The layout that fits it; a file or pipe gets 80 columns.
  static func layout(_ choice: ColourChoice, _ privacy: Privacy = .own) -> TextLayout {
    let colouring: TextLayout.Colouring
    switch choice {
    case .always: colouring = .ansi
    case .never: colouring = .plain
    case .auto: colouring = isOutput && wantsColours ? .ansi : .plain
    }
    return TextLayout(columns: columns, colouring: colouring, privacy: privacy)
  }

  /// The columns to use: the screen's, 80 where there is none or it does not say.
  ///
  /// Beyond 120 columns the eye loses the line.
  static var columns: Int { isOutput ? min(width ?? 80, 120) : 80 }

  /// no-color.org: any value but the empty one switches colours off.
  private static var wantsColours: Bool {
    (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  private static var width: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
