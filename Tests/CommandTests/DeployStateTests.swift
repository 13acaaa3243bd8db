import Foundation
import NodeHTTP
import Testing

@testable import esptriage

@Suite("The state of a deployment")
struct DeployStateTests {
  private func record() throws -> DeployRecord {
    let stages = try #require(StagePlan("2.5%,50%"))
    var record = DeployRecord(
      imageDigest: String(repeating: "ab", count: 32), imagePath: "build/\u{1b}[2J \"app\".bin",
      stages: stages,
      nodes: [NodeAddress(host: "10.0.0.1"), NodeAddress(host: "fe80::1%eth0", port: 80)])
    record.condition = .stopped
    record.reason = "1 of 1 nodes failed, and the limit is 1"
    record.stage = 1
    record.soaked = .milliseconds(90_500)
    record.forgiven = 2
    record.nodes[0].step = .failed
    record.nodes[0].before = NodeStatus(
      version: "0.6.4", date: "Feb 11 2026", time: "16:02:40", runningPartition: "ota_0",
      nextPartition: "ota_1", maxSize: 921_600)
    record.nodes[0].after = NodeStatus(runningPartition: "ota\u{202e}_1")
    record.nodes[0].judgement = NodeJudgement(verdict: "ota_not_taken", why: "a\nb", next: "c")
    return record
  }

  @Test("is the same after it was written and read")
  func roundTrip() throws {
    let record = try record()
    #expect(DeployStateText.record(Array(DeployStateText.text(record).utf8)) == record)
  }

  @Test("that is cut anywhere or changed at random is refused or read, and crashes nothing")
  func damaged() throws {
    let whole = Array(DeployStateText.text(try record()).utf8)
    for length in stride(from: 0, to: whole.count - 2, by: 7) {
      #expect(DeployStateText.record(Array(whole.prefix(length))) == nil)
    }
    // A fixed sequence: steps of a prime through all places, with all values.
    for round in 0..<300 {
      var bytes = whole
      bytes[round * 7_919 % bytes.count] = UInt8(truncatingIfNeeded: round * 31)
      if let read = DeployStateText.record(bytes) { #expect(read.nodes.count == 2) }
    }
  }

  @Test("stands on the disk as a whole, and the lock goes with its owner")
  func file() throws {
    let program = try BuiltProgram()
    let path = program.folder.appending(path: "a/b/state.json").path
    let record = try record()
    do {
      let file = try DeployStateFile(path: path)
      #expect(try file.read() == nil)
      try file.write(record)
      #expect(try file.read() == record)
      #expect(throws: DeployStateError.self) { try DeployStateFile(path: path) }
      withExtendedLifetime(file) {}
    }
    #expect(try DeployStateFile(path: path).read() == record)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.appending(path: "a/b").path)
    #expect(left.sorted().filter { !$0.hasSuffix(".lock") } == ["state.json"])
  }

  @Test("in a folder that does not take it is an error that names the file")
  func unwritable() {
    let error = #expect(throws: DeployStateError.self) {
      try DeployStateFile(path: "/proc/nowhere/state.json")
    }
    #expect(error?.description.contains("/proc/nowhere/state.json") == true)
  }

  @Test(
    "a table that is too wide for the screen leaves build times out, and shows hostile text harmlessly"
  )
  func table() throws {
    let record = try record()
    let wide = DeployTable(
      record: record, columns: 120, colouring: .plain, naming: DeployNaming(.own), statePath: "s"
    ).text
    #expect(wide.contains("ota_0 0.6.4 Feb 11 2026 16:02:40"))
    let narrow = DeployTable(
      record: record, columns: 80, colouring: .plain, naming: DeployNaming(.own), statePath: "s"
    ).text
    #expect(!narrow.contains("Feb 11"))
    for text in [wide, narrow] {
      #expect(text.contains("ota\\u{202e}_1"))
      #expect(text.contains("--continue"))
      #expect(!text.unicodeScalars.contains("\u{202e}"))
    }
  }
}
