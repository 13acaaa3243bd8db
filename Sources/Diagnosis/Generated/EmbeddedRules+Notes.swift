// swift-format-ignore-file
// Made from rules/ by `esptriage-dev generate`; change the rules there.

import DeviceEvents

extension EmbeddedRules {
  static let allocationFailedRule = prepared(makeAllocationFailedRule())
  static let appNewerThanBootloaderRule = prepared(makeAppNewerThanBootloaderRule())
  static let appOlderThanBootloaderRule = prepared(makeAppOlderThanBootloaderRule())
  static let backtraceCorruptedRule = prepared(makeBacktraceCorruptedRule())
  static let batteryLowRule = prepared(makeBatteryLowRule())
  static let bootloaderAssertionRule = prepared(makeBootloaderAssertionRule())
  static let bootloaderRolledBackRule = prepared(makeBootloaderRolledBackRule())
  static let brokerLostRule = prepared(makeBrokerLostRule())
  static let brownoutAtStartRule = prepared(makeBrownoutAtStartRule())
  static let captureCutRule = prepared(makeCaptureCutRule())
  static let connectionTroubleRule = prepared(makeConnectionTroubleRule())
  static let coprocessorSilentRule = prepared(makeCoprocessorSilentRule())
  static let coreDumpCutRule = prepared(makeCoreDumpCutRule())
  static let coreDumpInFlashRule = prepared(makeCoreDumpInFlashRule())
  static let coreDumpTroubleRule = prepared(makeCoreDumpTroubleRule())
  static let crashedElfIsAnotherRule = prepared(makeCrashedElfIsAnotherRule())
  static let crystalTroubleRule = prepared(makeCrystalTroubleRule())
  static let damagedLogRule = prepared(makeDamagedLogRule())
  static let earlierCrashByReasonRule = prepared(makeEarlierCrashByReasonRule())
  static let earlierCrashRanOnRule = prepared(makeEarlierCrashRanOnRule())
  static let earlierResetToldRule = prepared(makeEarlierResetToldRule())
  static let earlierRollbackSeenRule = prepared(makeEarlierRollbackSeenRule())
  static let emulatorRule = prepared(makeEmulatorRule())
  static let errorCheckWithoutAbortRule = prepared(makeErrorCheckWithoutAbortRule())
  static let failedVersionOfferedRule = prepared(makeFailedVersionOfferedRule())
  static let flashLargerThanHeaderRule = prepared(makeFlashLargerThanHeaderRule())
  static let flashWriteFailedRule = prepared(makeFlashWriteFailedRule())
  static let flashedInBetweenRule = prepared(makeFlashedInBetweenRule())
  static let heapDamageFoundRule = prepared(makeHeapDamageFoundRule())
  static let httpServerFailedRule = prepared(makeHttpServerFailedRule())
  static let imageNearSizeLimitRule = prepared(makeImageNearSizeLimitRule())
  static let imageUnconfirmedRule = prepared(makeImageUnconfirmedRule())
  static let lateCrashOfOldImageRule = prepared(makeLateCrashOfOldImageRule())
  static let mcubootRevertedBeforeRule = prepared(makeMcubootRevertedBeforeRule())
  static let nestedPanicRule = prepared(makeNestedPanicRule())
  static let networkLostRule = prepared(makeNetworkLostRule())
  static let nvsProblemRule = prepared(makeNvsProblemRule())
  static let octalFlashMismatchRule = prepared(makeOctalFlashMismatchRule())
  static let oldBootloaderHintRule = prepared(makeOldBootloaderHintRule())
  static let oneBadReadOfTheBootloaderRule = prepared(makeOneBadReadOfTheBootloaderRule())
  static let otaAuthDisabledRule = prepared(makeOtaAuthDisabledRule())
  static let otaKeyMissingRule = prepared(makeOtaKeyMissingRule())
  static let otaServerFailedRule = prepared(makeOtaServerFailedRule())
  static let otadataInvalidRule = prepared(makeOtadataInvalidRule())
  static let panicTextButRanOnRule = prepared(makePanicTextButRanOnRule())
  static let phyCalibrationForeignRule = prepared(makePhyCalibrationForeignRule())
  static let powerOnDoubleResetRule = prepared(makePowerOnDoubleResetRule())
  static let powerOnMidRunRule = prepared(makePowerOnMidRunRule())
  static let psramFailedRule = prepared(makePsramFailedRule())
  static let resetReasonNotLoggedRule = prepared(makeResetReasonNotLoggedRule())
  static let restartUnexplainedRule = prepared(makeRestartUnexplainedRule())
  static let restartsForNetworkRule = prepared(makeRestartsForNetworkRule())
  static let romHashMismatchHarmlessRule = prepared(makeRomHashMismatchHarmlessRule())
  static let rtcResetAtLogStartRule = prepared(makeRtcResetAtLogStartRule())
  static let sameVersionOfferedRule = prepared(makeSameVersionOfferedRule())
  static let scriptExceptionRule = prepared(makeScriptExceptionRule())
  static let severalNodesMixedRule = prepared(makeSeveralNodesMixedRule())
  static let slotChangedWithoutUpdateRule = prepared(makeSlotChangedWithoutUpdateRule())
  static let slotNotBootableRule = prepared(makeSlotNotBootableRule())
  static let startupComplaintRule = prepared(makeStartupComplaintRule())
  static let twoChipsRule = prepared(makeTwoChipsRule())
  static let unreadableStretchesRule = prepared(makeUnreadableStretchesRule())
  static let updateDeclinedRule = prepared(makeUpdateDeclinedRule())
  static let updateInterruptedRule = prepared(makeUpdateInterruptedRule())
  static let watchdogResetSeenRule = prepared(makeWatchdogResetSeenRule())
  static let wifiGaveUpRule = prepared(makeWifiGaveUpRule())
  static let wifiNeverJoinsRule = prepared(makeWifiNeverJoinsRule())
  static let wifiUnsteadyRule = prepared(makeWifiUnsteadyRule())
  static let wifiWrongPasswordRule = prepared(makeWifiWrongPasswordRule())
  static let wordsOfAnotherDeviceRule = prepared(makeWordsOfAnotherDeviceRule())

  private static func makeAllocationFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("allocation_failed")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "an allocation failed", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "allocation-failed", family: .notes, verdict: nil, severity: .warning, title: "Memory allocations fail", why: "Lines of ESP-IDF or of the application that report a failed allocation.", when: v4, confidence: 0.9)
    rule.summary = "The heap could not serve a request. The node may work on, slowly losing functions, until something that cannot do without memory crashes."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.8)
    rule.causes.append(CauseCandidate(id: "heap_exhausted", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-allocation-failed-s2"], silent: ["ota-ok-chatty", "healthy-restart-sparse"])
    return rule
  }

  private static func makeAppNewerThanBootloaderRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.appNewerThanBootloader), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the app comes from ESP-IDF {boot.app_idf}, the bootloader from {boot.bootloader_idf}", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "app-newer-than-bootloader", family: .notes, verdict: nil, severity: .info, title: "The app is newer than its bootloader", why: "The versions in the bootloader's banner and in the app's description.", when: v4, confidence: 0.9)
    rule.summary = "The bootloader was built with ESP-IDF {boot.bootloader_idf}, the app with {boot.app_idf}: what updates over the air leave behind, and supported. What only a newer bootloader can do (rollback, checks of chip revisions, other image formats) is still missing."
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF Programming Guide, Bootloader Compatibility"]
    rule.examples = Rule.Examples(fires: ["healthy-app-newer-than-bootloader-c3"], silent: ["healthy-app-older-than-bootloader-c3", "ota-ok-chatty"])
    return rule
  }

  private static func makeAppOlderThanBootloaderRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.appOlderThanBootloader), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the app comes from ESP-IDF {boot.app_idf}, the bootloader from {boot.bootloader_idf}", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "app-older-than-bootloader", family: .notes, verdict: nil, severity: .warning, title: "The app is older than its bootloader", why: "The versions in the bootloader's banner and in the app's description. A bare hash or a version without numbers says nothing.", when: v4, confidence: 0.9)
    rule.summary = "The bootloader was built with ESP-IDF {boot.bootloader_idf}, the app with {boot.app_idf}. An app older than its bootloader is not supported; it may work today and fail with the next update."
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF Programming Guide, Bootloader Compatibility"]
    rule.examples = Rule.Examples(fires: ["healthy-app-older-than-bootloader-c3", "bootloader-mismatch-crash-chatty"], silent: ["healthy-app-newer-than-bootloader-c3", "ota-ok-chatty"])
    return rule
  }

  private static func makeBacktraceCorruptedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.backtraceCorrupted), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the backtrace ends with CORRUPTED", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "backtrace-corrupted", family: .notes, verdict: nil, severity: .info, title: "The backtrace is corrupted", why: "The marker behind the backtrace.", when: v4, confidence: 0.9)
    rule.summary = "The backtrace ends because the stack makes no sense any more. Its last frames may be wrong; an overflowed stack or an overrun buffer is likely."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["stack-canary-main-task-esp32", "handler-overflow-sparse"], silent: ["panic-no-update-sparse", "null-read-c5"])
    return rule
  }

  private static func makeBatteryLowRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("battery_low")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the battery is low", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "battery-low", family: .notes, verdict: nil, severity: .warning, title: "The battery is low", why: "Lines of the battery monitor.", when: v4, confidence: 0.9)
    rule.summary = "The log says that a battery is low. Brownouts and lost clocks follow."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.8)
    rule.causes.append(CauseCandidate(id: "battery_empty", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-battery-low-c6"], silent: ["brownout-alone-sparse", "healthy-restart-sparse"])
    return rule
  }

  private static func makeBootloaderAssertionRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("bootloader_assert")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the bootloader fails an assertion", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.crash(.message), ValueMatcher.glob("*Assert failed in *"))
    let v6: ItemMatcher = ItemMatcher(.crash, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "the bootloader fails an assertion", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: Condition = .any([v4, v8])
    var rule = Rule(id: "bootloader-assertion", family: .notes, verdict: nil, severity: .error, title: "The bootloader failed an assertion", why: "The bootloader's assertion line; it hangs behind it.", when: v9, confidence: 0.9)
    rule.summary = "The second-stage bootloader stopped at an assertion of its own and waits for its watchdog."
    let v10: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.9)
    rule.causes.append(CauseCandidate(id: "bootloader_assertion", priors: [v10], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["bootloader-assertion-esp32"], silent: ["panic-no-update-sparse", "assert-newlib-v42-esp32"])
    return rule
  }

  private static func makeBootloaderRolledBackRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("otadata_marked_aborted")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the bootloader takes the image back", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "bootloader-rolled-back", family: .notes, verdict: nil, severity: .info, title: "The bootloader says that it took an image back", why: "The debug line of the bootloader.", when: v4, confidence: 0.9)
    rule.summary = "The bootloader marked an unconfirmed image as aborted: a rollback happened at this boot. (Only a bootloader at log level DEBUG says so.)"
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["trial-boot-crash-chatty"], silent: ["ota-ok-chatty", "new-image-crash-chatty"])
    return rule
  }

  private static func makeBrokerLostRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.equals(.text("MQTT")))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.secondsWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v3: ItemMatcher = ItemMatcher(.boot, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v5: Condition = .lastBoot(v4)
    let v6: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.equals(.text("MQTT")))
    let v7: AttributeTest = AttributeTest(Attribute.boot(.secondsWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: "it loses its broker here, and is without it for {boot.seconds_without_network} s, to the end of the log", alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .all([v5, v10])
    let v12: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.equals(.text("MQTT")))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.failuresWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v14: ItemMatcher = ItemMatcher(.boot, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .lastBoot(v15)
    let v17: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.equals(.text("MQTT")))
    let v18: AttributeTest = AttributeTest(Attribute.boot(.failuresWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v19: ItemMatcher = ItemMatcher(.boot, [v17, v18], patterns: [])
    let v20: Step = Step(v19, distance: .anywhere, says: "it loses its broker here, and {boot.failures_without_network} attempts to get it back fail", alias: nil, isItem: nil)
    let v21: Condition = .exists(v20)
    let v22: Condition = .all([v16, v21])
    let v23: Condition = .any([v11, v22])
    var rule = Rule(id: "broker-lost", family: .notes, verdict: nil, severity: .warning, title: "The node lost its MQTT broker and did not find it again", why: "A disconnect from the broker after a connection and attempts in vain, and no line of a new one for a minute, or five attempts in vain, while no link below is known to be lost.", when: v23, confidence: 0.9)
    rule.summary = "The session with the broker was there, was lost, and did not come back to the end of the log. The node runs; whether it can be reached in another way is not told here. Either the broker or the way to it is gone, or the firmware does not try again."
    let v24: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(true)))
    let v25: ItemMatcher = ItemMatcher(.boot, [v24], patterns: [])
    let v26: Step = Step(v25, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v27: Condition = .lastBoot(v26)
    rule.unless = v27
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-mqtt-lost-for-good-s3"], silent: ["healthy-wifi-lost-for-good-c3", "healthy-wifi-lost-and-back-c3", "healthy-wifi-unsteady-s3"])
    return rule
  }

  private static func makeBrownoutAtStartRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.name("last"))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v4: Condition = .lastBoot(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.name("last"))
    let v6: AttributeTest = AttributeTest(Attribute.boot(.seconds), ValueMatcher.range(NumberRange(atLeast: 3600.0, atMost: nil, above: nil, below: nil)))
    let v7: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(false)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v5, v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: "last", isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.range(NumberRange(atLeast: nil, atMost: 1.0, above: nil, below: nil)))
    let v12: ItemMatcher = ItemMatcher(.boot, [v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v14: Condition = .lastBoot(v13)
    let v15: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v16: AttributeTest = AttributeTest(Attribute.notice(.boot), ValueMatcher.equals(.number(0.0)))
    let v17: ItemMatcher = ItemMatcher(.notice, [v15, v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: "the brownout detector was triggered, once", alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.equals(.text("BROWNOUT")))
    let v21: ItemMatcher = ItemMatcher(.boot, [v20], patterns: [])
    let v22: Step = Step(v21, distance: .anywhere, says: "the boot reports BROWNOUT, once", alias: nil, isItem: nil)
    let v23: Condition = .exists(v22)
    let v24: Condition = .any([v19, v23])
    let v25: Condition = .all([v4, v10, v14, v24])
    var rule = Rule(id: "brownout-at-start", family: .notes, verdict: nil, severity: .warning, title: "One brownout as the supply came up, and none in the {last.seconds} s since", why: "One brownout at the beginning of the log, before a minute of the first boot has passed, and none in the boot that follows and runs on.", when: v25, confidence: 0.9)
    rule.summary = "The supply sagged once while it came up, as it does when a plug goes in or a battery is connected, and the node has run for an hour and more since. If it happens again under load, it is the supply: a shorter cable, a stronger source, a capacitor at the module."
    let v26: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v27: AttributeTest = AttributeTest(Attribute.notice(.boot), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v28: ItemMatcher = ItemMatcher(.notice, [v26, v27], patterns: [])
    let v29: Step = Step(v28, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v30: Condition = .exists(v29)
    let v31: AttributeTest = AttributeTest(Attribute.boot(.seconds), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v32: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.equals(.number(0.0)))
    let v33: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("brownout")))
    let v34: ItemMatcher = ItemMatcher(.boot, [v31, v32, v33], patterns: [])
    let v35: Step = Step(v34, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v36: Condition = .firstBoot(v35)
    let v37: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v38: ItemMatcher = ItemMatcher(.notice, [v37], patterns: [])
    let v39: Count = Count(v38, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v40: Condition = .count(v39)
    let v41: Condition = .any([v30, v36, v40])
    rule.unless = v41
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-brownout-at-plug-in-c3", "healthy-brownout-told-once-s3"], silent: ["brownout-after-an-hour-c3", "brownout-twice-then-runs-c3", "brownout-v50-esp32", "healthy-power-on-mid-run-s3"])
    return rule
  }

  private static func makeCaptureCutRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.capture(.endsMidLine), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.capture(.espLines), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v3: Condition = .capture([v1, v2])
    var rule = Rule(id: "capture-cut", family: .notes, verdict: nil, severity: .info, title: "The capture ends in the middle of a line", why: "The last byte of the capture is no line end.", when: v3, confidence: 0.9)
    rule.summary = "The last line has no end. What came next is not in the log."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-cut-mid-line-s3"], silent: ["ota-ok-sparse", "healthy-restart-sparse"])
    return rule
  }

  private static func makeConnectionTroubleRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("tls_failed")), ValueMatcher.equals(.text("dns_failed")), ValueMatcher.equals(.text("connection_failed"))]))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.inUpdate), ValueMatcher.equals(.flag(false)))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "a connection fails", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "connection-trouble", family: .notes, verdict: nil, severity: .info, title: "Connections to a server fail", why: "Errors of esp-tls, the HTTP client and the resolver.", when: v5, confidence: 0.9)
    rule.summary = "Name resolution, the connection or its encryption failed ({notice.kind}) outside of an update."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-connection-failed-s3"], silent: ["ota-ok-sparse", "healthy-wifi-retries-esp32"])
    return rule
  }

  private static func makeCoprocessorSilentRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("coprocessor_silent")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "no answer from the co-processor", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "coprocessor-silent", family: .notes, verdict: nil, severity: .warning, title: "The radio's co-processor does not answer", why: "ESP-Hosted tries again and again to bring its transport up.", when: v4, confidence: 0.9)
    rule.summary = "The chip reaches its radio over another chip (ESP-Hosted), and that one does not answer. Wi-Fi and Bluetooth do not work until it does: look at its power and reset line, at the pins of the bus, and at the firmware on it."
    rule.unknownPrior = 0.1
    rule.references = ["esp-hosted-mcu, docs/troubleshooting"]
    rule.examples = Rule.Examples(fires: ["co-processor-silent-p4"], silent: ["illegal-instruction-p4", "healthy-connection-failed-s3"])
    return rule
  }

  private static func makeCoreDumpCutRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.coreDump), ValueMatcher.equals(.text("cut")))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the core dump of this crash is cut", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "core-dump-cut", family: .notes, verdict: nil, severity: .info, title: "The core dump on the console is cut", why: "The start mark of a core dump without its end mark.", when: v4, confidence: 0.9)
    rule.summary = "A core dump begins on the console and does not end. What is there still holds the registers, and perhaps the stack of the task that crashed."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["core-dump-cut-s3"], silent: ["core-dump-on-uart-esp32", "panic-no-update-sparse"])
    return rule
  }

  private static func makeCoreDumpInFlashRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("core_dump_found_in_flash")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the start-up finds a core dump", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "core-dump-in-flash", family: .notes, verdict: nil, severity: .warning, title: "A core dump of an earlier crash lies in flash", why: "The core dump component says at start-up that its partition holds a dump.", when: v4, confidence: 0.9)
    rule.summary = "The start-up found a core dump: the node crashed before this log began. Fetch it (idf.py coredump-info) before a later crash overwrites it, then erase the partition."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-old-core-dump-in-flash-esp32"], silent: ["core-dump-on-uart-esp32", "ota-ok-chatty"])
    return rule
  }

  private static func makeCoreDumpTroubleRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("core_dump_partition_missing")), ValueMatcher.equals(.text("core_dump_invalid")), ValueMatcher.equals(.text("core_dump_kept"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the core dump component complains", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "core-dump-trouble", family: .notes, verdict: nil, severity: .info, title: "The core dump could not be kept", why: "Lines of the core dump component: no partition, a damaged image, or an older dump that is not overwritten.", when: v4, confidence: 0.9)
    rule.summary = "The core dump component reports a problem ({notice.kind}), so crashes of this node leave nothing behind to look at."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.4)
    let v6: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("core_dump_partition_missing")))
    let v7: ItemMatcher = ItemMatcher(.notice, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    let v10: CauseEvidence = CauseEvidence(when: v9, weight: .bits(5.0), says: "the table has no partition for core dumps")
    rule.causes.append(CauseCandidate(id: "missing_partition", priors: [v5], evidence: [v10]))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["core-dump-partition-missing-s3"], silent: ["healthy-old-core-dump-in-flash-esp32", "core-dump-on-uart-esp32"])
    return rule
  }

  private static func makeCrashedElfIsAnotherRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.crash(.elfMatchesSlot), ValueMatcher.equals(.flag(false)))
    let v3: ItemMatcher = ItemMatcher(.crash, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the panic names ELF {crash.elf}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "crashed-elf-is-another", family: .notes, verdict: nil, severity: .warning, title: "The image that crashed is not the one that the boot describes", why: "The SHA-256 in the panic against the one in the app's description of the same boot or slot.", when: v5, confidence: 0.9)
    rule.summary = "The ELF hash in the panic differs from the one that the app printed at its start. Symbols of the wrong build mislead: take the ELF whose SHA-256 begins with {crash.elf}."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["panic-of-other-elf-s3"], silent: ["panic-no-update-sparse", "new-image-crash-chatty"])
    return rule
  }

  private static func makeCrystalTroubleRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("crystal_missing")), ValueMatcher.equals(.text("crystal_32k_stopped"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the 32 kHz crystal does not run", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "crystal-trouble", family: .notes, verdict: nil, severity: .warning, title: "The 32 kHz crystal does not run", why: "Warnings of the clock code and of the crystal's own watchdog.", when: v4, confidence: 0.9)
    rule.summary = "The external 32 kHz crystal did not start or stopped. The chip goes on with its inaccurate internal oscillator: sleep times drift."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-crystal-missing-esp32"], silent: ["ota-ok-chatty", "healthy-deep-sleep-esp32"])
    return rule
  }

  private static func makeDamagedLogRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.capture(.damagedLines), ValueMatcher.range(NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil)))
    let v2: Condition = .capture([v1])
    var rule = Rule(id: "damaged-log", family: .notes, verdict: nil, severity: .warning, title: "The log is damaged on its way from the chip", why: "Tags and messages of the bootloader and of the start-up are printable ASCII and known word by word; these differ in a byte.", when: v2, confidence: 0.9)
    rule.summary = "Lines of ESP-IDF's own hold bytes that it never prints. Bytes get lost or change between chip and file: a long or loose cable, a missing common ground, a baud rate at the edge of what the adapter keeps, a USB hub under load. Lines that look whole may be damaged as well, so what is told here is as sure as they are. Capture again with a shorter cable, another port, or a lower baud rate."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["damaged-ota-ok-s3"], silent: ["ota-ok-chatty", "healthy-cut-mid-line-s3", "wrong-baud", "ota-ok-sparse"])
    return rule
  }

  private static func makeEarlierCrashByReasonRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.anyOf([ValueMatcher.equals(.text("PANIC")), ValueMatcher.equals(.text("INT_WDT")), ValueMatcher.equals(.text("TASK_WDT")), ValueMatcher.equals(.text("CPU_LOCKUP"))]))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.resetSource), ValueMatcher.anyOf([ValueMatcher.equals(.text("app")), ValueMatcher.equals(.text("rom"))]))
    let v3: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v4: ItemMatcher = ItemMatcher(.boot, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the boot reports {crashed.reset_reason}", alias: "crashed", isItem: nil)
    let v6: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("success")))
    let v7: AttributeTest = AttributeTest(Attribute.update(.content), ValueMatcher.equals(.text("app")))
    let v8: ItemMatcher = ItemMatcher(.update, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: "another image is written", alias: nil, isItem: nil)
    let v10: Condition = .sequence([v5, v9], without: [])
    var rule = Rule(id: "earlier-crash-by-reason", family: .notes, verdict: nil, severity: .warning, title: "Before the update the node had crashed: a boot reports {crashed.reset_reason}", why: "A crash that only the reset reason of the next boot tells of, in an image that was replaced afterwards.", when: v10, confidence: 0.9)
    rule.summary = "A boot ahead of the update reports {crashed.reset_reason} as its reason, and no crash text is in the log. The update brought another image, which this log shows without a fault; whether it has the same bug, the log does not tell."
    let v11: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v12: ItemMatcher = ItemMatcher(.crash, [v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    rule.unless = v14
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["update-after-crash-told-by-reason"], silent: ["ota-ok-sparse", "panic-text-silent-c6", "panic-no-update-sparse"])
    return rule
  }

  private static func makeEarlierCrashRanOnRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v6: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(false)))
    let v7: AttributeTest = AttributeTest(Attribute.boot(.seconds), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v5, v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .lastBoot(v9)
    let v11: Condition = .all([v4, v10])
    var rule = Rule(id: "earlier-crash-ran-on", family: .notes, verdict: nil, severity: .info, title: "The node has run since its last crash", why: "A fatal crash, and a last boot that reached the application without one.", when: v11, confidence: 0.9)
    rule.summary = "After the last crash of this log the node started again and ran for {boot.seconds} s without another."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["panic-no-update-sparse", "task-wdt-no-update-sparse"], silent: ["healthy-restart-sparse", "panic-loop-null-dereference-chatty"])
    return rule
  }

  private static func makeEarlierResetToldRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("earlier_reset_told")))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.detail), ValueMatcher.anyOf([ValueMatcher.equals(.text("PANIC")), ValueMatcher.equals(.text("INT_WDT")), ValueMatcher.equals(.text("TASK_WDT")), ValueMatcher.equals(.text("WDT")), ValueMatcher.equals(.text("BROWNOUT")), ValueMatcher.equals(.text("CPU_LOCKUP"))]))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "it tells of an earlier start", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "earlier-reset-told", family: .notes, verdict: nil, severity: .warning, title: "The application tells of an earlier start: its last reset was {notice.detail}", why: "esp_reset_reason() follows the ROM's reset code: behind a power-on it gives no panic and no watchdog.", when: v5, confidence: 0.9)
    rule.summary = "It prints {notice.detail} as its last reset, and the ROM tells of another one at this start. The application keeps that reason, in flash mostly: it is of a start before this log, and how long before, the log does not tell."
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a capture that runs until the node restarts by itself"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-last-reset-of-before-c3"], silent: ["task-watchdog-told-as-last-reset-c3", "healthy-panic-of-something-else-s3"])
    return rule
  }

  private static func makeEarlierRollbackSeenRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("earlier_rollback_seen")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "an earlier rollback is reported", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "earlier-rollback-seen", family: .notes, verdict: nil, severity: .warning, title: "The application says that an update was rolled back before", why: "A line of the application or its update library about an earlier rollback.", when: v4, confidence: 0.9)
    rule.summary = "The application found that its last update did not hold. That happened before this log, or in a boot that it does not show."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-earlier-rollback-esp32"], silent: ["ota-ok-sparse", "healthy-restart-sparse"])
    return rule
  }

  private static func makeEmulatorRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("emulator")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the firmware runs in an emulator", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "emulator", family: .notes, verdict: nil, severity: .info, title: "The log comes from an emulator", why: "The line that the firmware prints in an emulator.", when: v4, confidence: 0.9)
    rule.summary = "The firmware says that it runs in an emulator. Resets, flash and radio behave differently there."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-emulator-esp32"], silent: ["healthy-restart-sparse"])
    return rule
  }

  private static func makeErrorCheckWithoutAbortRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("error_check_without_abort")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "a check failed, and the program went on", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "error-check-without-abort", family: .notes, verdict: nil, severity: .warning, title: "A check failed and was ignored on purpose", why: "The line of the check that only reports.", when: v4, confidence: 0.9)
    rule.summary = "ESP_ERROR_CHECK_WITHOUT_ABORT reported an error. The program went on, so this is no crash, but something did not work."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["error-check-without-abort-s3"], silent: ["error-check-v33-esp32", "error-check-nvs-full-c3"])
    return rule
  }

  private static func makeFailedVersionOfferedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("offers_failed_version")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "what is on offer was rolled back before", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "failed-version-offered", family: .notes, verdict: nil, severity: .warning, title: "The version on offer is the one that failed here before", why: "ESP-IDF's examples compare what is on offer with the image in the last invalid partition before they write anything.", when: v4, confidence: 0.9)
    rule.summary = "The node tried this version once, it did not hold, and the node went back. It declines the same version from then on. A version that is mended needs a new number (PROJECT_VER, version.txt, or a git tag); until one is on offer, this node stays where it is."
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF, examples/system/ota/native_ota_example and advanced_https_ota"]
    rule.examples = Rule.Examples(fires: ["failed-version-offered-again-s3"], silent: ["update-declined-stock-example-esp32", "update-declined-same-version-chatty", "healthy-earlier-rollback-esp32"])
    return rule
  }

  private static func makeFlashLargerThanHeaderRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("flash_larger_than_header")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the flash chip is larger than the header says", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "flash-larger-than-header", family: .notes, verdict: nil, severity: .info, title: "The module has more flash than the build uses", why: "The start-up compares header and chip.", when: v4, confidence: 0.9)
    rule.summary = "The flash chip is larger than the size in the image header. Harmless; set CONFIG_ESPTOOLPY_FLASHSIZE to use the rest."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-larger-flash-s3"], silent: ["flash-size-mismatch-chatty", "ota-ok-chatty"])
    return rule
  }

  private static func makeFlashWriteFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("flash_write_failed")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "a write to flash did not take", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "flash-write-failed", family: .notes, verdict: nil, severity: .error, title: "Writing to flash failed", why: "The driver's check after a write.", when: v4, confidence: 0.9)
    rule.summary = "The flash driver read back something else than it had written. The chip is worn, write-protected, or starved of voltage."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-flash-write-failed-esp32"], silent: ["ota-ok-chatty", "ota-write-failed-sparse"])
    return rule
  }

  private static func makeFlashedInBetweenRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "a crash of the image from before", alias: nil, isItem: nil)
    let v4: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("flashed_by_tool")), ValueMatcher.equals(.text("flash_erased"))]))
    let v5: ItemMatcher = ItemMatcher(.notice, [v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the flash is written or erased", alias: nil, isItem: nil)
    let v7: ItemMatcher = ItemMatcher(.boot, [], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: "what was flashed starts", alias: nil, isItem: nil)
    let v9: Condition = .sequence([v3, v6, v8], without: [])
    var rule = Rule(id: "flashed-in-between", family: .notes, verdict: nil, severity: .info, title: "The chip was flashed by cable in the middle of this log", why: "esptool says that the hash of what it wrote is right, or that the whole chip is erased, and the chip starts anew.", when: v9, confidence: 0.9)
    rule.summary = "A tool wrote or erased the flash behind the crash. What stands before it is the story of the image from before."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["flashed-after-crash-esp32", "flashed-same-image-again-esp32", "erased-after-crash-s3"], silent: ["panic-no-update-sparse", "flashed-by-cable-after-update-sparse"])
    return rule
  }

  private static func makeHeapDamageFoundRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.kind), ValueMatcher.equals(.text("heap_corruption")))
    let v2: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(false)))
    let v3: AttributeTest = AttributeTest(Attribute.crash(.ranOn), ValueMatcher.equals(.flag(false)))
    let v4: ItemMatcher = ItemMatcher(.crash, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the words around a heap block are not what they must be", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "heap-damage-found", family: .notes, verdict: nil, severity: .error, title: "A check found the heap damaged, and the program runs on", why: "The heap's own check (heap_caps_check_integrity_all, or the one at each free with heap poisoning) names the block, and no assertion or panic follows.", when: v6, confidence: 0.9)
    rule.summary = "Something wrote outside its own block, or into one that it had given back. The check only says so; the crash comes later, in whatever piece of code next allocates or frees memory there, and is then blamed on that. Look at what ran between the last check that was good and this one."
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    let v8: AttributeTest = AttributeTest(Attribute.crash(.kind), ValueMatcher.equals(.text("heap_corruption")))
    let v9: AttributeTest = AttributeTest(Attribute.crash(.heapDamage), ValueMatcher.anyOf([ValueMatcher.equals(.text("bad_head")), ValueMatcher.equals(.text("bad_tail")), ValueMatcher.equals(.text("size"))]))
    let v10: ItemMatcher = ItemMatcher(.crash, [v8, v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    let v13: CauseEvidence = CauseEvidence(when: v12, weight: .bits(2.0), says: "the words around a heap block are overwritten")
    rule.causes.append(CauseCandidate(id: "heap_overrun", priors: [v7], evidence: [v13]))
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    let v15: AttributeTest = AttributeTest(Attribute.crash(.kind), ValueMatcher.equals(.text("heap_corruption")))
    let v16: AttributeTest = AttributeTest(Attribute.crash(.heapDamage), ValueMatcher.equals(.text("invalid_data")))
    let v17: ItemMatcher = ItemMatcher(.crash, [v15, v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: CauseEvidence = CauseEvidence(when: v19, weight: .bits(3.0), says: "memory that was given back was written to")
    rule.causes.append(CauseCandidate(id: "use_after_free", priors: [v14], evidence: [v20]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "checks around each suspect step, with comprehensive heap poisoning (CONFIG_HEAP_POISONING_COMPREHENSIVE)"))
    rule.references = ["ESP-IDF Programming Guide, Heap Memory Debugging"]
    rule.examples = Rule.Examples(fires: ["healthy-heap-check-complains-esp32"], silent: ["heap-overrun-one-byte-esp32", "heap-corruption-tlsf-c3", "healthy-restart-sparse", "healthy-allocation-failed-s2"])
    return rule
  }

  private static func makeHttpServerFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("http_server_failed")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the HTTP server complains", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "http-server-failed", family: .notes, verdict: nil, severity: .warning, title: "The HTTP server has a problem of its own", why: "Errors of ESP-IDF's HTTP server about sockets and ports.", when: v4, confidence: 0.9)
    rule.summary = "The HTTP server could not bind its port or accept a connection. Two servers on one port, or no sockets left (CONFIG_LWIP_MAX_SOCKETS)."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-http-server-failed-c3"], silent: ["ota-ok-sparse", "ota-receive-error-sparse"])
    return rule
  }

  private static func makeImageNearSizeLimitRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.update(.expectedBytes), ValueMatcher.range(NumberRange(atLeast: 850000.0, atMost: 921600.0, above: nil, below: nil)))
    let v2: ItemMatcher = ItemMatcher(.update, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "{update.expected_bytes} bytes of 921600", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "image-near-size-limit", family: .notes, verdict: nil, severity: .info, title: "The image comes close to the size limit", why: "The length that the upload announced, against the handler's limit.", when: v4, confidence: 0.9)
    rule.summary = "The image of {update.expected_bytes} bytes is near the limit of 921600 bytes that this firmware accepts. The next feature may not fit: shrink the build or raise the limit and the partition."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["ota-ok-near-size-limit-sparse"], silent: ["ota-image-too-large-sparse", "ota-ok-sparse"])
    return rule
  }

  private static func makeImageUnconfirmedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("otadata_marked_pending")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the bootloader marks the image as pending verification", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.update(.errorNumber), ValueMatcher.equals(.number(5382.0)))
    let v6: ItemMatcher = ItemMatcher(.update, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "the running image is still unconfirmed", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: Condition = .any([v4, v8])
    var rule = Rule(id: "image-unconfirmed", family: .notes, verdict: nil, severity: .info, title: "The new image has not confirmed itself yet", why: "The bootloader marked the image as pending, or the app refuses an update because it is, and no confirmation follows.", when: v9, confidence: 0.9)
    rule.summary = "Rollback is in use and this image is on its trial boot: any reset before esp_ota_mark_app_valid_cancel_rollback() brings the old one back."
    let v10: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("app_confirmed")))
    let v11: ItemMatcher = ItemMatcher(.notice, [v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    rule.unless = v13
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.85)
    rule.causes.append(CauseCandidate(id: "image_not_confirmed_yet", priors: [v14], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["trial-boot-crash-chatty", "ota-begin-while-pending-chatty"], silent: ["ota-ok-confirmed-chatty", "ota-ok-sparse"])
    return rule
  }

  private static func makeLateCrashOfOldImageRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.crash(.updatePhase), ValueMatcher.equals(.text("succeeded")))
    let v3: ItemMatcher = ItemMatcher(.crash, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the old image crashes after the update is done", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "late-crash-of-old-image", family: .notes, verdict: nil, severity: .warning, title: "The old image crashed after it had announced success", why: "A fatal crash in the boot of an update, after its success was announced.", when: v5, confidence: 0.9)
    rule.summary = "The running image crashed ({crash.reason}) between the success of the update and its restart. The update took all the same; the crash comes back with every update until the old code is gone."
    let v6: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("not_taken")))
    let v7: ItemMatcher = ItemMatcher(.update, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    rule.unless = v9
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["late-panic-of-old-image-sparse", "late-panic-of-old-image-chatty"], silent: ["panic-behind-success-not-taken-s3", "handler-overflow-sparse", "new-image-crash-sparse"])
    return rule
  }

  private static func makeMcubootRevertedBeforeRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("mcuboot_reverts")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "MCUboot reverts", alias: nil, isItem: nil)
    let v4: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v5: ItemMatcher = ItemMatcher(.crash, [v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the image that it went back to crashes", alias: nil, isItem: nil)
    let v7: Condition = .sequence([v3, v6], without: [])
    var rule = Rule(id: "mcuboot-reverted-before", family: .notes, verdict: nil, severity: .warning, title: "MCUboot took an image on trial back before this run", why: "MCUboot names the swap that it is about to do. A crash behind it is another matter than what ended the trial.", when: v7, confidence: 0.9)
    rule.summary = "At its start MCUboot swapped the image of before back, because nobody had confirmed the one on trial. The crash came later, in the image that it went back to."
    rule.unknownPrior = 0.1
    rule.references = ["MCUboot, Design, Image swapping; boot/bootutil/src/loader.c"]
    rule.examples = Rule.Examples(fires: ["mcuboot-reverted-then-crash-s3"], silent: ["mcuboot-reverts-after-crash-s3", "mcuboot-reverts-esp32", "zephyr-stack-overflow-c3"])
    return rule
  }

  private static func makeNestedPanicRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.nested), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the panic handler was entered again", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "nested-panic", family: .notes, verdict: nil, severity: .warning, title: "A second panic came while the first was printed", why: "The handler says itself that it was entered again.", when: v4, confidence: 0.9)
    rule.summary = "The panic handler or the core dump crashed as well. Believe the first panic; the second is its consequence."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["core-dump-re-entered-esp32"], silent: ["panic-no-update-sparse", "double-exception-esp32"])
    return rule
  }

  private static func makeNetworkLostRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.anyOf([ValueMatcher.equals(.text("Wi-Fi")), ValueMatcher.equals(.text("Ethernet"))]))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.secondsWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v3: ItemMatcher = ItemMatcher(.boot, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v5: Condition = .lastBoot(v4)
    let v6: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.anyOf([ValueMatcher.equals(.text("Wi-Fi")), ValueMatcher.equals(.text("Ethernet"))]))
    let v7: AttributeTest = AttributeTest(Attribute.boot(.secondsWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: "it loses its connection here, and is without it for {boot.seconds_without_network} s, to the end of the log", alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .all([v5, v10])
    let v12: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.anyOf([ValueMatcher.equals(.text("Wi-Fi")), ValueMatcher.equals(.text("Ethernet"))]))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.failuresWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v14: ItemMatcher = ItemMatcher(.boot, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .lastBoot(v15)
    let v17: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.anyOf([ValueMatcher.equals(.text("Wi-Fi")), ValueMatcher.equals(.text("Ethernet"))]))
    let v18: AttributeTest = AttributeTest(Attribute.boot(.failuresWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v19: ItemMatcher = ItemMatcher(.boot, [v17, v18], patterns: [])
    let v20: Step = Step(v19, distance: .anywhere, says: "it loses its connection here, and {boot.failures_without_network} attempts to get it back fail", alias: nil, isItem: nil)
    let v21: Condition = .exists(v20)
    let v22: Condition = .all([v16, v21])
    let v23: Condition = .any([v11, v22])
    var rule = Rule(id: "network-lost", family: .notes, verdict: nil, severity: .warning, title: "The node lost its network and did not find it again: {boot.lost_network}", why: "A disconnect after a connection, and no line of a new one for a minute, or five attempts in vain. A station that leaves by itself is not counted, nor is a link beside which another one is up.", when: v23, confidence: 0.9)
    rule.summary = "The connection was there, was lost, and did not come back to the end of the log. The node runs, but it cannot be reached and cannot be updated over the air. Either the access point or the cable is gone, or the firmware does not try again: ESP-IDF's stations reconnect only where the application asks for it after each disconnect."
    let v24: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(true)))
    let v25: ItemMatcher = ItemMatcher(.boot, [v24], patterns: [])
    let v26: Step = Step(v25, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v27: Condition = .lastBoot(v26)
    rule.unless = v27
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.4)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v28], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF Programming Guide, Wi-Fi Driver, Wi-Fi Reconnect"]
    rule.examples = Rule.Examples(fires: ["healthy-wifi-lost-for-good-c3"], silent: ["healthy-mqtt-lost-for-good-s3", "healthy-wifi-lost-and-back-c3", "healthy-wifi-unsteady-s3", "wifi-never-joins-c3", "healthy-wifi-retries-esp32"])
    return rule
  }

  private static func makeNvsProblemRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("nvs_failed")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the settings store complains", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "nvs-problem", family: .notes, verdict: nil, severity: .warning, title: "The settings store does not work", why: "Errors of the NVS component.", when: v4, confidence: 0.9)
    rule.summary = "NVS could not be opened ({notice.detail}). A store written by a newer ESP-IDF, a full one or one under encryption looks like this; the node runs on defaults, keys and calibration are gone."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.8)
    rule.causes.append(CauseCandidate(id: "nvs_corrupted", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-nvs-newer-format-esp32"], silent: ["ota-ok-chatty", "healthy-restart-sparse"])
    return rule
  }

  private static func makeOctalFlashMismatchRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("octal_flash_not_configured")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the flash line mode does not fit the module", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "octal-flash-mismatch", family: .notes, verdict: nil, severity: .warning, title: "Octal and quad flash are mixed up", why: "The start-up's complaint about the octal flash option.", when: v4, confidence: 0.9)
    rule.summary = "The build's flash line mode is not that of the module. A build for octal flash does not start on a quad module."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.85)
    rule.causes.append(CauseCandidate(id: "configuration_mismatch", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["octal-flash-on-quad-board-s3"], silent: ["psram-missing-s3", "ota-ok-chatty"])
    return rule
  }

  private static func makeOldBootloaderHintRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rtc_not_initialised_by_bootloader")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the bootloader left the RTC domain alone", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "old-bootloader-hint", family: .notes, verdict: nil, severity: .info, title: "The bootloader is a very old one", why: "A warning that only bootloaders of the first releases cause.", when: v4, confidence: 0.9)
    rule.summary = "The app had to set up the RTC domain itself because the bootloader did not. The bootloader on flash is years older than the app; flash a current one over USB."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-old-bootloader-esp32"], silent: ["ota-ok-chatty", "healthy-app-newer-than-bootloader-c3"])
    return rule
  }

  private static func makeOneBadReadOfTheBootloaderRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("rom_checksum_error")), ValueMatcher.equals(.text("rom_flash_read_error")), ValueMatcher.equals(.text("rom_invalid_header")), ValueMatcher.equals(.text("rom_loader_rejected"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the ROM complains", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v6: ItemMatcher = ItemMatcher(.boot, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v8: Condition = .lastBoot(v7)
    let v9: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_invalid_header")))
    let v10: ItemMatcher = ItemMatcher(.notice, [v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    let v13: AttributeTest = AttributeTest(Attribute.boot(.bootloaderFingerprint), ValueMatcher.known(true))
    let v14: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.name("last"))
    let v15: ItemMatcher = ItemMatcher(.boot, [v13, v14], patterns: [])
    let v16: Step = Step(v15, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v17: Condition = .lastBoot(v16)
    let v18: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("rom_invalid_header")), ValueMatcher.equals(.text("rom_hash_mismatch")), ValueMatcher.equals(.text("rom_fatal_exit"))]))
    let v19: AttributeTest = AttributeTest(Attribute.notice(.boot), ValueMatcher.name("last"))
    let v20: ItemMatcher = ItemMatcher(.notice, [v18, v19], patterns: [])
    let v21: Step = Step(v20, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v22: Condition = .exists(v21)
    let v23: Condition = .not(v22)
    let v24: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("rom_checksum_error")), ValueMatcher.equals(.text("rom_loader_rejected")), ValueMatcher.equals(.text("rom_maps_image"))]))
    let v25: ItemMatcher = ItemMatcher(.notice, [v24], patterns: [])
    let v26: Step = Step(v25, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v27: Condition = .exists(v26)
    let v28: Condition = .not(v27)
    let v29: Condition = .all([v12, v17, v23, v28])
    let v30: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_flash_read_error")))
    let v31: ItemMatcher = ItemMatcher(.notice, [v30], patterns: [])
    let v32: Step = Step(v31, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v33: Condition = .exists(v32)
    let v34: AttributeTest = AttributeTest(Attribute.boot(.romFinished), ValueMatcher.equals(.flag(true)))
    let v35: ItemMatcher = ItemMatcher(.boot, [v34], patterns: [])
    let v36: Step = Step(v35, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v37: Condition = .lastBoot(v36)
    let v38: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.equals(.text("bootloader")))
    let v39: ItemMatcher = ItemMatcher(.boot, [v38], patterns: [])
    let v40: Step = Step(v39, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v41: Condition = .lastBoot(v40)
    let v42: Condition = .any([v37, v41])
    let v43: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_flash_read_error")))
    let v44: ItemMatcher = ItemMatcher(.notice, [v43], patterns: [])
    let v45: Count = Count(v44, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v46: Condition = .count(v45)
    let v47: Condition = .not(v46)
    let v48: Condition = .all([v33, v42, v47])
    let v49: Condition = .any([v8, v29, v48])
    let v50: Condition = .all([v4, v49])
    var rule = Rule(id: "one-bad-read-of-the-bootloader", family: .notes, verdict: nil, severity: .info, title: "The ROM had one bad read of the bootloader, then booted", why: "A complaint of the ROM about flash or bootloader, with a last boot that came past it.", when: v50, confidence: 0.9)
    rule.summary = "The ROM rejected what it read at the first attempt ({notice.kind}), and the next one went through. When this comes again, look at the supply's rise time and the flash wiring."
    let v51: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_loader_rejected")))
    let v52: ItemMatcher = ItemMatcher(.notice, [v51], patterns: [])
    let v53: Step = Step(v52, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v54: Condition = .exists(v53)
    let v55: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.equals(.text("rom")))
    let v56: AttributeTest = AttributeTest(Attribute.boot(.romFinished), ValueMatcher.equals(.flag(false)))
    let v57: AttributeTest = AttributeTest(Attribute.boot(.bootloaderFingerprint), ValueMatcher.known(true))
    let v58: ItemMatcher = ItemMatcher(.boot, [v55, v56, v57], patterns: [])
    let v59: Count = Count(v58, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .consecutiveBoots, same: Attribute.boot(.bootloaderFingerprint), alias: nil, says: nil)
    let v60: Condition = .count(v59)
    let v61: Condition = .all([v54, v60])
    rule.unless = v61
    let v62: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.5)
    rule.causes.append(CauseCandidate(id: "slow_flash_at_power_on", priors: [v62], evidence: []))
    let v63: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "flash_wiring", priors: [v63], evidence: []))
    let v64: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v64], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-loader-rejected-once-c3", "other-flash-bus-then-loads-esp32", "healthy-checksum-error-once-esp32", "flash-read-error-once-esp32", "flash-read-error-once-cut-esp32"], silent: ["bootloader-rejected-twice-then-good-c3", "flash-read-error-loop-esp32", "bootloader-checksum-error-esp32", "flash-empty-c3"])
    return rule
  }

  private static func makeOtaAuthDisabledRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_auth_disabled")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the update endpoint asks for no key", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "ota-auth-disabled", family: .notes, verdict: nil, severity: .warning, title: "Everybody in the network may update this node", why: "The update server says at its start that authentication is off.", when: v4, confidence: 0.9)
    rule.summary = "The update endpoint accepts uploads without a key. Provision one (NVS security/ota_psk)."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-ota-auth-disabled-sparse"], silent: ["healthy-ota-key-missing-sparse", "ota-ok-sparse"])
    return rule
  }

  private static func makeOtaKeyMissingRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_key_missing")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "no key is provisioned", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "ota-key-missing", family: .notes, verdict: nil, severity: .warning, title: "No key is provisioned: the node refuses every upload", why: "The update server says at its start that it found no key and will refuse.", when: v4, confidence: 0.9)
    rule.summary = "The update endpoint refuses all uploads until a key is in NVS (security/ota_psk). Provision it over USB before the next update."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.9)
    rule.causes.append(CauseCandidate(id: "key_not_provisioned", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-ota-key-missing-sparse", "ota-no-key-provisioned-chatty"], silent: ["healthy-ota-auth-disabled-sparse", "ota-ok-sparse"])
    return rule
  }

  private static func makeOtaServerFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_server_failed")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the update server did not start", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "ota-server-failed", family: .notes, verdict: nil, severity: .error, title: "The update server did not start", why: "The update server's own error at its start.", when: v4, confidence: 0.9)
    rule.summary = "The endpoint for updates is not there, so this node can only be updated over USB until its cause is found."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-ota-server-failed-sparse"], silent: ["ota-ok-sparse", "healthy-http-server-failed-c3"])
    return rule
  }

  private static func makeOtadataInvalidRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("otadata_invalid")), ValueMatcher.equals(.text("otadata_write_failed")), ValueMatcher.equals(.text("otadata_too_small"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the OTA data is damaged", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "otadata-invalid", family: .notes, verdict: nil, severity: .warning, title: "The OTA data is damaged", why: "Errors of the bootloader about otadata. After a serial flash it is empty, which is no error and prints none of these.", when: v4, confidence: 0.9)
    rule.summary = "Neither copy of the OTA data is valid, so the bootloader chooses a slot by itself. The node may run an older image than the last update's."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.8)
    rule.causes.append(CauseCandidate(id: "otadata_damaged", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-otadata-invalid-s3"], silent: ["ota-ok-chatty", "image-hash-failed-chatty"])
    return rule
  }

  private static func makePanicTextButRanOnRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.crash(.ranOn), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.crash, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "this reads like a panic, and the same run goes on behind it", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "panic-text-but-ran-on", family: .notes, verdict: nil, severity: .warning, title: "The log holds the text of a panic, and the application ran on behind it", why: "A panic text, and behind it lines of the same run of the application, on a console that would show a restart.", when: v4, confidence: 0.9)
    rule.summary = "A panic ends in a restart or a halt, and neither follows: the application's log goes on, and its clock with it. The text is most likely another node's, passed on by this one, or that of an earlier crash, typed or printed again. A debugger that let the program go on, or a part of the log that is missing here, would look the same."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["panic-text-typed-at-a-prompt-s3"], silent: ["panic-no-update-sparse", "quoted-panic-s3", "task-watchdog-printing-s3"])
    return rule
  }

  private static func makePhyCalibrationForeignRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("phy_calibration_foreign")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the calibration belongs to another board", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "phy-calibration-foreign", family: .notes, verdict: nil, severity: .info, title: "The radio calibration is that of another board", why: "The PHY compares the MAC address in its data with the chip's.", when: v4, confidence: 0.9)
    rule.summary = "The calibration in NVS belongs to another MAC address: the flash content was cloned. It is made anew at this boot; clone images without the NVS partition."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-foreign-calibration-esp32"], silent: ["healthy-wifi-retries-esp32", "ota-ok-chatty"])
    return rule
  }

  private static func makePowerOnDoubleResetRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.spuriousPowerOn), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "part of the double reset at power-on", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "power-on-double-reset", family: .notes, verdict: nil, severity: .info, title: "The harmless double reset of slow flash at power-on", why: "A power-on without any bootloader line, an RTC watchdog reset, then a good boot.", when: v4, confidence: 0.9)
    rule.summary = "At power-on the flash was not ready in time; the RTC watchdog tried once more, and the chip booted. Nothing is wrong."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.9)
    rule.causes.append(CauseCandidate(id: "slow_flash_at_power_on", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-double-reset-slow-flash-esp32"], silent: ["rtc-watchdog-esp32", "healthy-restart-sparse"])
    return rule
  }

  private static func makePowerOnMidRunRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: nil, alias: "before", isItem: nil)
    let v4: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("power_on")))
    let v5: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.not(ValueMatcher.anyOf([ValueMatcher.equals(.text("esp32")), ValueMatcher.equals(.text("esp32c2")), ValueMatcher.equals(.text("esp32p4")), ValueMatcher.equals(.text("esp32s31"))])))
    let v6: ItemMatcher = ItemMatcher(.boot, [v4, v5], patterns: [])
    let v7: Step = Step(v6, distance: .nextBoot, says: "a power-on in the middle of the log", alias: nil, isItem: nil)
    let v8: Condition = .sequence([v3, v7], without: [])
    var rule = Rule(id: "power-on-mid-run", family: .notes, verdict: nil, severity: .info, title: "The chip started as at power-on in the middle of the log", why: "A power-on code behind a boot that had reached the application. These chips share the code with a chip-level brownout.", when: v8, confidence: 0.9)
    rule.summary = "The ROM reports a power-on in mid-log. Somebody switched the power, or pressed a reset button; on S2, S3, C3 and newer chips a brownout reset by hardware looks the same."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-power-on-mid-run-s3", "power-cut-after-update-sparse", "reset-loop-power-on-s3"], silent: ["healthy-restart-sparse", "healthy-deep-sleep-c3"])
    return rule
  }

  private static func makePsramFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("psram_failed")), ValueMatcher.equals(.text("psram_memory_test_failed"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "external memory does not start", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "psram-failed", family: .notes, verdict: nil, severity: .error, title: "External memory does not work", why: "Errors of the PSRAM driver or the start-up.", when: v4, confidence: 0.9)
    rule.summary = "PSRAM could not be started or failed its test ({notice.kind}). Either the module has none, or the line mode (quad, octal) or speed is wrong. A build that needs it stops there; one that can do without it has far less memory now."
    let v5: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.8)
    rule.causes.append(CauseCandidate(id: "psram_configuration", priors: [v5], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["psram-missing-s3", "healthy-without-psram-s3"], silent: ["octal-flash-on-quad-board-s3", "ota-ok-chatty"])
    return rule
  }

  private static func makeResetReasonNotLoggedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v3: AttributeTest = AttributeTest(Attribute.boot(.hasBootLine), ValueMatcher.equals(.flag(false)))
    let v4: ItemMatcher = ItemMatcher(.boot, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "this boot reaches the application without a boot line", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "reset-reason-not-logged", family: .notes, verdict: nil, severity: .info, title: "The firmware does not print its reset reason", why: "A boot that reaches the application without a line that names reset reason or slot.", when: v6, confidence: 0.9)
    rule.summary = "No line tells why the chip started or which slot runs. The verdict rests on the ROM's code and the bootloader's lines instead. Printing esp_reset_reason() and esp_ota_get_running_partition()->label first thing in app_main settles most questions."
    let v7: AttributeTest = AttributeTest(Attribute.boot(.hasBootLine), ValueMatcher.equals(.flag(true)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("reset_reason_unread")), ValueMatcher.equals(.text("earlier_reset_told"))]))
    let v12: ItemMatcher = ItemMatcher(.notice, [v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    let v15: Condition = .any([v10, v14])
    rule.unless = v15
    let v16: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.9)
    rule.causes.append(CauseCandidate(id: "reset_reason_not_logged", priors: [v16], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["no-boot-line-ota-ok-chatty", "no-boot-line-rollback-chatty", "healthy-deep-sleep-c3"], silent: ["ota-ok-sparse", "healthy-restart-sparse", "healthy-reset-reason-unread-s3", "healthy-last-reset-of-before-c3", "server-log"])
    return rule
  }

  private static func makeRestartUnexplainedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("unknown")))
    let v3: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(false)))
    let v4: AttributeTest = AttributeTest(Attribute.boot(.updates), ValueMatcher.equals(.number(0.0)))
    let v5: ItemMatcher = ItemMatcher(.boot, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: nil, alias: "before", isItem: nil)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v8: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("software")))
    let v9: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.known(false))
    let v10: ItemMatcher = ItemMatcher(.boot, [v7, v8, v9], patterns: [])
    let v11: Step = Step(v10, distance: .nextBoot, says: "a reset by software in the middle of the log", alias: nil, isItem: nil)
    let v12: Condition = .sequence([v6, v11], without: [])
    let v13: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v14: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("unknown")))
    let v15: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(false)))
    let v16: AttributeTest = AttributeTest(Attribute.boot(.updates), ValueMatcher.equals(.number(0.0)))
    let v17: AttributeTest = AttributeTest(Attribute.boot(.sleeps), ValueMatcher.equals(.flag(false)))
    let v18: ItemMatcher = ItemMatcher(.boot, [v13, v14, v15, v16, v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: "before", isItem: nil)
    let v20: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v21: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.equals(.text("rom")))
    let v22: AttributeTest = AttributeTest(Attribute.boot(.romBanner), ValueMatcher.known(true))
    let v23: AttributeTest = AttributeTest(Attribute.boot(.romName), ValueMatcher.known(false))
    let v24: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.known(false))
    let v25: AttributeTest = AttributeTest(Attribute.boot(.applicationLines), ValueMatcher.equals(.number(0.0)))
    let v26: ItemMatcher = ItemMatcher(.boot, [v20, v21, v22, v23, v24, v25], patterns: [])
    let v27: Step = Step(v26, distance: .nextBoot, says: "the chip starts again, and the log ends before the line that tells why", alias: nil, isItem: nil)
    let v28: Condition = .sequence([v19, v27], without: [])
    let v29: Condition = .any([v12, v28])
    var rule = Rule(id: "restart-unexplained", family: .notes, verdict: nil, severity: .info, title: "The chip restarted in mid-run, and nothing says why", why: "esp_restart() and a panic leave the same code in the ROM's line on most chips. The application's reset reason or the panic's text would tell them apart, and this log has neither.", when: v29, confidence: 0.9)
    rule.summary = "The ROM reports a reset by software, or no more than that it starts, behind a run of the application, with no text of a crash, no announced restart and no reset reason. It may be a wanted restart, or a crash whose text is not in the capture."
    let v30: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v31: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("software")))
    let v32: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.known(false))
    let v33: AttributeTest = AttributeTest(Attribute.boot(.seconds), ValueMatcher.not(ValueMatcher.range(NumberRange(atLeast: 10.0, atMost: nil, above: nil, below: nil))))
    let v34: ItemMatcher = ItemMatcher(.boot, [v30, v31, v32, v33], patterns: [])
    let v35: Count = Count(v34, bounds: NumberRange(atLeast: 3.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v36: Condition = .count(v35)
    let v37: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("restart_requested")), ValueMatcher.equals(.text("restart_mentioned")), ValueMatcher.equals(.text("flashed_by_tool")), ValueMatcher.equals(.text("flash_erased")), ValueMatcher.equals(.text("script_ended")), ValueMatcher.equals(.text("emulator"))]))
    let v38: ItemMatcher = ItemMatcher(.notice, [v37], patterns: [])
    let v39: Step = Step(v38, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v40: Condition = .exists(v39)
    let v41: Condition = .any([v36, v40])
    rule.unless = v41
    let v42: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    rule.causes.append(CauseCandidate(id: "deliberate_restart", priors: [v42], evidence: []))
    let v43: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "silent_panic", priors: [v43], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the reset reason: print esp_reset_reason() first thing in app_main"))
    rule.settledBy.append(Hint(when: nil, says: "a capture of the port on which the panic handler prints (CONFIG_ESP_CONSOLE_*)"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-restart-unexplained-c6", "healthy-then-banner-alone-esp32"], silent: ["healthy-restart-sparse", "panic-no-update-sparse", "healthy-deep-sleep-c3", "reset-loop-s3"])
    return rule
  }

  private static func makeRestartsForNetworkRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("restarts_for_network")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "it restarts for want of {notice.detail}", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "restarts-for-network", family: .notes, verdict: nil, severity: .warning, title: "The firmware restarts itself because {notice.detail} does not come", why: "ESPHome restarts after reboot_timeout (15 minutes by default) without a client of its API, or without Wi-Fi.", when: v4, confidence: 0.9)
    rule.summary = "After a time without {notice.detail} the firmware restarts on purpose, and it will do so again and again. This is no crash: give it what it waits for, or set reboot_timeout to 0s."
    rule.unknownPrior = 0.1
    rule.references = ["ESPHome, Native API Component and WiFi Component, reboot_timeout"]
    rule.examples = Rule.Examples(fires: ["esphome-restarts-without-client"], silent: ["esphome-update-ok", "esphome-safe-mode"])
    return rule
  }

  private static func makeRomHashMismatchHarmlessRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_hash_mismatch")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the ROM finds another hash", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v6: ItemMatcher = ItemMatcher(.boot, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "and it boots", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: Condition = .all([v4, v8])
    var rule = Rule(id: "rom-hash-mismatch-harmless", family: .notes, verdict: nil, severity: .info, title: "The bootloader's hash does not match, and it boots all the same", why: "The ROM's complaint about the hash, and a boot that goes on behind it.", when: v9, confidence: 0.9)
    rule.summary = "A tool changed the bootloader's header after it was built (flash size or mode), so its hash no longer fits. The ROM only warns. Flash with the settings of the build to be rid of it."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-boot-despite-hash-s3"], silent: ["bootloader-hash-never-boots-s3", "ota-ok-chatty"])
    return rule
  }

  private static func makeRtcResetAtLogStartRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.equals(.number(0.0)))
    let v2: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.equals(.text("esp32")))
    let v3: AttributeTest = AttributeTest(Attribute.boot(.romCode), ValueMatcher.equals(.number(16.0)))
    let v4: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("watchdog_rtc")))
    let v5: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v6: AttributeTest = AttributeTest(Attribute.boot(.spuriousPowerOn), ValueMatcher.equals(.flag(false)))
    let v7: ItemMatcher = ItemMatcher(.boot, [v1, v2, v3, v4, v5, v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: "the ROM reports the RTC watchdog", alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    var rule = Rule(id: "rtc-reset-at-log-start", family: .notes, verdict: nil, severity: .info, title: "The log begins with a reset by the RTC watchdog", why: "The first boot of an ESP32's log was started by the RTC watchdog with the code 0x10, the bootloader says nothing of a watchdog, the application came up, and nothing before it tells why.", when: v9, confidence: 0.9)
    rule.summary = "The first reset of the log is one of the RTC watchdog. On the ESP32 that is mostly the second half of a power-on with slow flash, whose first half is not in the capture; it may also be an application that hung before the capture began."
    let v10: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v11: ItemMatcher = ItemMatcher(.crash, [v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    let v14: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("watchdog_reset_seen")), ValueMatcher.equals(.text("watchdog_reset_pc"))]))
    let v15: AttributeTest = AttributeTest(Attribute.notice(.boot), ValueMatcher.equals(.number(0.0)))
    let v16: ItemMatcher = ItemMatcher(.notice, [v14, v15], patterns: [])
    let v17: Step = Step(v16, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v18: Condition = .exists(v17)
    let v19: Condition = .any([v13, v18])
    rule.unless = v19
    let v20: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "slow_flash_at_power_on", priors: [v20], evidence: []))
    let v21: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "application_hang", priors: [v21], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a capture that begins before the reset"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["rtc-reset-at-log-start-esp32"], silent: ["watchdog-at-log-start-esp32", "healthy-double-reset-slow-flash-esp32", "watchdog-at-log-start-s3", "healthy-restart-sparse"])
    return rule
  }

  private static func makeSameVersionOfferedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.update(.sameVersion), ValueMatcher.equals(.flag(true)))
    let v2: ItemMatcher = ItemMatcher(.update, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the version on offer runs already", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "same-version-offered", family: .notes, verdict: nil, severity: .info, title: "The version on offer runs already", why: "The version in the new image against the running one.", when: v4, confidence: 0.9)
    rule.summary = "The update offered {update.new_version}, which is the version that runs. A changed build needs a changed version, or it is declined or impossible to tell apart."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["update-declined-same-version-chatty"], silent: ["ota-ok-sparse", "ota-ok-confirmed-chatty"])
    return rule
  }

  private static func makeScriptExceptionRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.capture(.foreign), ValueMatcher.equals(.text("micropython")))
    let v2: Condition = .capture([v1])
    let v3: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("script_frame")))
    let v4: ItemMatcher = ItemMatcher(.notice, [v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.known(true))
    let v8: ItemMatcher = ItemMatcher(.boot, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .all([v6, v10])
    let v12: Condition = .any([v2, v11])
    let v13: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("python_traceback")))
    let v14: ItemMatcher = ItemMatcher(.notice, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: "a traceback", alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: Condition = .all([v12, v16])
    var rule = Rule(id: "script-exception", family: .notes, verdict: nil, severity: .warning, title: "A script raised an exception", why: "The first line of a traceback, in the log of a chip that runs a Python, or that names a file of its own.", when: v17, confidence: 0.9)
    rule.summary = "MicroPython or CircuitPython printed a traceback. If the script goes on it was caught; if not, it has ended there."
    let v18: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("other_chip_named")), ValueMatcher.equals(.text("script_interrupted"))]))
    let v19: ItemMatcher = ItemMatcher(.notice, [v18], patterns: [])
    let v20: Step = Step(v19, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v21: Condition = .exists(v20)
    let v22: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("python_traceback")))
    let v23: ItemMatcher = ItemMatcher(.notice, [v22], patterns: [])
    let v24: Count = Count(v23, bounds: NumberRange(atLeast: 3.0, atMost: nil, above: nil, below: nil), grouping: .consecutiveBoots, same: nil, alias: nil, says: nil)
    let v25: Condition = .count(v24)
    let v26: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("python_traceback")))
    let v27: ItemMatcher = ItemMatcher(.notice, [v26], patterns: [])
    let v28: Step = Step(v27, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v29: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("script_ended")))
    let v30: ItemMatcher = ItemMatcher(.notice, [v29], patterns: [])
    let v31: Step = Step(v30, distance: .sameBoot, says: nil, alias: nil, isItem: nil)
    let v32: Condition = .sequence([v28, v31], without: [])
    let v33: Condition = .any([v21, v25, v32])
    rule.unless = v33
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["micropython-caught-exception"], silent: ["server-log", "micropython-clean", "micropython-script-died", "micropython-stopped-by-hand"])
    return rule
  }

  private static func makeSeveralNodesMixedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.capture(.severalNodes), ValueMatcher.equals(.flag(true)))
    let v2: Condition = .capture([v1])
    var rule = Rule(id: "several-nodes-mixed", family: .notes, verdict: nil, severity: .warning, title: "The lines of more than one node are mixed in the log", why: "The clocks of two nodes go on side by side, so that the log's clock steps back time and again by the same; a node that restarts goes back to the same moment of its start. Nodes that are switched on together print each line of the ROM twice.", when: v2, confidence: 0.9)
    rule.summary = "Several nodes print to this capture, and nothing before their lines tells them apart. What is told of a fault is true of one of them; the boots are counted as if they were one node's, so that there are more than there were. Capture each node's port into a file of its own, or have something put the node's name before each line."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["two-nodes-unmarked-esp32", "two-nodes-started-together-esp32"], silent: ["two-nodes-of-ports-c3", "restart-loop-without-network-c3", "healthy-restart-sparse", "two-chips-in-one-log"])
    return rule
  }

  private static func makeSlotChangedWithoutUpdateRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("old"))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "{old} runs", alias: "before", isItem: nil)
    let v4: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.known(true))
    let v5: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.not(ValueMatcher.name("old")))
    let v6: ItemMatcher = ItemMatcher(.boot, [v4, v5], patterns: [])
    let v7: Step = Step(v6, distance: .nextBoot, says: "and now {after.slot}", alias: "after", isItem: nil)
    let v8: Condition = .sequence([v3, v7], without: [])
    var rule = Rule(id: "slot-changed-without-update", family: .notes, verdict: nil, severity: .warning, title: "Another slot runs than before, and no update is in between", why: "Two boots with different slots and nothing in the log that changes slots.", when: v8, confidence: 0.9)
    rule.summary = "The node ran {before.slot}, and later {after.slot}, without an update in the log. A rollback, a factory reset, an erased otadata, or an update that the capture missed."
    let v9: AttributeTest = AttributeTest(Attribute.update(.phase), ValueMatcher.known(true))
    let v10: ItemMatcher = ItemMatcher(.update, [v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    let v13: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("slot_not_bootable")))
    let v14: ItemMatcher = ItemMatcher(.notice, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: Condition = .any([v12, v16])
    rule.unless = v17
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["slot-changed-without-update-sparse", "trial-boot-crash-chatty"], silent: ["ota-ok-sparse", "new-image-crash-chatty", "healthy-restart-sparse"])
    return rule
  }

  private static func makeSlotNotBootableRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("slot_not_bootable")))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.stage), ValueMatcher.equals(.text("bootloader")))
    let v3: AttributeTest = AttributeTest(Attribute.notice(.boot), ValueMatcher.name("it"))
    let v4: ItemMatcher = ItemMatcher(.notice, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the bootloader could not start this slot", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.index), ValueMatcher.name("it"))
    let v8: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v9: ItemMatcher = ItemMatcher(.boot, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    let v12: Condition = .all([v6, v11])
    var rule = Rule(id: "slot-not-bootable", family: .notes, verdict: nil, severity: .warning, title: "The bootloader called the chosen slot not bootable, and another one runs", why: "The bootloader's error without a complaint about the image's bytes, in a boot that then starts an app. No update stands in the log that would explain it.", when: v12, confidence: 0.9)
    rule.summary = "The OTA data names a slot that the bootloader could not start, and it fell back to another one. If an update was sent before this log begins, it did not take, whatever the node answered."
    let v13: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("not_taken")))
    let v14: ItemMatcher = ItemMatcher(.update, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("no_bootable_partition")))
    let v18: ItemMatcher = ItemMatcher(.notice, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("image_magic_invalid")), ValueMatcher.equals(.text("image_checksum_failed")), ValueMatcher.equals(.text("image_hash_failed")), ValueMatcher.equals(.text("image_signature_failed")), ValueMatcher.equals(.text("image_segment_count_invalid")), ValueMatcher.equals(.text("image_segment_invalid")), ValueMatcher.equals(.text("image_segment_overlaps")), ValueMatcher.equals(.text("image_too_large")), ValueMatcher.equals(.text("image_chip_mismatch")), ValueMatcher.equals(.text("image_chip_revision_mismatch")), ValueMatcher.equals(.text("image_efuse_revision_mismatch"))]))
    let v22: AttributeTest = AttributeTest(Attribute.notice(.stage), ValueMatcher.equals(.text("bootloader")))
    let v23: ItemMatcher = ItemMatcher(.notice, [v21, v22], patterns: [])
    let v24: Step = Step(v23, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v25: Condition = .exists(v24)
    let v26: Condition = .any([v16, v20, v25])
    rule.unless = v26
    let v27: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "slot_not_startable", priors: [v27], evidence: []))
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "otadata_damaged", priors: [v28], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "esptool read_flash of otadata and of that slot"))
    rule.settledBy.append(Hint(when: nil, says: "the log of the update that was sent before"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-slot-refused-c3"], silent: ["not-taken-slot-not-bootable-c3", "image-missing-in-chosen-slot-s3", "image-corrupt-after-update-sparse", "no-bootable-app-sparse"])
    return rule
  }

  private static func makeStartupComplaintRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("init_function_failed")), ValueMatcher.equals(.text("internal_pool_not_reserved")), ValueMatcher.equals(.text("memory_protection_locked")), ValueMatcher.equals(.text("secure_version_too_low")), ValueMatcher.equals(.text("app_header_invalid")), ValueMatcher.equals(.text("efuse_problem"))]))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the start-up complains", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "startup-complaint", family: .notes, verdict: nil, severity: .warning, title: "The start-up complains", why: "Errors of ESP-IDF's start-up that have no rule of their own.", when: v4, confidence: 0.9)
    rule.summary = "The start-up of the application found something that it does not like ({notice.kind})."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["startup-init-failed-s3"], silent: ["ota-ok-chatty", "psram-missing-s3"])
    return rule
  }

  private static func makeTwoChipsRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.name("chip"))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "an {first.chip} starts", alias: "first", isItem: nil)
    let v4: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.not(ValueMatcher.name("chip")))
    let v5: ItemMatcher = ItemMatcher(.boot, [v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "an {other.chip} starts", alias: "other", isItem: nil)
    let v7: Condition = .sequence([v3, v6], without: [])
    var rule = Rule(id: "two-chips", family: .notes, verdict: nil, severity: .warning, title: "The log holds two nodes: an {first.chip} and an {other.chip}", why: "One chip does not turn into another. Two captures were put together, or another node was plugged into the same port. The verdict is drawn from all of it: diagnose each node's part alone.", when: v7, confidence: 0.9)
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["two-chips-in-one-log"], silent: ["ota-ok-sparse", "panic-no-update-sparse"])
    return rule
  }

  private static func makeUnreadableStretchesRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.capture(.ruinedStretches), ValueMatcher.range(NumberRange(atLeast: 4.0, atMost: nil, above: nil, below: nil)))
    let v2: AttributeTest = AttributeTest(Attribute.capture(.ruinedShare), ValueMatcher.range(NumberRange(atLeast: 0.05, atMost: nil, above: nil, below: nil)))
    let v3: Condition = .capture([v1, v2])
    let v4: AttributeTest = AttributeTest(Attribute.capture(.garbledEndBytes), ValueMatcher.range(NumberRange(atLeast: 200.0, atMost: nil, above: nil, below: nil)))
    let v5: AttributeTest = AttributeTest(Attribute.capture(.garbledEndShare), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: 0.15, below: nil)))
    let v6: Condition = .capture([v4, v5])
    let v7: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .all([v6, v10])
    let v12: Condition = .any([v3, v11])
    var rule = Rule(id: "unreadable-stretches", family: .notes, verdict: nil, severity: .warning, title: "Part of the log cannot be read", why: "Stretches of unreadable lines come and go between lines of text, or no line behind those of the start is undamaged. A reset leaves a few bytes.", when: v12, confidence: 0.9)
    rule.summary = "Between lines that can be read, or behind the last of them, stand others of bytes that are no text. A line that is disturbed, a missing common ground, a wrong voltage, or two transmitters on one wire do that, and so does an application that sends binary data over its console. What stood there may have been the fault."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-half-unreadable-esp32"], silent: ["damaged-ota-ok-s3", "wrong-baud", "wrong-baud-behind-rom-esp32", "ota-ok-sparse"])
    return rule
  }

  private static func makeUpdateDeclinedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("declined")))
    let v2: ItemMatcher = ItemMatcher(.update, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the node declines what is on offer", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "update-declined", family: .notes, verdict: nil, severity: .info, title: "An update was declined, because nothing newer was on offer", why: "The application says so before it writes anything. ESP-IDF's example returns ESP_FAIL then, and its caller reports a header that failed its verification.", when: v4, confidence: 0.9)
    rule.summary = "The node looked at the version on offer and stopped by itself. Transfer and image are not to blame; an error right behind that line only repeats it. A build that is meant to be taken needs a new version (PROJECT_VER, version.txt, or a git tag)."
    let v5: AttributeTest = AttributeTest(Attribute.update(.sameVersion), ValueMatcher.equals(.flag(true)))
    let v6: ItemMatcher = ItemMatcher(.update, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("offers_failed_version")))
    let v10: ItemMatcher = ItemMatcher(.notice, [v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    let v13: Condition = .any([v8, v12])
    rule.unless = v13
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF, examples/system/ota/advanced_https_ota"]
    rule.examples = Rule.Examples(fires: ["update-declined-older-version-esp32", "update-declined-stock-example-esp32", "update-declined-then-bad-header-esp32"], silent: ["failed-version-offered-again-s3", "ota-validation-failed-sparse", "update-declined-same-version-chatty", "update-of-older-secure-version-esp32"])
    return rule
  }

  private static func makeUpdateInterruptedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("unknown")))
    let v2: AttributeTest = AttributeTest(Attribute.update(.phase), ValueMatcher.equals(.text("receiving")))
    let v3: AttributeTest = AttributeTest(Attribute.update(.from), ValueMatcher.name("old"))
    let v4: ItemMatcher = ItemMatcher(.update, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "an update begins and does not end", alias: nil, isItem: nil)
    let v6: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v7: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("old"))
    let v8: ItemMatcher = ItemMatcher(.boot, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .withinBoots(1), says: "the chip starts again", alias: "after", isItem: nil)
    let v10: Condition = .sequence([v5, v9], without: [])
    let v11: AttributeTest = AttributeTest(Attribute.update(.outcome), ValueMatcher.equals(.text("unknown")))
    let v12: AttributeTest = AttributeTest(Attribute.update(.phase), ValueMatcher.equals(.text("receiving")))
    let v13: AttributeTest = AttributeTest(Attribute.update(.from), ValueMatcher.name("old"))
    let v14: ItemMatcher = ItemMatcher(.update, [v11, v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: "an update begins and does not end", alias: nil, isItem: nil)
    let v16: AttributeTest = AttributeTest(Attribute.boot(.hasBootLine), ValueMatcher.equals(.flag(true)))
    let v17: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("old"))
    let v18: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.anyOf([ValueMatcher.equals(.text("SW")), ValueMatcher.equals(.text("DEEPSLEEP")), ValueMatcher.equals(.text("POWERON")), ValueMatcher.equals(.text("EXT")), ValueMatcher.equals(.text("USB"))]))
    let v19: AttributeTest = AttributeTest(Attribute.boot(.resetSource), ValueMatcher.equals(.text("app")))
    let v20: ItemMatcher = ItemMatcher(.boot, [v16, v17, v18, v19], patterns: [])
    let v21: Step = Step(v20, distance: .nextBoot, says: "the node starts again after {after.reset_reason}", alias: "after", isItem: nil)
    let v22: Condition = .sequence([v15, v21], without: [])
    let v23: Condition = .any([v10, v22])
    var rule = Rule(id: "update-interrupted", family: .notes, verdict: nil, severity: .warning, title: "An update was interrupted by a reset", why: "The bytes that arrived lie in the other slot, and the boot selection was never changed. A power cut or a reset by the user while an update runs is no fault of the firmware; a restart or a deep sleep that the application enters on its own while it receives is one of its order. The update is lost either way.", when: v23, confidence: 0.9)
    rule.summary = "An update was still receiving when the chip was reset. The node runs {old} as before; send the update again."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["power-cut-during-update-sparse", "update-broken-off-by-restart", "update-broken-off-by-deep-sleep"], silent: ["no-boot-line-rollback-chatty", "power-cut-after-update-sparse", "ota-in-progress-sparse", "ota-ok-sparse"])
    return rule
  }

  private static func makeWatchdogResetSeenRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("watchdog_reset_seen")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "a watchdog reset this core", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "watchdog-reset-seen", family: .notes, verdict: nil, severity: .info, title: "The bootloader saw a watchdog reset", why: "The bootloader reads the reset cause of each core and warns, also where it prints warnings only.", when: v4, confidence: 0.9)
    rule.summary = "The bootloader says that a watchdog reset a core. The address behind WDT reset info is where it was stuck; decode it with the ELF."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["rtc-watchdog-esp32", "handler-hung-reset-sparse"], silent: ["healthy-restart-sparse", "panic-no-update-sparse"])
    return rule
  }

  private static func makeWifiGaveUpRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("wifi_gave_up")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the node stops trying to join", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "wifi-gave-up", family: .notes, verdict: nil, severity: .warning, title: "The node gave up joining the network", why: "The application or its Wi-Fi helper says that it stops.", when: v4, confidence: 0.9)
    rule.summary = "All attempts to join failed and the node stopped trying: it cannot be reached and cannot be updated until its next restart."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-wifi-gave-up-esp32"], silent: ["healthy-wifi-retries-esp32", "ota-ok-sparse"])
    return rule
  }

  private static func makeWifiNeverJoinsRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_join_failed")), ValueMatcher.equals(.text("wifi_disconnected"))]))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.count), ValueMatcher.range(NumberRange(atLeast: 3.0, atMost: nil, above: nil, below: nil)))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "it fails {notice.count} times", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "wifi-never-joins", family: .notes, verdict: nil, severity: .warning, title: "The node never joins its network", why: "Three or more failed attempts or disconnects, and no line that tells of an address.", when: v5, confidence: 0.9)
    rule.summary = "Attempt after attempt to join fails, and nowhere in this log does the node get an address. It runs, but it cannot be reached and cannot be updated over the air. Look at the name of the network (it must be on 2.4 GHz unless the chip is a C5), at the password, and at the distance."
    let v6: AttributeTest = AttributeTest(Attribute.capture(.startsMidRun), ValueMatcher.equals(.flag(true)))
    let v7: Condition = .capture([v6])
    let v8: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_connected")), ValueMatcher.equals(.text("address_told")), ValueMatcher.equals(.text("wifi_gave_up"))]))
    let v9: ItemMatcher = ItemMatcher(.notice, [v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    let v12: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_disconnected")), ValueMatcher.equals(.text("wifi_join_failed"))]))
    let v13: AttributeTest = AttributeTest(Attribute.notice(.number), ValueMatcher.anyOf([ValueMatcher.equals(.number(15.0)), ValueMatcher.equals(.number(202.0)), ValueMatcher.equals(.number(204.0))]))
    let v14: ItemMatcher = ItemMatcher(.notice, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: Condition = .any([v7, v11, v16])
    rule.unless = v17
    rule.unknownPrior = 0.1
    rule.references = ["ESP-IDF Programming Guide, Wi-Fi Driver, Wi-Fi Reason Code"]
    rule.examples = Rule.Examples(fires: ["wifi-never-joins-c3"], silent: ["healthy-wifi-retries-esp32", "healthy-wifi-wrong-password-c3", "healthy-wifi-unsteady-s3"])
    return rule
  }

  private static func makeWifiUnsteadyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("wifi_disconnected")))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.count), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the connection is lost {notice.count} times in this boot", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "wifi-unsteady", family: .notes, verdict: nil, severity: .warning, title: "The Wi-Fi connection is unsteady", why: "Disconnects that keep coming. A few attempts at the first join are normal.", when: v5, confidence: 0.9)
    rule.summary = "The connection was lost {notice.count} times. An update over the air is likely to break off; look at the signal, the channel and the access point."
    let v6: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_connected")), ValueMatcher.equals(.text("address_told"))]))
    let v7: ItemMatcher = ItemMatcher(.notice, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    let v10: Condition = .not(v9)
    let v11: AttributeTest = AttributeTest(Attribute.boot(.lostNetwork), ValueMatcher.equals(.text("Wi-Fi")))
    let v12: AttributeTest = AttributeTest(Attribute.boot(.failuresWithoutNetwork), ValueMatcher.range(NumberRange(atLeast: 5.0, atMost: nil, above: nil, below: nil)))
    let v13: ItemMatcher = ItemMatcher(.boot, [v11, v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .lastBoot(v14)
    let v16: Condition = .any([v10, v15])
    rule.unless = v16
    let v17: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.7)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v17], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-wifi-unsteady-s3"], silent: ["healthy-wifi-retries-esp32", "ota-ok-sparse"])
    return rule
  }

  private static func makeWifiWrongPasswordRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_disconnected")), ValueMatcher.equals(.text("wifi_join_failed"))]))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.number), ValueMatcher.anyOf([ValueMatcher.equals(.number(15.0)), ValueMatcher.equals(.number(202.0)), ValueMatcher.equals(.number(204.0))]))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "reason {notice.number}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "wifi-wrong-password", family: .notes, verdict: nil, severity: .warning, title: "The access point refuses the password", why: "Reasons 15, 202 and 204 stand for a failed authentication or handshake.", when: v5, confidence: 0.9)
    rule.summary = "The access point refuses the handshake (reason {notice.number}): most likely a wrong password, or a very weak signal."
    let v6: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_connected")), ValueMatcher.equals(.text("address_told"))]))
    let v7: ItemMatcher = ItemMatcher(.notice, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    rule.unless = v9
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-wifi-wrong-password-c3", "esphome-wifi-refused"], silent: ["healthy-wifi-retries-esp32", "healthy-wifi-gave-up-esp32"])
    return rule
  }

  private static func makeWordsOfAnotherDeviceRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_outlived")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "this reads like a brownout, and the same run goes on behind it", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("words_of_another")))
    let v6: AttributeTest = AttributeTest(Attribute.notice(.detail), ValueMatcher.equals(.text("a reset")))
    let v7: ItemMatcher = ItemMatcher(.notice, [v5, v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: "this reads like a reset, and the clock of the run before goes on behind it", alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    let v10: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("words_of_another")))
    let v11: AttributeTest = AttributeTest(Attribute.notice(.detail), ValueMatcher.equals(.text("a crash")))
    let v12: ItemMatcher = ItemMatcher(.notice, [v10, v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: "this reads like a crash, and the clock of the run before goes on behind it", alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    let v15: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("words_of_another")))
    let v16: AttributeTest = AttributeTest(Attribute.notice(.detail), ValueMatcher.anyOf([ValueMatcher.equals(.text("an unproved reset")), ValueMatcher.equals(.text("an unproved crash"))]))
    let v17: ItemMatcher = ItemMatcher(.notice, [v15, v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: "nothing behind these lines tells whose they are", alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("words_of_another")))
    let v21: AttributeTest = AttributeTest(Attribute.notice(.detail), ValueMatcher.equals(.text("a log line")))
    let v22: ItemMatcher = ItemMatcher(.notice, [v20, v21], patterns: [])
    let v23: Step = Step(v22, distance: .anywhere, says: "the same words stand before this line and the one before it", alias: nil, isItem: nil)
    let v24: Condition = .exists(v23)
    let v25: AttributeTest = AttributeTest(Attribute.crash(.kind), ValueMatcher.equals(.text("task_watchdog")))
    let v26: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(false)))
    let v27: ItemMatcher = ItemMatcher(.crash, [v25, v26], patterns: [])
    let v28: Step = Step(v27, distance: .anywhere, says: "a task watchdog reports", alias: nil, isItem: nil)
    let v29: Condition = .exists(v28)
    let v30: Condition = .all([v24, v29])
    let v31: Condition = .any([v4, v9, v14, v19, v30])
    var rule = Rule(id: "words-of-another-device", family: .notes, verdict: nil, severity: .warning, title: "A fault in this log is told behind other words, and may be another device's", why: "A reset, a crash and a brownout end the run that prints them: behind these lines the same run goes on, and its clock with it. The report of a task watchdog ends nothing; the same words before each of its lines are what speaks here.", when: v31, confidence: 0.9)
    rule.summary = "Lines that read like a crash, a reset, a sag of the supply or a watchdog's report stand behind a name, an arrow or a bracket, where the log's own lines stand bare. The application passes on what another device prints, or it has a prompt or a label of its own: the log alone does not tell."
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a capture of this node's own console without what it passes on"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["healthy-passes-on-faults-s3", "healthy-passes-on-crash-loop-esp32", "panic-behind-name-at-end-c3", "task-watchdog-behind-arrow-s3"], silent: ["task-watchdog-printing-s3", "brownout-alone-sparse", "healthy-lines-behind-names-s3", "panic-behind-prompt-s3", "panic-behind-label-s3"])
    return rule
  }
}
