import Analysis
import DeviceEvents
import Diagnosis
import Foundation
import Reporting
import SimulatedPrograms
import Testing

@testable import Firmware

/// What an ELF tells about a crash, and what the verdict makes of it.
@Suite("Crashes named by their ELF", .enabled(if: canBuildPrograms))
struct NamedCrashTests {
  let program: NodeProgram
  let decoder: CrashDecoder

  init() throws {
    program = try NodeProgram.usual.get()
    decoder = CrashDecoder(ELFChoice(given: [program.path]))
  }

  private func log(at function: String) throws -> PanicLog {
    PanicLog(try program.stopped(at: function), digits: program.digest.prefix(9))
  }

  @Test("the suspect is the first call in the project's sources, and the task's function is known")
  func suspect() throws {
    let report = diagnose(try log(at: "esp_image_verify").text, with: decoder)
    let decoded = try #require(report.decoded)
    #expect(
      decoded.calls.map(\.function) == [
        "esp_image_verify", "esp_ota_end", "update_handler", "httpd_uri", "httpd_thread",
      ])
    #expect(decoded.suspect?.function == "update_handler")
    #expect(decoded.suspect?.file == "/project/main/update.c")
    #expect(decoded.site?.function == "esp_image_verify")
    #expect(decoded.taskEntry == "httpd_thread")
    #expect(decoded.frames.map(\.memory) == Array(repeating: .flashCode, count: 5))
    let marked = report.screen.split(separator: "\n").filter { $0.contains("→ 0x42") }
    #expect(marked.count == 1 && marked[0].contains("update_handler (update.c:80)"))
  }

  @Test("a crash below esp_ota_end is one of the update handler, though no line tells of an update")
  func evidence() throws {
    let silent = diagnose(try log(at: "esp_image_verify").text, with: CrashDecoder(ELFChoice()))
    #expect(silent.conclusion.verdict.id.rawValue != "ota_handler_crash")
    let report = diagnose(try log(at: "esp_image_verify").text, with: decoder)
    #expect(report.conclusion.verdict.id.rawValue == "ota_handler_crash")
    #expect(report.conclusion.causes.first?.id == "httpd_stack_overflow")
    let parser = diagnose(try log(at: "parse_frame").text, with: decoder)
    #expect(parser.conclusion.verdict.id.rawValue != "ota_handler_crash")
    #expect(parser.conclusion.verdict.summary.contains("parse_frame (parser.c:"))
  }

  @Test("the fault address is found in a variable, on the heap, and on the stack")
  func faultPlace() throws {
    var log = try log(at: "parse_frame")
    let settings = try program.address(of: "settings")
    log.faultAddress = settings + 0x10
    let report = diagnose(log.text, with: decoder)
    #expect(report.decoded?.faultPlace == "settings + 0x10")
    #expect(report.screen.contains("the address lies in settings + 0x10"))
    log.faultAddress = 0x3FC9_0000
    #expect(diagnose(log.text, with: decoder).decoded?.faultPlace == "the heap")
    log.faultAddress = log.core.registers[2] + 4
    #expect(
      diagnose(log.text, with: decoder).decoded?.faultPlace == "the stack of the task that crashed")
    log.faultAddress = 0
    #expect(diagnose(log.text, with: decoder).decoded?.faultPlace == nil)
  }

  @Test("a jump to 0 is blamed on the caller")
  func nullCall() throws {
    var log = try log(at: "parse_frame")
    log.reason = "Instruction access fault"
    log.pc = 0
    let decoded = try #require(diagnose(log.text, with: decoder).decoded)
    #expect(decoded.frames.first?.pc == 0)
    #expect(decoded.frames.first?.memory == .null)
    #expect(decoded.calls.map(\.function) == ["handle_message", "httpd_uri", "httpd_thread"])
  }

  @Test("a PC past the end of the code is placed by the ELF, and better by the bootloader's lines")
  func pcPlace() throws {
    var log = try log(at: "parse_frame")
    let text = try #require(try program.elf().section(named: ".text"))
    let end = text.address + text.size
    log.pc = end + 0x40
    #expect(diagnose(log.text, with: decoder).decoded?.pcPlace == .pastCodeInLastPage)
    log.pc = 0x4201_0010
    #expect(diagnose(log.text, with: decoder).decoded?.pcPlace == .pastLastPage)
    log.pc = text.address
    #expect(diagnose(log.text, with: decoder).decoded?.pcPlace == .inCode)
    log.pc = 0x2000_0000
    #expect(diagnose(log.text, with: decoder).decoded?.pcPlace == .unknown)
  }

  @Test("the same bug in a build that moved its code has the same signature")
  func signature() throws {
    let moved = try NodeProgram(.application, "-DMOVED", "-DVERSION=\"1.5.0\"")
    let movedCore = try moved.stopped(at: "parse_frame")
    let core = try program.stopped(at: "parse_frame")
    #expect(movedCore.pc != core.pc)
    let both = CrashDecoder(ELFChoice(given: [program.path, moved.path]))
    let one = diagnose(PanicLog(core, digits: program.digest.prefix(9)).text, with: both)
    let two = diagnose(PanicLog(movedCore, digits: moved.digest.prefix(9)).text, with: both)
    let signature = try #require(one.decoded?.signature)
    #expect(!signature.isEmpty && two.decoded?.signature == signature)
    let other = diagnose(try log(at: "esp_image_verify").text, with: both)
    #expect(other.decoded?.signature != signature)
    var summary = SummaryReport()
    summary.add(one)
    summary.add(two)
    #expect(
      summary.text(TextLayout(columns: 100, colouring: .plain)).contains("2 crashes in 2 logs"))
  }

  @Test("both cores are named, in the report and in the JSON")
  func cores() throws {
    var log = try log(at: "parse_frame")
    log.reason = "Interrupt wdt timeout on CPU0"
    log.otherCore = try program.stopped(at: "esp_image_verify")
    let report = diagnose(log.text, with: decoder)
    #expect(
      report.decoded?.otherCores.first?.flatMap(\.calls).map(\.function).prefix(2)
        == ["esp_image_verify", "esp_ota_end"])
    #expect(report.screen.contains("core 1:"))
    #expect(report.screen.contains("esp_ota_end (esp_ota_ops.c:"))
    let json = try object(report)
    let crash = try #require((json["crashes"] as? [[String: Any]])?.first)
    let core = try #require((crash["other_cores"] as? [[String: Any]])?.first)
    let frame = try #require((core["backtrace"] as? [[String: Any]])?.first)
    #expect(frame["function"] as? String == "esp_image_verify")
    #expect(frame["origin"] as? String == "registers")
  }

  @Test("a forced ELF marks every entry of the JSON")
  func forcedJSON() throws {
    let forced = CrashDecoder(ELFChoice(given: [program.path], trust: .forced))
    let text = PanicLog(try program.stopped(at: "parse_frame"), digits: "0123456789").text
    let crash = try #require(
      (try object(diagnose(text, with: forced))["crashes"] as? [[String: Any]])?.first)
    #expect((crash["elf"] as? [String: Any])?["matched_by"] as? String == "forced")
    let entries = try #require(crash["backtrace"] as? [[String: Any]])
    #expect(entries.count == 4 && entries.allSatisfy { $0["other_build"] as? Bool == true })
  }

  @Test("names that act on a terminal, or that never end, do no harm")
  func hostileNames() throws {
    let escapes = "steal\u{1b}[2J\u{1b}]0;title\u{07}\u{202e}name"
    for name in [escapes, String(repeating: "n", count: 1 << 20)] {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "esptriage-evil-" + UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let header = folder.appending(path: "evil.h")
      try "#define EVIL \"\(name)\"\n".write(to: header, atomically: true, encoding: .utf8)
      let evil = try NodeProgram(.application, "-g0", "-include", header.path)
      let core = try evil.stopped(at: name)
      let log = PanicLog(core, digits: evil.digest.prefix(9)).text
      let report = diagnose(log, with: CrashDecoder(ELFChoice(given: [evil.path])))
      #expect(report.decoded?.calls.dropFirst().first?.function == "parse_frame")
      let shown = report.screen.unicodeScalars
      #expect(shown.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x202E })
      #expect(report.screen.utf8.count < 20_000)
      #expect(JSONReport(report).text.utf8.count < 40_000)
    }
  }

  private func object(_ report: Report) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(JSONReport(report).text.utf8)) as? [String: Any])
  }
}
