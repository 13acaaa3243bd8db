import Firmware
import Foundation

/// Sound inputs, from which the fuzzer and the tests make damaged ones.
package enum Seeds {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Those of a target.
  package static func all(for target: FuzzTarget) throws -> [[UInt8]] {
    switch target {
    case .lines, .decoders: try samples().map { [0x23] + $0 }
    // Each way to read the log again.
    case .pipeline:
      try samples().enumerated().map { index, sample in [UInt8(index % 8) << 1] + sample }
    case .rules: try rules()
    case .elf: try elves()
    case .image: [[0] + image(), [1] + image(), [0xff] + image(), [0] + image().prefix(200)]
    case .http: answers.map { [0] + Array($0.utf8) }
    case .ports: talks
    case .files: try files()
    }
  }

  /// The beginnings and the ends of our logs: short seeds are tried more often.
  private static func samples() throws -> [[UInt8]] {
    let folder = root.appending(path: "Samples")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      Array(try Data(contentsOf: folder.appending(path: "\(name)/uart.log")).suffix(6_000))
    }
  }

  private static func rules() throws -> [[UInt8]] {
    let folder = root.appending(path: "rules")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return try (paths ?? []).filter { $0.hasSuffix(".yaml") && !$0.hasSuffix("causes.yaml") }
      .sorted().map { Array(try Data(contentsOf: folder.appending(path: $0))) }
  }

  /// Programs of the tests of `Firmware`, built for both processors, as far as their compilers are there.
  private static func elves() throws -> [[UInt8]] {
    let programs = root.appending(path: "Tests/FirmwareTests/Programs")
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "esptriage-seeds-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let riscv = [
      "clang", "--target=riscv32-unknown-elf", "-march=rv32imc", "-fuse-ld=lld",
      "-Wl,--image-base=0x42000000", "-Wl,-Ttext=0x42000020",
    ]
    let commands = [
      riscv + ["-gdwarf-5", "-O2"], riscv + ["-gdwarf-2", "-O0"], riscv + ["-g0"],
      ["xtensa-lx106-elf-gcc", "-Wl,-Ttext=0x400d0020", "-gdwarf-4", "-O1"],
    ]
    return try commands.enumerated().map { index, command in
      let result = folder.appending(path: "\(index).elf")
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        command + ["-ffreestanding", "-nostdlib", "-Wl,-e,app_main"]
        + [programs.appending(path: "crash.c").path, "-o", result.path]
      try process.run()
      process.waitUntilExit()
      return Array(try Data(contentsOf: result))
    }
  }

  /// A small app image for an ESP32-S3.
  private static func image() -> [UInt8] {
    func word(_ value: UInt32) -> [UInt8] {
      [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
    func field(_ text: String, _ length: Int) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    var descriptor = word(0xabcd_5432) + word(3) + [UInt8](repeating: 0, count: 8)
    descriptor += field("0.6.5", 32) + field("node", 32) + field("15:04:05", 16)
    descriptor += field("Nov 21 2026", 16) + field("v5.4", 32) + (0..<112).map { UInt8($0) }
    let segments = [
      (UInt32(0x3c08_0020), descriptor), (0x4200_0020, [UInt8](repeating: 7, count: 96)),
    ]
    var bytes: [UInt8] = [0xe9, UInt8(segments.count), 2, 0x2f] + word(0x4037_5a10)
    bytes += [0xee, 0, 0, 0, 9, 0, 0, 0, 0, 0x63, 0, 0, 0, 0, 0, 1]
    var sum: UInt8 = 0xef
    for (address, data) in segments {
      bytes += word(address) + word(UInt32(data.count)) + data
      sum = data.reduce(sum) { $0 ^ $1 }
    }
    while bytes.count % 16 != 15 { bytes.append(0) }
    bytes.append(sum)
    return bytes + SHA256.digest(of: bytes).bytes
  }

  private static let answers = [
    """
    {"version":"0.6.4","date":"Nov 21 2026","time":"15:04:05","running_partition":"ota_0",\
    "next_partition":"ota_1","max_size":921600}
    """,
    "{\"status\":\"ok\",\"message\":\"OTA update successful. Rebooting...\"}",
    "[[1e9,-0.5,true,null,\"\\ud83d\\ude42\\u0007\"],{\"a\":{\"b\":[]}}]",
    "OTA write failed", "<html><body>404</body></html>",
  ]

  private static let talks: [[UInt8]] = [
    [1, 255, 253, 44, 255, 251, 0, 255, 250, 44, 101, 0, 1, 194, 0, 255, 240]
      + Array("boot\r\0".utf8),
    [0]
      + Array(
        "# esptriage times 1, session began at unix ms 1700000000000\n0 12\n88 40 reset\n".utf8),
    [9] + Array("10.0.0.7:4000?logging=debug".utf8),
  ]

  /// One log in every packing, and as PowerShell writes it.
  private static func files() throws -> [[UInt8]] {
    let log = try Data(contentsOf: root.appending(path: "Samples/panic-no-update-sparse/uart.log"))
    let wide: [UInt8] = [0xff, 0xfe] + log.flatMap { [$0, 0] }
    let packed = try ["gzip", "zstd", "xz"].map { Array(try piped(log, through: $0)) }
    return ([Array(log), wide] + packed).map { [0x40] + $0 }
  }

  private static func piped(_ data: Data, through program: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program, "-c"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: data)
    try input.fileHandleForWriting.close()
    let packed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return packed
  }
}
