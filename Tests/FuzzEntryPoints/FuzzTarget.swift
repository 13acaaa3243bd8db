import Foundation

/// A reader of bytes that come from elsewhere, with one way in for a fuzzer and for the tests.
///
/// A target ends the program where a law of the reader is broken: that is what a fuzzer looks for.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Bytes become lines, in pieces of any size.
  case lines
  /// Lines become events, stepped over or not.
  case decoders
  /// Bytes become a report, and that text and JSON.
  case pipeline
  /// A rule file, and what its rule says about a log.
  case rules
  /// An ELF: sections, symbols, frames, call-frame information, unwinding.
  case elf
  /// An app image.
  case image
  /// A node's answer over HTTP.
  case http
  /// What an RFC 2217 server sends, and the times beside a recording.
  case ports
  /// A file as it lies on a disk: packed, UTF-16, or a log.
  case files

  /// Reads the bytes.
  package func run(_ bytes: UnsafeRawBufferPointer) {
    let input = Array(bytes)
    switch self {
    case .lines: readLines(input)
    case .decoders: decodeLines(input)
    case .pipeline: diagnose(input)
    case .rules: loadRules(input)
    case .elf: readELF(input)
    case .image: readImage(input)
    case .http: readAnswer(input)
    case .ports: readPortTalk(input)
    case .files: readFile(input)
    }
  }
}

/// Ends the program: a law does not hold for this input.
func broken(_ law: String) -> Never {
  // An optimised program ends without a word of its own.
  FileHandle.standardError.write(Data("broken law: \(law)\n".utf8))
  preconditionFailure("broken law: \(law)")
}

/// The first byte of an input says something about how to read the rest.
func split(_ input: [UInt8]) -> (choice: Int, rest: [UInt8]) {
  (Int(input.first ?? 0), Array(input.dropFirst()))
}
