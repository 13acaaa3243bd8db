import BootTimeline
import Diagnosis
import FoundationEssentials

/// A saved log with what should come of it.
public struct Sample: Sendable {
  /// The folder's name.
  public let name: String
  /// The log, byte for byte.
  public let bytes: [UInt8]
  /// What is known from outside the log, from the arguments in `expected.json`.
  public let context: Context
  /// What was seen of the node over HTTP, from `node.json`; nil without one.
  public let node: NodeHistory?

  /// Reads the folder `name` below `directory`.
  public init(named name: String, in directory: String) throws {
    let folder = directory + "/" + name
    guard FileManager.default.fileExists(atPath: folder) else {
      throw SampleError.missing(folder: folder)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    let logs = files.filter {
      ($0.hasSuffix(".log") || $0.hasSuffix(".txt")) && !$0.contains(".golden.")
    }.sorted()
    guard let log = logs.first else { throw SampleError.noLog(folder: folder) }
    self.name = name
    bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + log)))
    context = try Self.context(in: folder, files: files)
    node =
      files.contains("node.json")
      ? try JSONDecoder().decode(
        NodeHistory.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/node.json")))
      : nil
  }

  private struct Expected: Decodable { var arguments: [String]? }

  private static func context(in folder: String, files: [String]) throws -> Context {
    guard files.contains("expected.json") else { return Context() }
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json"))
    let arguments = try JSONDecoder().decode(Expected.self, from: data).arguments ?? []
    var context = Context()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--expect-update": context.expectsUpdate = true
      case "--rollback":
        guard let value = rest.popFirst(), let rollback = Context.Rollback(rawValue: value) else {
          throw SampleError.badArgument(folder: folder, argument: argument)
        }
        context.rollback = rollback
        context.rollbackSource = "--rollback \(value)"
      case "--sdkconfig":
        guard let file = rest.popFirst() else {
          throw SampleError.badArgument(folder: folder, argument: argument)
        }
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        context.sdkconfig = options(of: text)
        let isOn = context.sdkconfig["CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE"] == "y"
        context.rollback = isOn ? .on : .off
        context.rollbackSource = "sdkconfig"
      default: throw SampleError.badArgument(folder: folder, argument: argument)
      }
    }
    return context
  }

  private static func options(of text: String) -> [String: String] {
    var options: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("CONFIG_") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let value = line[line.index(after: equals)...]
      options[String(line[..<equals])] = unquoted(value)
    }
    return options
  }

  private static func unquoted(_ value: Substring) -> String {
    var value = value
    while value.first == "\"" { value.removeFirst() }
    while value.last == "\"" { value.removeLast() }
    return String(value)
  }
}

/// A sample that cannot be used.
public enum SampleError: Error, CustomStringConvertible {
  case missing(folder: String)
  case noLog(folder: String)
  case badArgument(folder: String, argument: String)

  /// What is wrong, and where.
  public var description: String {
    switch self {
    case .missing(let folder): "there is no folder \(folder)"
    case .noLog(let folder): "\(folder) holds no .log file"
    case .badArgument(let folder, let argument):
      "\(folder)/expected.json: the argument '\(argument)' is not understood"
    }
  }
}
