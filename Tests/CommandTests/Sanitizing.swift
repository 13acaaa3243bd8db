import Foundation

/// How these tests are told that a sanitizer watches, and what it was told, for the programs that they start.
enum Sanitizing {
  /// The sanitizers' own settings.
  static let settings = ProcessInfo.processInfo.environment.filter { name, _ in
    name == "TSAN_OPTIONS" || name == "ASAN_OPTIONS"
  }

  /// A sanitizer makes a program up to ten times as slow. What sleeps for seconds and then expects the program to have
  /// done something tells nothing there.
  static let isTooSlowForClocks = !settings.isEmpty

  /// A sanitizer reserves terabytes of addresses for what it notes: a limit of them ends the program at its start.
  static let isReservingMemory = !settings.isEmpty
}
