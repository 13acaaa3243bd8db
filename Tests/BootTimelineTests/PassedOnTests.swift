import BootTimeline
import DeviceEvents
import LineReading
import Testing

@Suite("What stands behind other words, and whose clock goes on")
struct PassedOnTests {
  private let run = Block.powerOn + Block.start + Self.heads([1_000, 4_000, 8_000])
  private let later = Self.heads([9_000, 12_000, 15_000, 18_000, 21_000, 24_000])

  private static func heads(_ times: [Int]) -> String {
    times.map { "I (\($0)) gateway: 2 nodes\n" }.joined()
  }

  private static func labelled(_ log: String, _ label: String) -> String {
    log.split(separator: "\n", omittingEmptySubsequences: true).map { "\(label)\($0)\n" }.joined()
  }

  static let labels = [
    "child: ", "[sub] ", "rx> ", "node2| ", "home/attic/log: ", "24:6f:28:aa:10:02 -> ", "0x3A| ",
    "UART2 RX: ", "slave 3 : ", "peer[2]: ", "<< ",
  ]

  @Test("a crash and the start behind it are another device's", arguments: labels)
  func passedOn(label: String) {
    let told = Block.panic + Block.software + Block.bootloader(slotAt: 0x20000) + Block.start
    let story = timeline(of: run + Self.labelled(told, label) + later)
    #expect(story.boots.count == 1)
    #expect(story.boots.map(\.ending) == [.endOfLog])
    #expect(story.crashes.isEmpty)
    #expect(story.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "a crash") })
  }

  @Test("so are a start's first log lines, and everything behind words that are known")
  func known() {
    let start = Self.labelled(Block.bootloader(slotAt: 0x20000) + Block.start, "[sub] ")
    #expect(timeline(of: run + start + later).boots.count == 1)
    let rows = Self.labelled(Block.panic, "[sub] ").split(separator: "\n")
    let mixed = rows.enumerated().map { "\($1)\nI (\(8_600 + 20 * $0)) gateway: passes on\n" }
    let story = timeline(of: run + mixed.joined() + later)
    #expect(story.crashes.isEmpty)
    #expect(story.boots.count == 1)
  }

  @Test("a clock ahead of this node's is another one's, unless this one goes on from there")
  func ahead() {
    let told = Self.labelled(Self.heads([900_000, 900_700]), "[sub] ")
    #expect(timeline(of: run + told + later).boots.count == 1)
    let own = "value: I (19000) gateway: 2 nodes\n" + Self.heads([19_700, 22_000])
    #expect(timeline(of: run + own).boots.first?.clockAtEnd == 22_000)
  }

  @Test("a crash is this node's own where its clock begins anew behind it", arguments: labels)
  func own(label: String) {
    let crash = Self.labelled(Block.panic, label)
    for restart in [
      Block.software + Block.bootloader(slotAt: 0x20000) + Block.start, Block.start,
      Self.heads([400, 1_000]),
    ] {
      let story = timeline(of: run + crash + restart + later)
      #expect(story.crashes.map(\.isFatal) == [true], "\(restart)")
    }
  }

  @Test("a crash is this node's own where the rest of it stands bare")
  func cut() {
    let story = timeline(of: run + "child: " + Block.panic + Block.software + Block.start + later)
    #expect(story.crashes.map(\.isFatal) == [true])
    #expect(story.boots.count == 2)
  }

  @Test("a crash of which one line alone stands behind words is another's where the clock goes on")
  func namedOnce() {
    let story = timeline(of: run + "child: " + Block.panic + later)
    #expect(story.boots.count == 1)
    #expect(story.crashes.isEmpty)
    #expect(story.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "a crash") })
    // Without a word behind it, its rows are this node's.
    let cut = timeline(of: run + "child: " + Block.panic)
    #expect(cut.crashes.map(\.isFatal) == [true])
    #expect(!cut.notices.contains { $0.notice.kind == .wordsOfAnother })
  }

  @Test("behind a crash of which each line stands behind words, a start at power-on proves nothing")
  func powerOn() {
    let told = Self.labelled(Block.panic, "child: ")
    let story = timeline(of: run + told + Block.powerOn + Block.start + later)
    #expect(story.boots.count == 2)
    #expect(
      story.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "an unproved crash") })
  }

  @Test(
    "marks of quotations are this node's own where other lines stand bare",
    arguments: ["    | ", "\t> ", "- ", "# "])
  func marked(mark: String) {
    let told = Block.panic + Block.software + Block.start
    let story = timeline(of: run + Self.labelled(told, mark) + later)
    #expect(story.boots.count == 1)
    #expect(story.crashes.isEmpty)
    let all = timeline(of: Self.labelled(run + told + later, mark))
    #expect(all.boots.count == 2)
    #expect(all.crashes.map(\.isFatal) == [true])
  }

  @Test("a brownout in a message under another tag is another's where the run goes on")
  func brownoutInMessage() {
    let told = "I (8010) uart1: E BOD: Brownout detector was triggered\n"
    let story = timeline(of: run + told + later)
    #expect(story.boots.map(\.ending) == [.endOfLog])
    #expect(story.notices.contains { $0.notice.kind == .brownoutOutlived })
    for ending in ["", Block.rom("f", "RTCWDT_BROWN_OUT_RST") + Block.start + later] {
      #expect(timeline(of: run + told + ending).boots.first?.ending == .brownout)
    }
  }

  private static let resets = [
    "ESP-ROM:esp32s3-20210327", "rst:0xf (BROWN_OUT_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
  ]

  @Test(
    "a reset directly behind a log head is another device's where the clock goes on",
    arguments: resets)
  func resetBehindHead(reset: String) {
    for (beginning, isNoted) in [(run, false), (Self.heads([3_000, 4_000, 6_000, 8_000]), true)] {
      let story = timeline(of: beginning + "I (8500) gateway: \(reset)\n" + later)
      #expect(story.boots.count == 1)
      #expect(!story.boots.contains { $0.romReset?.code == 0xf })
      #expect(story.boots.last?.clockAtEnd == 24_000)
      let noted = Notice(.wordsOfAnother, detail: "a reset")
      #expect(story.notices.contains { $0.notice == noted } == isNoted)
    }
  }

  @Test(
    "it is this node's own where its start follows bare, or a clock that fell",
    arguments: [
      "SPIWP:0xee\nmode:DIO, clock div:1\nload:0x3fce2820,len:0x1590\nentry 0x403c8920\n",
      "Build:Mar 27 2021\n", "ho 0 tail 12 room 4\nload:0x3fce2820,len:0x1590\n",
      "I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader\n", "",
    ])
  func ownResetBehindHead(rest: String) {
    let start = rest + Block.start + Self.heads([1_000])
    for head in ["I (8500) gateway: ", "W (8500) wifi_task: "] {
      let story = timeline(of: run + head + Self.resets[1] + "\n" + start + later)
      #expect(story.boots.map(\.romReset?.code) == [1, 0xf], "\(rest)")
    }
  }

  @Test("lines of a core that come late behind it show no start")
  func lateBehindHead() {
    let late = Self.heads([8_400, 8_300, 8_510])
    let story = timeline(of: run + "I (8500) gateway: \(Self.resets[1])\n" + late + later)
    #expect(story.boots.count == 1)
  }

  @Test("at the log's end a reset directly behind a log head shows no start")
  func endsBehindHead() {
    let story = timeline(of: run + "I (8500) gateway: \(Self.resets[1])\nho 0\n")
    #expect(story.boots.map(\.ending) == [.endOfLog])
  }

  @Test("a crash behind a tool's label is this node's where it writes a core dump")
  func writesCoreDump() {
    let dump = """
      I (8600) esp_core_dump_flash: Save core dump to flash...
      I (9200) esp_core_dump_common: Backing up stack @ 0x3fc9f000 and use core dump stack
      I (9900) esp_core_dump_flash: Core dump has been saved to flash.

      """
    let story = timeline(of: run + Self.labelled(Block.panic, "raw: ") + dump + later)
    #expect(story.crashes.count == 1)
    #expect(story.crashes.first?.pc != nil)
  }

  @Test("two other devices that crash are both passed over")
  func twoOthers() {
    let story = timeline(
      of: run + Self.labelled(Block.panic, "kitchen: ") + Self.labelled(Block.panic, "attic: ")
        + later)
    #expect(story.boots.count == 1)
    #expect(story.crashes.isEmpty)
  }

  @Test("this node's crash behind another one's is its own alone")
  func ownBehindOthers() {
    let story = timeline(of: run + Self.labelled(Block.panic, "kitchen: ") + Block.panic)
    #expect(story.crashes.count == 1)
    #expect(story.crashes.first.map { $0.firstLine.text.hasPrefix("Guru") } == true)
  }

  @Test("a start of this node's later on does not make a reset behind a head its own")
  func startFarBehindHead() {
    let told = "I (8500) gateway: \(Self.resets[1])\n"
    let story = timeline(of: run + told + Block.powerOn + Block.start + Self.heads([1_000]) + later)
    #expect(story.boots.map(\.romReset?.code) == [1, 1])
  }

  @Test(
    "what a node shows behind an arrow with another clock is not its start",
    arguments: ["<< ", "<- "])
  func behindArrow(arrow: String) {
    let told = "I (8500) gateway: \(arrow)I (402) main: reset reason: 9 (BROWNOUT)\n"
    #expect(timeline(of: run + told + later).boots.count == 1)
  }

  @Test("lines without a clock, however many, prove nothing")
  func fullStore() {
    let story = timeline(
      of: run + Self.labelled(Block.panic, "child: ") + String(repeating: "tick\n", count: 5_000))
    let doubt = Notice(.wordsOfAnother, detail: "an unproved crash")
    #expect(story.notices.contains { $0.notice == doubt })
  }

  @Test("lines that are passed over are lines of the boot")
  func passedOverAreCounted() {
    let told = Self.labelled(Block.panic, "child: ")
    let log = run + told + later + told
    let story = timeline(of: log)
    #expect(story.crashes.isEmpty)
    #expect(story.boots.map(\.lineCount) == [log.count { $0 == "\n" }])
  }

  @Test("another start in a burst is no tool's label")
  func startInOneBurst() {
    let start = Self.heads(Array(stride(from: 20, to: 1_220, by: 20)))
    let story = timeline(
      of: run + Self.labelled(Block.panic + Self.resets[1] + "\n" + start, "[H2] ") + later)
    #expect(story.boots.count == 1)
    #expect(story.crashes.isEmpty)
  }

  @Test("what stands behind it may be kept in its turn")
  func crashBehindReset() {
    let reset = "I (8500) gateway: \(Self.resets[1])\n"
    let story = timeline(
      of: run + reset + reset + Self.heads([8_600]) + Self.labelled(Block.panic, "[sub] ") + later)
    #expect(story.boots.count == 1)
    #expect(story.crashes.isEmpty)
  }

  @Test("a reset behind words is another device's in a log that begins within the run, each time")
  func resetsWithinRun() {
    // So few lines prove nothing; the clock does.
    let resets = [30_000, 60_000, 90_000].map {
      "I (\($0)) gateway: \(Self.resets[1])\n" + Self.heads([$0 + 700, $0 + 900])
    }
    let story = timeline(of: Self.heads([20_000, 21_000]) + resets.joined())
    #expect(!story.boots.contains { $0.romReset != nil })
    #expect(story.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "a reset") })
  }

  @Test("while a log is followed, what is kept is told before anything else comes")
  func followed() {
    var text = run + Self.labelled(Block.panic, "child: ") + "Rebooting\n"
    var reader = LineReader()
    var builder = TimelineBuilder()
    text.withUTF8 { bytes in reader.feed(bytes) { builder.feed($0) } }
    let lines = builder.eventfulLines
    let doubt = Notice(.wordsOfAnother, detail: "an unproved crash")
    for _ in 0..<2 {
      let story = builder.timeline(capture: Capture())
      #expect(story.crashes.map(\.isFatal) == [true])
      #expect(story.notices.contains { $0.notice == doubt })
    }
    // Asking changes nothing: what comes then still tells whose it was.
    #expect(builder.eventfulLines == lines)
    var rest = later
    rest.withUTF8 { bytes in reader.feed(bytes) { builder.feed($0) } }
    #expect(builder.timeline(capture: Capture()).crashes.isEmpty)
  }

  @Test("at the log's end, and early in a run, nothing tells whose it is")
  func undecided() {
    let crash = Self.labelled(Block.panic, "child: ")
    let story = timeline(of: run + crash)
    #expect(story.crashes.map(\.isFatal) == [true])
    let doubt = Notice(.wordsOfAnother, detail: "an unproved crash")
    #expect(story.notices.contains { $0.notice == doubt })
    let early = timeline(
      of: Block.powerOn + Block.start + Self.heads([480]) + crash + Self.heads([500, 900]) + later)
    #expect(early.crashes.count == 1)
  }

  @Test("a wall clock, which goes on over a reset, tells nothing")
  func wallClock() {
    let ticks = (10...40).map { "I (12:00:\($0).123) gateway: 2 nodes\n" }
    let log =
      Block.powerOn + ticks[..<15].joined() + Self.labelled(Block.panic, "out: ")
      + ticks[15...].joined()
    #expect(timeline(of: log).crashes.count == 1)
  }

  @Test("more than can be kept is read")
  func bounded() {
    let rows = String(repeating: "child: 3ffb0000: 0x00000000 0x00000000\n", count: 9_000)
    let story = timeline(of: run + Self.labelled(Block.panic, "child: ") + rows + later)
    #expect(story.boots.count == 1)
  }
}
