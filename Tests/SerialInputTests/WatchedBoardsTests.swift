import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests.Simulated {
  /// The built program on boards that come and go.
  @Suite("esptriage watch")
  struct Watched {
    init() throws {
      try #require(
        SimulatedUdev.isPreloaded, "run the tests under umockdev-wrapper: scripts/test does")
      _ = SimulatedUdev.shared
    }

    @Test("a board unplugged amid its panic comes back under another number: one case, told once")
    func story() throws {
      var board = SimulatedBoard(socket: "2-1", serial: "F4:12:FA:00:01:50", minor: 150)
      let watching = try WatchingProgram("--record", "runs")
      #expect(watching.says("no node is plugged in; waiting for one"))
      board.plugIn(as: "ttyACM150")
      #expect(watching.says("/dev/ttyACM150 is open: USB Serial/JTAG"))
      board.print(BoardLog.boot("POWERON"), on: "ttyACM150")
      #expect(watching.says("1200 samples sent"))
      board.print(BoardLog.panicCut, on: "ttyACM150")
      // A terminal that hangs up throws away what nobody has read.
      usleep(200_000)
      board.pullOut("ttyACM150")
      #expect(watching.says("/dev/ttyACM150 is gone"))
      board.socket = "2-2"
      board.minor = 151
      board.plugIn(as: "ttyACM151")
      #expect(watching.says("/dev/ttyACM150 is back as /dev/ttyACM151"))
      board.print(BoardLog.boot("POWERON"), on: "ttyACM151")
      #expect(watching.says("─── verdict"))
      #expect(watching.says("[panic]"))
      board.print("I (30420) sensor: 1500 samples sent\r\n", on: "ttyACM151")
      #expect(watching.says("1500 samples sent"))
      usleep(300_000)
      watching.interrupt()
      #expect(watching.end() == 130)
      #expect(watching.count("─── verdict") == 1)
      #expect(watching.count(" is open: ") == 1)

      let replay = try WatchingProgram("diagnose", "runs", "--format", "json", in: watching.folder)
      #expect(replay.end() == 1)
      let data = Data(replay.text.utf8)
      let report = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      #expect((report?["verdict"] as? [String: Any])?["id"] as? String == "panic")
      #expect((report?["boots"] as? [Any])?.count == 2)
      #expect((report?["crashes"] as? [Any])?.count == 1)
      board.pullOut("ttyACM151")
    }

    @Test("--all follows each board in a lane of its own, also one that comes later")
    func lanes() throws {
      let first = SimulatedBoard(socket: "2-3", serial: "F4:12:FA:00:01:52", minor: 152)
      let second = SimulatedBoard(socket: "2-4", serial: "F4:12:FA:00:01:53", minor: 153)
      first.plugIn(as: "ttyACM152")
      let watching = try WatchingProgram("watch", "--all")
      #expect(watching.says("00:01:52│ ─── /dev/ttyACM152 is open"))
      second.plugIn(as: "ttyACM153")
      #expect(watching.says("00:01:53│ ─── /dev/ttyACM153 is open"))
      first.print(BoardLog.boot("POWERON"), on: "ttyACM152")
      second.print(
        BoardLog.boot("POWERON") + BoardLog.panicCut + "\r\n" + BoardLog.boot("PANIC"),
        on: "ttyACM153")
      for lane in ["00:01:52", "00:01:53"] {
        #expect(watching.says("\(lane)│ I (24420) sensor: 1200 samples sent"))
      }
      #expect(watching.says("00:01:53│ ─── verdict"))
      watching.interrupt()
      #expect(watching.end() == 130)
      #expect(watching.text.contains("[healthy]"))
      #expect(watching.text.contains("[panic]"))
      #expect(!watching.text.contains("00:01:52│ ─── verdict"))
      first.pullOut("ttyACM152")
      second.pullOut("ttyACM153")
    }

    @Test("a board that somebody else follows is refused with the name of who does")
    func busy() throws {
      let board = SimulatedBoard(socket: "2-5", serial: "F4:12:FA:00:01:54", minor: 154)
      board.plugIn(as: "ttyACM154")
      let first = try WatchingProgram("watch", "/dev/ttyACM154")
      #expect(first.says("is open"))
      let second = try WatchingProgram("watch", "/dev/ttyACM154")
      #expect(second.end() == 2)
      #expect(
        second.text.contains("/dev/ttyACM154 is in use by esptriage (process \(first.number))"))
      first.interrupt()
      #expect(first.end() == 130)
      board.pullOut("ttyACM154")
    }

    @Test("a board without permission is refused with the way to get it")
    func notAllowed() throws {
      let board = SimulatedBoard(socket: "2-6", serial: "F4:12:FA:00:01:55", minor: 155)
      board.plugIn(as: "ttyACM155")
      let root = SimulatedUdev.shared.root
      chmod(root, 0o755)
      // The simulation asks this for every port that is opened, also in vain.
      chmod(root + "/ioctl/_default", 0o777)
      // The superuser may open everything, so that there somebody else tries.
      chmod(root + "/dev/ttyACM155", geteuid() == 0 ? 0o600 : 0)
      let refused = try WatchingProgram("watch", "/dev/ttyACM155", rights: .nobody)
      #expect(refused.end() == 2)
      #expect(refused.text.contains("No permission to open /dev/ttyACM155"))
      #expect(refused.text.contains("esptriage ports --udev-rules"))
      board.pullOut("ttyACM155")
    }
  }
}

/// What a board prints, a screenful of it.
private enum BoardLog {
  static func boot(_ reason: String) -> String {
    """
    ESP-ROM:esp32s3-20210327
    Build:Mar 27 2021
    rst:\(reason == "PANIC" ? "0xc (RTC_SW_CPU_RST)" : "0x1 (POWERON)"),boot:0x8 (SPI_FAST_FLASH_BOOT)
    entry 0x403c8918
    I (24) boot: ESP-IDF v5.2.1 2nd stage bootloader
    I (312) main_task: Calling app_main()
    I (335) main: boot: reset_reason=\(reason) running_partition=ota_0
    I (420) sensor: sampling every 20 ms
    I (24420) sensor: 1200 samples sent

    """.replacingOccurrences(of: "\n", with: "\r\n")
  }

  /// A panic that ends within its registers.
  static let panicCut = """
    Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

    Core  0 register dump:
    PC      : 0x42008c1f  PS      : 0x00060f30  A0      : 0x82009d20  A1      : 0x3fc9a2f0
    A2      : 0x0000
    """.replacingOccurrences(of: "\n", with: "\r\n")
}
