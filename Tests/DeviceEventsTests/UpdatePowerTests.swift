import Testing

@testable import DeviceEvents

@Suite("brownout, sleep and restarts on purpose")
struct UpdatePowerTests {
  @Test("the brownout line is read bare, under its tag and glued to the next boot")
  func brownout() {
    let line = "Brownout detector was triggered"
    #expect(Reading.plain(PowerDecoder.self, line) == [.power(.brownout)])
    #expect(Reading.message(PowerDecoder.self, "BOD", line) == [.power(.brownout)])
    #expect(
      Reading.plain(PowerDecoder.self, line + "ets Jul 29 2019 12:21:46") == [.power(.brownout)])
    #expect(
      Reading.plain(PowerDecoder.self, "wifi:\u{fffd}" + line + "\u{1b}[0m") == [.power(.brownout)])
  }

  @Test(
    "a sentence gives its event",
    arguments: [
      ("Entering deep sleep", PowerLine.entersDeepSleep),
      ("Entering in deep sleep", .entersDeepSleep), ("Going to sleep now", .entersDeepSleep),
      ("Entering deep sleep in 10 seconds", .entersDeepSleep),
      ("wake stub: going to deep sleep", .entersDeepSleep),
      ("Wake up from timer. Time spent in deep sleep: 20114ms", .wokeFromDeepSleep),
      ("Wake up from GPIO 33", .wokeFromDeepSleep), ("Wakeup caused by timer", .wokeFromDeepSleep),
      ("ULP wakeup, saving pulse count", .wokeFromDeepSleep),
      ("Prepare to restart system!", .restarts), ("Restarting now.", .restarts),
      ("Restarting in 5 seconds...", .restarts), ("Rebooting in 3 seconds", .restarts),
      ("Rebooting safely", .restarts), ("Rebooting safely...", .restarts),
      ("Rebooting...", .restarts), ("no settings found, esp_restart()", .restarts),
    ])
  func sentences(text: String, line: PowerLine) {
    let events = Reading.plain(PowerDecoder.self, text)
    #expect(events == [.power(line)])
    #expect(Reading.message(PowerDecoder.self, "BOD", text).allSatisfy { $0 == .power(line) })
  }

  @Test(
    "prose gives nothing",
    arguments: [
      "brownout threshold set to 2.43 V", "Brownout detector enabled",
      "Brownout detector was triggered 3 times since boot",
      "the Brownout detector was triggered", "Going to sleep", "Entering light sleep",
      "Not a deep sleep reset", "Wakeup was not caused by deep sleep: 0",
      "Returned from light sleep, reason: timer", "Restarting WiFi", "Restarting nowhere",
      "not Restarting now", "Restarting in background", "Deep sleep wakeups: 4",
      "Entering deep sleepiness",
    ])
  func lookAlikes(text: String) {
    #expect(Reading.plain(PowerDecoder.self, text) == [])
    #expect(Reading.message(PowerDecoder.self, "BOD", text) == [])
  }

  @Test("a line cut at any byte is read without a crash")
  func cuts() {
    for text in ["Brownout detector was triggeredets Jul 29 2019", "Restarting in 5 seconds..."] {
      for cut in Reading.cuts(of: text) {
        #expect(Reading.plain(PowerDecoder.self, cut).count <= 1)
      }
    }
  }
}
