import Testing

@testable import Firmware

@Suite("Expressions of call-frame information")
struct FrameExpressionTests {
  private typealias Operation = FrameOperation
  private static let stack = StackMemory(address: 0x3FC9_0000, bytes: Array(0..<16))

  private func evaluate(
    _ operations: [FrameOperation], frameAddress: UInt32? = 0x3FC9_0010
  ) throws -> FrameExpression.Outcome {
    let expression = FrameExpression(
      register: { $0 == 2 ? 0x3FC9_0000 : nil }, memory: Self.stack, frameAddress: frameAddress)
    return try expression.evaluate(operations)
  }

  @Test("an offset from a register or from the frame address gives a place")
  func places() throws {
    // bregx 2, 16
    #expect(
      try evaluate([Operation(code: 0x92, first: 2, second: 16)]) == .place(0x3FC9_0010))
    // call_frame_cfa; plus_uconst -4, as libdw writes "saved at CFA-4"
    #expect(
      try evaluate([Operation(code: 0x9C), Operation(code: 0x23, first: UInt64.max - 3)])
        == .place(0x3FC9_000C))
  }

  @Test("a computed value and a register are told from a place")
  func values() throws {
    #expect(
      try evaluate([Operation(code: 0x9C), Operation(code: 0x9F)]) == .value(0x3FC9_0010))
    #expect(try evaluate([Operation(code: 0x58)]) == .register(8))
    // breg2 4; deref
    #expect(
      try evaluate([Operation(code: 0x72, first: 4), Operation(code: 0x06)])
        == .place(0x0706_0504))
    // breg2 1; deref_size 2
    #expect(
      try evaluate([Operation(code: 0x72, first: 1), Operation(code: 0x94, first: 2)])
        == .place(0x0201))
  }

  @Test("arithmetic wraps and divides as the DWARF standard says")
  func arithmetic() throws {
    func result(_ code: UInt8, _ left: UInt64, _ right: UInt64) throws -> FrameExpression.Outcome {
      try evaluate([
        Operation(code: 0x0C, first: left), Operation(code: 0x0C, first: right),
        Operation(code: code), Operation(code: 0x9F),
      ])
    }
    #expect(try result(0x22, 0xFFFF_FFFF, 2) == .value(1))
    #expect(try result(0x1C, 1, 2) == .value(0xFFFF_FFFF))
    #expect(try result(0x1B, 0xFFFF_FFF8, 2) == .value(0xFFFF_FFFC))
    #expect(try result(0x1B, 0x8000_0000, 0xFFFF_FFFF) == .value(0x8000_0000))
    #expect(try result(0x1D, 7, 4) == .value(3))
    #expect(try result(0x24, 1, 40) == .value(0))
    #expect(try result(0x26, 0x8000_0000, 31) == .value(0xFFFF_FFFF))
    #expect(try result(0x2D, 0xFFFF_FFFF, 0) == .value(1))
  }

  @Test("branches lead to the operation at their distance")
  func branches() throws {
    // lit1; bra +1; lit7; lit9, where the branch steps over lit7
    let operations = [
      Operation(code: 0x31, offset: 0), Operation(code: 0x28, first: 1, offset: 1),
      Operation(code: 0x37, offset: 4), Operation(code: 0x39, offset: 5),
      Operation(code: 0x9F, offset: 6),
    ]
    #expect(try evaluate(operations) == .value(9))
  }

  @Test("what cannot be evaluated fails, and never runs on")
  func failures() {
    let endless = [
      Operation(code: 0x31, offset: 0), Operation(code: 0x2F, first: 0xFFFC, offset: 1),
    ]
    let impossible: [[FrameOperation]] = [
      [], endless, [Operation(code: 0x22)], [Operation(code: 0xE0)],
      [Operation(code: 0x30), Operation(code: 0x30), Operation(code: 0x1D)],
      [Operation(code: 0x2F, first: 90)], [Operation(code: 0x90, first: UInt64.max)],
      [Operation(code: 0x15, first: UInt64.max)],
    ]
    for operations in impossible {
      #expect(throws: FrameExpression.Failure.malformed) { try evaluate(operations) }
    }
    #expect(throws: FrameExpression.Failure.register(9)) {
      try evaluate([Operation(code: 0x79)])
    }
    #expect(throws: FrameExpression.Failure.memory(0x3FC9_0010)) {
      try evaluate([Operation(code: 0x9C), Operation(code: 0x06)])
    }
    #expect(throws: FrameExpression.Failure.malformed) {
      try evaluate([Operation(code: 0x9C)], frameAddress: nil)
    }
  }
}
