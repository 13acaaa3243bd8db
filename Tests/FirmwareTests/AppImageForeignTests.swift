import Firmware
import Foundation
import Testing

/// Files that are given by mistake where an app image belongs.
@Suite("Files that are no app image")
struct AppImageForeignTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func refusal(_ bytes: [UInt8]) throws -> AppImageError? {
    let path = try folder.write(bytes)
    return #expect(throws: AppImageError.self) { try AppImage(reading: path) }
  }

  @Test(
    "are named by what they are, with the next step",
    arguments: [
      ([UInt8](), ForeignImage.empty, "empty"),
      ([0x7F, 0x45, 0x4C, 0x46, 1], .elf, "Name the .bin"),
      ([0xAA, 0x50, 1, 2], .partitionTable, "flashed over USB"),
      ([0x1F, 0x8B, 8, 0], .gzip, "gunzip"),
      ([0x50, 0x4B, 3, 4], .zip, "unzip"),
      (Array("UF2\n".utf8), .uf2, "UF2"),
      (Array(":10000000E9".utf8), .intelHex, "Intel HEX"),
      (Array("<!DOCTYPE html>\n<html>".utf8), .text, "failed download"),
      ([UInt8](repeating: 0xFF, count: 600), .erased, "erased flash"),
      ([0xEA, 4, 0, 0], .esp8266, "ESP8266"),
      ([0x00, 1, 2, 3], .unknown(firstByte: 0), "0xe9"),
    ])
  func foreign(bytes: [UInt8], kind: ForeignImage, step: String) throws {
    let error = try #require(try refusal(bytes))
    guard case .foreign(_, let told) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(told == kind)
    #expect(error.description.contains(step))
  }

  @Test("a bootloader is told from an app, whether it describes itself or is of an old build")
  func bootloader() throws {
    var sketch = AppImageSketch.bootloader()
    #expect(try refusal(sketch.bytes)?.description.contains("is a bootloader") == true)
    sketch.segments[0].data = [UInt8](repeating: 7, count: 80)
    #expect(try refusal(sketch.bytes)?.description.contains("is a bootloader") == true)
  }

  @Test("an app without a descriptor is an app, since it maps code from flash")
  func withoutDescriptor() throws {
    var sketch = AppImageSketch()
    sketch.segments[0].data = [UInt8](repeating: 7, count: 800)
    let image = try AppImage(reading: folder.write(sketch.bytes))
    #expect(image.descriptor == nil)
  }

  @Test(
    "a merged flash image is told with the places of its table and its app", arguments: [0, 0x1000])
  func merged(bootloader: Int) throws {
    var bytes = [UInt8](repeating: 0xFF, count: bootloader) + AppImageSketch.bootloader().bytes
    bytes += [UInt8](repeating: 0xFF, count: 0x8000 - bytes.count)
    bytes += Self.entry(type: 1, subtype: 2, offset: 0x9000, size: 0x6000, "nvs")
    bytes += Self.entry(type: 0, subtype: 0x10, offset: 0x2_0000, size: 0x20_0000, "ota_0")
    bytes += [UInt8](repeating: 0xFF, count: 0x2_0000 - bytes.count) + AppImageSketch().bytes
    let path = try folder.write(bytes)
    let error = #expect(throws: AppImageError.self) { try AppImage(reading: path) }
    #expect(error == .merged(path: path, table: 0x8000, app: 0x2_0000))
    #expect(error?.description.contains("the app begins at 0x20000") == true)
  }

  @Test("what cannot be opened is told by the reason")
  func unopened() throws {
    let missing = folder.url.appending(path: "none.bin").path
    #expect(throws: AppImageError.notFound(path: missing)) { try AppImage(reading: missing) }
    #expect(throws: AppImageError.folder(path: folder.url.path)) {
      try AppImage(reading: folder.url.path)
    }
    let pipe = folder.url.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: AppImageError.noFile(path: pipe)) { try AppImage(reading: pipe) }
  }

  private static func entry(
    type: UInt8, subtype: UInt8, offset: UInt32, size: UInt32, _ label: String
  ) -> [UInt8] {
    [0xAA, 0x50, type, subtype] + AppImageSketch.word(offset) + AppImageSketch.word(size)
      + AppImageSketch.field(label, 16) + [0, 0, 0, 0]
  }
}
