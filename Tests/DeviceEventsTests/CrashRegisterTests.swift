import LineReading
import Testing

@testable import DeviceEvents

@Suite("registers and stack rows")
struct CrashRegisterTests {
  @Test(
    "begin with a line that names the core, or none",
    arguments: [
      ("Register dump:", nil), ("Core 0 register dump:", 0), ("Core  1 register dump:", 1),
      ("Core1 register dump:", 1), ("Core  / register dump:", nil),
    ] as [(String, Int?)])
  func headers(line: String, core: Int?) {
    #expect(CrashReading.panic(line) == .registerDump(core: core))
  }

  @Test("begin behind an unfinished line too")
  func gluedHeader() {
    #expect(CrashReading.panic("I (812) apCore  1 register dump:") == .registerDump(core: 1))
    #expect(
      CrashReading.panic("xxCore  1 was running in ISR context:") == .interruptContext(core: 1))
    #expect(CrashReading.events("we print a register dump: it helps").isEmpty)
  }

  @Test(
    "tell of an interrupt",
    arguments: ["Core 1 was running in ISR context:", "Core  1 was running in ISR context:"])
  func interruptContext(line: String) {
    #expect(CrashReading.panic(line) == .interruptContext(core: 1))
  }

  @Test("say the same whether a row is known by its form or asked of all decoders")
  func wholeRows() {
    let names = RegisterLine.named.map { "\($0)" } + ["A0", "A15", "S11", "T6", "EPC1", "EPS7"]
    for (index, name) in names.enumerated() {
      for cells in 1...9 {
        let row = (0..<cells).map { cell in
          let other = names[(index + cell * 7) % names.count]
          let padded = other + String(repeating: " ", count: 8 - other.utf8.count)
          let digits = String(
            UInt32(truncatingIfNeeded: (index + 1) &* 0x9e37_79b1 &* cell), radix: 16)
          return padded + ": 0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }
        for line in [row.joined(separator: "  ") + "  ", row.joined(separator: " ")] {
          expectSame(line, isWhole: cells <= 8)
        }
        expectSame(row.joined(separator: "  ") + " .", isWhole: false)
        expectSame(row.joined(separator: "  ").uppercased(), isWhole: false)
      }
      expectSame("\(name): 0x00000001", isWhole: name.utf8.count == 8)
    }
    for line in ["", "PC", "PC      :", "PC      : 0x4200", "QQ      : 0x42000a40"] {
      expectSame(line, isWhole: false)
    }
  }

  /// That a fresh decoder and the decoders it asks say the same of a line.
  private func expectSame(_ line: String, isWhole: Bool) {
    var line = line
    line.withUTF8 { bytes in
      let text = ByteText(bytes)
      #expect((RegisterRow.read(text) != nil) == isWhole)
      var (short, long) = (EventDecoder(), EventDecoder())
      var (events, expected): ([DeviceEvent], [DeviceEvent]) = ([], [])
      short.recallOrDecode(text) { events.append($0) }
      long.decode(text) { expected.append($0) }
      #expect(events == expected)
      #expect(short.state == long.state)
      #expect(short.statements == long.statements)
    }
  }

  static let row = [
    Register(name: "PC", value: 0x4011_B968), Register(name: "PS", value: 0x0006_0035),
    Register(name: "A0", value: 0x8008_14AE), Register(name: "A1", value: 0x3FFB_F1F0),
  ]

  @Test(
    "are read however the row is spaced",
    arguments: [
      "PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3ffbf1f0  ",
      "PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3ffbf1f0",
      "  PC: 0x4011b968 PS: 0x00060035 A0: 0x800814ae A1: 0x3ffbf1f0",
      "PC:0x4011B968PS:0x00060035A0:0x800814AEA1:0x3FFBF1F0",
      "PC              :  4011b968     PS              :  00060035     A0              :  800814ae     A1              :  3ffbf1f0",
      "PC\t\t:  4011b968\tPS\t\t:  00060035\tA0\t\t:  800814ae\tA1\t\t:  3ffbf1f0",
    ])
  func rows(line: String) {
    #expect(CrashReading.panic(line) == .registers(Self.row))
  }

  @Test("that wrap at 80 columns keep the whole cells")
  func wrapped() {
    let line = "PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3f"
    #expect(CrashReading.panic(line) == .registers(Array(Self.row.prefix(3))))
    #expect(
      CrashReading.panic("A1      : 0x3ffbf1f0") == .registers(Array(Self.row.suffix(1))))
  }

  @Test("of RISC-V, of interrupt levels and with full columns are read")
  func otherNames() {
    #expect(
      CrashReading.panic("EXCVADDR: 0x00000000  LBEG    : 0x4000c2e0  LEND    : 0x4000c2f6")
        == .registers([
          Register(name: "EXCVADDR", value: 0), Register(name: "LBEG", value: 0x4000_C2E0),
          Register(name: "LEND", value: 0x4000_C2F6),
        ]))
    #expect(
      CrashReading.panic("S0/FP   : 0x3fc94b60  S1      : 0x00000000  S11     : 0x00000001")
        == .registers([
          Register(name: "S0/FP", value: 0x3FC9_4B60), Register(name: "S1", value: 0),
          Register(name: "S11", value: 1),
        ]))
    #expect(
      CrashReading.panic("EPC1    : 0x4008a1f3  EPC2    : 0x00000000")
        == .registers([
          Register(name: "EPC1", value: 0x4008_A1F3), Register(name: "EPC2", value: 0),
        ]))
    #expect(
      CrashReading.panic("MHARTID : 0x00000000  ")
        == .registers([Register(name: "MHARTID", value: 0)]))
  }

  @Test(
    "are not seen in what applications print",
    arguments: [
      "SP: 0x3ffb0000", "PC: 0x400d1234 is where we are", "A4: 12 B5: 13", "RSSI: 0x00000012",
      "RA", "PS: done", "TEMP    : 0x00000012",
    ])
  func applications(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test("tell the instruction set")
  func instructionSet() {
    #expect(InstructionSet(registers: Self.row) == .xtensa)
    #expect(InstructionSet(registers: [Register(name: "MEPC", value: 0)]) == .riscv)
    #expect(InstructionSet(registers: [Register(name: "A0", value: 0)]) == nil)
    #expect(InstructionSet(registers: []) == nil)
  }

  @Test(
    "of a stack dump are read with whole words alone",
    arguments: [
      ("3fc93a80: 0x00000030 0x00000021 0x3fc93ab0", [0x30, 0x21, 0x3FC9_3AB0]),
      ("0x3fc93a80: 0x00000030 0x00000021", [0x30, 0x21]),
      ("3fc93a80: 0x00000030 0x00000021 0x3fc9", [0x30, 0x21]),
      ("  3fc93a80: 0x00000030  ", [0x30]),
      ("3FC93A80: 00000030 00000021", [0x30, 0x21]),
    ] as [(String, [UInt32])])
  func stackRows(line: String, words: [UInt32]) {
    #expect(CrashReading.panic(line) == .stackRow(address: 0x3FC9_3A80, words: words))
  }

  @Test("of a stack dump stand below a title", arguments: ["Stack memory:", "Stack memory"])
  func stackTitle(line: String) {
    #expect(CrashReading.panic(line) == .stackMemory)
  }

  @Test(
    "of a stack dump are not symbolised addresses or dumps of other kinds",
    arguments: [
      "0x400d1a2c: app_main at main.c:12", "00000010: 48 65 6c 6c 6f", "3fc93a80:",
      "Stack memory is low", "12345678: 123456789",
      "3ffffd70:  3ffe84e0 00000001 40201f3c 402020a1",
    ])
  func otherRows(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }
}
