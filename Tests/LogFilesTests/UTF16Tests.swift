import Foundation
import Testing

@testable import LogFiles

@Suite("UTF-16 captures")
struct UTF16Tests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  enum Order: CaseIterable {
    case little, big

    func bytes(_ units: [UInt16]) -> [UInt8] {
      units.flatMap { unit in
        let high = UInt8(unit >> 8)
        let low = UInt8(unit & 0xff)
        return self == .little ? [low, high] : [high, low]
      }
    }

    var mark: [UInt8] { bytes([0xfeff]) }
  }

  static let text = "I (335) main: größer 😀 than ½ 漢字 🛰️\r\nrst:0x1 (POWERON)\r\n"

  @Test(
    "PowerShell's UTF-16 becomes UTF-8, whatever the cuts", arguments: Order.allCases,
    [1, 2, 3, 5, 7, 64, 4096])
  func marked(order: Order, chunkSize: Int) throws {
    let path = try bench.file("a.log", order.mark + order.bytes(Array(Self.text.utf16)))
    let read = contents(of: path, chunkSize: chunkSize)
    #expect(String(decoding: read.bytes, as: UTF8.self) == Self.text)
  }

  @Test("UTF-16 without a mark is seen by its NULs", arguments: Order.allCases, [1, 3, 4096])
  func unmarked(order: Order, chunkSize: Int) throws {
    let path = try bench.file("a.log", order.bytes(Array(Self.text.utf16)))
    let read = contents(of: path, chunkSize: chunkSize)
    #expect(String(decoding: read.bytes, as: UTF8.self) == Self.text)
  }

  @Test("bytes with bursts of NUL are not taken for UTF-16")
  func nulBursts() throws {
    let bytes = Array(repeating: UInt8(0), count: 100) + Array("ets Jul 29 2019\n".utf8)
    #expect(contents(of: try bench.file("a.log", bytes)).bytes == bytes)
    let mixed: [UInt8] =
      [0x49, 0, 0, 0, 0x20, 0, 0x28] + Array("335) main: boot and more text\n".utf8)
    #expect(contents(of: try bench.file("b.log", mixed)).bytes == mixed)
  }

  @Test(
    "halves of surrogate pairs and a half character at the end become U+FFFD",
    arguments: [1, 3, 4096])
  func lonely(chunkSize: Int) throws {
    let units: [UInt16] = [0x41, 0xd83d, 0x42, 0xde00, 0x43, 0xd83d, 0xd83d, 0xde00, 0x44, 0xd800]
    let bytes = Order.little.mark + Order.little.bytes(units) + [0x45]
    let read = contents(of: try bench.file("a.log", bytes), chunkSize: chunkSize)
    #expect(
      String(decoding: read.bytes, as: UTF8.self)
        == "A\u{fffd}B\u{fffd}C\u{fffd}😀D\u{fffd}")
  }

  @Test("a capture cut in the middle of a character shows that something is missing")
  func oddEnd() throws {
    let bytes = Order.big.mark + Order.big.bytes(Array("boot".utf16)) + [0x00]
    let read = contents(of: try bench.file("a.log", bytes))
    #expect(String(decoding: read.bytes, as: UTF8.self) == "boot\u{fffd}")
  }

  @Test("UTF-16 inside a gzip is converted too")
  func packedUTF16() throws {
    let bytes = Order.big.mark + Order.big.bytes(Array(Self.text.utf16))
    let path = try bench.file("a.log", packed(bytes, with: Packer.gzip.command))
    #expect(String(decoding: contents(of: path, chunkSize: 9).bytes, as: UTF8.self) == Self.text)
  }

  @Test("every unit there is converts as the standard library does it")
  func allUnits() throws {
    let units = (UInt32(1)...0xffff).map { UInt16($0) } + [0x41]
    let path = try bench.file("a.log", Order.little.mark + Order.little.bytes(units))
    let expected = Array(String(decoding: units, as: UTF16.self).utf8)
    #expect(contents(of: path, chunkSize: 1001).bytes == expected)
  }
}
