import Firmware
import Testing

/// Names that a linker and a person spell differently.
@Suite("Source frames of an ELF in C++ and Rust")
struct SymbolsOfOtherLanguagesTests {
  @Test("methods, templates and functions without a name outside read as they were written")
  func cPlusPlus() throws {
    let elf = try BuiltELF("methods.cpp", .riscv, "-O2", "-g", "-fno-exceptions", "-fno-rtti")
      .open()
    let text = try #require(elf.section(named: ".text"))
    let chains = (text.address..<(text.address + text.size)).map { elf.frames(at: $0) }
    func chain(_ mark: String) throws -> [String?]? {
      let line = try BuiltELF.line(mark, of: "methods.cpp")
      return chains.first { $0.first?.line == line }?.map(\.function)
    }
    #expect(
      try chain("push") == [
        "sensor::Queue::push(unsigned int)",
        "sensor::Queue::drain(char const*, int (*)(unsigned int))",
      ])
    #expect(try chain("filter") == ["sensor::(anonymous namespace)::keepOdd(unsigned int)"])
    #expect(try chain("template") == ["unsigned int sensor::doubled<unsigned int>(unsigned int)"])
    let mangled = chains.joined().compactMap(\.linkageName)
    #expect(mangled.allSatisfy { $0.hasPrefix("_Z") })
    #expect(!mangled.isEmpty)
  }

  @Test("Rust names of both manglings lose their hashes")
  func rust() throws {
    let elf = try BuiltELF("rust.s").open()
    func name(at offset: UInt32) -> String? { elf.frames(at: 0x4200_0020 + offset).first?.function }
    #expect(name(at: 0) == "app_main")
    #expect(name(at: 4) == "sensor::queue::push")
    #expect(name(at: 8) == "<sensor::queue::Queue>::push")
    // An assembler source that does not say where a function ends: it ends where the next begins.
    #expect(name(at: 14) == "sizeless")
    #expect(elf.frames(at: 0x4200_002E).first?.origin == .symbol(offset: 2))
  }

  @Test("a name that unfolds without end stays as it is")
  func endlessName() throws {
    // Each S_ stands for all that came before it.
    var name = "_Z1fI1aE"
    for index in 0..<200 {
      name += "S\(index < 10 ? "\(index)" : "")_I" + "S_S_"
    }
    let began = ContinuousClock.now
    let elf = try BuiltELF(
      "rust.s", .riscv, "-Wl,--defsym=\(name)=0x42000024", "-Wl,--strip-debug"
    ).open()
    #expect(elf.frames(at: 0x4200_0024).first?.function != nil)
    #expect(ContinuousClock.now - began < .seconds(20))
  }
}
