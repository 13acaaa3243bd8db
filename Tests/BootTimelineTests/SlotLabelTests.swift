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
}
