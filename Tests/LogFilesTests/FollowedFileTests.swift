import Foundation
import Testing

@testable import LogFiles

/// Runs what a writer would do, each step once the receiver has seen what the step before wrote.
private struct Script {
  /// What must have been heard, and what happens then.
  let steps: [(heard: String, then: () throws -> Void)]
}

@Suite("Following a log that grows", .timeLimit(.minutes(30)))
struct FollowedFileTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  /// Follows until the last step's text was heard; a step is taken at the idle moment after its text.
  private func follow(
    _ input: LogInput, start: FollowedFile.Start = .beginning, _ script: Script
  ) throws -> String {
    var heard = ""
    var steps = script.steps[...]
    var failure: (any Error)?
    var patience = 1000
    let followed = FollowedFile(input, start: start, idleInterval: .milliseconds(10))
    try followed.follow { news in
      switch news {
      case .text(let bytes): heard += String(decoding: bytes, as: UTF8.self)
      case .startedOver(.truncated): heard += "<truncated>"
      case .startedOver(.replaced): heard += "<replaced>"
      case .idle:
        patience -= 1
        guard patience > 0 else { return .stop }
        guard let step = steps.first, heard == step.heard else { return .continue }
        steps = steps.dropFirst()
        do { try step.then() } catch { failure = error }
      }
      return steps.isEmpty || failure != nil ? .stop : .continue
    }
    if let failure { throw failure }
    #expect(steps.isEmpty, "heard only \(heard)")
    return heard
  }

  @Test("what is appended is heard")
  func append() throws {
    let path = try bench.file("a.log", "one\n")
    _ = try follow(
      LogInput(path: path),
      Script(steps: [
        ("one\n", { try bench.append("two\n", to: "a.log") }),
        ("one\ntwo\n", { try bench.append("thr", to: "a.log") }),
        ("one\ntwo\nthr", { try bench.append("ee\n", to: "a.log") }),
        ("one\ntwo\nthree\n", {}),
      ]))
  }

  @Test("from the end only the new is heard")
  func fromEnd() throws {
    let path = try bench.file("a.log", "old\n")
    _ = try follow(
      LogInput(path: path), start: .end,
      Script(steps: [("", { try bench.append("new\n", to: "a.log") }), ("new\n", {})]))
  }

  @Test("a truncated file is read from its start again")
  func truncate() throws {
    let path = try bench.file("a.log", "a long beginning\n")
    _ = try follow(
      LogInput(path: path),
      Script(steps: [
        ("a long beginning\n", { #expect(Foundation.truncate(path, 0) == 0) }),
        ("a long beginning\n<truncated>", { try bench.append("new\n", to: "a.log") }),
        ("a long beginning\n<truncated>new\n", {}),
      ]))
  }

  @Test(
    "after a rotation the file that took the name is followed, and nothing of the old one is lost")
  func rotate() throws {
    let path = try bench.file("a.log", "one\n")
    _ = try follow(
      LogInput(path: path),
      Script(steps: [
        (
          "one\n",
          {
            #expect(rename(path, path + ".1") == 0)
            try bench.append("late\n", to: "a.log.1")
          }
        ),
        ("one\nlate\n", { try bench.file("a.log", "two\n") }),
        ("one\nlate\n<replaced>two\n", { try bench.append("three\n", to: "a.log") }),
        ("one\nlate\n<replaced>two\nthree\n", {}),
      ]))
  }

  @Test("a file that is removed and made again is followed")
  func remove() throws {
    let path = try bench.file("a.log", "one\n")
    _ = try follow(
      LogInput(path: path),
      Script(steps: [
        ("one\n", { #expect(unlink(path) == 0) }),
        (
          "one\n",
          {
            try bench.file("b.log", "another\n")
            #expect(rename(bench.path + "/b.log", path) == 0)
          }
        ),
        ("one\n<replaced>another\n", {}),
      ]))
  }

  @Test("a link whose target grows elsewhere is followed")
  func throughLink() throws {
    let elsewhere = try Workbench()
    let target = try elsewhere.file("t.log", "one\n")
    try bench.link("a.log", to: target)
    _ = try follow(
      LogInput(path: bench.path + "/a.log"),
      Script(steps: [
        ("one\n", { try elsewhere.append("two\n", to: "t.log") }), ("one\ntwo\n", {}),
      ]))
  }

  @Test("an append wakes the follower at once, long before it would look by itself")
  func promptly() throws {
    // A loaded machine may starve one attempt, hardly three.
    let waits = try (1...3).map { attempt in
      try timeUntilHeard(path: bench.file("a\(attempt).log", "one\n"))
    }
    #expect(waits.contains { $0 < .milliseconds(400) })
  }

  private func timeUntilHeard(path: String) throws -> Duration {
    let began = ContinuousClock.now
    let writer = Thread {
      Thread.sleep(forTimeInterval: 0.05)
      if let file = fopen(path, "a") {
        fputs("two\n", file)
        fclose(file)
      }
    }
    writer.start()
    var heard = 0
    try FollowedFile(LogInput(path: path), idleInterval: .seconds(60)).follow { news in
      if case .text(let bytes) = news { heard += bytes.count }
      return heard == 8 ? .stop : .continue
    }
    return ContinuousClock.now - began
  }

  @Test("idle moments keep their interval")
  func idle() throws {
    let path = try bench.file("a.log", "")
    let began = ContinuousClock.now
    var idles = 0
    try FollowedFile(LogInput(path: path), idleInterval: .milliseconds(20)).follow { _ in
      idles += 1
      return idles == 5 ? .stop : .continue
    }
    #expect(ContinuousClock.now - began >= .milliseconds(95))
  }

  @Test("the stop descriptor ends following, of files and of pipes", arguments: ["a.log", "pipe"])
  func stops(name: String) throws {
    try bench.file("a.log", "one\n")
    #expect(mkfifo(bench.path + "/pipe", 0o600) == 0)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    #expect(write(ends[1], "x", 1) == 1)
    let followed = FollowedFile(
      LogInput(path: "\(bench.path)/\(name)"), idleInterval: .seconds(60), stopDescriptor: ends[0])
    try followed.follow { _ in .continue }
  }

  @Test("a pipe is followed until its writer closes it, with idle moments between")
  func pipeInput() throws {
    let path = bench.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      guard let file = fopen(path, "w") else { return }
      fputs("one\n", file)
      fflush(file)
      Thread.sleep(forTimeInterval: 0.1)
      fputs("two\n", file)
      fclose(file)
    }
    writer.start()
    var heard = ""
    var idlesBetween = 0
    try FollowedFile(LogInput(path: path), idleInterval: .milliseconds(10)).follow { news in
      switch news {
      case .text(let bytes): heard += String(decoding: bytes, as: UTF8.self)
      case .idle: idlesBetween += heard == "one\n" ? 1 : 0
      case .startedOver: Issue.record("a pipe has one beginning")
      }
      return .continue
    }
    #expect(heard == "one\ntwo\n")
    #expect(idlesBetween >= 2)
  }

  @Test("a file that does not exist is an error at once")
  func missing() {
    let path = bench.path + "/none.log"
    #expect(throws: LogFileError.notFound(path: path)) {
      try FollowedFile(LogInput(path: path)).follow { _ in .continue }
    }
  }
}
