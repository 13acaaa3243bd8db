// [I][logger:171]: Log initialized
// [C][safe_mode:079]: There have been 3 suspected unsuccessful boot attempts
// [C][safe_mode:136]: Unsuccessful boot attempts: 3
// [I][app:029]: Running through setup()...
// [W][safe_mode:034]: Last reset too quick; invoke in 7 restarts
// [D][sensor:093]: 'Uptime': Sending state 134.00000 s with 0 decimals of accuracy
// 00:00:00.001 HDW: ESP32-D0WD-V3 v3.1
// 00:00:00.066 FRC: Some settings have been reset (3)
// 00:00:00.231 Project tasmota - Tasmota Version 14.2.0(tasmota32)-3_1_0(2026-01-20T10:44:09)
// 07:31:06.104 MQT: tele/porch/INFO3 = {"Info3":{"RestartReason":"Software reset CPU","BootCount":20}}
//
// What ESPHome (components logger, safe_mode, ota up to 2024.5, uptime; core/application.cpp) and Tasmota (tasmota.ino,
// xdrv_02_9_mqtt.ino, support_tasmota.ino, 8 to 15) print once after each start, and how long they have run since. A log
// that comes over the network holds nothing else that tells of a start.

import LineReading

extension NoticeSentences {
  /// ESPHome's, which mean something in lines of its form alone.
  static let startsOfESPHome: [Sentence] = [
    Sentence("Log initialized", .taggedMessage, ending: .whole, means: mark(.espHome, 0)),
    Sentence(
      "There have been ", then: "%d suspected unsuccessful boot attempts", .taggedMessage,
      means: attempts),
    Sentence("Unsuccessful boot attempts: ", then: "%d", .taggedMessage, means: attempts),
    Sentence(
      "Running through setup()", .taggedMessage, ending: .whole, means: mark(.espHome, 2)),
    Sentence(
      "setup() finished successfully", .taggedMessage, ending: .whole, means: mark(.espHome, 3)),
    Sentence(
      "Last reset occurred too quickly; safe mode will be invoked in ", then: "%d restarts",
      .taggedMessage, means: startsLeft),
    Sentence(
      "Last reset too quick; invoke in ", then: "%d restarts", .taggedMessage, means: startsLeft),
    Sentence("Uptime': Sending state ", then: "%s", behind: namesSensor, means: uptimeOfSensor),
    Sentence("Uptime' >> ", then: "%s", behind: namesSensor, means: uptimeOfSensor),
  ]

  /// Tasmota's.
  static let startsOfTasmota: [Sentence] = [
    Sentence("HDW: ESP", then: "%s", means: hardware),
    Sentence(
      "Some settings have been reset (", then: "%d)", behind: behindFastRestarts,
      means: { match in
        [.notice(Notice(.quickRestartsCounted, numbers: match.numbers))]
      }),
    Sentence("Project ", then: "%s - %s Version %s(%s)-%s(%s)", .lineStart, means: project),
    Sentence("ESP-Project ", then: "%s - %s Version %s(%s)-%s(%s)", .lineStart, means: project),
    Sentence("INFO3 = {", behind: TasmotaHead.mayStand(in:), means: mark(.tasmota, 10)),
    Sentence(
      "\"Uptime\":\"", then: "%dT%d:%d:%d\"", behind: TasmotaHead.mayStand(in:),
      means: { match in
        let numbers = match.numbers
        guard numbers.count == 4, numbers.allSatisfy({ (0...99_999).contains($0) }) else {
          return []
        }
        let hours = numbers[0] * 24 + numbers[1]
        return [.application(.runsFor(seconds: (hours * 60 + numbers[2]) * 60 + numbers[3]))]
      }),
  ]

  private static func mark(_ framework: StartMark.Framework, _ step: Int) -> Sentence.Meaning {
    { _ in [.application(.starts(StartMark(framework, step: step)))] }
  }

  /// How many starts before this one did not last: 0 tells nothing but that it starts.
  private static let attempts: Sentence.Meaning = { match in
    guard let count = match.numbers.first else { return [] }
    let mark = DeviceEvent.application(.starts(StartMark(.espHome, step: 1)))
    guard count > 0 else { return [mark] }
    return [mark, .notice(Notice(.quickRestartsCounted, numbers: [count]))]
  }

  private static let startsLeft: Sentence.Meaning = { match in
    guard let count = match.numbers.first else { return [] }
    return [
      .application(.startsBeforeSafeMode(count)), .notice(Notice(.quickRestartsCounted)),
    ]
  }

  /// Whether nothing but the name of a sensor begins before it, which is the node's own clock: `'`, `'Attic `.
  private static let namesSensor: Sentence.Lead = { before in
    let name = before.trimmed
    return name[0] == UInt8(ascii: "'") && name.count <= 32
      && name.firstIndex(of: UInt8(ascii: "'"), from: 1) == nil
  }

  /// `134.00000 s with 0 decimals of accuracy`; other units are counted too coarsely.
  private static let uptimeOfSensor: Sentence.Meaning = { match in
    guard let words = match.texts.first?.split(separator: " "), words.count >= 2, words[1] == "s",
      let seconds = Double(words[0]), (0...1e9).contains(seconds)
    else { return [] }
    return [.application(.runsFor(seconds: Int(seconds)))]
  }

  /// Up to 9.3 Tasmota says so as its application, later as its counter of fast restarts.
  private static let behindFastRestarts: Sentence.Lead = { before in
    let words = before.trimmed
    return ["FRC:", "APP:"].contains { (head: StaticString) in
      words.has(head, at: words.count - head.utf8CodeUnitCount)
    }
  }

  /// `32-D0WD-V3 v3.0`, `32-C6 v0.0`, behind `ESP`; other families say which they are.
  private static let hardware: Sentence.Meaning = { match in
    guard let name = match.texts.first?.split(separator: " ").first else { return [] }
    guard let chip = Chip(hardware: "ESP" + name) else {
      return [.notice(Notice(.otherChipNamed, detail: "ESP" + name))]
    }
    return [
      .application(.starts(StartMark(.tasmota, step: 0))), .application(.chip(chip)),
      .application(.running),
    ]
  }

  /// The node's name, the version, the build, the core and the time of the build.
  private static let project: Sentence.Meaning = { match in
    guard match.texts.count == 6, isCore(match.texts[4]), isTime(match.texts[5]) else { return [] }
    if isOfESP8266(core: match.texts[4]), !match.texts[3].contains("32") {
      return [.notice(Notice(.otherChipNamed, detail: "ESP8266"))]
    }
    return [
      .application(.starts(StartMark(.tasmota, step: 2, name: match.texts[1]))),
      .application(.running),
      .application(.describesItself(version: match.texts[2], compiled: match.texts[5])),
    ]
  }

  /// `3_1_0`, or the name of a stage.
  private static func isCore(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 16 && !text.contains(" ")
  }

  /// A core 2.4 to 2.7 is the ESP8266's.
  static func isOfESP8266(core: String) -> Bool {
    ["2_4", "2_5", "2_6", "2_7"].contains { core.hasPrefix($0) }
  }

  /// `2026-01-20T10:44:09`.
  private static func isTime(_ text: String) -> Bool {
    text.utf8.count == 19 && text.utf8.dropFirst(10).first == UInt8(ascii: "T")
  }
}
