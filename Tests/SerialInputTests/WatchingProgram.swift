import Foundation
import Testing

/// The built program on the simulated devices of this process.
final class WatchingProgram {
  /// What it is started with in front, so that it has fewer rights.
  enum Rights: Equatable {
    case own
    case nobody
  }

  let folder: URL
  private let process = Process()
  private let said: URL

  /// Starts it in a folder; `folder` nil makes one.
  init(_ arguments: String..., in folder: URL? = nil, rights: Rights = .own) throws {
    let manager = FileManager.default
    let own = manager.temporaryDirectory.appending(path: "watching-" + UUID().uuidString)
    self.folder = folder ?? own
    try manager.createDirectory(at: self.folder, withIntermediateDirectories: true)
    said = self.folder.appending(path: ".said-" + UUID().uuidString)
    try Data().write(to: said)
    let all = [Self.executable.path] + arguments
    let wrapper = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = rights == .nobody && geteuid() == 0 ? wrapper + all : all
    process.currentDirectoryURL = self.folder
    process.environment = [
      "PATH": "/usr/bin:/bin", "UMOCKDEV_DIR": SimulatedUdev.shared.root,
      "LD_PRELOAD": getenv("LD_PRELOAD").map { String(cString: $0) } ?? "",
    ].merging(Sanitizing.settings) { mine, _ in mine }
    process.standardInput = FileHandle.nullDevice
    // One file for both: what it says of itself stands between the lines of the log.
    let file = open(said.path, O_WRONLY | O_APPEND | O_CLOEXEC)
    process.standardOutput = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    process.standardError = process.standardOutput
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Beside the bundle of these tests, where the package manager puts it.
  private static var executable: URL {
    let arguments = CommandLine.arguments
    let bundle = arguments.firstIndex(of: "--test-bundle-path").flatMap { index in
      arguments.indices.contains(index + 1) ? arguments[index + 1] : nil
    }
    let besides = URL(filePath: bundle ?? arguments.first ?? "").deletingLastPathComponent()
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let places = [besides, root.appending(path: ".build/debug")].map {
      $0.appending(path: "esptriage")
    }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[1]
  }

  /// All that it said up to now.
  var text: String { String(decoding: (try? Data(contentsOf: said)) ?? Data(), as: UTF8.self) }

  /// The number the kernel knows it by.
  var number: Int32 { process.processIdentifier }

  /// How often it said that.
  func count(_ part: String) -> Int { text.components(separatedBy: part).count - 1 }

  /// Whether it says that in time, so often.
  func says(_ part: String, times: Int = 1, within seconds: Double = 20) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while count(part) < times {
      if Date.now > deadline {
        Issue.record("it never said '\(part)', but: \(text)")
        return false
      }
      usleep(5_000)
    }
    return true
  }

  /// Ctrl-C.
  func interrupt() { process.interrupt() }

  /// Waits for its end; its status.
  func end(within seconds: Double = 40) -> Int32 {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while process.isRunning, Date.now < deadline { usleep(5_000) }
    if process.isRunning {
      process.terminate()
      Issue.record("it did not end in time; it said: \(text)")
    }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
