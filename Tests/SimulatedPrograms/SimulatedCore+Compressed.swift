extension SimulatedCore {
  /// The four-byte instruction that a two-byte one stands for; nil for those that our programs do not
  /// hold.
  static func expand(_ c: UInt32) -> UInt32? {
    func bits(_ from: UInt32, _ count: UInt32, at place: UInt32) -> UInt32 {
      (c >> from & ((1 << count) - 1)) << place
    }
    func immediate(_ value: UInt32, _ function: UInt32, _ rs: UInt32, _ rd: UInt32) -> UInt32 {
      value << 20 | rs << 15 | function << 12 | rd << 7 | 0x13
    }
    let full = c >> 7 & 31
    let second = c >> 2 & 31
    let low = (c >> 7 & 7) + 8
    let lowSecond = (c >> 2 & 7) + 8
    let sign = UInt32(bitPattern: Int32(bitPattern: c << 19) >> 31)
    let small = sign << 5 | bits(2, 5, at: 0)
    let wordOffset = bits(10, 3, at: 3) | bits(6, 1, at: 2) | bits(5, 1, at: 6)
    let jump =
      sign << 11 | bits(11, 1, at: 4) | bits(9, 2, at: 8) | bits(8, 1, at: 10)
      | bits(7, 1, at: 6) | bits(6, 1, at: 7) | bits(3, 3, at: 1) | bits(2, 1, at: 5)
    let branch =
      sign << 8 | bits(10, 2, at: 3) | bits(5, 2, at: 6) | bits(3, 2, at: 1) | bits(2, 1, at: 5)
    switch (c & 3, c >> 13) {
    case (0, 0):
      let amount = bits(11, 2, at: 4) | bits(7, 4, at: 6) | bits(6, 1, at: 2) | bits(5, 1, at: 3)
      return amount == 0 ? nil : immediate(amount, 0, 2, lowSecond)
    case (0, 2): return wordOffset << 20 | low << 15 | 2 << 12 | lowSecond << 7 | 0x03
    case (0, 6): return store(wordOffset, base: low, source: lowSecond)
    case (1, 0): return immediate(small & 0xFFF, 0, full, full)
    case (1, 1): return jal(jump, rd: 1)
    case (1, 2): return immediate(small & 0xFFF, 0, 0, full)
    case (1, 3) where full == 2:
      let amount =
        sign << 9 | bits(6, 1, at: 4) | bits(5, 1, at: 6) | bits(3, 2, at: 7) | bits(2, 1, at: 5)
      return immediate(amount & 0xFFF, 0, 2, 2)
    case (1, 3): return small << 12 | full << 7 | 0x37
    case (1, 4): return arithmetic(c, low, lowSecond, small)
    case (1, 5): return jal(jump, rd: 0)
    case (1, 6): return compare(branch, low, 0)
    case (1, 7): return compare(branch, low, 1)
    case (2, 0): return immediate(second, 1, full, full)
    case (2, 2):
      let offset = bits(12, 1, at: 5) | bits(4, 3, at: 2) | bits(2, 2, at: 6)
      return offset << 20 | 2 << 15 | 2 << 12 | full << 7 | 0x03
    case (2, 4):
      if c == 0x9002 { return 0x0010_0073 }
      let isSecondForm = c >> 12 & 1
      if second == 0 { return full << 15 | isSecondForm << 7 | 0x67 }
      return second << 20 | (isSecondForm == 1 ? full : 0) << 15 | full << 7 | 0x33
    case (2, 6): return store(bits(9, 4, at: 2) | bits(7, 2, at: 6), base: 2, source: second)
    default: return nil
    }
  }

  private static func store(_ offset: UInt32, base: UInt32, source: UInt32) -> UInt32 {
    (offset >> 5 & 0x7F) << 25 | source << 20 | base << 15 | 2 << 12 | (offset & 31) << 7 | 0x23
  }

  private static func jal(_ distance: UInt32, rd: UInt32) -> UInt32 {
    (distance >> 20 & 1) << 31 | (distance >> 1 & 0x3FF) << 21 | (distance >> 11 & 1) << 20
      | (distance >> 12 & 0xFF) << 12 | rd << 7 | 0x6F
  }

  private static func compare(_ distance: UInt32, _ rs: UInt32, _ function: UInt32) -> UInt32 {
    (distance >> 12 & 1) << 31 | (distance >> 5 & 0x3F) << 25 | rs << 15 | function << 12
      | (distance >> 1 & 0xF) << 8 | (distance >> 11 & 1) << 7 | 0x63
  }

  private static func arithmetic(
    _ c: UInt32, _ rd: UInt32, _ rs: UInt32, _ small: UInt32
  ) -> UInt32 {
    let shift = small & 31
    switch c >> 10 & 3 {
    case 0: return shift << 20 | rd << 15 | 5 << 12 | rd << 7 | 0x13
    case 1: return 1 << 30 | shift << 20 | rd << 15 | 5 << 12 | rd << 7 | 0x13
    case 2: return (small & 0xFFF) << 20 | rd << 15 | 7 << 12 | rd << 7 | 0x13
    default:
      let function: UInt32 = [0, 4, 6, 7][Int(c >> 5 & 3)]
      let subtracts: UInt32 = function == 0 ? 1 << 30 : 0
      return subtracts | rs << 20 | rd << 15 | function << 12 | rd << 7 | 0x33
    }
  }
}
