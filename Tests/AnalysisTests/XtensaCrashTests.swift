import Analysis
import DeviceEvents
import Diagnosis
import Firmware
import Foundation
import Testing

/// Crashes of Xtensa chips, whose backtraces the chip prints itself.
@Suite("Xtensa crashes named by their ELF", .enabled(if: isXtensaCompilerThere))
struct XtensaCrashTests {
  let elf: ELFFile
  let decoder: CrashDecoder

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-xtensa-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appending(path: "main.c")
    try """
    # 40 "/project/main/parser.c"
    volatile unsigned sink;
    __attribute__((noinline)) void parse_frame(unsigned *place) { *place = sink; }
    __attribute__((noinline)) void handle_message(void) { parse_frame(0); sink++; }
    void app_main(void) { handle_message(); sink++; }
    """.write(to: source, atomically: true, encoding: .utf8)
    let path = folder.appending(path: "app.elf").path
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "xtensa-lx106-elf-gcc", "-ffreestanding", "-nostdlib", "-Os", "-g", "-Wl,-e,app_main",
      "-Wl,-Ttext=0x400d0020", "-Wl,-Tdata=0x3ffb0000", "-Wl,-Tbss=0x3ffb1000", source.path, "-o",
      path,
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    elf = try ELFFile(path: path)
    decoder = CrashDecoder(ELFChoice(given: [path]))
  }

  private func log(_ end: String, pc: UInt32? = nil) throws -> String {
    let places = try ["parse_frame", "handle_message", "app_main"].map {
      try #require(elf.symbols.symbol(named: $0)?.address) + 3
    }
    let entries = places.enumerated().map { index, place in
      "0x\(String(place, radix: 16)):0x3ffb4e\(index)0"
    }
    let registers = String(pc ?? places[0], radix: 16)
    let pcText = String(repeating: "0", count: 8 - registers.count) + registers
    return """
      ets Jun  8 2016 00:22:57
      rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
      I (312) main_task: Calling app_main()
      I (335) main: boot: reset_reason=POWERON running_partition=ota_0
      Guru Meditation Error: Core  0 panic'ed (StoreProhibited). Exception was unhandled.

      Core  0 register dump:
      PC      : 0x\(pcText)  PS      : 0x00060f30  A0      : 0x800d0040  A1      : 0x3ffb4e00
      EXCVADDR: 0x00000000  LBEG    : 0x40056f5c  LEND    : 0x40056f72  LCOUNT  : 0xffffffff


      Backtrace: \(entries.joined(separator: " "))\(end)


      ELF file SHA256: \(elf.digest().description.prefix(9))

      Rebooting...

      """
  }

  @Test(
    "the printed backtrace is named as it is, and its end is told",
    arguments: [
      ("", nil), (" |<-CORRUPTED", "corrupted"), (" |<-CONTINUES", "cut"),
    ] as [(String, String?)])
  func printed(end: String, word: String?) throws {
    let report = diagnose(try log(end), with: decoder)
    let decoded = try #require(report.decoded)
    #expect(
      decoded.calls.map(\.function) == ["parse_frame", "handle_message", "app_main"])
    #expect(decoded.frames.dropFirst().allSatisfy { $0.origin == .printed })
    #expect(decoded.elf?.proof == .sha256)
    let told = report.screen.split(separator: "\n").filter { $0.contains("the chip's backtrace") }
    #expect(told.count == (word == nil ? 0 : 1))
    if let word { #expect(told.first?.contains(word) == true) }
  }
}

private let isXtensaCompilerThere =
  ProcessInfo.processInfo.environment["CI"] != nil
  || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/xtensa-lx106-elf-gcc")
  }
