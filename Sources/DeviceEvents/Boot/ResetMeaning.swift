/// What made the chip start again, as far as the ROM's reset code tells.
public enum ResetCause: String, CaseIterable, Hashable, Sendable {
  /// Power was applied, or a chip-level fault that shares the code of power-on.
  case powerOn = "power_on"
  /// Software asked for it: a restart, but also a panic or a brownout that an interrupt handled.
  case software
  /// A watchdog of a timer group: interrupt or task watchdog, or the flash-boot watchdog of the ROM.
  case timerGroupWatchdog = "watchdog_timer_group"
  /// The watchdog of the RTC or low-power domain: bootloader, panic handler or sleep took too long.
  case rtcWatchdog = "watchdog_rtc"
  /// The super watchdog.
  case superWatchdog = "watchdog_super"
  /// The supply fell under the brownout threshold.
  case brownout
  /// Waking from deep sleep.
  case deepSleep = "deep_sleep"
  /// The USB peripheral: a host opened the port, or a flashing tool.
  case usb
  /// A debugger.
  case jtag
  /// The SDIO host.
  case sdio
  /// The eFuses failed their checksum.
  case efuse
  /// A glitch of the supply.
  case powerGlitch = "power_glitch"
  /// A glitch of the clock.
  case clockGlitch = "clock_glitch"
  /// A fault inside the handler of a fault.
  case cpuLockup = "cpu_lockup"
  /// Another part of the chip asked for it (ESP32: the first core resets the second).
  case external
  /// A code that this version does not know, or that chips disagree about.
  case unknown
}

/// What a reset code means on a chip.
public struct ResetMeaning: Hashable, Sendable {
  /// The class of the cause.
  public var cause: ResetCause
  /// What `esp_reset_reason()` of release/v6.1 makes of the code; nil where the code alone does not
  /// settle it (a software reset carries its reason in an RTC register).
  public var reason: ResetReason?
  /// All that `esp_reset_reason()` may say after this code, over the versions of ESP-IDF and
  /// the revisions of the chip; anything else an application prints contradicts the code.
  public var possibleReasons: [ResetReason]
  /// Whether the code alone proves the reason. A power-on that shares its code with a chip-level
  /// brownout is still POWERON for the application, but proves nothing.
  public var isUnambiguous: Bool

  /// Puts a meaning together.
  public init(
    cause: ResetCause, reason: ResetReason?, possibleReasons: [ResetReason], isUnambiguous: Bool
  ) {
    self.cause = cause
    self.reason = reason
    self.possibleReasons = possibleReasons
    self.isUnambiguous = isUnambiguous
  }

  /// Nothing is known.
  static let unknown = ResetMeaning(
    cause: .unknown, reason: nil, possibleReasons: ResetReason.allCases, isUnambiguous: false)
}
