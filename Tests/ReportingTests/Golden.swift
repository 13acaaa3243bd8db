import Foundation
import Testing

/// Expected texts in files beside the tests.
///
/// `ESPTRIAGE_UPDATE_GOLDEN=1 swift test` writes them anew, and fails, so that somebody looks.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static func expect(
    _ text: String, is name: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["ESPTRIAGE_UPDATE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
      Issue.record("\(name) was written anew: look at it", sourceLocation: location)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, sourceLocation: location)
  }

  /// The files that exist.
  static func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }
}
