import Analysis
import Diagnosis
import Foundation
import SimulatedPrograms
import Testing

@testable import Firmware

/// Which ELF names the calls of a crash, and which is refused.
@Suite("ELFs and the builds that crashed", .enabled(if: canBuildPrograms))
struct MatchingTests {
  let program: NodeProgram
  let core: SimulatedCore

  init() throws {
    program = try NodeProgram.usual.get()
    core = try program.stopped(at: "parse_frame")
  }

  private func functions(_ report: Report) -> [String] {
    report.decoded?.calls.map(\.function) ?? []
  }

  private let path = ["parse_frame", "handle_message", "httpd_uri", "httpd_thread"]

  @Test(
    "an ELF is known by the digits of its SHA-256 that the panic prints", arguments: [8, 9, 64])
  func sha256(count: Int) {
    let log = PanicLog(core, digits: program.digest.prefix(count)).text
    let report = diagnose(log, with: CrashDecoder(ELFChoice(given: [program.path])))
    #expect(functions(report) == path)
    #expect(report.decoded?.elf?.proof == .sha256)
    #expect(report.decoded?.elf?.sha256 == program.digest)
    #expect(report.elfProblems.isEmpty)
  }

  @Test("an ELF is known by what the boot prints of its application")
  func descriptor() {
    var log = PanicLog(core)
    log.appLines = [
      "I (66) app_init: Project name:     sensor-node",
      "I (66) app_init: App version:      1.4.2",
      "I (67) app_init: Compile time:     Nov  1 2026 15:04:05",
    ]
    let decoder = CrashDecoder(ELFChoice(given: [program.path]))
    #expect(diagnose(log.text, with: decoder).decoded?.elf?.proof == .descriptor)
    log.appLines[1] = "I (66) app_init: App version:      1.5.0"
    let other = diagnose(log.text, with: decoder)
    #expect(other.decoded == nil)
    #expect(other.elfProblems.count == 1)
    #expect(other.elfProblems.first?.contains("1.5.0") == true)
  }

  @Test("the only ELF is believed where the log names no build")
  func given() {
    let report = diagnose(
      PanicLog(core).text, with: CrashDecoder(ELFChoice(given: [program.path])))
    #expect(functions(report) == path)
    #expect(report.decoded?.elf?.proof == .given)
  }

  @Test("an ELF of another build is refused once, by name and with both hashes")
  func refused() {
    let log = PanicLog(core, digits: "0123456789abcdef").text
    let decoder = CrashDecoder(ELFChoice(given: [program.path]))
    let report = diagnose(log + log + log, with: decoder)
    #expect(report.timeline.crashes.count == 3)
    #expect(report.decodedCrashes.isEmpty)
    #expect(report.elfProblems.count == 1)
    let problem = report.elfProblems.first ?? ""
    #expect(problem.contains(program.path))
    #expect(problem.contains("this ELF is \(program.digest.prefix(9))…, the log says 012345678…"))
    #expect(problem.contains("--force-elf"))
    #expect(report.inputProblems.isEmpty, "the log itself was read to its end")
    #expect(diagnose(log, with: decoder).elfProblems.count == 1, "each log is told")
  }

  @Test("a forced ELF warns at every call, and proves nothing about the image")
  func forced() throws {
    var log = PanicLog(core, digits: "0123456789abcdef")
    log.pc = try program.elf().section(named: ".text").map { $0.address + $0.size + 0x40 }
    let decoder = CrashDecoder(ELFChoice(given: [program.path], trust: .forced))
    let report = diagnose(log.text, with: decoder)
    let decoded = try #require(report.decoded)
    #expect(decoded.elf?.proof == .forced)
    #expect(decoded.pcPlace == .unknown)
    let rows = report.screen.split(separator: "\n").filter { $0.contains("  0x42") }
    #expect(!rows.isEmpty)
    for row in rows { #expect(row.contains("other build?"), "\(row)") }
    let words = report.screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("was forced upon this log"))
    // Force is no proof where there is a better one.
    let own = diagnose(PanicLog(core, digits: program.digest.prefix(9)).text, with: decoder)
    #expect(own.decoded?.elf?.proof == .sha256)
  }

  @Test("among many ELFs the log's digits decide, and without digits nobody does")
  func several() throws {
    let others = try (1...3).map {
      try NodeProgram(.application, "-DVERSION=\"2.0.\($0)\"", "-DMOVED").path
    }
    let decoder = CrashDecoder(ELFChoice(given: others + [program.path]))
    let known = diagnose(PanicLog(core, digits: program.digest.prefix(9)).text, with: decoder)
    #expect(known.decoded?.elf?.path == program.path)
    let unknown = diagnose(PanicLog(core).text, with: decoder)
    #expect(unknown.decoded == nil)
    #expect(unknown.elfProblems.first?.contains("which of 4 given ELFs") == true)
    let foreign = diagnose(PanicLog(core, digits: "0123456789").text, with: decoder)
    #expect(foreign.elfProblems.first?.contains("None of the 4 given ELFs") == true)
  }

  @Test("in an ESP-IDF project a crash of the bootloader is named by the bootloader's ELF")
  func project() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-project-" + UUID().uuidString)
    let build = folder.appending(path: "build")
    let app = try NodeProgram(.application, [], at: build.appending(path: "node.elf"))
    let bootloader = try NodeProgram(
      .bootloader, [], at: build.appending(path: "bootloader/bootloader.elf"))
    try #"{"app_elf": "node.elf"}"#.write(
      to: build.appending(path: "project_description.json"), atomically: true, encoding: .utf8)
    let decoder = CrashDecoder(ELFChoice(given: try ELFSearch.paths(folder.path)))
    var log = PanicLog(try bootloader.stopped(at: "parse_frame"))
    log.stage = .bootloader
    let report = diagnose(log.text, with: decoder)
    #expect(report.decoded?.elf?.path == bootloader.path)
    #expect(functions(report) == path)
    // An application may crash before its first line.
    log.core = try app.stopped(at: "parse_frame")
    #expect(diagnose(log.text, with: decoder).decoded?.elf?.path == app.path)
    let lonely = diagnose(log.text, with: CrashDecoder(ELFChoice(given: [bootloader.path])))
    #expect(lonely.decoded?.elf?.proof == .given)
    log.stage = .application
    let wrong = diagnose(log.text, with: CrashDecoder(ELFChoice(given: [bootloader.path])))
    #expect(wrong.decoded == nil)
    #expect(wrong.elfProblems.first?.contains("only ELFs of bootloaders") == true)
  }

  @Test("a store is asked for the digits, and its failure is told")
  func store() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-store-" + UUID().uuidString).path
    let store = ELFStore(folder: folder)
    _ = try store.add(program.elf())
    let log = PanicLog(core, digits: program.digest.prefix(9)).text
    let stored = CrashDecoder(
      ELFChoice(stored: { try store.entries(digestPrefix: $0).first?.path }))
    let report = diagnose(log, with: stored)
    #expect(functions(report) == path)
    #expect(report.decoded?.elf?.path.hasPrefix(folder) == true)
    let broken = CrashDecoder(
      ELFChoice(stored: { _ in throw ELFStoreError.failed(path: "/store", errno: 13) }))
    #expect(diagnose(log, with: broken).elfProblems.first?.contains("/store") == true)
    #expect(diagnose(PanicLog(core, digits: "00000000000").text, with: stored).decoded == nil)
  }

  @Test("an ELF for another chip is refused even where the log names no build")
  func chip() {
    var log = PanicLog(core)
    log.chip = "esp32s3-20210327"
    let report = diagnose(log.text, with: CrashDecoder(ELFChoice(given: [program.path])))
    #expect(report.decoded == nil)
    #expect(report.elfProblems.first?.contains("ESP32-C3") == true)
    #expect(report.elfProblems.first?.contains("ESP32-S3") == true)
  }

  @Test("an ELF that vanishes is told, or still serves where it was read before")
  func vanishing() throws {
    let gone = try NodeProgram(.application, "-DMOVED", "-DGONE")
    let core = try gone.stopped(at: "parse_frame")
    let log = PanicLog(core, digits: gone.digest.prefix(9)).text
    let early = CrashDecoder(ELFChoice(given: [gone.path]))
    #expect(functions(diagnose(log, with: early)) == path)
    try FileManager.default.removeItem(atPath: gone.path)
    #expect(functions(diagnose(log, with: early)) == path)
    let late = diagnose(log, with: CrashDecoder(ELFChoice(given: [gone.path])))
    #expect(late.decoded == nil)
    #expect(late.elfProblems.count == 1 && late.elfProblems[0].contains(gone.path))
  }

  @Test("a build that replaces the ELF is used, without another start")
  func rebuilt() async throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-rebuilt-" + UUID().uuidString + "/app.elf")
    let old = try NodeProgram(.application, [], at: file)
    let decoder = CrashDecoder(ELFChoice(given: [file.path]))
    let oldLog = PanicLog(
      try old.stopped(at: "parse_frame"), digits: old.digest.prefix(9)
    ).text
    #expect(functions(diagnose(oldLog, with: decoder)) == path)
    let new = try NodeProgram(.application, ["-DMOVED"], at: file)
    let newLog = PanicLog(
      try new.stopped(at: "parse_frame"), digits: new.digest.prefix(9)
    ).text
    try await Task.sleep(for: .milliseconds(1_100))
    #expect(functions(diagnose(newLog, with: decoder)) == path)
  }

  @Test("a thousand logs of one build need its file once")
  func batch() throws {
    let once = try NodeProgram(.application, "-DONCE")
    let decoder = CrashDecoder(ELFChoice(given: [once.path]))
    var log = PanicLog(try once.stopped(at: "parse_frame"), digits: once.digest.prefix(9))
    #expect(functions(diagnose(log.text, with: decoder)) == path)
    try FileManager.default.removeItem(atPath: once.path)
    var named = 0
    for number in 0..<1_000 {
      log.core.set(10, to: UInt32(number))
      var analysis = LogAnalysis(
        source: "uart.log", rules: RuleSet(rules: [], causes: []), decoder: decoder)
      analysis.feed(Array(log.text.utf8), inPiecesOf: 4_096)
      if functions(analysis.finish()) == path { named += 1 }
    }
    #expect(named == 1_000)
  }
}
