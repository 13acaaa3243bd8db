import ArgumentParser
import NodeSimulation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An image to update a node with, made up.
struct ImageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a valid ESP32-S3 image that would not run on one, and end.", valueName: "file"),
    completion: .file())
  var makeImage: String?

  @Option(help: ArgumentHelp("Its size in bytes, a multiple of 16.", valueName: "bytes"))
  var size = 400_000

  @Option(help: ArgumentHelp("Its version.", valueName: "version"))
  var appVersion = "0.6.5"

  @Option(help: ArgumentHelp("Its project's name.", valueName: "name"))
  var project = "esp32-csi-node"

  @Option(help: ArgumentHelp("The day of its build, as 'May 18 2026'.", valueName: "date"))
  var date = "May 18 2026"

  @Option(help: ArgumentHelp("The time of its build, as 10:11:40.", valueName: "time"))
  var time = "10:11:40"

  /// Refuses what cannot be made.
  func check() throws {
    guard size >= ImageMaker.smallest, size <= 16 << 20, size % 16 == 0 else {
      throw ValidationError(
        "--size takes a multiple of 16 from \(ImageMaker.smallest) bytes to 16 MB.")
    }
    let fields = [
      ("--app-version", appVersion, 31), ("--project", project, 31), ("--date", date, 15),
      ("--time", time, 15),
    ]
    for (option, text, room) in fields where text.utf8.count > room {
      throw ValidationError("\(option) has room for \(room) bytes in an image.")
    }
    guard CompileTime.isDate(date) else {
      throw ValidationError(
        "--date takes a day as a compiler writes it: 'May 18 2026', 'Nov  3 2026'.")
    }
    guard CompileTime.isTime(time) else {
      throw ValidationError("--time takes a time of the day as 10:11:40.")
    }
  }

  /// Writes the file, and says what it is.
  func write() throws -> String {
    guard let path = makeImage else { return "" }
    let build = BuildDescription(version: appVersion, project: project, date: date, time: time)
    let bytes = ImageMaker(build, size: size).bytes()
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw ImageFileError(path: path, code: errno) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeOnce(file, $0) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw ImageFileError(path: path, code: errno)
      }
    }
    return "\(TextOfName.shown(path)): \(bytes.count) bytes, \(project) \(appVersion), "
      + "built \(date) \(time)\n"
  }
}

/// The forms of `__DATE__` and `__TIME__` in C.
private enum CompileTime {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: " ")
    guard parts.count == 3, months.contains(String(parts[0])), let day = Int(parts[1]),
      parts[2].count == 4
    else { return false }
    return (1...31).contains(day) && parts[2].allSatisfy(\.isWholeNumber)
  }

  static func isTime(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }) else { return false }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == 3 && numbers[0] < 24 && numbers[1] < 60 && numbers[2] < 61
  }
}

/// `write(2)`, whose name the method above hides.
private func writeOnce(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(file, bytes.baseAddress, bytes.count)
}

/// The image's file cannot be written.
private struct ImageFileError: Error, CustomStringConvertible {
  let path: String
  let code: Int32

  var description: String {
    "The image cannot be written to \(TextOfName.shown(path)): "
      + "\(strerror(code).map { String(cString: $0) } ?? "error \(code)"). "
      + "Name a file in a folder of yours."
  }
}
