import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("Following a port")
  struct Following {
    let bench: Workbench

    init() throws {
      bench = try Workbench()
    }

    private func isOpened(_ seen: EventLog.Seen) -> Bool {
      if case .opened = seen { true } else { false }
    }

    private func isReconnected(_ seen: EventLog.Seen) -> Bool {
      if case .reconnected = seen { true } else { false }
    }

    @Test("bytes arrive whole and in order, whatever the pieces they come in")
    func randomPieces() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let seed = UInt64.random(in: 0 ... .max)
      var chance = SeededChance(seed: seed)
      let sent = (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &chance) }
      let node = NodeIdentity(node: pseudo.path)
      try following(.ports([pseudo.path])) { log, _ in
        #expect(log.wait { $0.seen.contains(.opened(node, pseudo.path)) })
        var rest = sent[...]
        while !rest.isEmpty {
          let piece = rest.prefix(Int.random(in: 1...9000, using: &chance))
          pseudo.print(Array(piece))
          rest = rest.dropFirst(piece.count)
        }
        #expect(log.wait { $0.bytes(of: node).count >= sent.count })
        #expect(log.bytes(of: node) == sent, "seed \(seed)")
      }
    }

    @Test("a pause after bytes is told once, about 100 ms after the last")
    func quiet() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let node = NodeIdentity(node: pseudo.path)
      try following(.ports([pseudo.path])) { log, _ in
        #expect(log.wait { $0.seen.contains(.opened(node, pseudo.path)) })
        usleep(200_000)
        #expect(!log.seen.contains(.quiet(node)), "no byte came, so nothing ended")
        pseudo.print("Guru Medit")
        #expect(log.wait { $0.seen.contains(.quiet(node)) })
        let told = try #require(log.moment { $0 == .quiet(node) })
        let last = try #require(log.lastBytesAt)
        #expect(told - last >= .milliseconds(99))
        // A busy machine adds to it.
        #expect(told - last < .milliseconds(500))
        usleep(250_000)
        #expect(log.count { $0 == .quiet(node) } == 1)
        pseudo.print("ation")
        #expect(log.wait { $0.count { $0 == .quiet(node) } == 2 })
      }
    }

    @Test("a node that comes back is the same node, and is open within 50 ms of being there")
    func reconnects() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let node = NodeIdentity(node: pseudo.path)
      var delays: [Duration] = []
      var expected = ""
      try following(.ports([pseudo.path])) { log, _ in
        #expect(log.wait { $0.seen.contains(.opened(node, pseudo.path)) })
        for round in 1...20 {
          pseudo.print("panic \(round), cut in the mid")
          expected += "panic \(round), cut in the mid"
          #expect(log.wait { $0.text(of: node) == expected })
          pseudo.pullOut()
          #expect(log.wait { $0.count { $0 == .disconnected(node) } == round })
          // Now and then long enough for the first tries to be over.
          usleep(round == 7 ? 1_500_000 : 20_000)
          let there = ContinuousClock.now
          try pseudo.plugIn()
          #expect(log.wait { $0.count(isReconnected) == round })
          let open = try #require(log.moment(isReconnected))
          delays.append(open - there)
        }
        #expect(log.count(isOpened) == 1)
      }
      delays.sort()
      if !Sanitizing.isTooSlowForMilliseconds {
        #expect(delays[delays.count / 2] < .milliseconds(50), "\(delays)")
        // A busy machine delays some; an event that was missed would cost the second until the next look.
        #expect(delays.count { $0 > .milliseconds(50) } <= 6, "\(delays)")
      }
      #expect(delays.allSatisfy { $0 < .milliseconds(900) }, "\(delays)")
    }

    @Test("a port that is not there is told, awaited, and opened when it comes")
    func awaited() throws {
      let path = bench.path + "/ttyACM0"
      let node = NodeIdentity(node: path)
      try following(.ports([path])) { log, _ in
        #expect(log.wait { $0.seen.contains(.failed(node, .notFound(path: path))) })
        usleep(50_000)
        let pseudo = try PseudoPort(path)
        #expect(log.wait { $0.seen.contains(.opened(node, path)) })
        pseudo.print("hello")
        #expect(log.wait { $0.text(of: node) == "hello" })
        #expect(log.count { if case .failed = $0 { true } else { false } } == 1)
      }
    }

    @Test("a busy port is told once, and opened when the other program lets go")
    func busy() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let node = NodeIdentity(node: pseudo.path)
      let holder = open(pseudo.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
      #expect(flock(holder, LOCK_EX) == 0)
      try following(.ports([pseudo.path])) { log, _ in
        let failed = EventLog.Seen.failed(node, .busy(path: pseudo.path, holders: []))
        #expect(log.wait { $0.seen.contains(failed) })
        usleep(1_200_000)
        #expect(log.count { $0 == failed } == 1)
        close(holder)
        #expect(log.wait { $0.seen.contains(.opened(node, pseudo.path)) })
      }
    }

    @Test("two nodes at once do not mix")
    func two() throws {
      let first = try PseudoPort(bench.path + "/ttyACM0")
      let second = try PseudoPort(bench.path + "/ttyACM1")
      let nodes = [first, second].map { NodeIdentity(node: $0.path) }
      try following(.ports([first.path, second.path])) { log, _ in
        #expect(log.wait { $0.count(isOpened) == 2 })
        for number in 0..<50 {
          first.print("a\(number);")
          second.print("b\(number);")
        }
        // The kernel throws away what nobody has read when a terminal hangs up.
        #expect(log.wait { $0.text(of: nodes[0]).hasSuffix("a49;") })
        first.pullOut()
        second.print("end")
        #expect(log.wait { $0.text(of: nodes[1]).hasSuffix("end") })
        #expect(log.wait { $0.seen.contains(.disconnected(nodes[0])) })
        #expect(log.text(of: nodes[0]) == (0..<50).map { "a\($0);" }.joined())
        #expect(log.text(of: nodes[1]) == (0..<50).map { "b\($0);" }.joined() + "end")
      }
    }

    @Test("following, losing and finding a node issues only what opening does")
    func issued() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let recorder = LineRecorder()
      var settings = FollowSettings()
      settings.recorder = recorder
      try following(.ports([pseudo.path]), settings: settings) { log, _ in
        #expect(log.wait { $0.count(isOpened) == 1 })
        pseudo.print("x")
        #expect(log.wait { $0.lastBytesAt != nil })
        pseudo.pullOut()
        #expect(log.wait { $0.count { if case .disconnected = $0 { true } else { false } } == 1 })
        try pseudo.plugIn()
        #expect(log.wait { $0.count(isReconnected) == 1 })
      }
      let session: [LineOperation] = [
        .opened(path: pseudo.path), .locked, .claimed, .settingsWritten(baud: 115_200), .closed,
      ]
      #expect(recorder.operations == session + session)
    }

    @Test("a new baud rate holds, also after the node comes back")
    func newBaud() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let node = NodeIdentity(node: pseudo.path)
      let recorder = LineRecorder()
      var settings = FollowSettings()
      settings.recorder = recorder
      try following(.ports([pseudo.path]), settings: settings) { log, follower in
        #expect(log.wait { $0.count(isOpened) == 1 })
        follower.setBaud(74880, of: node)
        #expect(log.wait { _ in recorder.operations.last == .settingsWritten(baud: 74880) })
        pseudo.pullOut()
        #expect(log.wait { $0.seen.contains(.disconnected(node)) })
        try pseudo.plugIn()
        #expect(log.wait { $0.count(isReconnected) == 1 })
        #expect(recorder.operations.last == .settingsWritten(baud: 74880))
      }
    }

    @Test("the chip is restarted only on request, and a port that cannot says so")
    func resetOnRequest() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let node = NodeIdentity(node: pseudo.path)
      let recorder = LineRecorder()
      var settings = FollowSettings()
      settings.recorder = recorder
      settings.reset = .onFirstOpening
      try following(.ports([pseudo.path]), settings: settings) { log, follower in
        let refusal = EventLog.Seen.failed(node, .noModemLines(path: pseudo.path))
        #expect(log.wait { $0.seen.contains(refusal) })
        #expect(recorder.operations.last == .linesSet(.rts))
        follower.reset(node, using: .usbSerialJTAG)
        #expect(log.wait { $0.count { $0 == refusal } == 2 })
        #expect(recorder.operations.last == .linesSet([]))
      }
    }

    @Test("time is told as often as asked")
    func ticks() throws {
      var settings = FollowSettings()
      settings.tickEvery = .milliseconds(20)
      try following(.ports([]), settings: settings) { log, _ in
        usleep(500_000)
        let count = log.count { $0 == .tick }
        #expect((10...26).contains(count))
      }
    }

    @Test("one byte from a signal handler stops it at once")
    func stopsFromSignal() throws {
      let follower = try PortFollower(.ports([]))
      let thread = try follower.start { _ in }
      usleep(50_000)
      let before = ContinuousClock.now
      var byte: UInt8 = 1
      #expect(write(follower.stopDescriptor, &byte, 1) == 1)
      thread.join()
      #expect(ContinuousClock.now - before < .milliseconds(500))
    }

    @Test("a receiver that stops it hears nothing more")
    func stopsFromReceiver() throws {
      let pseudo = try PseudoPort(bench.path + "/ttyACM0")
      let follower = try PortFollower(.ports([pseudo.path]))
      var heard = 0
      follower.run { event in
        guard case .opened = event else { return }
        heard += 1
        follower.stop()
      }
      #expect(heard == 1)
    }
  }
}

/// Chance that can be repeated: SplitMix64.
struct SeededChance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
