import LineReading
import Testing

@testable import DeviceEvents

/// What lines of frameworks above ESP-IDF say, and what their look-alikes do not.
@Suite("Frameworks")
struct FrameworkNoticeTests {
  private func read(_ text: String) -> (events: [DeviceEvent], espLines: Int) {
    var decoder = EventDecoder()
    var reader = LineReader()
    var events: [DeviceEvent] = []
    Array((text + "\n").utf8).withUnsafeBufferPointer { bytes in
      reader.feed(bytes) { line in decoder.decode(line) { events.append($0) } }
    }
    reader.finish { line in decoder.decode(line) { events.append($0) } }
    return (events, decoder.espLines)
  }

  private func kinds(_ text: String) -> [NoticeKind] {
    read(text).events.compactMap { if case .notice(let notice) = $0 { notice.kind } else { nil } }
  }

  @Test("ESPHome's safe mode is told, and a count of attempts")
  func safeMode() {
    #expect(
      kinds("[E][safe_mode:086]: Boot loop detected. Proceeding to safe mode") == [.safeModeEntered]
    )
    #expect(
      kinds("[C][safe_mode:079]: There have been 2 suspected unsuccessful boot attempts")
        == [.quickRestartsCounted])
    #expect(
      kinds("[C][safe_mode:079]: There have been 0 suspected unsuccessful boot attempts").isEmpty)
    #expect(
      kinds("00:00:00.066 FRC: Some settings have been reset (3)") == [.quickRestartsCounted])
    #expect(kinds("setup: Some settings have been reset (3)").isEmpty)
    #expect(kinds("[I][safe_mode:077]: Safe mode invoked manually") == [.safeModeAskedFor])
    #expect(kinds("[I][safe_mode:109]: Manual mode") == [.safeModeAskedFor])
    #expect(kinds("[E][safe_mode:139]: Boot loop detected") == [.safeModeEntered])
    #expect(kinds("[W][safe_mode:166]: SAFE MODE IS ACTIVE") == [.safeModeActive])
    #expect(kinds("[I][hub:166]: SAFE MODE IS ACTIVE").isEmpty)
  }

  @Test("WLED tells of crashes before this start by its count")
  func wled() {
    #expect(
      kinds("checking for bootloop: time 2104, counter 2, action 0") == [.earlierCrashReported])
    #expect(kinds("!BOOTLOOP DETECTED!") == [.earlierCrashReported])
    #expect(kinds("checking for bootloop: time 2104, counter 0, action 0") == [])
    #expect(kinds("checking for bootloop: time 2104, counter 3141592653, action 7") == [])
    #expect(kinds("checking for bootloop") == [])
  }

  @Test("ESPEasy tells its family by its SDK, and on these chips its reset reason")
  func espEasy() {
    let booting = "INIT : Booting version: ESP_Easy_mega_20250430_normal"
    #expect(
      read(booting + "_ESP32_4M316k, (Self built) (ESP32 SDK 5.3.2.250120)").events
        == [.application(.running)])
    #expect(kinds(booting + ", (ESP82xx Core 2_7_4, NONOS SDK 2.2.2)") == [.otherChipNamed])
    #expect(kinds(booting) == [])
    let reason = "INIT : Soft Reboot #3 - Restart Reason: CPU0: Software reset digital core CPU1:"
    let line = BootLine(reason: nil, partition: nil, romCode: 3)
    let told = read(reason).events.compactMap { event in
      if case .bootLine(let line) = event { line.romCode } else { nil }
    }
    #expect(told == [line.romCode])
    #expect(read("INIT : Cold Boot - Restart Reason: Power on").events == [])
  }

  @Test("builds for chips of other families name themselves")
  func otherFamilies() {
    #expect(kinds("[C][lt.component:013]: LibreTiny:") == [.otherChipNamed])
    #expect(
      kinds("INFO  | 10:02:11 2 S:B:9,2.6.1.7c3edde,rak4631,meshtastic/firmware")
        == [.otherChipNamed])
    #expect(kinds("INFO  | 10:02:11 2 S:B:43,2.6.1.7c3edde,heltec-v3,meshtastic/firmware").isEmpty)
    #expect(kinds("S:B:30,2.6.1.7c3edde,picow,meshtastic/firmware") == [.otherChipNamed])
    #expect(kinds("S:B:30,2.6.1.7c3edde,picomputer-s3,meshtastic/firmware").isEmpty)
  }

  @Test(
    "a crash that Tasmota told somebody else is not this node's",
    arguments: [
      "I (30100) mqtt: rx stat/plug/STATUS12 ", "I (30100) mqtt: stat/plug/STATUS12 = ",
      "I (30100) uart: 10:00:01.101 RSL: STATUS12 = ", "plug said ",
    ])
  func crashOfAnother(lead: String) {
    let record = "{\"StatusSTK\":{\"Exception\":29,\"Reason\":\"StoreProhibited\","
    #expect(kinds(lead + record + "\"EPC\":\"400e7b12\"}}").isEmpty)
    #expect(kinds(lead + record + "\"EPC\":[\"40223d8c\"]}}").isEmpty)
  }

  @Test(
    "an answer of Tasmota's behind its topic alone is another node's where log macros print",
    arguments: [
      "STATUS12 = {\"StatusSTK\":{\"Exception\":29,\"Reason\":\"LoadProhibited\",\"EPC\":\"400d1234\"}}",
      "UPGRADE = {\"Upgrade\":\"Failed HTTP error: connection refused\"}",
      "UPGRADE = {\"Upgrade\":\"Successful. Restarting\"}",
    ])
  func answerBehindTopic(answer: String) {
    func told(behind lines: String) -> Int {
      read(lines + "stat/porch/" + answer).events.count { event in
        switch event {
        case .notice, .update: true
        default: false
        }
      }
    }
    let project =
      "00:00:00.231 Project tasmota - valve Version 14.4.1(tasmota32)-3_1_0(2026-02-02T08:01:30)\n"
    let message = "I (400) app: hello\n"
    #expect(told(behind: "") > 0)
    #expect(told(behind: message) == 0)
    #expect(told(behind: project + message) > 0)
    // What a line says is not remembered where it depends on what runs.
    let line = "stat/porch/" + answer + "\n"
    let before = told(behind: "")
    #expect(told(behind: line + line + line + message) == 3 * before)
    let headed = "07:40:09.910 MQT: "
    #expect(read(message + headed + line).events.count > read(message).events.count)
  }

  @Test(
    "Tasmota's crash recorder tells of an ESP32's crash by one address, of an ESP8266's by several")
  func tasmotaCrash() {
    #expect(
      kinds(
        "10:00:01.101 RSL: STATUS12 = {\"StatusSTK\":{\"Exception\":29,\"Reason\":\"StoreProhibited\",\"EPC\":\"400e7b12\",\"EXCVADDR\":\"00000010\",\"CallChain\":[\"400e7b0f\"]}}"
      ) == [.earlierCrashReported, .earlierCrashReason])
    #expect(
      kinds(
        "10:00:01.101 RSL: STATUS12 = {\"StatusSTK\":{\"Exception\":29,\"Reason\":\"StoreProhibited\",\"EPC\":[\"40223d8c\",\"00000000\"],\"EXCVADDR\":\"00000010\"}}"
      ) == [.otherChipNamed])
  }

  @Test("a traceback is heard, and does not make a log one of an ESP32's")
  func traceback() {
    let log = """
      Traceback (most recent call last):
        File "main.py", line 31, in <module>
      OSError: [Errno 2] ENOENT
      """
    #expect(kinds(log) == [.pythonTraceback, .scriptFrame, .pythonError])
    #expect(read(log).espLines == 0)
    #expect(kinds("  File \"/usr/lib/python3/ssl.py\", line 3, in <module>").isEmpty)
  }

  @Test(
    "a banner names its chip",
    arguments: [
      ("MicroPython v1.24.1 on 2024-11-29; Generic ESP32S3 module with ESP32S3", Chip.esp32s3),
      ("Adafruit CircuitPython 9.2.1 on 2024-11-20; Feather ESP32-S2 with ESP32S2", .esp32s2),
      ("00:00:00.002-223/45 HDW: ESP32-D0WD-V3 v3.0 ", .esp32),
      ("00:00:00.002 HDW: ESP32-C6 v0.0 ", .esp32c6),
    ])
  func chips(_ line: String, _ chip: Chip) {
    #expect(read(line).events.contains(.application(.chip(chip))))
  }

  @Test("a banner of another family names it, too")
  func otherChips() {
    let line = "MicroPython v1.23.0 on 2024-06-02; Raspberry Pi Pico W with RP2040"
    let (events, espLines) = read(line)
    #expect(events == [.notice(Notice(.otherChipNamed, detail: "RP2040"))])
    #expect(espLines == 0)
  }

  @Test("a state of the Wi-Fi library carries the reason in its upper byte")
  func states() {
    func reasons(_ line: String, _ kind: NoticeKind = .wifiJoinFailed) -> [[Int]] {
      read(line).events.compactMap { event in
        if case .notice(let notice) = event, notice.kind == kind {
          notice.numbers
        } else {
          nil
        }
      }
    }
    #expect(reasons("I (4002) wifi:state: auth -> init (200)") == [[2]])
    #expect(reasons("I (4002) wifi:state: assoc -> init (0x600)") == [[6]])
    // A station that leaves had joined.
    #expect(reasons("I (4002) wifi:state: run -> init (fc0)").isEmpty)
    #expect(reasons("I (4002) wifi:state: run -> init (fc0)", .wifiDisconnected) == [[15]])
    #expect(reasons("I (4002) wifi:state: run -> init (0xc900)", .wifiDisconnected) == [[201]])
    #expect(reasons("I (4002) wifi:state: run -> init (0x0)", .wifiDisconnected).isEmpty)
    #expect(reasons("I (4002) wifi:state: assoc -> run (10)").isEmpty)
  }

  @Test("MicroPython's panic handler names the version of ESP-IDF")
  func idfVersion() {
    #expect(read("IDF version : v5.4.3").events == [.application(.idf("v5.4.3"))])
    #expect(read("IDF version : see above").events.isEmpty)
    #expect(read("our IDF version : v5.4.3").events.isEmpty)
  }

  @Test("ArduinoOTA's error stands behind its progress in one line")
  func arduinoError() {
    let events = read("Progress: 8%\rProgress: 31%\rError[3]: Receive Failed").events
    #expect(events.contains(.update(.failed(UpdateFailure(stage: .download)))))
  }

  @Test(
    "negative numbers are HTTPClient's where HTTPUpdate reports them, and any sketch's elsewhere")
  func numberedErrors() {
    let failed = DeviceEvent.update(.failed(UpdateFailure(stage: .download)))
    #expect(read("HTTP_UPDATE_FAILED Error (-1): connection refused").events.contains(failed))
    #expect(!read("Error[-1]: I2C timeout").events.contains(failed))
  }

  @Test("what is connected under an application's tag need not be Wi-Fi")
  func connected() {
    #expect(kinds("[I][wifi:313]: Connected") == [.wifiConnected])
    for tag in ["app", "main", "api", "httpd"] {
      #expect(kinds("I (900) \(tag): Connected").isEmpty, "\(tag)")
      #expect(kinds("I (900) \(tag): Disconnected, reason: 531").isEmpty, "\(tag)")
    }
  }

  @Test("the component of ESPHome that runs an ESP8266's Wi-Fi names that chip")
  func wifiOfESP8266() {
    #expect(kinds("[V][wifi_esp8266:058]: Enabling STA.") == [.otherChipNamed])
    #expect(kinds("[V][wifi_esp32:058]: Enabling STA.").isEmpty)
  }
}
