/// What the name of a file says about it: whether it can be a log, and its place in a rotated set.
struct LogFileName {
  /// In small letters, as file systems from elsewhere write `CAPTURE.LOG`.
  private let lowercased: String

  init(_ name: String) {
    lowercased = name.lowercased()
  }

  enum Candidacy {
    case log
    /// Nothing but its content can tell, so an empty one is no log.
    case perhapsLog
    case hidden
    case other
  }

  /// Whether a file of this name, found in a folder, can be a log.
  var candidacy: Candidacy {
    if lowercased.hasPrefix(".") { return .hidden }
    let isGolden = lowercased.split(separator: ".").dropFirst().contains("golden")
    if isGolden || lowercased.hasSuffix("~") { return .other }
    let name = withoutRotation(withoutCompression(lowercased))
    if namesOfOtherThings.contains(name) { return .other }
    guard let dot = name.lastIndex(of: ".") else {
      return beginningsOfOtherThings.contains(where: name.hasPrefix) ? .other : .perhapsLog
    }
    return logExtensions.contains(String(name[name.index(after: dot)...])) ? .log : .other
  }

  /// The place of the file among the parts of one long log.
  var rotation: Rotation {
    var rest = Substring(withoutCompression(lowercased))
    var age = 0
    if let old = oldEndings.first(where: rest.hasSuffix) {
      rest = rest.dropLast(old.count)
      age = 1
    }
    let tail = rest.suffix(while: isPartOfStamp)
    let tailNumbers = numbers(in: tail)
    if tailNumbers.isEmpty {
      return Rotation(beforeExtension: rest, age: age)
    }
    let stem = String(rest.dropLast(tail.count))
    if tailNumbers.count == 1, let number = tailNumbers.first, number < 100_000, tail.hasPrefix(".")
    {
      return Rotation(stem: stem, order: .counting(down: number))
    }
    return Rotation(stem: stem, order: .dated(tailNumbers))
  }
}

/// Where a file stands in its rotated set.
struct Rotation: Equatable {
  /// What all files of the set have in common.
  let stem: String
  let order: Order

  enum Order: Equatable {
    /// Numbers that grow with time: a date, or a count in front of the extension.
    case dated([UInt64])
    /// `.1` is younger than `.2`, as logrotate counts; the file without a number is 0.
    case counting(down: UInt64)
  }

  init(stem: String, order: Order) {
    self.stem = stem
    self.order = order
  }

  /// A date or a count that stands in front of the extension, as in `app-2026-01-01.log`.
  fileprivate init(beforeExtension name: Substring, age: Int) {
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let front = name[..<dot]
    let tail = front.suffix(while: isPartOfStamp)
    let found = numbers(in: tail)
    let head = front.dropLast(tail.count)
    if found.isEmpty {
      self.init(stem: String(name), order: .counting(down: UInt64(age)))
    } else {
      self.init(stem: String(head + name[dot...]), order: .dated(found))
    }
  }

  /// Older first. A file without any number is the one being written, thus the youngest.
  func isOlder(than other: Rotation) -> Bool {
    switch (order, other.order) {
    case (.dated(let mine), .dated(let theirs)): mine.lexicographicallyPrecedes(theirs)
    case (.dated, .counting(let age)): age == 0
    case (.counting(let age), .dated): age > 0
    case (.counting(let mine), .counting(let theirs)): mine > theirs
    }
  }
}

private let logExtensions: Set<String> = ["log", "txt", "out"]
private let compressedEndings = [".gz", ".zst", ".zstd", ".xz"]
private let oldEndings = [".old", ".prev"]

/// Text that lives beside logs in every checkout and would be read as a log without a word from a chip.
private let namesOfOtherThings: Set<String> = [
  "cmakelists.txt", "cmakecache.txt", "requirements.txt", "version.txt", "makefile",
  "gnumakefile", "dockerfile", "sdkconfig", "kconfig",
]
private let beginningsOfOtherThings = [
  "readme", "license", "licence", "copying", "notice", "changelog", "authors", "codeowners",
]

private func withoutCompression(_ name: String) -> String {
  compressedEndings.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name
}

private func withoutRotation(_ name: String) -> String {
  var rest = Substring(name)
  if let old = oldEndings.first(where: rest.hasSuffix) { rest = rest.dropLast(old.count) }
  return String(rest.dropLast(rest.suffix(while: isPartOfStamp).count))
}

/// Digits, what people put between them, and the T and Z of an ISO date.
private func isPartOfStamp(_ character: Character, before: Character?) -> Bool {
  switch character {
  case "0"..."9", "-", "_", ".", ":", "+": true
  case "t", "z": before?.isNumber ?? false
  default: false
  }
}

private func numbers(in text: Substring) -> [UInt64] {
  text.split(whereSeparator: { !("0"..."9" ~= $0) }).map { UInt64($0) ?? .max }
}

extension Substring {
  /// The longest ending in which each character passes; the test also sees the character in front.
  fileprivate func suffix(while passes: (Character, Character?) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex {
      let here = index(before: start)
      let before = here > startIndex ? self[index(before: here)] : nil
      guard passes(self[here], before) else { break }
      start = here
    }
    return self[start...]
  }
}
