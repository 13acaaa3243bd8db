import Firmware
import Reporting

/// One ELF of the store, as it is shown.
struct StoredELF {
  private let entry: ELFStore.Entry
  private let elf: ELFFile
  private let descriptor: AppDescriptor?

  init(_ entry: ELFStore.Entry, _ elf: ELFFile) {
    self.entry = entry
    self.elf = elf
    descriptor = elf.descriptor
  }

  /// `9f8e7d6c5b4a  sensor-node 1.4.2, built Nov  1 2026 15:04:05, ESP-IDF v5.4.2`
  var line: String {
    var facts: [String] = []
    if let descriptor {
      facts.append(
        [descriptor.project, descriptor.version].filter { !$0.isEmpty }.joined(separator: " "))
      let built = [descriptor.date, descriptor.time].filter { !$0.isEmpty }
      if !built.isEmpty { facts.append("built " + built.joined(separator: " ")) }
      if !descriptor.idf.isEmpty { facts.append("ESP-IDF " + descriptor.idf) }
    } else {
      facts.append(elf.isBootloader ? "bootloader" : "program without a description")
      facts.append(elf.instructionSet == .xtensa ? "Xtensa" : "RISC-V")
    }
    return HostileText.shown(
      entry.digest.prefix(16) + "  " + facts.filter { !$0.isEmpty }.joined(separator: ", "))
  }

  /// Reproducible builds leave the time of the build empty.
  private static func known(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

  var json: String {
    var json = JSONWriter(layout: .line)
    json.object { json in
      json.member("schema", unmasked: "esptriage.elf/1")
      json.member("sha256", unmasked: entry.digest)
      json.member("path", entry.path)
      json.member("architecture", unmasked: elf.instructionSet.rawValue)
      json.member("bootloader", elf.isBootloader)
      json.member("project", Self.known(descriptor?.project))
      json.member("version", Self.known(descriptor?.version))
      json.member("date", Self.known(descriptor?.date))
      json.member("time", Self.known(descriptor?.time))
      json.member("idf", Self.known(descriptor?.idf))
    }
    return json.text
  }
}

/// Digits that do not name one ELF of the store.
enum StoredELFError: Error, CustomStringConvertible {
  case noDigits(String)
  case unknown(String)
  case several(String, [String])

  var description: String {
    switch self {
    case .noDigits(let prefix):
      "'\(HostileText.shown(prefix))' is not the beginning of a SHA-256. Give at least 8 of the "
        + "hexadecimal digits that 'esptriage elf list' shows."
    case .unknown(let prefix):
      "No ELF in the store has a SHA-256 that begins with \(prefix). "
        + "See 'esptriage elf list', or add it with 'esptriage elf add PATH'."
    case .several(let prefix, let digests):
      "\(digests.count) ELFs begin with \(prefix): \(digests.joined(separator: ", ")). "
        + "Give more digits."
    }
  }
}
