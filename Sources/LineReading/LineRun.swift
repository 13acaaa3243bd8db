import CLineScan

/// Lines that stand one behind the other in memory, as the search for line feeds found them.
///
/// For whoever can tell from the bytes alone that it has nothing to do with a line: handing on each
/// line by itself costs more than that takes.
public struct LineRun {
  /// The memory in which the lines end; the first of them may begin before it.
  package let bytes: ByteText
  /// Where the lines end, as `clinescan_lines` writes it; only the first `count` are of this run.
  package let ends: UnsafeBufferPointer<UInt32>
  package let count: Int
  /// The index of the line that comes next.
  package internal(set) var next = 0
  /// Where that line begins, relative to `bytes`.
  package internal(set) var start = 0
  /// How far the one who steps over lines has searched them, relative to `bytes`.
  package var searchedEnd = Int.min

  init(bytes: ByteText, ends: UnsafeBufferPointer<UInt32>, count: Int) {
    self.bytes = bytes
    self.ends = ends
    self.count = count
  }

  /// How many lines are left, the next one included.
  public var remaining: Int { count - next }
}

/// An entry of `clinescan_lines`.
struct LineEnd {
  private let entry: UInt32

  init(_ entry: UInt32) { self.entry = entry }

  /// Where the line feed stands.
  var position: Int { Int(entry >> 2) }

  /// What is known about odd bytes in the line.
  var oddBytes: OddBytes { entry & UInt32(CLINESCAN_ODD) == 0 ? .absent : .unknown }
}
