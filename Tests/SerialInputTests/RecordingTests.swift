import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("Recording")
  struct Record {
    let bench: Workbench
    let began = ArrivalTime(
      monotonicNanoseconds: 5_000_000_000, unixMilliseconds: 1_790_000_000_000)
    let node = NodeIdentity(
      node: "/dev/ttyACM0",
      usb: USBDevice(vendor: 0x303A, product: 0x1001, serial: "F4:12:FA:00:00:01", path: "1-2"))

    init() throws {
      bench = try Workbench()
    }

    private func after(_ milliseconds: Int64) -> ArrivalTime {
      ArrivalTime(
        monotonicNanoseconds: began.monotonicNanoseconds + milliseconds * 1_000_000,
        unixMilliseconds: began.unixMilliseconds + milliseconds)
    }

    private func contents(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func times(_ path: String) throws -> RecordedTimes {
      RecordedTimes(text: String(decoding: try contents(path), as: UTF8.self))
    }

    @Test("the log holds exactly the bytes, and their times and the marks lie beside it")
    func plain() throws {
      let folder: String
      do {
        var recording = try Recording(in: bench.path + "/deep/er", at: began)
        folder = recording.folder
        try recording.mark(.opened, of: node, at: after(3))
        try record([0, 13, 10, 255], in: &recording, at: after(10))
        try record(Array("same millisecond".utf8), in: &recording, at: after(10))
        try recording.mark(.disconnected, of: node, at: after(20))
        try recording.mark(.reconnected, of: node, at: after(35))
        try record(Array("again".utf8), in: &recording, at: after(36))
      }
      #expect(folder == bench.path + "/deep/er/2026-09-21T14-13-20Z")
      let base = folder + "/F4-12-FA-00-00-01"
      let sent = [0, 13, 10, 255] + Array("same millisecondagain".utf8)
      #expect(try contents(base + ".log") == sent)
      let read = try times(base + ".times")
      #expect(read.beganUnixMilliseconds == began.unixMilliseconds)
      #expect(
        read.entries.map { "\($0.offset) \($0.milliseconds) \($0.mark?.rawValue ?? "-")" } == [
          "0 3 opened", "0 10 -", "20 20 disconnected", "20 35 reconnected", "20 36 -",
        ])
    }

    private func record(
      _ bytes: [UInt8], of other: NodeIdentity? = nil, in recording: inout Recording,
      at time: ArrivalTime
    ) throws {
      try bytes.withUnsafeBytes { try recording.record($0, of: other ?? node, at: time) }
    }

    @Test("two sessions of one second get a folder each")
    func sessions() throws {
      let first = try Recording(in: bench.path, at: began).folder
      let second = try Recording(in: bench.path, at: began).folder
      #expect(second == first + "-2")
    }

    @Test(
      "a hostile serial number makes a harmless file name",
      arguments: [
        ("../../etc/passwd", "etc-passwd"), ("..", "device"), ("", "device"), (".hidden", "hidden"),
        ("a/b\0c\u{1B}[2J", "a-b-c--2J"), ("naïve", "na--ve"), ("-rf", "rf"),
        (String(repeating: "x", count: 300), String(repeating: "x", count: 64)),
      ])
    func names(text: String, name: String) {
      #expect(RecordingName(text).text == name)
    }

    @Test("two devices with the same name get files of their own")
    func sameName() throws {
      var recording = try Recording(in: bench.path, at: began)
      let other = NodeIdentity(node: "/other/F4-12-FA-00-00-01")
      try record(Array("one".utf8), in: &recording, at: after(1))
      try record(Array("two".utf8), of: other, in: &recording, at: after(1))
      let logs = recording.logs
      try recording.finish()
      #expect(logs.count == 2)
      #expect(try logs.map { try contents($0) }.contains(Array("two".utf8)))
    }

    @Test("a long recording rotates at the ends of lines, and its parts make the whole")
    func rotates() throws {
      let folder: String
      var sent: [UInt8] = []
      do {
        var recording = try Recording(
          in: bench.path, settings: RecordingSettings(rotateAfterMebibytes: 1), at: began)
        folder = recording.folder
        var chance = SeededChance(seed: 7)
        var milliseconds: Int64 = 0
        while sent.count < 4 << 20 {
          let length = Int.random(in: 1...6000, using: &chance)
          let bytes = (0..<length).map { _ -> UInt8 in
            Int.random(in: 0..<80, using: &chance) == 0
              ? 0x0A : UInt8.random(in: 32...126, using: &chance)
          }
          milliseconds += 3
          try record(bytes, in: &recording, at: after(milliseconds))
          sent += bytes
        }
      }
      let base = folder + "/F4-12-FA-00-00-01"
      let parts = try ["log.4", "log.3", "log.2", "log.1", "log"].compactMap { part in
        access("\(base).\(part)", F_OK) == 0 ? try contents("\(base).\(part)") : nil
      }
      #expect(parts.count >= 4)
      #expect(parts.flatMap { $0 } == sent)
      for part in parts.dropLast() {
        #expect(part.last == 0x0A)
        #expect(part.count >= 1 << 20 && part.count < 1 << 20 | 1 << 16)
      }
      let oldest = try times("\(base).times.1")
      #expect(oldest.beganUnixMilliseconds == began.unixMilliseconds)
      #expect(oldest.entries.first?.offset == 0)
      #expect(oldest.entries.allSatisfy { $0.offset < 1 << 20 | 1 << 16 })
    }

    @Test("a stream without any line end rotates as well")
    func rotatesWithoutLines() throws {
      var recording = try Recording(
        in: bench.path, settings: RecordingSettings(rotateAfterMebibytes: 1), at: began)
      try record([UInt8](repeating: 65, count: 5 << 20), in: &recording, at: after(1))
      let base = recording.folder + "/F4-12-FA-00-00-01.log"
      try recording.finish()
      let sizes = try [base, base + ".1", base + ".2", base + ".3", base + ".4"].map {
        try contents($0).count
      }
      #expect(sizes.reduce(0, +) == 5 << 20)
      #expect(sizes.allSatisfy { $0 <= 1 << 20 | 1 << 16 })
    }

    @Test("damaged times are passed over")
    func damagedTimes() {
      let text =
        "# esptriage times 1, session began at unix ms 12\n0 5\nrubbish\n9 x\n7 8 exploded\n12 99\n15 1"
      let read = RecordedTimes(text: text)
      #expect(read.beganUnixMilliseconds == 12)
      #expect(read.entries.map(\.offset) == [0, 12])
    }

    @Test("a folder that cannot be written is told with its path")
    func unwritable() throws {
      let file = bench.path + "/file"
      #expect(FileManager.default.createFile(atPath: file, contents: Data()))
      do throws(RecordingError) {
        _ = try Recording(in: file + "/sub", at: began)
        Issue.record("it was made")
      } catch {
        #expect(error.description.contains(file))
      }
    }

    @Test("a disk that fails is told, by the next call or at the end")
    func failing() throws {
      var recording = try Recording(in: bench.path, at: began)
      // What a device is to have is taken by somebody else.
      let taken = recording.folder + "/F4-12-FA-00-00-01.times"
      #expect(FileManager.default.createFile(atPath: taken, contents: nil))
      try record([65], in: &recording, at: after(1))
      do throws(RecordingError) {
        try recording.finish()
        Issue.record("it was kept")
      } catch {
        #expect(error.path == taken)
        #expect(error.errno == EEXIST)
      }
    }

    @Test(
      "nothing older than a second is lost when the writer is killed in the middle",
      arguments: [150, 900])
    func killed(milliseconds: Int) async throws {
      let folder = bench.path
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [folder = folder as String, milliseconds = milliseconds as Int] in
        writeUntilKilled(in: folder, after: milliseconds)
      }
      let session = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix("2") })
      let log = try contents("\(folder)/\(session)/ttyACM0.log")
      // So much had been given to the recording a second before: it must be there.
      let acknowledged = try contents(folder + "/count").reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(acknowledged > 0)
      #expect(log.count >= acknowledged)
      #expect(log.enumerated().allSatisfy { $1 == UInt8(truncatingIfNeeded: $0) })
      let read = try times("\(folder)/\(session)/ttyACM0.times")
      #expect(read.beganUnixMilliseconds != nil)
      let lastTime = try #require(read.entries.last)
      #expect(lastTime.offset <= log.count && lastTime.offset + 10_000 > log.count)
    }
  }
}

/// Records a counting pattern, and tells in a mapped file how far it had come a second before. The process is killed so
/// many milliseconds after there was something to tell.
func writeUntilKilled(in folder: String, after milliseconds: Int) {
  let file = open(folder + "/count", O_RDWR | O_CREAT, 0o600)
  guard ftruncate(file, 8) == 0,
    let count = mmap(nil, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
    var recording = try? Recording(
      in: folder, settings: RecordingSettings(rotateAfterMebibytes: nil))
  else { exit(1) }
  // Written by one thread and looked at by the other: a whole word, as another process would see it.
  nonisolated(unsafe) let told = count
  let killer = Thread {
    // However slow the machine is, something is a second old by then.
    while told.load(as: Int.self) == 0 { usleep(1000) }
    usleep(UInt32(milliseconds) * 1000)
    kill(getpid(), SIGKILL)
  }
  killer.start()
  let node = NodeIdentity(node: "/dev/ttyACM0")
  var sent = 0
  var past: [(at: Int64, sent: Int)] = []
  var settled = 0
  while sent < 1 << 29 {
    let bytes = (0..<(1 + sent % 777)).map { UInt8(truncatingIfNeeded: sent + $0) }
    guard (try? bytes.withUnsafeBytes { try recording.record($0, of: node, at: .now()) }) != nil
    else { exit(2) }
    sent += bytes.count
    let now = ArrivalTime.now().monotonicNanoseconds
    past.append((now, sent))
    while settled < past.count, past[settled].at <= now - 1_000_000_000 {
      count.storeBytes(of: past[settled].sent, as: Int.self)
      settled += 1
    }
    // About the rate of a fast port.
    if sent % 16 == 0 { usleep(100) }
  }
}
