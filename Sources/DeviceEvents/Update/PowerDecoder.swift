// E BOD: Brownout detector was triggered
// Entering deep sleep
// Wake up from timer. Time spent in deep sleep: 20314ms
// E (3000) app: no sensor found, rebooting
// I (9021) native_ota_example: Prepare to restart system!
//
// The brownout line is components/esp_hw_support/power_supply/brownout.c (esp_system/port in 4.4 to
// 5.4, esp_common and esp32 before): bare up to 5.1.2, under the tag BOD from then on. The sleep and
// restart texts are those of ESP-IDF's examples (system/deep_sleep, get-started/hello_world,
// system/ota), arduino-esp32's (DeepSleep) and ESPHome's (deep_sleep, Application).

import LineReading

/// Decodes brownout, deep sleep and restarts on purpose.
enum PowerDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = ["BOD", "deep_sleep", "app", "OTA_SERVICE", "safe_mode", "ota"]

  static var markers: [StaticString] { table.markers }

  static var plainInterest: PlainInterest { .texts(table.firstBytes) }
  static var plainOpenings: [StaticString]? { table.openings }

  static func openings(under tag: StaticString) -> [StaticString]? { table.openings }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    table.decode(message.message, reaching: .taggedMessage, body)
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    table.decode(text, reaching: .lineStart, body)
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard !retellsBrownout(at: position, in: text) else { return false }
    return table.decode(at: position, in: text, body)
  }

  /// Whether an application speaks of another chip's supply, or of an earlier sag: what detects a sag prints a line
  /// of its own, at most behind a line that was cut anywhere.
  private static func retellsBrownout(at position: Int, in text: ByteText) -> Bool {
    guard text.has("Brownout", at: position), !text.has("BOD: ", at: position - 5) else {
      return false
    }
    return !CrashRetelling.cutsALine(text[position - 1])
  }

  private static let table = SentenceTable(brownout + sleep + restart + mention)

  private static func means(_ line: PowerLine) -> Sentence.Meaning { { _ in [.power(line)] } }

  private static let brownout: [Sentence] = [
    Sentence(
      "Brownout detector was triggered", .sentence, ending: .whole, means: means(.brownout)),
    // The next boot's first line, glued behind it by the reset.
    Sentence(
      "Brownout detector was triggered", then: "%*ets %*", .sentence, means: means(.brownout)),
    Sentence(
      "Brownout detector was triggered", then: "%*ESP-ROM:%*", .sentence, means: means(.brownout)),
  ]

  private static let sleep: [Sentence] =
    [
      "Entering deep sleep", "Entering in deep sleep", "Enter deep sleep", "Going to deep sleep",
      "going to deep sleep", "Entering deep-sleep", "Starting deep sleep",
    ].map { Sentence($0, .sentence, ending: .clause, means: means(.entersDeepSleep)) }
    + [
      Sentence("Going to sleep now", .sentence, ending: .whole, means: means(.entersDeepSleep)),
      Sentence("Beginning sleep", .taggedMessage, means: means(.entersDeepSleep)),
      Sentence("Beginning Deep Sleep", .taggedMessage, means: means(.entersDeepSleep)),
      Sentence("Wake up from timer", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("Wake up from GPIO ", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("Wake up from touch on pad ", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("Wake up from ULP", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("Wakeup caused by ", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("ULP wakeup", .lineStart, ending: .clause, means: means(.wokeFromDeepSleep)),
      Sentence("Deep sleep wakeup", .sentence, ending: .clause, means: means(.wokeFromDeepSleep)),
      Sentence("Woke up from deep sleep", .sentence, means: means(.wokeFromDeepSleep)),
      Sentence("Wakeup from deep sleep", .sentence, means: means(.wokeFromDeepSleep)),
    ]

  private static let restart: [Sentence] =
    [
      "Prepare to restart system", "Restarting now", "Rebooting now", "Rebooting safely",
      "Restarting system", "Rebooting system", "System will restart", "System rebooting",
      "Restarting device", "Rebooting device", "Restarting ESP32", "Rebooting ESP32",
      "Restarting ESP", "Rebooting ESP", "Restarting the device", "Rebooting the device",
      "Rebooting to apply", "Restarting to apply", "Calling esp_restart",
    ].map { Sentence($0, .sentence, ending: .clause, means: means(.restarts)) }
    // The call's own name: nothing else is meant than the whole program.
    + [Sentence("esp_restart()", .anywhere, ending: .whole, means: means(.restarts))]
    + [
      Sentence("Restarting in ", then: "%d sec", .sentence, means: means(.restarts)),
      Sentence("Restarting in ", then: "%ds", .sentence, means: means(.restarts)),
      Sentence("Restarting in ", then: "%d ms", .sentence, means: means(.restarts)),
      Sentence("Rebooting in ", then: "%d sec", .sentence, means: means(.restarts)),
      Sentence("Rebooting in ", then: "%ds", .sentence, means: means(.restarts)),
      Sentence("Rebooting in ", then: "%d ms", .sentence, means: means(.restarts)),
      Sentence("Restarting...", .sentence, ending: .whole, means: means(.restarts)),
      Sentence("Rebooting...", .sentence, ending: .whole, means: means(.restarts)),
      // Tasmota (support_tasmota.ino) and ESPEasy (its log of commands), behind clocks of their own.
      Sentence("APP: Restarting", .anywhere, ending: .whole, means: means(.restarts)),
      Sentence("Info  : Command: reboot", .anywhere, ending: .whole, means: means(.restarts)),
      Sentence("Info   : Command: reboot", .anywhere, ending: .whole, means: means(.restarts)),
      Sentence("Forcing a reboot", .taggedMessage, means: means(.restarts)),
      Sentence("Timeout, restarting", .taggedMessage, means: means(.restarts)),
      Sentence("restart!", .taggedMessage, means: means(.restarts)),
    ]

  /// How messages about something else end; a stream or a modem restarts in the same words.
  private static let mention: [Sentence] =
    ["rebooting", "restarting", "will reboot", "will restart", "must reboot", "must restart"].map {
      Sentence($0, ending: .whole, means: { _ in [.notice(Notice(.restartMentioned))] })
    }
    + ["%d sec", "%ds", "%d s", "%d ms"].flatMap { (time: StaticString) in
      ["rebooting in ", "restarting in "].map { (words: StaticString) in
        Sentence(words, then: time, means: { _ in [.notice(Notice(.restartMentioned))] })
      }
    }
}
