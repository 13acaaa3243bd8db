import BootTimeline
import Diagnosis
import Foundation
import Testing

@testable import Reporting

@Suite("JSON")
struct JSONTests {
  @Test("an object keeps its keys in the order written, on one line or indented")
  func layout() {
    func write(_ layout: JSONWriter.Layout) -> String {
      var json = JSONWriter(layout: layout)
      json.object { json in
        json.member("b", 1)
        json.member("a", "x")
        json.member("absent", String?.none)
        json.member("list", each: [1, 2]) { $0.number($1) }
        json.member("empty", each: [Int]()) { $0.number($1) }
        json.member("object") { $0.member("yes", true) }
      }
      return json.text
    }
    #expect(write(.line) == #"{"b":1, "a":"x", "list":[1, 2], "empty":[], "object":{"yes":true}}"#)
    #expect(
      write(.indented) == """
        {
          "b": 1,
          "a": "x",
          "list": [
            1,
            2
          ],
          "empty": [],
          "object": {
            "yes": true
          }
        }
        """)
  }

  @Test("strings survive the way through a parser, hostile or not")
  func strings() throws {
    let samples =
      HostileTextTests.hostile + ["\"", "\\", "/", "Grüße 世界 🙂", "\u{fffd}", "", "\u{10ffff}"]
    for sample in samples {
      var json = JSONWriter(layout: .line)
      json.array([sample]) { $0.string($1) }
      let text = json.text
      #expect(!text.unicodeScalars.contains { HostileText.mustNotBeShown($0) })
      let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String]
      #expect(parsed.map { $0.map { Array($0.unicodeScalars) } } == [Array(sample.unicodeScalars)])
    }
  }

  @Test("each byte of ASCII is escaped or not, wherever it stands in a text")
  func places() throws {
    for byte in UInt8(0)...127 {
      for place in 0..<18 {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 18)
        bytes[place] = byte
        let sample = String(decoding: bytes, as: UTF8.self)
        var json = JSONWriter(layout: .line)
        json.array([sample]) { $0.string(unmasked: $1) }
        let parsed = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String]
        #expect(parsed == [sample])
        #expect(!json.text.unicodeScalars.contains { HostileText.mustNotBeShown($0) })
      }
    }
  }

  @Test(
    "shares are plain numbers between 0 and 1",
    arguments: zip(
      [0, 1, 0.97, 0.5, 0.123456, 0.99999, 7, -1, .nan, .infinity, 0.0001, 0.0304, 0.9],
      ["0", "1", "0.97", "0.5", "0.1235", "1", "1", "0", "0", "1", "0.0001", "0.0304", "0.9"]))
  func shares(share: Double, written: String) {
    var json = JSONWriter(layout: .line)
    json.share(share)
    #expect(json.text == written)
  }

  @Test("numbers keep their extremes, addresses their eight digits")
  func numbers() {
    var json = JSONWriter(layout: .line)
    let numbers = [Int.min, -1, 0, 9, 10, 1_090, 9_999_999, 10_000_000, Int.max]
    json.array(numbers) { $0.number($1) }
    #expect(json.text == "[\(numbers.map(String.init).joined(separator: ", "))]")
    for address: UInt32 in [0, 0x9, 0xa, 0x4008_2c4f, .max] {
      var json = JSONWriter(layout: .line)
      json.address(address)
      #expect(json.text == "\"\(Hexadecimal.address(address))\"")
    }
    for address: UInt32 in [0x0123_4567, 0x89ab_cdef, 0xf0f0_0f0f, 0x9a9a_a9a9] {
      var json = JSONWriter(layout: .line)
      json.address(address)
      #expect(json.text == "\"\(Hexadecimal.address(address))\"")
    }
    for offset in [0, 1, 0xf, 0x10, 0x9000, 0x20000, 0xff_ffff, Int.max, -1] {
      var json = JSONWriter(layout: .line)
      json.object { $0.member("offset", flashOffset: offset) }
      #expect(json.text == "{\"offset\":\"\(Hexadecimal.offset(offset))\"}")
    }
    #expect(Hexadecimal.address(0) == "0x00000000")
    #expect(Hexadecimal.address(.max) == "0xffffffff")
    #expect(Hexadecimal.offset(0x20000) == "0x20000")
  }

  @Test("a report parses, and says what the contract's example says")
  func report() throws {
    let text = JSONReport(SampleReports.newImagePanic).text
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "esptriage.diagnosis/1")
    #expect(object["lines"] as? Int == 602)
    let verdict = try #require(object["verdict"] as? [String: Any])
    #expect(verdict["id"] as? String == "ota_new_image_panic")
    #expect(verdict["confidence"] as? Double == 0.97)
    #expect(verdict["reasoning"] == nil)
    let boots = try #require(object["boots"] as? [[String: Any]])
    #expect(boots.count == 3)
    #expect(boots[0]["loaded_offset"] as? String == "0x20000")
    #expect((boots[0]["rom_reset"] as? [String: Any])?["name"] as? String == "POWERON")
    #expect((boots[0]["boot_mode"] as? [String: Any])?["code"] as? Int == 8)
    #expect(boots[1]["rom_reset"] == nil)
    let crash = try #require((object["crashes"] as? [[String: Any]])?.first)
    #expect(crash["pc"] as? String == "0x42101a30")
    #expect(crash["backtrace_corrupted"] as? Bool == true)
    #expect((crash["registers"] as? [String: String])?["PS"] == "0x00060f30")
    #expect(object["elided"] == nil)
    #expect(text.contains(#""registers":{"PC":"0x42101a30", "PS":"0x00060f30"}"#))
  }

  @Test("a register printed twice is written once")
  func registers() {
    var report = SampleReports.newImagePanic
    report.timeline.crashes[0].registers.append(.init(name: "PC", value: 1))
    #expect(JSONReport(report).text.components(separatedBy: #""PC":"#).count == 2)
  }

  @Test("one line stays one line, and the reasoning comes when asked for")
  func reasoning() {
    let text = JSONReport(SampleReports.newImagePanic, reasoning: .shown).text
    #expect(text.contains(#""reasoning":["Three independent"#))
    #expect(!text.contains("\n"))
  }
}
