import Foundation
import Testing

/// Our own program with every shape of call that a stack can hold, built by the toolchain's `clang`
/// and `ld.lld` for RISC-V, as the chips run it: code at 0x42000000, data at 0x3fc80000.
struct CrashProgram {
  /// How it is compiled.
  struct Build: CustomTestStringConvertible {
    var title: String
    var flags: [String]
    var testDescription: String { title }
  }

  static let debugFrames = Build(
    title: "-Os with .debug_frame", flags: ["-Os", "-g", "-march=rv32ic"])
  static let exceptionFrames = Build(
    title: "-O2 with .eh_frame",
    flags: ["-O2", "-fasynchronous-unwind-tables", "-march=rv32ic"])
  static let unoptimised = Build(
    title: "-O0 with frame pointers and .debug_frame", flags: ["-O0", "-g", "-march=rv32ic"])
  static let wideInstructions = Build(
    title: "-O2 without compressed instructions", flags: ["-O2", "-g", "-march=rv32i"])
  static let framePointers = Build(
    title: "-O2 with frame pointers, without call-frame information",
    flags: ["-O2", "-fno-omit-frame-pointer", "-march=rv32ic"] + withoutTables)
  static let bare = Build(
    title: "-Os without any call-frame information",
    flags: ["-Os", "-fomit-frame-pointer", "-march=rv32ic"] + withoutTables)

  private static let withoutTables = ["-fno-unwind-tables", "-fno-asynchronous-unwind-tables"]

  static let source = """
    typedef unsigned int word;
    typedef word (*step)(word);
    volatile word seen;
    volatile step chosen;

    #ifdef MOVED
    __attribute__((noinline, used)) word newcomer(word n) { seen = n; return n ^ seen; }
    #endif

    __attribute__((noinline)) word leaf(word n) { seen = n; return (n << 3) ^ seen; }
    __attribute__((noinline)) word quiet_leaf(word n) {
      volatile word room[6];
      for (word i = 0; i < 6; i++) room[i] = n + i;
      return room[n & 3];
    }
    static inline __attribute__((always_inline)) word folded(word n) { return leaf(n) + 1; }
    __attribute__((noinline)) word buffered(word n) {
      volatile char buffer[200];
      for (word i = 0; i < 200; i++) buffer[i] = (char)i;
      return folded(n) + buffer[n & 127];
    }
    __attribute__((noinline)) word large(word n) {
      volatile word field[600];
      field[n & 511] = n;
      word kept = buffered(n + 1);
      return kept + field[n & 511];
    }
    __attribute__((noinline)) word varying(word n) {
      volatile word *field = __builtin_alloca((n & 15) * 4 + 32);
      field[0] = n;
      return large(n) + field[0];
    }
    __attribute__((noinline)) word jumping(word n) { seen = n; return varying(n + 2); }
    __attribute__((noinline)) word early(word n) {
      if (n & 1) return n;
      word a = leaf(n), b = quiet_leaf(n), c = leaf(a + b);
      if (c == 17) return jumping(c) + a;
      return jumping(b) + a + b + c;
    }
    __attribute__((noinline)) word counting(word n, ...) {
      __builtin_va_list rest;
      __builtin_va_start(rest, n);
      word sum = 0;
      for (word i = 0; i < n; i++) sum += __builtin_va_arg(rest, word);
      __builtin_va_end(rest);
      return early(sum & ~1u) + sum;
    }
    __attribute__((noinline)) word nested(word n) {
      if (n == 0) return counting(3, 1, 2, 3);
      word inner = nested(n - 1);
      return inner + leaf(n + inner);
    }
    __attribute__((noinline)) word indirect(word n) {
      chosen = nested;
      return chosen(n) + 1;
    }
    void task(void) {
      word sum = indirect(3);
      sum += early(sum & ~1u);
      seen = sum;
      __asm__ volatile("ebreak");
    }
    """

  let path: String
  private let folder: URL

  /// Compiles and links the program; `extra` flags go to both.
  init(_ build: Build, codeAddress: String = "0x42000000", defining macros: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esptriage-unwind-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appendingPathComponent("program.c")
    let object = folder.appendingPathComponent("program.o")
    path = folder.appendingPathComponent("program.elf").path
    try Self.source.write(to: source, atomically: true, encoding: .utf8)
    try Self.run(
      "clang",
      ["--target=riscv32-unknown-elf", "-mabi=ilp32", "-ffreestanding", "-Wall", "-c"]
        + build.flags + macros.map { "-D\($0)" } + [source.path, "-o", object.path])
    try Self.run(
      "ld.lld",
      [
        "-e", "task", "-Ttext=\(codeAddress)", "-Tdata=0x3fc80000", "-Tbss=0x3fc84000",
        "--image-base=0x3c000000", object.path, "-o", path,
      ])
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static func run(_ tool: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(tool: tool, message: text) }
  }

  struct Failed: Error {
    var tool: String
    var message: String
  }
}
