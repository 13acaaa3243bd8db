import Firmware
import Foundation
import SimulatedPrograms
import Testing

/// A node's firmware in small: an HTTP server's task that parses messages and takes updates, laid out
/// as an ESP32-C3 runs it, with ESP-IDF's functions where ESP-IDF keeps them.
struct NodeProgram: Sendable {
  let path: String
  let digest: String

  /// What is built.
  enum Kind { case application, bootloader }

  init(_ kind: Kind = .application, _ flags: String..., name: String = "app.elf") throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-node-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try self.init(kind, flags, at: folder.appending(path: name))
  }

  init(_ kind: Kind, _ flags: [String], at file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let source = file.appendingPathExtension("c")
    try Self.source.write(to: source, atomically: true, encoding: .utf8)
    var command = [
      "clang", "--target=riscv32-unknown-elf", "-mabi=ilp32", "-march=rv32ic", "-ffreestanding",
      "-nostdlib", "-Os", "-g", "-fuse-ld=lld", "-Wl,-e,httpd_thread", "-Wl,-Tdata=0x3fc80000",
      "-Wl,-Tbss=0x3fc84000", "-Wl,--image-base=0x3c000000",
    ]
    switch kind {
    case .application: command += ["-Wl,-Ttext=0x42000020"]
    case .bootloader: command += ["-Wl,-Ttext=0x403cc710", "-DBOOTLOADER"]
    }
    command += flags + [source.path, "-o", file.path]
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(text)")
    path = file.path
    digest = try ELFFile(path: file.path).digest().description
  }

  /// The ELF, opened: it belongs to one test.
  func elf() throws -> ELFFile { try ELFFile(path: path) }

  /// The core when it comes to the beginning of a function.
  func stopped(at function: String) throws -> SimulatedCore {
    let start = try address(of: function)
    var core = SimulatedCore(try elf())
    let came = try core.run { $0.pc == start }
    try #require(came, "\(function) is never called")
    return core
  }

  func address(of name: String) throws -> UInt32 {
    try #require(try elf().symbols.symbol(named: name)?.address)
  }

  /// The application, built once for all tests that do not change it.
  static let usual = Result { try NodeProgram("-DVERSION=\"1.4.2\"") }

  private init(_ flag: String) throws { try self.init(.application, flag) }

  private static let source = """
    typedef unsigned int word;
    #define CALL __attribute__((noinline, used))
    volatile word sink;
    word settings[16] = {1};
    #ifdef VERSION
    struct descriptor {
      unsigned magic, secure_version, reserved[2];
      char version[32], project[32], time[16], date[16], idf[32];
      unsigned char elf_digest[32];
      unsigned rest[20];
    };
    __attribute__((section(".flash.appdesc"), used)) const struct descriptor esp_app_desc = {
        0xABCD5432, 0, {0, 0}, VERSION, "sensor-node", "15:04:05", "Nov  1 2026", "v5.4.2", {0}, {0}};
    #endif
    #ifdef MOVED
    CALL word newcomer(word n) { sink = n; return (n << 5) ^ sink; }
    #endif
    #ifdef BOOTLOADER
    CALL word bootloader_init(word n) { sink = n; return n ^ sink; }
    #endif
    #ifdef EVIL
    CALL word evil(word n) __asm__(EVIL);
    CALL word evil(word n) { sink = n; return n + sink; }
    #endif
    # 40 "/project/main/parser.c"
    CALL word parse_frame(word *place) {
      sink = 1;
      *place = 7;
    #ifdef EVIL
      return evil(sink) + 1;
    #else
      return sink;
    #endif
    }
    CALL word handle_message(word *place) { return parse_frame(place) + sink; }
    # 300 "/sdk/esp-idf/components/bootloader_support/src/esp_image_format.c"
    CALL word esp_image_verify(word n) { sink = n; return n ^ sink; }
    # 400 "/sdk/esp-idf/components/app_update/esp_ota_ops.c"
    CALL word esp_ota_end(word n) { return esp_image_verify(n + 1) + sink; }
    # 80 "/project/main/update.c"
    CALL word update_handler(word n) { return esp_ota_end(n + 2) + sink; }
    # 200 "/sdk/esp-idf/components/esp_http_server/src/httpd_uri.c"
    CALL word httpd_uri(word n) {
      word room[4];
      word sum = handle_message(&room[n & 3]);
      return update_handler(sum) + room[0];
    }
    # 10 "/sdk/esp-idf/components/esp_http_server/src/httpd_main.c"
    void httpd_thread(void) {
    #ifdef BOOTLOADER
      sink += bootloader_init(3);
    #endif
    #ifdef MOVED
      sink += newcomer(3);
    #endif
      sink = httpd_uri(sink) + 1;
      __asm__ volatile("ebreak");
    }
    """
}

/// The compiler; in CI it has to be there.
let canBuildPrograms =
  ProcessInfo.processInfo.environment["CI"] != nil
  || ["clang", "ld.lld"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
