import Analysis
import BootTimeline
import Diagnosis
import Foundation
import Testing

/// A folder of `Samples/`: a log, and what is expected of its report.
struct Sample: CustomTestStringConvertible, Sendable {
  /// What `expected.json` holds.
  struct Expectation: Decodable, Sendable {
    var about: String
    var verdict: String
    var alternatives: [String]?
    var minConfidence: Double?
    var maxConfidence: Double?
    var firstCause: String?
    var arguments: [String]?
    var slots: [String]?
    var leaf: String?
  }

  let name: String
  let folder: URL
  let expected: Expectation

  var testDescription: String { name }

  /// The log, as bytes.
  var log: [UInt8] {
    get throws { [UInt8](try Data(contentsOf: folder.appending(path: "uart.log"))) }
  }

  /// What the sample's arguments tell from outside the log.
  var context: Context {
    var context = Context()
    let arguments = expected.arguments ?? []
    if arguments.contains("--expect-update") { context.expectsUpdate = true }
    if let index = arguments.firstIndex(of: "--rollback"), index + 1 < arguments.count {
      context.rollback = Context.Rollback(rawValue: arguments[index + 1]) ?? .unknown
      context.rollbackSource = "--rollback " + arguments[index + 1]
    }
    return context
  }

  /// The report on the log, fed in pieces of `chunk` bytes.
  func report(chunk: Int = 1 << 18) throws -> Report {
    Self.report(on: try log, context: context, node: try node, source: "uart.log", chunk: chunk)
  }

  /// What was seen of the node over HTTP, where the sample has a `node.json`.
  var node: NodeHistory? {
    get throws {
      let file = folder.appending(path: "node.json")
      guard FileManager.default.fileExists(atPath: file.path) else { return nil }
      return try JSONDecoder().decode(NodeHistory.self, from: Data(contentsOf: file))
    }
  }

  /// The report on any bytes.
  static func report(
    on bytes: [UInt8], context: Context = Context(), node: NodeHistory? = nil,
    source: String = "test", chunk: Int = 1 << 18
  ) -> Report {
    var analysis = LogAnalysis(source: source, context: context)
    analysis.node = node
    analysis.feed(bytes, inPiecesOf: chunk)
    return analysis.finish()
  }

  /// The folder of all samples.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")

  /// All samples, by name. A folder that cannot be read stops the tests.
  static let all: [Sample] = {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().map { name in
        let folder = root.appending(path: name)
        let data = try Data(contentsOf: folder.appending(path: "expected.json"))
        return Sample(
          name: name, folder: folder, expected: try decoder.decode(Expectation.self, from: data))
      }
    } catch {
      preconditionFailure("Samples/ cannot be read: \(error)")
    }
  }()
}
