import Firmware
import Foundation
import Testing

/// Files that are no ELF of a firmware.
@Suite("What is refused as an ELF")
struct ELFErrorTests {
  @Test("other files are named for what they are")
  func others() throws {
    func refusal(_ bytes: [UInt8]) throws -> String {
      let error = try #require(throws: ELFError.self) { try ELFFile(bytes: bytes, path: "a.elf") }
      return "\(error)"
    }
    #expect(try refusal([]).contains("is empty"))
    #expect(try refusal(Array("not an ELF\n".utf8)).contains("is not an ELF"))
    #expect(
      try refusal([0xE9, 4, 2, 0x20] + [UInt8](repeating: 0, count: 60)).contains("firmware image"))
    #expect(try refusal(Array("\u{7F}ELF".utf8)).contains("cut short"))
    #expect(
      throws: ELFError.unreadable(path: "/nonexistent.elf", errno: ENOENT),
      performing: { try ELFFile(path: "/nonexistent.elf") })
    #expect(throws: ELFError.notAFile(path: "/tmp"), performing: { try ELFFile(path: "/tmp") })
    let own = try #require(throws: ELFError.self) { try ELFFile(path: "/proc/self/exe") }
    #expect("\(own)".contains("another kind of machine"))
  }

  @Test("a file that was cut anywhere gives an error or answers, and never a crash")
  func cut() throws {
    let whole = Array(try Data(contentsOf: URL(filePath: BuiltELF("crash.c", .riscv, "-g").path)))
    var refused = 0
    for length in stride(from: 0, to: whole.count, by: 13) {
      do {
        let elf = try ELFFile(bytes: Array(whole[..<length]), path: "cut.elf")
        _ = elf.frames(at: 0x4200_0030)
      } catch {
        refused += 1
      }
    }
    #expect(refused == (whole.count + 12) / 13)
  }

  @Test("an object file has no addresses yet")
  func objectFile() throws {
    let built = try BuiltELF("crash.c", .riscv, "-g")
    var bytes = Array(try Data(contentsOf: URL(filePath: built.path)))
    bytes[16] = 1
    let error = try #require(throws: ELFError.self) { try ELFFile(bytes: bytes, path: "a.o") }
    #expect("\(error)".contains("object file"))
  }

  @Test("packed sections that claim gigabytes are not unpacked")
  func bomb() throws {
    let built = try BuiltELF("crash.c", .riscv, "-g", "-Wl,--compress-debug-sections=zlib")
    let original = try built.open()
    var bytes = Array(try Data(contentsOf: URL(filePath: built.path)))
    let packed = try #require(original.sections.first { $0.isCompressed })
    for index in 0..<4 { bytes[Int(packed.fileOffset) + 4 + index] = 0xFF }
    let elf = try ELFFile(bytes: bytes, path: "bomb.elf")
    let function = try #require(elf.symbols.symbol(named: "app_main"))
    #expect(elf.frames(at: function.address).map(\.function) == ["app_main"])
    #expect(elf.frames(at: function.address).first?.origin == .symbol(offset: 0))
  }
}
