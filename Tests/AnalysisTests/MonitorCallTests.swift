import Analysis
import Diagnosis
import Testing

/// What a monitor that has the ELF names below the lines of a dump.
@Suite("calls that the monitor named")
struct MonitorCallTests {
  private static func log(naming named: String) -> String {
    """
    I (2710) panel: wifi connected
    Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

    Core  0 register dump:
    PC      : 0x42009c35  PS      : 0x00060330  A0      : 0x82009d18  A1      : 0x3fc9a210
    \(named)
    EXCVADDR: 0x00000010  LBEG    : 0x40056f5c  LEND    : 0x40056f72  LCOUNT  : 0x00000000

    Backtrace: 0x42009c32:0x3fc9a210 0x42009d15:0x3fc9a240 0x4200a001:0x3fc9a260

    Rebooting...

    """
  }

  private func diagnose(_ log: String) -> Report {
    var analysis = LogAnalysis(source: "uart.log")
    analysis.feed(Array(log.utf8), inPiecesOf: 4_096)
    return analysis.finish()
  }

  @Test("a backtrace keeps its frames where the register's call alone is named")
  func registerAlone() {
    let report = diagnose(
      Self.log(naming: "--- 0x42009c35: panel_flush at /home/eva/panel/main/panel.c:88"))
    let frames = report.decoded?.frames ?? []
    #expect(frames.map(\.pc) == [0x4200_9c32, 0x4200_9d15, 0x4200_a001])
    #expect(frames.map { $0.calls.map(\.function) } == [["panel_flush"], [], []])
  }

  @Test("what is named beside the backtrace is no frame of it")
  func anotherRegister() {
    let report = diagnose(Self.log(naming: "--- 0x40056f5c: memcpy in ROM"))
    #expect(report.decoded == nil)
    #expect(report.timeline.crashes.first?.backtrace?.frames.count == 3)
  }
}
