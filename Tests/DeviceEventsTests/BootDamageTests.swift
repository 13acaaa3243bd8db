import LineReading
import Testing

@testable import DeviceEvents

@Suite("Damage on the boot side")
struct BootDamageTests {
  private static let plain = [
    "ets Jul 29 2019 12:21:46", "ESP-ROM:esp32c3-api1-20210207", "ESP-ROM-LP:esp32p4-20230811",
    "Build:Mar 27 2021", "Core0 Saved PC:0x4ff0a2b4", "load:0x3fff0030,len:1184",
    "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))",
    " 3 ota_0            OTA app          00 10 00020000 00200000",
    "Checksum failure. Calculated 0x5c stored 0xa1", "invalid header: 0xffffffff",
    "entry 0x403c8920", "2 mmu set 00010000, pos 00010000", "flash read err, 1000",
    "Sig block 0 invalid: Image digest does not match", "Expected: ffffffffffffffffffff",
    " ets Jan  8 2013,rst cause:4, boot mode:(3,7)", "Assert failed in main, boot.c:88 (x)",
  ]
  private static let messages = [
    "ESP-IDF v5.4.2 2nd stage bootloader", "Loaded app from partition at offset 0x20000",
    "segment 0: paddr=00020020 vaddr=3c0b0020 size=2a1c0h (172480) map",
    " 3 ota_0            OTA app          00 10 00020000 00200000",
    "partition 4 invalid - offset 0x420000 size 0x3e0000 exceeds flash chip size 0x400000",
    "Image requires chip rev >= v3.0, but chip is v1.0", "ELF file SHA256:  0a1b2c3d4...",
    "Detected size(4096k) smaller than the size in the binary image header(8192k). Probe failed.",
    "init function 0x42001234 has failed (0x105), aborting", "mode : sta (f4:12:fa:00:11:22)",
    "Trying partition index -1 offs 0x10000 size 0x100000", "Project name:     hello",
    "WDT reset info: PRO CPU PC=0x400d1234 (waiti mode)",
  ]
  private static let tags = [
    "boot", "boot.esp32s3", "boot.", "esp_image", "boot_comm", "cpu_start", "main_task",
    "spi_flash", "wifi", "efuse", "",
  ]

  @Test("text cut at every byte is read without a crash, and a shorter one tells no more")
  func cutPlainText() {
    for text in Self.plain {
      let bytes = Array(text.utf8)
      let whole = read(bytes).count
      for length in 0...bytes.count {
        #expect(read(Array(bytes.prefix(length))).count <= max(whole, 1), "\(text) \(length)")
        _ = read(Array(bytes.dropFirst(length)))
      }
    }
  }

  /// Three events at the most: the chip that the tag names, the bootloader, and a notice.
  @Test("messages cut at every byte are read without a crash under every tag")
  func cutMessages() {
    for text in Self.messages {
      let bytes = Array(text.utf8)
      for tag in Self.tags {
        for length in 0...bytes.count {
          #expect(readMessage(Array(bytes.prefix(length)), tag).count <= 3)
          #expect(readMessage(Array(bytes.dropFirst(length)), tag).count <= 3)
        }
      }
    }
  }

  @Test("flipped bits, huge numbers and bytes that are no text do no harm")
  func flippedBits() {
    var state: UInt64 = 0x5eed_b007
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<4_000 {
      var bytes = Array(Self.plain[random(Self.plain.count)].utf8)
      var message = Array(Self.messages[random(Self.messages.count)].utf8)
      for _ in 0...random(4) {
        bytes[random(bytes.count)] ^= UInt8(1 << random(8))
        message[random(message.count)] = UInt8(random(256))
      }
      #expect(read(bytes).count <= 2, "seed 0x5eedb007")
      #expect(
        readMessage(message, Self.tags[random(Self.tags.count)]).count <= 3, "seed 0x5eedb007")
    }
    let digits = String(repeating: "9", count: 300)
    for text in [
      "rst:0x\(digits) (A)", "load:0x\(digits),len:0x\(digits)", "load:0x1,len:\(digits)",
      "\(digits) nvs WiFi data 01 02 99999999 99999999", "flash read err, \(digits)",
      "rst:0x1 (A),boot:0x1 (" + String(repeating: "(", count: 500),
    ] {
      #expect(read(Array(text.utf8)).count <= 3)
    }
  }

  private func read(_ bytes: [UInt8]) -> [DeviceEvent] {
    lend(bytes) { text in
      var events: [DeviceEvent] = []
      _ =
        ROMDecoder.decode(text) { events.append($0) }
        || BootloaderDecoder.decode(text) { events.append($0) }
      var clues = ChipClues()
      for event in events {
        clues.add(event)
        if case .rom(.reset(let reset)) = event {
          _ = ResetCauses.meaning(code: reset.code, chip: clues.chip, name: reset.name)
        }
      }
      return events
    }
  }

  private func readMessage(_ bytes: [UInt8], _ tag: String) -> [DeviceEvent] {
    var most: [DeviceEvent] = []
    lend(tag) { tag in
      lend(bytes) { text in
        let message = LogMessage(
          level: UInt8(ascii: "I"), time: nil, tag: tag, message: text, style: .espIDF)
        let decoders: [any MessageDecoder.Type] = [
          BootloaderDecoder.self, ImageDecoder.self, ApplicationDecoder.self,
        ]
        for decoder in decoders {
          var events: [DeviceEvent] = []
          _ = decoder.decode(message) { events.append($0) }
          if events.count > most.count { most = events }
        }
      }
    }
    return most
  }
}
