import Firmware
import Testing

/// Functions, lines and inlined calls of C programs.
@Suite("Source frames of an ELF in C")
struct SymbolsOfCTests {
  @Test(
    "a crash two inlined calls deep is found with its whole chain, in DWARF 2 to 5",
    arguments: toolchains, 2...5)
  func inlinedChain(toolchain: BuiltELF.Toolchain, version: Int) throws {
    let elf = try BuiltELF("crash.c", toolchain, "-O2", "-gdwarf-\(version)").open()
    let function = try #require(elf.symbols.symbol(named: "handle_request"))
    let chains = stride(from: function.address, to: function.address + function.size, by: 1).map {
      elf.frames(at: $0)
    }
    let lines = try ["store", "publish", "handle"].map { try BuiltELF.line($0, of: "crash.c") }
    let crash = try #require(
      chains.first { $0.map(\.line) == lines }, "no address has the lines \(lines)")
    #expect(crash.map(\.function) == ["store", "publish", "handle_request"])
    #expect(crash.map(\.isInlined) == [true, true, false])
    #expect(crash.allSatisfy { $0.file?.hasSuffix("Programs/crash.c") == true })
    #expect(chains.allSatisfy { $0.last?.function == "handle_request" })
  }

  @Test("every address of the code gives what addr2line gives", arguments: toolchains, [2, 4, 5])
  func equalToReference(toolchain: BuiltELF.Toolchain, version: Int) throws {
    try #require(Tool.exists(toolchain.addr2line))
    for optimised in ["-O0", "-O2"] {
      let built = try BuiltELF("crash.c", toolchain, optimised, "-gdwarf-\(version)")
      try expectEqual(built, toolchain)
    }
  }

  private func expectEqual(_ built: BuiltELF, _ toolchain: BuiltELF.Toolchain) throws {
    let elf = try built.open()
    let text = try #require(elf.section(named: ".text"))
    // Between functions lie literals and gaps, which references name after the function before.
    let addresses = stride(from: text.address, to: text.address + text.size, by: 2).filter {
      elf.symbols.symbol(containing: $0).map { $0.size > 0 } ?? false
    }
    try #require(addresses.count > 40)
    let question = addresses.map { String($0, radix: 16) + "\n" }.joined()
    let answer = try Tool.run(
      [toolchain.addr2line, "-e", built.path, "-afiC"], input: question)
    let expected = answer.output.split(separator: "\n").map { line in
      // addr2line adds which of several copies of a line it is.
      line.split(separator: " (discriminator").first.map(String.init) ?? ""
    }
    var ours: [String] = []
    for address in addresses {
      ours.append(
        "0x" + String(repeating: "0", count: 8 - String(address, radix: 16).count)
          + String(address, radix: 16))
      for frame in elf.frames(at: address) {
        ours.append(frame.function ?? "??")
        ours.append((frame.file ?? "??") + ":" + (frame.line.map { "\($0)" } ?? "?"))
      }
    }
    #expect(ours == expected)
  }

  @Test("a return address gives the call before it", arguments: toolchains)
  func returnAddress(toolchain: BuiltELF.Toolchain) throws {
    let elf = try BuiltELF("crash.c", toolchain, "-O2", "-g").open()
    let main = try #require(elf.symbols.symbol(named: "app_main"))
    let line = try BuiltELF.line("main", of: "crash.c")
    // The first address behind the marked call is what the call returns to.
    let call = try #require(
      (main.address..<(main.address + main.size)).last {
        elf.frames(at: $0).last?.line == line
      })
    #expect(elf.frames(at: call + 1, as: .instruction).last?.line != line)
    #expect(elf.frames(at: call + 1, as: .returnAddress).last?.line == line)
  }

  @Test("Xtensa keeps the window's size in the upper bits of a return address")
  func windowBits() throws {
    guard toolchains.contains(.xtensa) else { return }
    let elf = try BuiltELF("crash.c", .xtensa, "-O2", "-g").open()
    #expect(elf.lookupAddress(of: 0x800D_0033, as: .returnAddress) == 0x400D_0030)
    #expect(elf.lookupAddress(of: 0x400D_0033, as: .instruction) == 0x400D_0033)
  }

  @Test("without debug information the symbols name the function, without them the section does")
  func lessAndLess() throws {
    let symbols = try BuiltELF("crash.c", .riscv, "-O2").open()
    let function = try #require(symbols.symbols.symbol(named: "outside"))
    let named = symbols.frames(at: function.address + 2)
    #expect(named == [SourceFrame(function: "outside", origin: .symbol(offset: 2))])

    let stripped = try BuiltELF("crash.c", .riscv, "-O2", "-Wl,--strip-all").open()
    let nameless = stripped.frames(at: function.address)
    #expect(nameless.count == 1)
    #expect(nameless.first?.function == ".text")
    #expect(nameless.first?.origin == .section(offset: function.address - 0x4200_0020))
  }

  @Test("packed debug information is unpacked")
  func packed() throws {
    let elf = try BuiltELF("crash.c", .riscv, "-O2", "-g", "-Wl,--compress-debug-sections=zlib")
      .open()
    #expect(elf.sections.contains { $0.isCompressed })
    let function = try #require(elf.symbols.symbol(named: "handle_request"))
    #expect(elf.frames(at: function.address).last?.file?.hasSuffix("crash.c") == true)
  }
}
