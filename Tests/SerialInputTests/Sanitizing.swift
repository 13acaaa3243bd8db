import Foundation

/// How these tests are told that a sanitizer watches, and what it was told, for the programs that they start.
enum Sanitizing {
  /// The sanitizers' own settings.
  static let settings = ProcessInfo.processInfo.environment.filter { name, _ in
    name == "TSAN_OPTIONS" || name == "ASAN_OPTIONS"
  }

  /// A sanitizer makes a program several times as slow: how many milliseconds something took tells nothing then.
  static let isTooSlowForMilliseconds = !settings.isEmpty
}
