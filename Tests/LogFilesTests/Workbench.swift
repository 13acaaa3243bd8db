import Foundation
import Testing

@testable import LogFiles

/// A folder of its own for a test, gone when the test is.
final class Workbench {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("log files \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file, making the folders it needs, and tells its path.
  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }

  func append(_ text: String, to name: String) throws {
    let file = try #require(fopen("\(path)/\(name)", "a"))
    #expect(fputs(text, file) >= 0)
    fclose(file)
  }

  /// The found names, relative to this folder.
  func names(_ inputs: [LogInput]) -> [String] {
    inputs.map { $0.displayName.replacingOccurrences(of: path + "/", with: "") }
  }
}

/// Packs with the command of the system, such as `["gzip", "-c"]`.
func packed(_ bytes: [UInt8], with command: [String]) throws -> [UInt8] {
  let bench = try Workbench()
  let source = try bench.file("plain", bytes)
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command + [source]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(command) must be installed")
  return Array(data)
}

/// Everything a log delivers, and the error it ended with.
func contents(of path: String, chunkSize: Int = LogInput.usualChunkSize)
  -> (bytes: [UInt8], error: LogFileError?)
{
  var bytes: [UInt8] = []
  do {
    try LogInput(path: path).read(chunkSize: chunkSize) { chunk in
      bytes.append(contentsOf: chunk)
      return .continue
    }
    return (bytes, nil)
  } catch {
    return (bytes, error)
  }
}

/// Lines that pack badly enough to cross many blocks, the same on every run.
func variedLog(lines: Int) -> [UInt8] {
  var state: UInt64 = 42
  var text = ""
  for number in 0..<lines {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    text += "I (\(number * 10)) sensor: reading \(String(state, radix: 16)) °C\r\n"
  }
  return Array(text.utf8)
}

enum Packer: String, CaseIterable, CustomTestStringConvertible {
  case gzip, zstd, xz

  var command: [String] {
    switch self {
    case .gzip: ["gzip", "-c"]
    case .zstd: ["zstd", "-q", "-c"]
    case .xz: ["xz", "-T1", "-c"]
    }
  }

  var testDescription: String { rawValue }
}
