import ArgumentParser
import Firmware
import Reporting

/// `esptriage elf`
struct ElfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "elf",
    abstract: "Keeps ELFs, so that logs decode without anyone naming a file.",
    discussion: """
      A panic and a boot print the first digits of the SHA-256 of the ELF that belongs to the image. \
      The store finds ELFs by these digits. It lies in $XDG_DATA_HOME/esptriage/elfs, or in \
      ~/.local/share/esptriage/elfs.

      EXAMPLES
        esptriage elf add build/app.elf
        esptriage elf add .                      the app and bootloader of an ESP-IDF project
        esptriage elf add releases/              all ELFs in a folder
        esptriage elf list
        esptriage elf list 9f8e7d6c5             the ELF that a log names
        esptriage elf remove 9f8e7d6c5

      EXIT STATUS
        0 done, 2 when something cannot be read or written, or is not there.
      """,
    subcommands: [ElfAdd.self, ElfList.self, ElfRemove.self])
}

/// `esptriage elf add`
struct ElfAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Copies ELFs into the store.")

  @Argument(
    help: ArgumentHelp("ELFs, folders of ELFs, or ESP-IDF projects.", valueName: "path"),
    completion: .file())
  var paths: [String]

  @Option(help: "How to write what was added: text for people, json for one object a line.")
  var format = ReportFormat.text

  func run() throws {
    let store = try ELFStore.ofUser()
    var output = StandardOutput()
    var failed = false
    for name in paths {
      do {
        for path in try ELFSearch.paths(name) {
          let elf = try ELFFile(path: path)
          let (entry, word) =
            switch try store.add(elf) {
            case .added(let entry): (entry, "added")
            case .known(let entry): (entry, "known")
            }
          let stored = StoredELF(entry, elf)
          switch format {
          case .text: try output.write(word + "  " + stored.line + "\n")
          case .json: try output.write(stored.json + "\n")
          }
        }
      } catch let error as OutputError {
        throw error
      } catch {
        // The others may be good.
        Diagnostics.say(HostileText.shown("\(error)"))
        failed = true
      }
    }
    try output.flush()
    if failed { throw ExitStatus.unusable }
  }
}

/// `esptriage elf list`
struct ElfList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what is in the store.")

  @Argument(
    help: ArgumentHelp(
      "Only the ELFs whose SHA-256 begins so; at least 8 digits.", valueName: "digits"))
  var prefix: String?

  @Option(help: "How to write the list: text for people, json for one object a line.")
  var format = ReportFormat.text

  func run() throws {
    let store = try ELFStore.ofUser()
    let entries = try prefix.map { try ElfRemove.entries(of: store, $0) } ?? store.entries()
    var output = StandardOutput()
    if entries.isEmpty, format == .text {
      Diagnostics.say(
        "The store \(HostileText.shown(store.folder)) is empty. "
          + "Add ELFs with 'esptriage elf add PATH'.")
    }
    var failed = false
    for entry in entries {
      do {
        let stored = StoredELF(entry, try ELFFile(path: entry.path))
        switch format {
        case .text: try output.write(stored.line + "\n")
        case .json: try output.write(stored.json + "\n")
        }
      } catch let error as ELFError {
        Diagnostics.say(HostileText.shown("\(error)"))
        failed = true
      }
    }
    try output.flush()
    if failed { throw ExitStatus.unusable }
  }
}

/// `esptriage elf remove`
struct ElfRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Takes an ELF out of the store.")

  @Argument(
    help: ArgumentHelp("The first digits of its SHA-256, at least 8.", valueName: "digits"))
  var prefix: String

  func run() throws {
    let store = try ELFStore.ofUser()
    let entries = try Self.entries(of: store, prefix)
    guard entries.count == 1, let entry = entries.first else {
      throw StoredELFError.several(prefix, entries.map(\.digest))
    }
    try store.remove(entry)
    var output = StandardOutput()
    try output.write("removed  \(entry.digest)\n")
    try output.flush()
  }

  /// Those whose digest begins so; an error where there is none.
  static func entries(of store: ELFStore, _ prefix: String) throws -> [ELFStore.Entry] {
    guard prefix.count >= 8, prefix.utf8.allSatisfy({ HexDigit.value($0) != nil }) else {
      throw StoredELFError.noDigits(prefix)
    }
    let entries = try store.entries(digestPrefix: prefix)
    guard !entries.isEmpty else { throw StoredELFError.unknown(prefix) }
    return entries
  }
}
