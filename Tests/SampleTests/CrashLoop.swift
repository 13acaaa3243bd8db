/// A node that boots and crashes, again and again, in ways that differ a little.
struct CrashLoop {
  private enum Decoration: CaseIterable { case none, colours, timestamps, docker, glued }
  private enum Ending: CaseIterable {
    case xtensa, riscv, abort, assert, watchdog, report, brownout, emptyFlash
  }

  private let decoration: Decoration
  private let lineEnd: String
  private let endings: [Ending]
  private let hasBootloader: Bool
  private let hasCoreDump: Bool
  /// One of so many boots goes otherwise in some line.
  private let rarity: Int

  init(with chance: inout Chance) {
    decoration = Decoration.allCases.randomElement(using: &chance) ?? .none
    lineEnd = ["\n", "\r\n", "\r\r\n"].randomElement(using: &chance) ?? "\n"
    let all = Ending.allCases.shuffled(using: &chance)
    endings = Array(all.prefix(Int.random(in: 1...3, using: &chance)))
    hasBootloader = Bool.random(using: &chance)
    hasCoreDump = Int.random(in: 0..<4, using: &chance) == 0
    rarity = [3, 10, 1_000].randomElement(using: &chance) ?? 3
  }

  /// The log of so many boots.
  func log(boots: Int, with chance: inout Chance) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<boots {
      var lines = boot(with: &chance)
      if Int.random(in: 0..<rarity, using: &chance) == 0 { damage(&lines, with: &chance) }
      for line in lines { text += Array((decorated(line, with: &chance) + lineEnd).utf8) }
      if decoration == .glued, Int.random(in: 0..<4, using: &chance) == 0 {
        text += Array("I (1".utf8)
      }
    }
    return text.dropLast(Int.random(in: 0..<400, using: &chance))
  }

  private func decorated(_ line: String, with chance: inout Chance) -> String {
    let isLog = line.dropFirst().hasPrefix(" (")
    return switch decoration {
    case .none, .glued: line
    case .colours: isLog ? "\u{1b}[0;32m\(line)\u{1b}[0m" : line
    case .timestamps: "2026-05-18 10:20:\(10 + Int.random(in: 0..<50, using: &chance)) " + line
    case .docker: "logger-1  | " + line
    }
  }

  private func damage(_ lines: inout [String], with chance: inout Chance) {
    let place = Int.random(in: 0..<lines.count, using: &chance)
    switch Int.random(in: 0..<7, using: &chance) {
    case 0: lines.remove(at: place)
    case 1: lines.insert("something else altogether", at: place)
    case 2: lines.removeSubrange(place...)
    case 3: lines[place] = String(lines[place].dropLast(3))
    case 4: lines[place] += "\u{0}\u{7f}"
    case 5: lines.insert("Rebooting...", at: place)
    default:
      lines.insert(contentsOf: ["E (700) wifi: no", "ESP-ROM:esp32s3-20210327"], at: place)
    }
  }

  private func boot(with chance: inout Chance) -> [String] {
    if endings.contains(.emptyFlash), Bool.random(using: &chance) {
      return emptyFlash(with: &chance)
    }
    let slot = Int.random(in: 0..<9, using: &chance) == 0 ? "ota_0" : "ota_1"
    var lines = [
      "ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021",
      "rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "Saved PC:0x\(word(with: &chance))", "load:0x3fce2820,len:0x1590", "entry 0x403c8920",
    ]
    var clock = 20
    func log(_ text: String) {
      clock += Int.random(in: 0...9, using: &chance)
      lines.append("I (\(clock)) \(text)")
    }
    if hasBootloader {
      log("boot: ESP-IDF v5.4.2 2nd stage bootloader")
      log("esp_image: segment 0: paddr=00220020 vaddr=3c0b0020 size=2a1c0h (172480) map")
      log("boot: Loaded app from partition at offset 0x220000")
      log("cpu_start: Multicore app")
      log("app_init: ELF file SHA256:  0a1b2c3d4...")
    }
    if Bool.random(using: &chance) {
      log("main: boot: reset_reason=PANIC running_partition=\(slot)")
    }
    for _ in 0..<Int.random(in: 0..<8, using: &chance) {
      clock += Int.random(in: 0...4_000, using: &chance)
      lines.append(chatter(clock, with: &chance))
    }
    let ending = endings.randomElement(using: &chance) ?? .abort
    lines += self.ending(ending, clock, with: &chance)
    return lines
  }

  /// The ROM finds no bootloader, again and again.
  private func emptyFlash(with chance: inout Chance) -> [String] {
    var lines = ["ets Jul 29 2019 12:21:46", ""]
    if Int.random(in: 0..<9, using: &chance) > 0 {
      lines.append("rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)")
    }
    let number = ["ffffffff", "00000000"].randomElement(using: &chance) ?? ""
    return lines + Array(repeating: "invalid header: 0x\(number)", count: 4)
  }

  private func chatter(_ clock: Int, with chance: inout Chance) -> String {
    let number = Int.random(in: 0..<1_000, using: &chance)
    return switch Int.random(in: 0..<8, using: &chance) {
    case 0: "temperature \(number)"
    case 1: ""
    case 2: "W (\(clock)) wifi: Haven't to connect to a suitable AP now! \(number % 3)"
    case 3: "I (\(clock % 100)) sensor: late"
    case 4: "E (\(clock)) httpd: error \(number % 4)"
    default: "I (\(clock)) sensor: value \(number)"
    }
  }

  private func word(with chance: inout Chance) -> String {
    let digits = String(UInt32.random(in: 0...UInt32.max, using: &chance), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func code(with chance: inout Chance) -> String {
    "420\(10_000 + 16 * Int.random(in: 0..<2, using: &chance))"
  }

  private func ending(_ ending: Ending, _ clock: Int, with chance: inout Chance) -> [String] {
    switch ending {
    case .xtensa:
      [
        "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.", "",
        "Core  0 register dump:", registers(["PC", "PS", "A0", "A1"], with: &chance),
        registers(["EXCVADDR", "LBEG", "LEND", "LCOUNT"], with: &chance), "",
        backtrace(with: &chance),
        "", "ELF file SHA256: 0a1b2c3d4", "",
      ] + coreDump(with: &chance) + ["Rebooting..."]
    case .riscv:
      [
        "Guru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.", "",
        "Core  0 register dump:", registers(["MEPC", "RA", "SP", "GP"], with: &chance),
        registers(["MSTATUS", "MTVEC", "MCAUSE", "MTVAL"], with: &chance), "", "Stack memory:",
      ] + (0..<6).map { _ in row(with: &chance) } + ["", "Rebooting..."]
    case .abort:
      [
        "abort() was called at PC 0x\(code(with: &chance)) on core 0", "", backtrace(with: &chance),
        "Rebooting...",
      ]
    case .assert:
      [
        "assert failed: app_main main.c:\(40 + Int.random(in: 0..<2, using: &chance)) (ok)", "",
        backtrace(with: &chance), "", "ELF file SHA256: 0a1b2c3d4", "", "Rebooting...",
      ]
    case .watchdog:
      [
        "E (\(clock)) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:",
        "E (\(clock)) task_wdt:  - IDLE0 (CPU 0)",
        "E (\(clock)) task_wdt: Tasks currently running:",
        "E (\(clock)) task_wdt: CPU 0: httpd", "E (\(clock)) task_wdt: Aborting.",
        backtrace(with: &chance), "Rebooting...",
      ]
    case .report:
      [
        "E (\(clock)) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:",
        "E (\(clock)) task_wdt:  - IDLE0 (CPU 0)",
      ]
        + (0..<Int.random(in: 0..<9, using: &chance)).map {
          "I (\(clock + $0)) sensor: value \($0)"
        }
        + ["abort() was called at PC 0x\(code(with: &chance)) on core 0", "Rebooting..."]
    case .brownout, .emptyFlash:
      ["", "Brownout detector was triggered", ""]
    }
  }

  private func registers(_ names: [String], with chance: inout Chance) -> String {
    names.map { name in
      let value = name.hasSuffix("PC") ? code(with: &chance) : word(with: &chance)
      let padding = String(repeating: " ", count: 8 - name.count)
      return "\(name)\(padding): 0x\(name == "MCAUSE" ? "00000005" : value)  "
    }.joined()
  }

  private func backtrace(with chance: inout Chance) -> String {
    "Backtrace: "
      + (0..<5).map { _ in "0x\(code(with: &chance)):0x\(word(with: &chance))" }.joined(
        separator: " ")
  }

  private func row(with chance: inout Chance) -> String {
    "\(word(with: &chance)): "
      + (0..<8).map { _ in "0x\(word(with: &chance))" }.joined(separator: " ")
  }

  private func coreDump(with chance: inout Chance) -> [String] {
    guard hasCoreDump else { return [] }
    let rows = (0..<Int.random(in: 0..<5, using: &chance)).map { _ in
      (0..<4).map { _ in word(with: &chance) + word(with: &chance) }.joined()
    }
    return ["================= CORE DUMP START ================="] + rows + [
      "================= CORE DUMP END ================="
    ] + ["Coredump checksum='\(word(with: &chance))'"]
  }
}
