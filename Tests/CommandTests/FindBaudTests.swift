import Foundation
import Synchronization
import Testing

@Suite("esptriage watch --find-baud", .serialized)
struct FindBaudTests {
  let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  private func bytes(recordedIn name: String) throws -> Data {
    let folder = program.folder.appending(path: name)
    let logs = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".log") }
    return try logs.reduce(into: Data()) { $0 += try Data(contentsOf: folder.appending(path: $1)) }
  }

  @Test("finds the rate by listening, says why, and goes on at it", arguments: [74_880, 921_600])
  func found(rate: UInt32) throws {
    let node = try RatedNode(at: rate, in: program)
    let running = try RunningProgram(
      program, [node.path, "--find-baud", "--record", "runs", "--timeout", "60"])
    #expect(running.shows("looking for the baud rate by listening, from 115200 on"))
    node.print(ShortLog.panic, every: .milliseconds(3))
    #expect(running.shows("\(rate) baud: "))
    #expect(running.shows("[panic]"))
    #expect(node.baud == rate)
    running.interrupt()
    let run = running.end()
    #expect(run.output.contains("at 115200"))
    #expect(run.output.contains("26 MHz crystal") == (rate == 74_880))
    // Noise is neither shown nor kept.
    #expect(!run.output.contains("\\x"))
    let kept = try bytes(recordedIn: "runs")
    #expect(kept.allSatisfy { $0 < 0x80 })
    #expect(kept.count > 300)
  }

  @Test("looks again when the node goes on at another rate, as an application may after its ROM")
  func changes() throws {
    let node = try RatedNode(at: 74_880, in: program)
    let running = try RunningProgram(
      program, [node.path, "--find-baud", "--quiet", "--timeout", "60"])
    #expect(running.shows("looking for the baud rate"))
    node.print(ShortLog.healthy, every: .milliseconds(2))
    #expect(running.shows("74880 baud: "))
    node.change(to: 115_200)
    #expect(running.shows("what arrives at 74880 baud is no text any more"))
    #expect(running.shows("115200 baud: "))
    #expect(node.baud == 115_200)
    running.interrupt()
    #expect(running.end().status == 130)
  }

  @Test("a rate that reads well is kept at once")
  func right() throws {
    let node = try RatedNode(at: 115_200, in: program)
    let running = try RunningProgram(
      program, [node.path, "--find-baud", "--until-verdict", "--timeout", "60"])
    #expect(running.shows("looking for the baud rate"))
    // Once: a loop would keep a busy machine reading for long.
    node.print(ShortLog.panic, every: .milliseconds(1), .once)
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.output.contains("115200 baud: 100 %"))
    #expect(!run.output.contains("against"))
  }

  @Test("says so when none reads well, and the verdict is the wrong rate")
  func none() throws {
    let node = try RatedNode(at: 1234, in: program)
    let running = try RunningProgram(program, [node.path, "--find-baud", "--timeout", "60"])
    #expect(running.shows("looking for the baud rate"))
    node.print(ShortLog.panic, every: .milliseconds(2))
    #expect(running.shows("none of 12 baud rates makes text"))
    // It reads on at the first rate, and the verdict settles.
    #expect(running.shows("[wrong_baud]"))
    running.interrupt()
    let run = running.end()
    #expect(node.baud == 115_200)
    #expect(run.output.contains("[wrong_baud]"))
    #expect(run.output.contains("74880"))
  }

  @Test("says so when nothing arrives")
  func silent() throws {
    let node = try RatedNode(at: 115_200, in: program)
    let run = try RunningProgram(program, [node.path, "--find-baud", "--timeout", "0.5"]).end()
    #expect(run.status == 2)
    #expect(run.output.contains("no baud rate was found: nothing arrived"))
  }
}

/// A node that prints at one rate: read at another, its bytes are noise.
final class RatedNode: Sendable {
  let path: String
  private let rate: Atomic<UInt32>
  private let master: Int32

  init(at rate: UInt32, in program: BuiltProgram) throws {
    self.rate = Atomic(rate)
    let pair = try FakeTerminal.pair()
    master = pair.master
    close(pair.slave)
    path = program.folder.appending(path: "ttyRated").path
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: pair.name)
  }

  deinit { close(master) }

  /// The rate at which it is read: the kernel's `struct termios2` of the terminal's other side.
  var baud: UInt32 {
    // TCGETS2; the rate of input stands 36 bytes in.
    var settings = [UInt8](repeating: 0, count: 44)
    guard ioctl(master, 0x802C_542A, &settings) == 0 else { return 0 }
    return settings[36..<40].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Prints at another rate from now on.
  func change(to rate: UInt32) { self.rate.store(rate, ordering: .relaxed) }

  /// How often a log is printed.
  enum Times { case once, again }

  /// Prints a log line by line, once or until nobody listens or this is gone.
  func print(_ log: String, every pause: Duration, _ times: Times = .again) {
    let lines = log.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\r\n" }
    let milliseconds = UInt32(pause / .milliseconds(1))
    Thread.detachNewThread { [weak self] in
      repeat {
        for line in lines {
          guard let self, self.print(line) else { return }
          usleep(milliseconds * 1000)
        }
      } while times == .again
    }
  }

  private func print(_ line: some StringProtocol) -> Bool {
    let isRead = baud == rate.load(ordering: .relaxed)
    // What a receiver makes of a byte at another rate is mostly the same each time.
    let bytes = line.utf8.map { isRead ? $0 : $0 << 1 | 0x81 }
    // A terminal that nobody reads takes no more: waiting would be for ever.
    var question = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
    guard poll(&question, 1, 5000) > 0, question.revents & Int16(POLLOUT) != 0 else { return false }
    return bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) } == bytes.count
  }
}
