import BootTimeline
import Testing

@Suite("Nodes that nothing tells apart")
struct MixedNodesTests {
  private static func heads(_ times: [Int], _ tag: String) -> String {
    times.map { "I (\($0)) \(tag): 2 nodes\n" }.joined()
  }

  @Test("are seen by the step between their clocks, which is the same each time")
  func clocks() {
    let log = (0..<6).map {
      Self.heads([20_000 + $0 * 900], "pump") + Self.heads([4_100 + $0 * 900], "valve")
    }
    #expect(timeline(of: log.joined()).mixesNodes)
  }

  @Test("a node that starts again and again goes back to the same moment")
  func restarts() {
    let log = (0..<6).map { Self.heads([410 + $0 % 3, 5_000, 20_000 + $0 * 900], "pump") }
    #expect(!timeline(of: log.joined()).mixesNodes)
  }

  @Test("a node that starts at moments of its own steps back alike now and then")
  func irregularRestarts() {
    let starts = [1_200, 1_600, 2_000, 1_300, 1_900, 2_500, 1_400, 1_500, 2_100, 1_250]
    let log = (0..<60).map { Self.heads([starts[$0 % 10], starts[$0 % 10] + 1_900], "pump") }
    #expect(!timeline(of: log.joined()).mixesNodes)
    let later = (0..<12).map { Self.heads([1_200 + $0 * 137, 61_200 + $0 * 137], "pump") }
    #expect(!timeline(of: later.joined()).mixesNodes)
  }

  @Test("are seen where the ROM loads each segment twice")
  func roms() {
    let lines =
      Block.powerOn.split(separator: "\n")
      + ["load:0x403c8700,len:0x4", "load:0x403cb700,len:0x2400"]
    let twice = lines.flatMap { [$0, $0] }.map { "\($0)\n" }.joined()
    #expect(timeline(of: twice).mixesNodes)
    let bootloader = Block.bootloader(slotAt: 0x20000)
    let inTurn = bootloader.split(separator: "\n").map { "\($0)\n\($0)\n" }.joined()
    #expect(timeline(of: Block.powerOn + Block.powerOn + inTurn).mixesNodes)
    #expect(!timeline(of: Block.powerOn + Block.powerOn + bootloader).mixesNodes)
    let once = lines.map { "\($0)\n" }.joined()
    #expect(!timeline(of: once + once).mixesNodes)
  }
}
