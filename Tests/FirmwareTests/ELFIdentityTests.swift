import Firmware
import Foundation
import Testing

/// Which build an ELF is, and what lies in its memory.
@Suite("The identity of an ELF")
struct ELFIdentityTests {
  private func descriptorELF() throws -> BuiltELF {
    try BuiltELF(
      "descriptor.c", .riscv, "-O1", "-Wl,--section-start=.flash.appdesc=0x42018020",
      "-Wl,--defsym=rom_printf=0x40000040", "-Wl,--defsym=end_of_rom_printf=0x40000064")
  }

  @Test("the app descriptor is read from its section")
  func descriptor() throws {
    let descriptor = try #require(try descriptorELF().open().descriptor)
    #expect(descriptor.project == "sensor-node")
    #expect(descriptor.version == "1.4.2")
    #expect(descriptor.date == "Nov  1 2026")
    #expect(descriptor.time == "15:04:05")
    #expect(descriptor.idf == "v5.4.2")
    #expect(descriptor.secureVersion == 3)
  }

  @Test("a program without a descriptor has none")
  func noDescriptor() throws {
    #expect(try BuiltELF("crash.c").open().descriptor == nil)
  }

  @Test("the identity is the file's SHA-256")
  func digest() throws {
    let built = try descriptorELF()
    let elf = try built.open()
    let sum = try Tool.run(["sha256sum", built.path]).output.prefix(64)
    #expect(elf.digest().description == sum)
  }

  @Test("addresses in ROM are named as such, and never decoded")
  func rom() throws {
    let elf = try descriptorELF().open()
    #expect(elf.place(of: 0x4000_0050) == .rom)
    #expect(
      elf.frames(at: 0x4000_0050) == [
        SourceFrame(function: "rom_printf", origin: .rom(offset: 0x10))
      ])
    // No name is near enough.
    #expect(elf.frames(at: 0x4001_0000) == [SourceFrame(function: nil, origin: .rom(offset: 0))])
    #expect(elf.place(of: 0x6000_0000) == .outside)
    #expect(elf.frames(at: 0x6000_0000).isEmpty)
    guard case .data = elf.place(of: 0x4201_8020) else {
      Issue.record("the descriptor is data")
      return
    }
    #expect(elf.frames(at: 0x4201_8020).isEmpty)
  }

  @Test("bytes are read at the addresses they are loaded to")
  func bytes() throws {
    let elf = try descriptorELF().open()
    #expect(elf.word(at: 0x4201_8020) == 0xABCD_5432)
    #expect(elf.bytes(at: 0x4201_8020 + 16, count: 5) == Array("1.4.2".utf8))
    #expect(elf.bytes(at: 0x4201_8020 + 255, count: 1 << 20) == nil)
    #expect(elf.bytes(at: 0xFFFF_FFFF, count: 4) == nil)
    #expect(elf.entry == elf.symbols.symbol(named: "app_main")?.address)
    #expect(elf.segments.contains { $0.isExecutable })
  }
}
