import Firmware
import Foundation
import Testing

/// A program of `Programs`, compiled and linked for a chip's processor.
struct BuiltELF {
  /// Who compiles.
  enum Toolchain: String, CaseIterable, CustomTestStringConvertible {
    /// Clang and LLD of the Swift toolchain, for RISC-V.
    case riscv
    /// Debian's GCC, for Xtensa.
    case xtensa

    var testDescription: String { rawValue }

    /// The reference for what it builds.
    var addr2line: String {
      switch self {
      case .riscv: "riscv64-unknown-elf-addr2line"
      case .xtensa: "xtensa-lx106-elf-addr2line"
      }
    }
  }

  static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Programs")

  let path: String

  /// Builds it, in a folder of its own.
  init(_ source: String, _ toolchain: Toolchain = .riscv, _ options: String...) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "esptriage-elf-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "program.elf").path
    var command = ["-ffreestanding", "-nostdlib", "-Wl,-e,app_main"]
    switch toolchain {
    case .riscv:
      command =
        [
          source.hasSuffix(".cpp") ? "clang++" : "clang", "--target=riscv32-unknown-elf",
          "-march=rv32imc", "-fuse-ld=lld", "-Wl,--image-base=0x42000000", "-Wl,-Ttext=0x42000020",
        ] + command
    case .xtensa:
      command = ["xtensa-lx106-elf-gcc", "-Wl,-Ttext=0x400d0020"] + command
    }
    command += options + [Self.sources.appending(path: source).path, "-o", path]
    let run = try Tool.run(command)
    try #require(run.status == 0, "\(command.joined(separator: " ")): \(run.errors)")
  }

  /// The ELF, opened.
  func open() throws -> ELFFile { try ELFFile(path: path) }

  /// The number of the line of a source that is marked so.
  static func line(_ mark: String, of source: String) throws -> Int {
    let text = try String(contentsOf: sources.appending(path: source), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(
      lines.firstIndex { $0.hasSuffix("MARK " + mark) || $0.contains("MARK \(mark) ") })
    return index + 1
  }
}

/// Programs of the system.
enum Tool {
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs one to its end.
  static func run(_ command: [String], input: String = "") throws -> Run {
    let folder = FileManager.default.temporaryDirectory
    let files = (0..<3).map { _ in folder.appending(path: "esptriage-tool-" + UUID().uuidString) }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for (index, file) in files.enumerated() {
      try Data((index == 0 ? input : "").utf8).write(to: file)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }

  /// Whether it is installed.
  static func exists(_ name: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
}

/// The toolchains that can be used here; in CI all of them have to be.
let toolchains = BuiltELF.Toolchain.allCases.filter { toolchain in
  ProcessInfo.processInfo.environment["CI"] != nil
    || toolchain == .riscv && Tool.exists("clang") && Tool.exists("ld.lld")
    || toolchain == .xtensa && Tool.exists("xtensa-lx106-elf-gcc")
}
