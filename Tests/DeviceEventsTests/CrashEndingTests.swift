import Testing

@testable import DeviceEvents

@Suite("the end of a panic")
struct CrashEndingTests {
  @Test(
    "carries the hash of the ELF file in any length",
    arguments: [
      "4f3c0a91d", "0123456789abcdef", "89abcdef", "0000000000000000",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ])
  func hash(digits: String) {
    #expect(CrashReading.panic("ELF file SHA256: " + digits) == .elfSHA256(digits))
  }

  @Test("may have a quoted hash")
  func quotedHash() {
    #expect(CrashReading.panic("ELF file SHA256: ``4f3c0a91d``") == .elfSHA256("4f3c0a91d"))
  }

  @Test(
    "has not the hash that the start-up prints",
    arguments: [
      "ELF file SHA256:  0a1b2c3d4...", "I (29) cpu_start: ELF file SHA256:  0a1b2c3d4e5f6789...",
      "cpu_start: ELF file SHA256: 0a1b2c3d4e5f6789", "ELF file SHA256: 0a1b2c3d4...",
      "ELF file SHA256: 0a1b",
    ])
  func startup(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test(
    "says how it goes on",
    arguments: [
      ("Rebooting...", PanicLine.rebooting), ("Rebooting...  ", .rebooting),
      ("Rebooting in  5 seconds...", .rebooting), ("CPU halted.", .halted),
      ("Entering gdb stub now.", .gdbStub), ("$T0b#e6", .gdbStub),
      ("Re-entered core dump! Exception happened during core dump!", .nested),
      ("Panic handler entered multiple times. Abort panic handling. Rebooting ...", .nested),
    ])
  func endings(line: String, panic: PanicLine) {
    #expect(CrashReading.panic(line) == panic)
  }

  @Test(
    "is not an application that restarts on purpose",
    arguments: ["Rebooting... goodbye", "Rebooting now", "Rebooting in 5 minutes", "$Top#1"])
  func applications(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }
}
