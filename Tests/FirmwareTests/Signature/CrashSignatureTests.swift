import DeviceEvents
import SimulatedPrograms
import Testing

@testable import Firmware

@Suite("Crash signatures")
struct CrashSignatureTests {
  @Test("one bug has one signature in two builds whose code lies elsewhere")
  func movedCode() throws {
    let first = try CrashProgram(CrashProgram.debugFrames)
    let second = try CrashProgram(
      CrashProgram.debugFrames, codeAddress: "0x42010000", defining: ["MOVED"])
    defer { for program in [first, second] { program.remove() } }
    let before = try signature(of: first)
    let moved = try signature(of: second)
    #expect(before.basis == .functions)
    #expect(before.functions.first == "leaf")
    #expect(before == moved)
    #expect(before.description == moved.description)
  }

  @Test("another compiler's choice of what to inline makes no difference")
  func inlining() throws {
    let first = try CrashProgram(CrashProgram.debugFrames)
    let second = try CrashProgram(CrashProgram.unoptimised)
    defer { for program in [first, second] { program.remove() } }
    let inlined = try signature(of: first)
    let apart = try signature(of: second)
    #expect(inlined.functions.prefix(4) == ["leaf", "folded", "buffered", "large"])
    #expect(inlined == apart)
  }

  @Test("another place or another reason is another bug")
  func different() throws {
    let program = try CrashProgram(CrashProgram.debugFrames)
    defer { program.remove() }
    let leaf = try signature(of: program, function: "leaf", visit: 3)
    let early = try signature(of: program, function: "early", visit: 1)
    let other = try signature(
      of: program, function: "leaf", visit: 3, reason: "Store access fault")
    #expect(Set([leaf, early, other]).count == 3)
    #expect(Set([leaf, early, other].map(\.description)).count == 3)
  }

  @Test("clone suffixes, hashes and the way into the panic are no part of it")
  func normalisedNames() {
    let plain = CrashSignature(reason: "abort", functions: ["parse", "main_task"])
    for functions: [String?] in [
      ["parse.isra.0", "main_task"], ["parse.constprop.0.isra.1", nil, "main_task"],
      ["panic_abort", "esp_system_abort", "abort", "parse.cold", "main_task.part.3"],
      ["abort", "__assert_func", "parse", "parse", "parse", "main_task"],
      ["parse.lto_priv.12", "main_task.llvm.9912873"],
    ] {
      #expect(CrashSignature(reason: "abort", functions: functions) == plain, "\(functions)")
    }
    #expect(FunctionName.withoutVariant("net::parse(int) [clone .isra.0]") == "net::parse(int)")
    #expect(FunctionName.withoutVariant("net::parse(int) (.cold)") == "net::parse(int)")
    #expect(FunctionName.withoutVariant("log(char const*, ...)") == "log(char const*, ...)")
    #expect(FunctionName.withoutVariant("app::run::h0123456789abcdef") == "app::run")
    #expect(FunctionName.withoutVariant("parse.isra") == "parse")
    #expect(FunctionName.withoutVariant("operator.part") == "operator")
    #expect(FunctionName.withoutVariant(".part.0") == ".part.0")
  }

  @Test("numbers of a reason, which change with every build, do not count")
  func normalisedReasons() {
    func digits(_ reason: String) -> String {
      CrashSignature(reason: reason, functions: ["parse"]).description
    }
    #expect(
      digits("abort() was called at PC 0x42009351 on core 0")
        == digits("abort() was called at PC  0x4200a9c1 on core 1"))
    #expect(digits("assert failed: f a.c:12 (n > 0)") == digits("assert failed: f a.c:17 (n > 0)"))
    #expect(digits("assert failed: f a.c:12 (n > 0)") != digits("assert failed: f a.c:12 (m > 0)"))
  }

  @Test("without names only the reason is left, and the signature says so")
  func withoutELF() {
    let signature = CrashSignature(reason: "Load access fault", functions: [nil, nil])
    #expect(signature.basis == .reason)
    #expect(signature == CrashSignature(reason: "Load access fault", functions: []))
  }

  @Test("its digits are the same wherever they are computed")
  func digits() {
    let signature = CrashSignature(reason: "abort", functions: ["parse", "main_task"])
    #expect(signature.description == Self.fnv("abort\nparse\nmain_task"))
    #expect(signature.description.utf8.count == 16)
  }

  /// FNV-1a, 64 bits, computed the slow way.
  private static func fnv(_ text: String) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)).multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private func signature(
    of program: CrashProgram, function: String = "leaf", visit: Int = 3,
    reason: String = "Load access fault"
  ) throws -> CrashSignature {
    let elf = try ELFFile(path: program.path)
    let unwinder = StackUnwinder(
      program: ELFCode(elf), chip: .esp32c3, instructionSet: .riscv)
    var core = SimulatedCore(elf)
    let start = elf.symbols.symbol(named: function)?.address
    for number in 1...visit {
      _ = try core.run { $0.pc == start }
      if number < visit { _ = try core.step() }
    }
    let sure = unwinder.unwind(core.captured()).frames.prefix { !$0.restsOnGuess }
    return CrashSignature(
      reason: reason, functions: sure.flatMap { elf.frames(at: $0.lookupAddress).map(\.function) })
  }
}
