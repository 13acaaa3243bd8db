/// A node whose boots are long and the same, but for what is another one each time.
struct SteadyLoop {
  enum Form: CaseIterable {
    case plain, returns, colours
    /// Two ways to crash, in turn.
    case twoWays
    /// Now and then the application prints a lot.
    case talkative
    /// A line that tells something bears a number that is another one each time.
    case counting
    /// The crash comes within an update.
    case updating
    /// The crash shows both cores.
    case twoCores
    /// Another instruction set: a stack, and registers of which some decide something now and then.
    case riscv
  }

  private let form: Form
  private let damagedBoots: Int

  /// Of so many boots, one is damaged; 0 for none.
  init(_ form: Form, oneDamagedOf damagedBoots: Int) {
    self.form = form
    self.damagedBoots = damagedBoots
  }

  /// The log of so many boots.
  func log(boots: Int, with chance: inout Chance) -> [UInt8] {
    var text: [UInt8] = []
    for number in 0..<boots {
      var boot = self.boot(number, with: &chance)
      if damagedBoots > 0, number > 15, Int.random(in: 0..<damagedBoots, using: &chance) == 0 {
        damage(&boot, with: &chance)
      }
      text += boot
    }
    return text
  }

  private func damage(_ boot: inout [UInt8], with chance: inout Chance) {
    let place = Int.random(in: 0..<boot.count, using: &chance)
    switch Int.random(in: 0..<5, using: &chance) {
    case 0: boot[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
    case 1: boot.remove(at: place)
    case 2: boot.insert(UInt8.random(in: 0...255, using: &chance), at: place)
    case 3: boot.removeSubrange(place..<min(place + 90, boot.count))
    default: boot.insert(contentsOf: Array("\r\r\r\r\r\r\r\r\r\r\r\n".utf8), at: place)
    }
  }

  private func boot(_ number: Int, with chance: inout Chance) -> [UInt8] {
    var lines = [
      "ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021",
      "rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "Saved PC:0x\(word(with: &chance))", "SPIWP:0xee", "mode:DIO, clock div:1",
      "load:0x3fce2820,len:0x1590", "load:0x403c8700,len:0xd20", "entry 0x403c8920",
    ]
    // These gain a digit now and then, and now and then step back.
    var clock = Int.random(in: 88...97, using: &chance)
    func log(_ text: String, behind pause: ClosedRange<Int> = -1...4) {
      clock += Int.random(in: pause, using: &chance)
      let line = "I (\(clock)) \(text)"
      lines.append(form == .colours ? "\u{1b}[0;32m\(line)\u{1b}[0m" : line)
    }
    log("boot: ESP-IDF v5.4.2 2nd stage bootloader", behind: 0...9)
    log("boot: Partition Table:")
    log("boot: ## Label            Usage          Type ST Offset   Length")
    log("boot:  0 nvs              WiFi data        01 02 00009000 00006000")
    log("boot:  1 otadata          OTA data         01 00 0000f000 00002000")
    log("boot:  2 ota_0            OTA app          00 10 00020000 00200000")
    log("boot:  3 ota_1            OTA app          00 11 00220000 00200000")
    log("boot: End of partition table")
    log("esp_image: segment 0: paddr=00220020 vaddr=3c0b0020 size=2a1c0h (172480) map")
    log("esp_image: segment 1: paddr=0024a1e8 vaddr=3fc94a00 size=03e5ch ( 15964) load")
    log("boot: Loaded app from partition at offset 0x220000", behind: 850...900)
    log("cpu_start: Multicore app")
    log("app_init: App version:      1.4.2")
    log("app_init: ELF file SHA256:  0a1b2c3d4...")
    log("main_task: Calling app_main()")
    log(
      "main: boot: reset_reason=PANIC running_partition=ota_1"
        + (form == .counting ? " boots=\(number)" : ""))
    if form == .updating {
      log("main: OTA update started")
      log("main: OTA progress: 65536/\(number % 40 == 0 ? 700_000 : 800_000) bytes")
      if number % 3 == 0 { log("main: OTA update successful!") }
    }
    let isLong = form == .talkative && Int.random(in: 0..<12, using: &chance) == 0
    for _ in 0..<(isLong ? 400 : Int.random(in: 0...6, using: &chance)) {
      log("sensor: value \(Int.random(in: 0...9_999, using: &chance))", behind: 0...300)
    }
    switch form {
    case .riscv: lines += riscvCrash(&chance)
    case .twoWays where number % 2 == 0: lines += crash("StoreProhibited", &chance)
    case .plain, .returns, .colours, .twoWays, .talkative, .counting, .updating, .twoCores:
      lines += crash("LoadProhibited", &chance)
    }
    let end = form == .returns ? "\r\n" : "\n"
    return lines.flatMap { Array(($0 + end).utf8) }
  }

  private func crash(_ reason: String, _ chance: inout Chance) -> [String] {
    func row(_ names: [String]) -> String {
      names.map { $0 + "     : 0x\(word(with: &chance))  " }.joined()
    }
    return [
      "Guru Meditation Error: Core  0 panic'ed (\(reason)). Exception was unhandled.", "",
      "Core  0 register dump:",
      "PC      : 0x42000a40  PS      : 0x\(word(with: &chance))  ",
      row(["A2", "A3", "A4", "A5"]), row(["A6", "A7", "A8", "A9"]),
      "EXCVADDR: 0x\(rarelyNone(with: &chance))  ", "",
      "Backtrace: 0x42000a3d:0x\(word(with: &chance)) 0x42000a4d:0x\(word(with: &chance)) 0x42000a5d:0x3fc900f0",
      "",
    ] + (form == .twoCores ? otherCore(&chance) : []) + [
      "", "ELF file SHA256: 0a1b2c3d4", "", "Rebooting...",
    ]
  }

  private func otherCore(_ chance: inout Chance) -> [String] {
    [
      "Core  1 register dump:",
      "PC      : 0x40378c22  PS      : 0x\(word(with: &chance))  A0      : 0x\(word(with: &chance))  ",
      "",
      "Backtrace: 0x40378c1f:0x\(word(with: &chance)) 0x42004d31:0x\(word(with: &chance)) "
        + "0x42004d3d:0x\(word(with: &chance)) 0x42\(word(with: &chance).dropFirst(2)):0x\(word(with: &chance))",
      "",
    ]
  }

  private func riscvCrash(_ chance: inout Chance) -> [String] {
    let core = Int.random(in: 0..<6, using: &chance) == 0 ? 1 : 0
    return [
      "Guru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.", "",
      "Core  0 register dump:",
      "MEPC    : 0x42007c6c  RA      : 0x\(word(with: &chance))  SP      : 0x\(word(with: &chance))  ",
      "MCAUSE  : 0x00000005  MTVAL   : 0x\(rarelyNone(with: &chance))  MHARTID : 0x0000000\(core)  ",
      "", "Stack memory:",
    ]
      + (0..<6).map { _ in
        "\(word(with: &chance)): 0x\(word(with: &chance)) 0x\(word(with: &chance)) 0x\(word(with: &chance))"
      } + ["", "ELF file SHA256: 0a1b2c3d4", "", "Rebooting..."]
  }

  /// An address, and now and then what a core has in its register that had none.
  private func rarelyNone(with chance: inout Chance) -> String {
    Int.random(in: 0..<8, using: &chance) == 0 ? "deadc0de" : word(with: &chance)
  }

  private func word(with chance: inout Chance) -> String {
    let digits = String(UInt32.random(in: 0...UInt32.max, using: &chance), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
