import SerialInput
import Testing

@testable import esptriage

@Suite("A port that stays silent")
struct SilenceTests {
  private let start = ContinuousClock.now
  private var silence = Silence()

  private func moment(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  private mutating func hints(
    _ moments: [Double], expecting: Silence.Expectation = .nothing
  ) -> [String] {
    moments.compactMap { silence.hint(expecting: expecting, now: moment($0)) }
  }

  @Test("is explained once, after five seconds")
  mutating func once() {
    silence.opened(.espressif(.usbSerialJTAG), now: start)
    #expect(hints([0, 1, 4.9]) == [])
    #expect(hints([5, 6, 60]).count == 1)
  }

  @Test("is nothing to speak of once the node has spoken, unless a restart is awaited")
  mutating func afterTalk() {
    silence.opened(.bridge(.cp210x), now: start)
    silence.ended(now: moment(1))
    #expect(hints([7, 70, 700]) == [])
    let said = hints([701, 702], expecting: .restart)
    #expect(said.count == 1)
    #expect(said.first?.contains("restart does not show") == true)
  }

  @Test("does not count while the port is gone, and starts anew when it is back")
  mutating func gone() {
    silence.opened(.bridge(.ch34x), now: start)
    silence.closed()
    #expect(hints([6, 60]) == [])
    silence.opened(.bridge(.ch34x), now: moment(60))
    #expect(hints([62]) == [])
    #expect(hints([65]).count == 1)
  }

  @Test(
    "may mean something else on each kind of port, never a crash, and a button is the first advice",
    arguments: [
      (PortKind.espressif(.usbSerialJTAG), "UART pins"), (.espressif(.tinyUSB), "USB stack"),
      (.bridge(.cp210x), "other port"), (.other, "esptriage ports"),
    ])
  func kinds(kind: PortKind, part: String) {
    var silence = Silence()
    silence.opened(kind, now: start)
    let hint = silence.hint(expecting: .nothing, now: moment(5)) ?? ""
    #expect(hint.contains(part))
    #expect(hint.contains("reset button"))
    #expect(!hint.contains("crash"))
    #expect(hint.contains("sleep") && hint.contains("download mode"))
  }

  @Test(
    "no advice is given that the source cannot follow",
    arguments: [
      (SourceText.Kind.standardInput, false), (.socket, false), (.rfc2217, true), (.device, true),
    ])
  func sources(kind: SourceText.Kind, takesReset: Bool) {
    var silence = Silence()
    silence.opened(.other, as: kind, now: start)
    let hint = silence.hint(expecting: .nothing, now: moment(5)) ?? ""
    #expect(hint.contains("reset button"))
    #expect(hint.contains("--reset") == takesReset)
    #expect(hint.contains("'esptriage ports'") == (kind == .device))
  }

  @Test("is not said to be a crash by the program either, and what it may mean is said once")
  func program() throws {
    let program = try BuiltProgram()
    let node = try FakeNode(in: program)
    let run = try RunningProgram(program, ["watch", node.path, "--timeout", "7"]).end()
    #expect(run.status == 2)
    #expect(run.output.components(separatedBy: "nothing came in 5 s.").count == 2)
    #expect(run.errors.contains("Nothing came from \(node.path)."))
    for word in ["verdict", "crash", "panic"] {
      #expect(!run.output.contains(word) && !run.errors.contains(word))
    }
  }
}
