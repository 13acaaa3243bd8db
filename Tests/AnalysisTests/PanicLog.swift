import Analysis
import DeviceEvents
import Diagnosis
import Firmware
import Reporting
import SimulatedPrograms

/// A log that ends in a panic, as an ESP32-C3 prints it.
struct PanicLog {
  var chip = "esp32c3-api1-20210207"
  /// Lines of the boot after the bootloader's, before the application's own.
  var appLines: [String] = []
  var stage = Stage.application
  var reason = "Store access fault"
  /// `MTVAL`.
  var faultAddress: UInt32 = 0
  /// Overrides `MEPC`.
  var pc: UInt32?
  var core: SimulatedCore
  /// The state of core 1.
  var otherCore: SimulatedCore?
  /// Digits behind `ELF file SHA256:`.
  var digits: String?

  enum Stage { case bootloader, application }

  init(_ core: SimulatedCore, digits: (some StringProtocol)?) {
    self.core = core
    self.digits = digits.map { String($0) }
  }

  init(_ core: SimulatedCore) {
    self.core = core
    digits = nil
  }

  var text: String {
    var lines = [
      "ESP-ROM:\(chip)", "rst:0x1 (POWERON),boot:0xc (SPI_FAST_FLASH_BOOT)",
      "load:0x3fcd5820,len:0x171c", "entry 0x403cc710",
      "I (24) boot: ESP-IDF v5.4.2 2nd stage bootloader",
    ]
    switch stage {
    case .bootloader: break
    case .application:
      lines += appLines
      lines += [
        "I (312) main_task: Calling app_main()",
        "I (335) main: boot: reset_reason=POWERON running_partition=ota_0",
        "I (420) sensor: sampling every 20 ms",
      ]
    }
    lines += [
      "Guru Meditation Error: Core  0 panic'ed (\(reason)). Exception was unhandled.", "",
    ]
    lines += dump(core, number: 0, pc: pc)
    if let otherCore { lines += dump(otherCore, number: 1, pc: nil) }
    if let digits { lines += ["", "ELF file SHA256: \(digits)"] }
    lines += ["", "Rebooting..."]
    return lines.joined(separator: "\n") + "\n"
  }

  private func dump(_ core: SimulatedCore, number: Int, pc: UInt32?) -> [String] {
    let captured = core.captured()
    let registers =
      captured.registers.map { $0.name == "MEPC" ? ($0.name, pc ?? $0.value) : ($0.name, $0.value) }
      + [
        ("MSTATUS", 0x1881), ("MTVEC", 0x4038_0001), ("MCAUSE", 7), ("MTVAL", faultAddress),
        ("MHARTID", UInt32(number)),
      ]
    var lines = ["Core  \(number) register dump:"]
    for start in stride(from: 0, to: registers.count, by: 4) {
      lines.append(
        registers[start..<min(start + 4, registers.count)].map { name, value in
          name + String(repeating: " ", count: 8 - name.count) + ": 0x" + Self.hex(value)
        }.joined(separator: "  ") + "  ")
    }
    lines += ["", "Stack memory:"]
    var address = core.registers[2]
    while captured.stack.word(at: address) != nil {
      let words = (0..<8).compactMap { captured.stack.word(at: address + $0 * 4) }
      lines.append(
        Self.hex(address) + ": " + words.map { "0x" + Self.hex($0) }.joined(separator: " "))
      address += 32
    }
    return lines + ["", ""]
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// Diagnoses a log with these ELFs.
func diagnose(_ log: String, with decoder: CrashDecoder) -> Report {
  var analysis = LogAnalysis(source: "uart.log", decoder: decoder)
  analysis.feed(Array(log.utf8), inPiecesOf: 4_096)
  return analysis.finish()
}

extension Report {
  /// The first crash, decoded.
  var decoded: DecodedCrash? {
    timeline.crashes.first.flatMap { decodedCrashes[$0.firstLine.number] }
  }

  /// What the screen shows, without colours.
  var screen: String { TextReport(self, layout: TextLayout(columns: 100, colouring: .plain)).text }
}
