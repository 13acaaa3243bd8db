import Analysis
import Diagnosis
import RuleFiles

/// A log on which loaded rules have something to look at: an update, a crash, notices.
private let log = Array(
  """
  ESP-ROM:esp32s3-20210327
  rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
  I (335) main: boot: reset_reason=POWERON running_partition=ota_0
  W (812) actuator: no answer, try 1
  I (4990) ota_update: OTA update started, image size 800000
  I (9990) ota_update: OTA update successful! Rebooting to partition ota_1
  rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
  I (389) main: boot: reset_reason=SW running_partition=ota_1
  Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.
  Core  0 register dump:
  PC      : 0x4200a3c5  PS      : 0x00060a30  A0      : 0x8200b110  A1      : 0x3fca0010
  EXCVADDR: 0x00000004
  Backtrace: 0x4200a3c2:0x3fca0010 0x4200b10d:0x3fca0030
  Rebooting...
  rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)
  I (400) main: boot: reset_reason=PANIC running_partition=ota_0

  """.utf8)

/// A rule file is loaded or refused with places; a rule that was loaded can be explained and used.
func loadRules(_ input: [UInt8]) {
  do throws(RuleProblems) {
    let rules = try asFile(input, ending: ".yaml") { path throws(RuleProblems) in
      try RuleFolder(path, layout: .free).load(over: .embedded)
    }
    for rule in rules.rules where RuleSet.embedded.rule(rule.id) != rule {
      if RuleExplanation(rules: rules).text(for: rule).isEmpty { broken("a rule without words") }
    }
    var analysis = LogAnalysis(source: "fuzz", rules: rules)
    analysis.feed(log, inPiecesOf: log.count)
    check(analysis.finish())
  } catch {
    if error.problems.isEmpty { broken("a refusal without a reason") }
    // YAML 1.1 ends lines at more characters than line feeds; none of them has fewer than one byte of these.
    let lines = input.count { [0x0a, 0x0d, 0x85, 0xa8, 0xa9].contains($0) } + 1
    for problem in error.problems {
      if problem.message.isEmpty { broken("a problem without words") }
      if !(0...lines).contains(problem.line) || problem.column < 0 {
        broken("a problem beyond the file: \(problem)")
      }
    }
  }
}
