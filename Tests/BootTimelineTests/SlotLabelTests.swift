import BootTimeline
import Testing

@Suite("A slot whose label has a wrong byte")
struct SlotLabelTests {
  private let first = Block.powerOn + Block.start + Block.bootLine("POWERON", "ota_0")

  @Test(
    "is the one that the bootloader loaded from",
    arguments: ["ota_O", "ota_1", "ota_00", "factory", "app_0"])
  func offset(label: String) throws {
    let story = timeline(
      of: Block.powerOn + Block.bootloader(slotAt: 0x20000) + Block.start
        + Block.bootLine("POWERON", label))
    let boot = try #require(story.boots.first)
    #expect(boot.slot == "ota_0")
    // `ota_00` was nobody's slot, and is read as what it was.
    #expect(boot.overruledLabel == (label == "ota_00" ? nil : label))
    #expect(boot.slotSource == (label == "ota_00" ? .app : .offset))
  }

  @Test("is no rollback where the log shows the other name once and no table")
  func alone() {
    let boot = Block.software + Block.start
    let story = timeline(
      of: Block.powerOn + Block.start + Block.bootLine("POWERON", "factory") + boot
        + Block.bootLine("SW", "factory0") + boot + Block.bootLine("SW", "factory"))
    #expect(story.boots.map(\.slot) == ["factory", "factory", "factory"])
    #expect(story.boots.map(\.overruledLabel) == [nil, "factory0", nil])
  }

  @Test("that may be one of two is told by the update before it")
  func update() throws {
    let story = timeline(
      of: first + Block.update(to: "ota_1") + Block.software + Block.start
        + Block.bootLine("SW", "ota_O"))
    #expect(story.boots.last?.slot == "ota_1")
    #expect(story.boots.last?.slotSource == .update)
    #expect(story.updates.first?.outcome == .success)
    let target = timeline(
      of: first + Block.update(to: "ota_O") + Block.software + Block.start
        + Block.bootLine("SW", "ota_1"))
    #expect(target.updates.first?.target == "ota_1")
  }

  @Test("is somebody's own name where it comes again")
  func own() {
    let story = timeline(
      of: first + Block.software + Block.start + Block.bootLine("SW", "ota_a") + Block.software
        + Block.start + Block.bootLine("SW", "ota_a"))
    #expect(story.boots.map(\.slot) == ["ota_0", "ota_a", "ota_a"])
  }

  @Test(
    "is left alone among more slots than a partition table has rows", arguments: [64, 65, 120])
  func many(slots: Int) {
    // No two of them are near each other.
    let letters = Array("abcdefghijklmnop")
    let labels = (0..<slots).map { number in
      String(repeating: letters[number / 16], count: 3)
        + String(repeating: letters[number % 16], count: 3)
    }
    let rows = labels.enumerated().map { number, label in
      let offset = String(0x0200_0000 + number * 0x1_0000, radix: 16)
      return
        "I (64) boot: \(number) \(label)           OTA app          00 10 0\(offset) 00010000\n"
    }
    let story = timeline(
      of: Block.powerOn + "I (49) boot: Partition Table:\n"
        + "I (52) boot: ## Label            Usage          Type ST Offset   Length\n"
        + rows.joined() + "I (76) boot: End of partition table\n" + Block.start
        + Block.bootLine("POWERON", "aaabbb") + Block.software + Block.start
        + Block.bootLine("SW", "aaabbx"))
    #expect(story.boots.first?.partitions.count == slots)
    #expect(story.boots.last?.slot == (slots > 64 ? "aaabbx" : "aaabbb"))
    #expect(story.boots.last?.overruledLabel == (slots > 64 ? nil : "aaabbx"))
  }
}
