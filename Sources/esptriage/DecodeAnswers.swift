import Firmware
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Addresses in, answers out; one for each, in their order.
struct DecodeAnswers {
  /// How an answer looks.
  enum Form {
    /// All that is known, for people.
    case everything
    /// What addr2line writes.
    case addr2line(DecodeHabits)
    /// One object a line.
    case json
  }

  private let programs: DecodePrograms
  private let form: Form
  private let meaning: AddressMeaning
  private let readers: Privacy
  private var output = StandardOutput()
  private var wrongWords = 0

  init(_ programs: DecodePrograms, form: Form, meaning: AddressMeaning, readers: Privacy) {
    self.readers = readers
    self.programs = programs
    self.form = form
    self.meaning = meaning
  }

  /// Answers one word.
  mutating func answer(_ word: ArraySlice<UInt8>) throws {
    guard let address = Self.address(word) else {
      wrongWords += 1
      // A program on the other end of the pipe waits for an answer to each line.
      if case .addr2line(let habits) = form { try output.write(DecodeText(habits).unknown) }
      if wrongWords <= 10 {
        let shown = HostileText.shown(String(decoding: word.prefix(80), as: UTF8.self))
        Diagnostics.say("'\(shown)' is no address. Give 1 to 8 hexadecimal digits, as 0x42008c1f.")
      }
      return
    }
    let frames = programs.frames(at: address, as: meaning)
    switch form {
    case .json: try output.write(DecodeJSON(address, frames, for: readers).text + "\n")
    case .addr2line(let habits):
      try output.write(readers.shown(DecodeText(habits).answer(address, frames)))
    case .everything:
      try output.write(
        readers.shown(
          DecodeText.everything(
            address, frames, place: frames.isEmpty ? programs.place(of: address) : .outside)))
    }
  }

  /// Answers standard input line by line, each as soon as it is there.
  mutating func answerStandardInput() throws {
    var waiting: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw DecodeInputError.standardInput(errno: errno)
      }
      if count == 0 { break }
      var rest = buffer[..<count]
      while let end = rest.firstIndex(of: 0x0A) {
        waiting += rest[..<end]
        try answerLine(waiting[...])
        waiting.removeAll(keepingCapacity: true)
        rest = rest[(end + 1)...]
      }
      // No address is that long: what comes without a line feed must not be kept.
      if waiting.count < 4_096 { waiting += rest }
      try output.flush()
    }
    if !waiting.isEmpty { try answerLine(waiting[...]) }
    try output.flush()
  }

  /// Writes what is left, and complains where there were words that are no addresses.
  mutating func finish() throws {
    try output.flush()
    if wrongWords > 10 { Diagnostics.say("\(wrongWords - 10) more words are no addresses.") }
    if wrongWords > 0 { throw ExitStatus.unusable }
  }

  private mutating func answerLine(_ line: ArraySlice<UInt8>) throws {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    let word = line.drop(while: isBlank).prefix { !isBlank($0) }
    if !word.isEmpty { try answer(word) }
  }

  /// `0x42008c1f`, `42008c1f`, or the first half of `0x42008c1f:0x3fc9a2f0`.
  private static func address(_ word: ArraySlice<UInt8>) -> UInt32? {
    var digits = word.prefix { $0 != UInt8(ascii: ":") }
    if digits.starts(with: [0x30, 0x78]) || digits.starts(with: [0x30, 0x58]) {
      digits = digits.dropFirst(2)
    }
    guard !digits.isEmpty else { return nil }
    var address: UInt64 = 0
    for digit in digits {
      guard let value = HexDigit.value(digit) else { return nil }
      address = address << 4 | UInt64(value)
      guard address <= UInt32.max else { return nil }
    }
    return UInt32(address)
  }
}

/// Why addresses could not be read.
enum DecodeInputError: Error, CustomStringConvertible {
  case standardInput(errno: Int32)
  case file(path: String, errno: Int32)

  var description: String {
    switch self {
    case .standardInput(let code):
      "Standard input cannot be read: \(Self.text(code)). Give a file or a pipe."
    case .file(let path, let code):
      "\(path) cannot be read: \(Self.text(code)). Check the name, and who may read it."
    }
  }

  private static func text(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// Digits of addresses.
enum HexDigit {
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
