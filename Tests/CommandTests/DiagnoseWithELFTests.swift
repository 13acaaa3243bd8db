import Foundation
import Testing

/// `diagnose --elf`, `--force-elf` and the store, as a shell uses them.
@Suite("esptriage diagnose with ELFs", .enabled(if: isCompilerThere))
struct DiagnoseWithELFTests {
  let program: BuiltProgram
  /// The SHA-256 of `app.elf`.
  let digest: String
  /// The panic without its last lines, at the first instruction of `handle`.
  let panic: String

  init() throws {
    program = try BuiltProgram()
    try program.write(
      """
      volatile unsigned sink;
      __attribute__((noinline)) void handle(unsigned *place) { *place = sink; }
      void app_main(void) { handle(0); for (;;) sink++; }
      """, to: "main.c")
    let built = try program.shell(
      """
      clang --target=riscv32-unknown-elf -march=rv32imc -O2 -g -ffreestanding -nostdlib \
        -fuse-ld=lld -Wl,--image-base=0x42000000 -Wl,-Ttext=0x42000020 -Wl,-e,handle \
        main.c -o app.elf && sha256sum app.elf && od -An -tx4 -j24 -N4 app.elf
      """)
    try #require(built.status == 0, "\(built.errors)")
    digest = String(built.lines[0].prefix(64))
    let entry = built.lines[1].split(separator: " ")[0]
    panic = """
      ESP-ROM:esp32c3-api1-20210207
      rst:0x1 (POWERON),boot:0xc (SPI_FAST_FLASH_BOOT)
      I (24) boot: ESP-IDF v5.4.2 2nd stage bootloader
      I (312) main_task: Calling app_main()
      I (335) main: boot: reset_reason=POWERON running_partition=ota_0
      Guru Meditation Error: Core  0 panic'ed (Store access fault). Exception was unhandled.

      Core  0 register dump:
      MEPC    : 0x\(entry)  RA      : 0x42000040  SP      : 0x3fc9a2f0  GP      : 0x3fc8a600
      MSTATUS : 0x00001881  MTVEC   : 0x40380001  MCAUSE  : 0x00000007  MTVAL   : 0x00000000

      """
  }

  private func write(_ digits: some StringProtocol) throws {
    try program.write(
      panic + "\nELF file SHA256: \(digits)\n\nRebooting...\n", to: "uart.log")
  }

  @Test("names the calls, and keeps the exit status of the verdict")
  func named() throws {
    try write(digest.prefix(9))
    let run = try program.run("diagnose", "--elf", "app.elf", "uart.log")
    #expect(run.status == 1 && run.errors.isEmpty)
    #expect(run.output.contains("handle (main.c:2)"))
  }

  @Test("refuses another build with both hashes, diagnoses without it, and can be forced")
  func refused() throws {
    try write("0123456789")
    let hashes = "this ELF is \(digest.prefix(9))…, the log says 012345678…"
    for options in [["--format", "json"], ["--quiet"]] {
      let line = (["diagnose", "--elf", "app.elf", "uart.log"] + options).joined(separator: " ")
      let run = try program.shell("$esptriage " + line)
      #expect(run.status == 1)
      #expect(run.errors.contains("app.elf is not the build that crashed: " + hashes))
      #expect(!run.output.contains("handle (main.c"))
    }
    let forced = try program.run("diagnose", "--elf", "app.elf", "--force-elf", "uart.log")
    #expect(forced.output.contains("handle (main.c:2)"))
    #expect(forced.output.contains("(other build?)"))
    let alone = try program.run("diagnose", "--force-elf", "uart.log")
    #expect(alone.status == 2 && alone.errors.contains("--elf"))
  }

  @Test("finds a stored ELF by the digits of the log")
  func stored() throws {
    try write(digest.prefix(9))
    let run = try program.shell(
      """
      export XDG_DATA_HOME=$PWD/data
      $esptriage elf add app.elf >/dev/null && rm app.elf && $esptriage diagnose uart.log
      """)
    #expect(run.status == 1 && run.errors.isEmpty)
    #expect(run.output.contains("handle (main.c:2)"))
  }

  @Test("a file that is no ELF is refused before any log is read")
  func noELF() throws {
    try write(digest.prefix(9))
    let run = try program.run("diagnose", "--elf", "main.c", "uart.log")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("main.c"))
  }

  @Test("names the calls of a node that is followed, too")
  func live() throws {
    try write(digest.prefix(9))
    let run = try program.shell("$esptriage watch - --elf app.elf < uart.log")
    #expect(run.output.contains("handle (main.c:2)"))
  }
}

private let isCompilerThere =
  ProcessInfo.processInfo.environment["CI"] != nil
  || ["clang", "ld.lld"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }
