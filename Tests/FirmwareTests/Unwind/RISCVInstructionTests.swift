import Testing

@testable import Firmware

@Suite("RISC-V instructions of calls and frames")
struct RISCVInstructionTests {
  private func kind(_ bytes: UInt8...) -> RISCVInstruction.Kind? { RISCVInstruction(bytes)?.kind }

  @Test("push of Zcmp stores its registers at the top of the new frame")
  func push() {
    // cm.push {ra, s0-s2}, -32
    #expect(kind(0x76, 0xB8) == .push(registers: [1, 8, 9, 18], size: 32))
    // cm.push {ra}, -16
    #expect(kind(0x42, 0xB8) == .push(registers: [1], size: 16))
    // cm.popret {ra, s0-s11}, 64
    #expect(kind(0xF2, 0xBE) == .jumpRegister(base: 1, offset: 0))
  }

  @Test("only calls that leave the way back in ra are calls")
  func links() {
    // jal ra, 8; jal t0, 8; j 8
    #expect(kind(0xEF, 0x00, 0x80, 0x00) == .call(offset: 8))
    #expect(kind(0xEF, 0x02, 0x80, 0x00) == .other(destination: 5))
    #expect(kind(0x6F, 0x00, 0x80, 0x00) == .jump(offset: 8))
    // jalr ra, -4(a5); c.jalr a5; ret
    #expect(kind(0xE7, 0x80, 0xC7, 0xFF) == .callRegister(base: 15, offset: -4))
    #expect(kind(0x82, 0x97) == .callRegister(base: 15, offset: 0))
    #expect(kind(0x82, 0x80) == .jumpRegister(base: 1, offset: 0))
  }

  @Test("an instruction that is cut, or longer than four bytes, is none")
  func cut() {
    #expect(RISCVInstruction([]) == nil)
    #expect(RISCVInstruction([0x13]) == nil)
    #expect(RISCVInstruction([0xEF, 0x00, 0x80]) == nil)
    #expect(RISCVInstruction([0x1F, 0x00, 0x00, 0x00, 0x00, 0x00]) == nil)
    #expect(RISCVInstruction([0x00, 0x00]) == nil)
  }
}
