import LineReading

extension Update {
  /// Whether what is known of it leaves open that it came to its end, untold, in a boot right before the next one. A
  /// slot can also be chosen by hand, long after a transfer that was cancelled.
  func mayHaveEnded(rightBefore next: Boot, in own: Boot) -> Bool {
    guard next.firstLine.number - lastLine.number <= Self.linesBeforeStart,
      !next.app.isOlder(than: own.app)
    else { return false }
    if isAllThere { return true }
    if let percentage { return percentage >= 90 }
    // Progress is printed now and then.
    guard let receivedBytes else { return true }
    return receivedBytes >= expectedBytes.map { $0 / 10 * 9 } ?? Self.smallestImage
  }

  /// So many lines may stand between the last one of an update and the start of what it wrote.
  private static let linesBeforeStart = 40
  /// No application is smaller, in bytes.
  private static let smallestImage = 0x1_0000
}

extension AppDescription {
  /// Whether it is an older release of the same application; false where that is not known.
  func isOlder(than other: AppDescription) -> Bool {
    guard project == other.project, let own = version.flatMap(Self.release),
      let release = other.version.flatMap(Self.release)
    else { return false }
    return own.lexicographicallyPrecedes(release)
  }

  /// The numbers of `v1.2.3-4-g5d6e7f8`; a bare hash or number says nothing about age.
  private static func release(of version: String) -> [Int]? {
    let text = version.drop { $0 == "v" || $0 == "V" }
    let parts = text.prefix { $0 == "." || $0.isASCII && $0.isNumber }.split(separator: ".")
    let numbers = parts.compactMap { Int($0) }
    guard parts.count >= 2, numbers.count == parts.count else { return nil }
    return Array((numbers + [0, 0]).prefix(4))
  }
}
