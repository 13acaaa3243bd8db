import Testing

@testable import DeviceEvents

@Suite("the header of a panic")
struct CrashHeaderTests {
  @Test("is one of the lines with which a panic begins; what does not stop the program is none")
  func heads() {
    let heads: [PanicLine] = [
      .header(reason: "abort", core: 0), .abort(address: nil, core: nil), .assertion(Assertion()),
      .stackOverflow(task: "main"), .stackSmashing, .taskReturned(task: "main"),
      .cppTermination("what():  no"),
    ]
    #expect(heads.allSatisfy { $0.isHead })
    let others: [PanicLine] = [
      .assertion(Assertion(isFatal: false)), .registerDump(core: 0), .rebooting, .halted,
    ]
    #expect(!others.contains { $0.isHead })
  }

  @Test(
    "is read in every version's form",
    arguments: [
      (
        "Guru Meditation Error of type LoadProhibited occurred on core  0. Exception was unhandled.",
        "LoadProhibited", 0
      ),
      (
        "Guru Meditation Error of type StoreProhibited occurred on core  1. Exception was unhandled.I (",
        "StoreProhibited", 1
      ),
      ("Guru Meditation Error: Core  0 panic'ed (StoreProhibited)", "StoreProhibited", 0),
      (
        "Guru Meditation Error: Core  1 panic'ed (Interrupt wdt timeout on CPU1)",
        "Interrupt wdt timeout on CPU1", 1
      ),
      (
        "Guru Meditation Error: Core  1 panic'ed (LoadStoreError). Exception was unhandled.",
        "LoadStoreError", 1
      ),
      ("Guru Meditation Error: Core  0 panic'ed (Cache error). ", "Cache error", 0),
      (
        "Guru Meditation Error: Core 0 panic'ed (Load access fault). Exception was unhandled.",
        "Load access fault", 0
      ),
      (
        "Guru Meditation Error: Core  0 panic'ed (IllegalInstruction) at pc=400d1a2c. Setting bp and returning..",
        "IllegalInstruction", 0
      ),
      ("Guru Meditation Error: Core  0 panic'ed (abort)", "abort", 0),
      ("Guru Meditation Error: Core  0 panic'ed (LoadProhi", "LoadProhi", 0),
      ("Guru Meditation Error: Core  1 pan", "", 1),
    ])
  func forms(line: String, reason: String, core: Int) {
    #expect(CrashReading.panic(line) == .header(reason: reason, core: core))
  }

  @Test("is read without its first words, behind blanks, and with a detail in its line")
  func variants() {
    #expect(
      CrashReading.panic("Core  0 panic'ed (Load access fault). Exception was unhandled.")
        == .header(reason: "Load access fault", core: 0))
    #expect(
      CrashReading.panic("Guru Meditazion Error: Core  0 panic'ed (LoadProhibited).")
        == .header(reason: "LoadProhibited", core: 0))
    #expect(CrashReading.panic("Guru Meditazion Error: Core  0 is well") == nil)
    #expect(
      CrashReading.panic("    Guru Meditation Error: Core  1 panic'ed (Cache error). ")
        == .header(reason: "Cache error", core: 1))
    #expect(
      CrashReading.events(
        "Guru Meditation Error: Core  / panic'ed (Cache error). MMU entry fault error")
        == [
          .panic(.header(reason: "Cache error", core: nil)),
          .panic(.detail("MMU entry fault error", address: nil)),
        ])
  }

  @Test("has no core where the chip does not know it")
  func unknownCore() {
    let line = "Guru Meditation Error: Core  / panic'ed (Cache error). "
    #expect(CrashReading.panic(line) == .header(reason: "Cache error", core: nil))
  }

  @Test(
    "is found behind the start of an unfinished line",
    arguments: ["Started at: 208", "I (8123) wi", "Value: ", "\u{1b}[0;32mI (4) x: y"])
  func glued(before: String) {
    let line = before + "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception"
    #expect(CrashReading.panic(line) == .header(reason: "LoadProhibited", core: 0))
  }

  @Test(
    "is not seen in prose",
    arguments: [
      "the node shows a Guru Meditation Error now and then",
      "\"Guru Meditation Error: Core  0 panic'ed (LoadProhibited)\" is what we look for",
    ])
  func prose(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test(
    "broken over two lines adds nothing with the second",
    arguments: [
      ". Exception was unhandled.", "). Exception was unhandled.",
      "ohibited). Exception was unhandled. ",
    ])
  func secondHalf(line: String) {
    #expect(CrashReading.events(line).isEmpty)
    var copy = line
    #expect(copy.withUTF8 { PanicDecoder.decode(.init($0)) { _ in } })
  }

  @Test(
    "means what its text says, not what its number says",
    arguments: [
      ("Interrupt wdt timeout on CPU0", PanicReason.interruptWatchdog(core: 0)),
      ("Interrupt wdt timeout on CPU1", .interruptWatchdog(core: 1)),
      ("Cache disabled but cached memory region accessed", .cacheError),
      ("Cache exception", .cacheError), ("Cache error", .cacheError),
      ("Double exception", .doubleException),
      ("Unhandled debug exception", .debugException),
      ("Unhandled kernel exception", .kernelException),
      ("Coprocessor exception", .coprocessorException),
      ("Memory protection fault", .memoryProtection),
      ("Stack protection fault", .stackProtection),
      ("Unknown reason", .unknown), ("res", .unknown), ("", .unknown),
      ("Memory prot", .memoryProtection),
    ])
  func reasons(text: String, reason: PanicReason) {
    #expect(PanicReason(text) == reason)
  }

  @Test("that is cut means the only reason it can be the start of")
  func cutReason() {
    #expect(PanicReason("LoadProhi").faultAddress == .data)
    #expect(PanicReason("LoadStore") == .unknown)
    #expect(PanicReason("Load a") == .unknown)
    #expect(PanicReason("Interrupt wdt time") == .interruptWatchdog(core: nil))
  }

  @Test(
    "says whether the fault address means something",
    arguments: [
      ("LoadProhibited", ExceptionCause.FaultAddress.data),
      ("InstrFetchProhibited", .instruction), ("IllegalInstruction", .meaningless),
      ("IntegerDivideByZero", .meaningless), ("Store access fault", .data),
      ("Illegal instruction", .opcode), ("Breakpoint", .meaningless),
      ("Cache error", .meaningless), ("PCValue", .meaningless),
    ])
  func faultAddress(text: String, meaning: ExceptionCause.FaultAddress) {
    #expect(PanicReason(text).faultAddress == meaning)
  }

  @Test("names every exception that has a number")
  func tables() {
    #expect(ExceptionCauses.cause(number: 28, of: .xtensa)?.name == "LoadProhibited")
    #expect(ExceptionCauses.cause(number: 7, of: .riscv)?.name == "Store access fault")
    #expect(ExceptionCauses.cause(number: 10, of: .riscv) == nil)
    #expect(ExceptionCauses.cause(number: 10, of: .xtensa) == nil)
    for cause in ExceptionCauses.xtensa + ExceptionCauses.riscv {
      #expect(PanicReason(cause.name) == .exception(cause))
    }
  }
}
