import BootTimeline
import DeviceEvents
import Testing

@Suite("The text of a panic")
struct PanicTextTests {
  private let boot = Block.powerOn + Block.start + Block.bootLine("POWERON", "ota_0")
  private static let header =
    "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n"

  private func log(from start: Int, lines: Int) -> String {
    (0..<lines).map { "I (\(start + $0 * 1_000)) sensor: \($0) lux\n" }.joined()
  }

  @Test(
    "stopped nothing where the same run of the application goes on",
    arguments: [header, "> " + header])
  func ranOn(text: String) throws {
    let story = timeline(
      of: boot + log(from: 1_000, lines: 20) + text + log(from: 21_500, lines: 8))
    let crash = try #require(story.crashes.first)
    #expect(!crash.isFatal)
    #expect(crash.ranOn)
    #expect(story.boots.map(\.ending) == [.endOfLog])
  }

  @Test("is believed where it is whole: lines behind it may be missing, or another node's")
  func whole() throws {
    let story = timeline(
      of: boot + log(from: 1_000, lines: 20) + Block.panic + log(from: 21_500, lines: 8))
    #expect(story.crashes.map(\.isFatal) == [true])
    #expect(story.crashes.map(\.ranOn) == [false])
  }

  @Test("is none where a later restart has nothing to do with it")
  func restartLater() throws {
    let story = timeline(
      of: boot + "> " + Self.header + log(from: 1_000, lines: 30)
        + "I (31000) main: Restarting now.\n" + Block.software + Block.start)
    #expect(story.crashes.map(\.isFatal) == [false])
    #expect(story.boots.first?.ending == .restart)
  }

  @Test("is forgotten where each of its lines stands behind a tag")
  func quoted() {
    let lines = Block.panic.split(separator: "\n").map { "I (1100) relay: n7 \($0)\n" }.joined()
    let story = timeline(of: boot + lines + log(from: 2_000, lines: 8))
    #expect(story.crashes.isEmpty)
  }

  @Test("is a crash where the log or the boot ends behind it")
  func real() {
    let story = timeline(
      of: boot + log(from: 1_000, lines: 5) + Block.panic + Block.software + Block.start
        + Block.bootLine("PANIC", "ota_0") + log(from: 1_000, lines: 5) + Self.header)
    #expect(story.crashes.map(\.isFatal) == [true, true])
    #expect(story.crashes.map(\.ranOn) == [false, false])
  }

  @Test("is a crash where the console may have swallowed the restart")
  func unseenRestart() {
    // No line of a ROM, and a clock that a young boot reaches soon.
    let story = timeline(
      of: log(from: 700, lines: 2) + Block.panic + log(from: 1_800, lines: 8))
    #expect(story.crashes.map(\.isFatal) == [true])
  }

  @Test("is a crash where a debugger let the program go on")
  func debugger() {
    let text = Block.panic.replacing("Rebooting...", with: "Entering gdb stub now.")
    let story = timeline(of: boot + text + log(from: 21_500, lines: 8))
    #expect(story.crashes.map(\.isFatal) == [true])
  }

  @Test("that begins before the log is a crash of unknown kind")
  func headless() throws {
    for start in ["PC  ", "A0  ", "EXCVADDR", "Backtrace", "ELF file"] {
      let cut = try #require(Block.panic.ranges(of: start).first)
      let story = timeline(of: Block.panic[cut.lowerBound...] + Block.software + Block.start)
      let crash = try #require(story.crashes.first, "\(start)")
      #expect(!crash.isBeginningKnown)
      #expect(crash.kind == .other)
      #expect(crash.reason == nil)
      #expect(crash.isFatal)
    }
    let whole = timeline(of: Block.panic + Block.software + Block.start)
    #expect(whole.crashes.map(\.isBeginningKnown) == [true])
  }

  @Test("of which the log holds the last rows of registers alone is a crash")
  func lastRows() throws {
    let rows = """
      T3      : 0x00000000  T4      : 0x00000000  T5      : 0x00000000  T6      : 0x00000000
      MSTATUS : 0x00001881  MTVEC   : 0x40800001  MCAUSE  : 0x00000005  MTVAL   : 0x00000018
      MHARTID : 0x00000000

      """
    let crash = try #require(timeline(of: rows + Block.software + Block.start).crashes.first)
    #expect(!crash.isBeginningKnown)
    #expect(crash.isFatal)
    #expect(crash.faultAddress == 0x18)
    // Behind a crash that is told it is another core's, or a rest.
    #expect(timeline(of: Block.panic + rows).crashes.count == 1)
    let switched = rows.replacing("0x00000005", with: "0xdeadc0de")
    #expect(timeline(of: switched).crashes.map(\.isFatal) == [false])
  }

  @Test("that begins before the log is of the kind that the next boot reports")
  func named() throws {
    let cut = try #require(Block.panic.ranges(of: "A0  ").first)
    for (reason, kind) in [
      ("INT_WDT", CrashKind.interruptWatchdog), ("TASK_WDT", .taskWatchdog), ("PANIC", .other),
    ] {
      let story = timeline(
        of: Block.panic[cut.lowerBound...] + Block.software + Block.start
          + Block.bootLine(reason, "ota_0"))
      #expect(story.crashes.map(\.kind) == [kind])
    }
  }

  @Test("of a task watchdog's report with a damaged beginning is that report")
  func report() throws {
    let report = """
      E (15748) task_wdt: T!sk watchdog got triggered. The following tasks did not reset the watchdog in time:
      E (15748) task_wdt:  - loopTask (CPU 1)
      E (15748) task_wdt: Tasks currently running:
      E (15748) task_wdt: CPU 1: loopTask
      E (15748) task_wdt: Print CPU 1 backtrace

      Backtrace: 0x4202D5C9:0x3FCAB320 0x4204F4CD:0x3FCAB340

      """
    let lost = report.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
      .joined(separator: "\n")
    for text in [report, lost] {
      let crashes = timeline(of: boot + text + log(from: 16_000, lines: 8)).crashes
      #expect(crashes.map(\.kind) == [.taskWatchdog])
      #expect(crashes.map(\.isFatal) == [false])
      #expect(crashes.map(\.ranOn) == [false])
    }
  }
}

/// A text of which a part was cut off.
private func timeline(of text: Substring) -> Timeline { timeline(of: String(text)) }
private func + (left: Substring, right: String) -> String { String(left) + right }
