import Foundation
import Testing

/// The program as it was built, run as a shell would run it.
struct BuiltProgram {
  /// What a run gave.
  struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// The lines of standard output.
    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// A folder of its own for the files of one test.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "esptriage-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Beside the bundle of these tests, where the package manager puts it.
  static var executable: URL {
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

  /// Writes a file and gives its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  @discardableResult
  func write(_ data: Data, to name: String) throws -> String {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return name
  }

  /// Runs the program with these arguments.
  func run(_ arguments: String..., input: String? = nil) throws -> Run {
    try process(Self.executable, arguments, input: input)
  }

  /// Runs a line of shell; `$esptriage` is the program.
  func shell(_ line: String) throws -> Run {
    try process(URL(filePath: "/bin/bash"), ["-c", line], input: nil)
  }

  private func process(_ executable: URL, _ arguments: [String], input: String?) throws -> Run {
    // Files instead of pipes: nothing can fill up while nobody reads.
    let names = ["in", "out", "err"].map { folder.appending(path: ".\($0)-" + UUID().uuidString) }
    for file in names { try Data((file == names[0] ? input ?? "" : "").utf8).write(to: file) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = Sanitizing.settings.merging([
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "esptriage": Self.executable.path,
    ]) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    let deadline = Date(timeIntervalSinceNow: 60)
    while process.isRunning, Date.now < deadline { usleep(5_000) }
    if process.isRunning {
      process.terminate()
      Issue.record("esptriage \(arguments) did not end within a minute")
    }
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
  }
}

/// Logs short enough to read, real enough to be diagnosed.
enum ShortLog {
  static let healthy = """
    ESP-ROM:esp32s3-20210327
    Build:Mar 27 2021
    rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
    SPIWP:0xee
    mode:DIO, clock div:1
    load:0x3fce3810,len:0x178c
    entry 0x403c8918
    I (24) boot: ESP-IDF v5.2.1 2nd stage bootloader
    I (312) main_task: Calling app_main()
    I (335) main: boot: reset_reason=POWERON running_partition=ota_0
    I (420) sensor: sampling every 20 ms
    I (12420) sensor: 600 samples sent
    I (24420) sensor: 1200 samples sent

    """

  static let panic = """
    ESP-ROM:esp32s3-20210327
    Build:Mar 27 2021
    rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
    SPIWP:0xee
    mode:DIO, clock div:1
    load:0x3fce3810,len:0x178c
    entry 0x403c8918
    I (24) boot: ESP-IDF v5.2.1 2nd stage bootloader
    I (312) main_task: Calling app_main()
    I (335) main: boot: reset_reason=POWERON running_partition=ota_0
    I (420) sensor: sampling every 20 ms
    Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

    Core  0 register dump:
    PC      : 0x42008c1f  PS      : 0x00060f30  A0      : 0x82009d20  A1      : 0x3fc9a2f0
    EXCVADDR: 0x00000000  LBEG    : 0x40056f5c  LEND    : 0x40056f72  LCOUNT  : 0xffffffff

    Backtrace: 0x42008c1c:0x3fc9a2f0 0x42009d1d:0x3fc9a310

    ELF file SHA256: 4f3c0a91d

    Rebooting...
    ESP-ROM:esp32s3-20210327
    Build:Mar 27 2021
    rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
    entry 0x403c8918
    I (24) boot: ESP-IDF v5.2.1 2nd stage bootloader
    I (312) main_task: Calling app_main()
    I (335) main: boot: reset_reason=PANIC running_partition=ota_0
    I (420) sensor: sampling every 20 ms
    I (24420) sensor: 1200 samples sent

    """
}
