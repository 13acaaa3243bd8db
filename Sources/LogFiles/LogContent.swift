/// Whether the beginning of a file found in a folder reads like the log of a serial line.
struct LogContent {
  /// What is looked at first; settles nearly every file.
  static let firstLook = 4 << 10
  /// What is looked at when the first look was not enough: damage gathers at the beginning of a capture.
  static let secondLook = 64 << 10

  /// Whether `head`, the beginning of a file's text after unpacking, is a log.
  ///
  /// A file *named* like a log is one unless it bears the signature of another format: a capture
  /// at the wrong baud rate is nothing but noise, and exactly then somebody needs a verdict. A
  /// file whose name says nothing must be text for the most part.
  static func isLog(_ head: UnsafeRawBufferPointer, namedLikeLog: LogFileName.Candidacy) -> Bool {
    if ForeignFormat(beginning: head) != nil { return false }
    switch namedLikeLog {
    case .log: return true
    case .perhapsLog:
      return !head.isEmpty && !starts(head, with: Array("#!".utf8)) && isMostlyText(head)
    case .hidden, .other: return false
    }
  }

  /// Seven of ten bytes belong to readable text; a burst of NULs, as a line held low gives, counts once.
  static func isMostlyText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var readable = 0
    var damaged = 0
    var followers = 0
    var previous: UInt8 = 1
    for byte in bytes {
      switch byte {
      case 0x20...0x7e, 0x09, 0x0a, 0x0d, 0x1b:
        readable += 1
        followers = 0
      case 0x80...0xbf where followers > 0:
        readable += 1
        followers -= 1
      case 0xc2...0xdf: followers = 1
      case 0xe0...0xef: followers = 2
      case 0xf0...0xf4: followers = 3
      case 0:
        if previous != 0 { damaged += 1 }
        followers = 0
      default:
        damaged += 1
        followers = 0
      }
      previous = byte
    }
    return readable > 0 && readable * 10 >= (readable + damaged) * 7
  }

  private static func starts(_ head: UnsafeRawBufferPointer, with signature: [UInt8]) -> Bool {
    head.count >= signature.count && head.starts(with: signature)
  }
}
