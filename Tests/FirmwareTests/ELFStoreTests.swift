import Firmware
import Foundation
import Testing

/// Finding ELFs by name and by digest.
@Suite("ELFs of projects and of the store")
struct ELFStoreTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "esptriage-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ data: Data, _ name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  private func elf() throws -> Data {
    try Data(
      contentsOf: URL(
        filePath: BuiltELF(
          "descriptor.c", .riscv, "-Wl,--defsym=rom_printf=0x40000040",
          "-Wl,--defsym=end_of_rom_printf=0x40000064"
        ).path))
  }

  @Test("a project gives its app and its bootloader, wherever it was moved to")
  func project() throws {
    let elf = try elf()
    try write(elf, "node/build/sensor.elf")
    try write(elf, "node/build/bootloader/bootloader.elf")
    try write(elf, "node/build/esp-idf/other.elf")
    try write(
      Data(
        #"""
        {"version": "1.2", "project_name": "sens\u006fr", "build_dir": "/home/else/node/build",
         "app_elf": "sensor.elf", "bootloader_elf": "/home/else/node/build/bootloader/bootloader.elf",
         "flash": {"size": [1, -2.5e3, true, null], "text": "a\"}"}, "target": "esp32c3"}
        """#.utf8), "node/build/project_description.json")
    let expected = ["sensor.elf", "bootloader/bootloader.elf"].map {
      folder.path + "/node/build/" + $0
    }
    for name in ["/node", "/node/build", "/node/build/project_description.json"] {
      #expect(try ELFSearch.paths(folder.path + name) == expected)
    }
  }

  @Test("a folder gives the programs in it and below, and nothing else")
  func programs() throws {
    let elf = try elf()
    try write(elf, "b.elf")
    try write(elf, "a/c.elf")
    try write(Data("text".utf8), "notes.elf")
    try write(Data([0x7F, 0x45, 0x4C, 0x46, 2, 1]), "host.elf")
    #expect(
      try ELFSearch.paths(folder.path) == ["a/c.elf", "b.elf"].map { folder.path + "/" + $0 })
  }

  @Test("what leads nowhere is said")
  func nothing() throws {
    #expect(throws: ELFSearchError.nothing(path: folder.path)) {
      try ELFSearch.paths(folder.path)
    }
    let description = folder.path + "/project_description.json"
    for broken in [
      "", "[]", "{\"app_elf\": 3}", "{\"app_elf\": \"a",
      "{\"a\":" + String(repeating: "[", count: 100_000),
    ] {
      try write(Data(broken.utf8), "project_description.json")
      #expect(throws: ELFSearchError.notAProject(path: description)) {
        try ELFSearch.paths(description)
      }
    }
    try write(Data("{\"app_elf\": \"gone.elf\"}".utf8), "project_description.json")
    #expect(throws: ELFSearchError.notBuilt(path: description, elf: "gone.elf")) {
      try ELFSearch.paths(description)
    }
  }

  @Test("the store finds an ELF by the digits of a log, once, and gives it back whole")
  func store() throws {
    let data = try elf()
    let elf = try ELFFile(bytes: Array(data), path: "sensor.elf")
    let store = ELFStore(folder: folder.path + "/deep/elfs")
    #expect(try store.entries().isEmpty)
    guard case .added(let entry) = try store.add(elf) else {
      Issue.record("the store was empty")
      return
    }
    #expect(try store.add(elf) == .known(entry))
    #expect(entry.digest == elf.digest().description)
    #expect(try store.entries(digestPrefix: entry.digest.prefix(9)) == [entry])
    #expect(try store.entries(digestPrefix: "00000000").isEmpty)
    #expect(try store.entries(digestPrefix: "").isEmpty)
    #expect(try Data(contentsOf: URL(filePath: entry.path)) == data)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder) == [entry.digest])
    try store.remove(entry)
    #expect(try store.entries().isEmpty)
    #expect(throws: ELFStoreError.failed(path: entry.path, errno: ENOENT)) {
      try store.remove(entry)
    }
  }
}
