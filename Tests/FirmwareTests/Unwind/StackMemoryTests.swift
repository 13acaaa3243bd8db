import Testing

@testable import Firmware

@Suite("The memory of a stack")
struct StackMemoryTests {
  @Test("rows in any order are one piece of memory")
  func rows() {
    var memory = StackMemory()
    memory.add(words: [9, 10], at: 0x3FC9_0020)
    memory.add(words: [1, 2, 3, 4], at: 0x3FC9_0000)
    memory.add(words: [5, 6, 7, 8], at: 0x3FC9_0010)
    #expect(memory.pieces.count == 1)
    for word in 0..<10 {
      #expect(memory.word(at: 0x3FC9_0000 + UInt32(word * 4)) == UInt32(word + 1))
    }
    #expect(memory.word(at: 0x3FC9_0028) == nil)
    #expect(memory.word(at: 0x3FC9_0026) == nil)
    #expect(memory.word(at: 0x3FC8_FFFE) == nil)
    #expect(memory.word(at: 0x3FC9_0002) == 0x0002_0000)
  }

  @Test("a lost row leaves a gap, over which a search steps")
  func gap() {
    var memory = StackMemory()
    memory.add(words: [1, 2], at: 0x100)
    memory.add(words: [5, 6], at: 0x110)
    #expect(memory.word(at: 0x108) == nil)
    #expect(memory.words(from: 0x100, limit: 9).map(\.value) == [1, 2, 5, 6])
    #expect(memory.words(from: 0x104, limit: 2).map(\.address) == [0x104, 0x110])
    #expect(memory.words(from: 0x118, limit: 9).isEmpty)
  }

  @Test("of two rows for one place the first counts")
  func overlap() {
    var memory = StackMemory()
    memory.add(words: [2, 3], at: 0x104)
    memory.add(words: [7, 7, 7, 7], at: 0x100)
    #expect(memory.words(from: 0x100, limit: 9).map(\.value) == [7, 2, 3, 7])
  }

  @Test("the ends of the address space are no trap")
  func ends() {
    var memory = StackMemory()
    memory.add(words: [1, 2, 3], at: 0xFFFF_FFF8)
    memory.add(words: [4], at: 0)
    #expect(memory.word(at: 0xFFFF_FFFC) == 2)
    #expect(memory.word(at: 0xFFFF_FFFD) == nil)
    #expect(memory.word(at: 0) == 4)
    #expect(memory.words(from: 0xFFFF_FFFC, limit: 9).map(\.value) == [2])
    #expect(memory.words(from: 0xFFFF_FFFF, limit: 9).isEmpty)
  }
}
