// swift-format-ignore-file
// Made from rules/ by `esptriage-dev generate`; change the rules there.

import DeviceEvents

extension EmbeddedRules {
  static let brownoutRule = prepared(makeBrownoutRule())
  static let powerGlitchRule = prepared(makePowerGlitchRule())

  private static func makeBrownoutRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the brownout detector was triggered", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.equals(.text("BROWNOUT")))
    let v6: ItemMatcher = ItemMatcher(.boot, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "the boot reports BROWNOUT", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("brownout")))
    let v10: ItemMatcher = ItemMatcher(.boot, [v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: "the ROM's code means a brownout on this chip", alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    let v13: AttributeTest = AttributeTest(Attribute.crash(.kind), ValueMatcher.equals(.text("brownout")))
    let v14: ItemMatcher = ItemMatcher(.crash, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: "the brownout detector was triggered", alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: Condition = .any([v4, v8, v12, v16])
    var rule = Rule(id: "brownout", family: .power, verdict: .brownout, severity: nil, title: "The supply voltage sagged, and the brownout detector reset the chip", why: "The detector's own line, the ROM's brownout code, or BROWNOUT as the reset reason. On many chips the detector's interrupt prints and then restarts by software, so the ROM's code alone says nothing.", when: v17, confidence: 0.9)
    rule.summary = "The supply fell under the brownout threshold. That resets the chip whatever the firmware does, and an unconfirmed new image is taken back by such a reset although it is innocent."
    let v18: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.equals(.text("BROWNOUT")))
    let v19: AttributeTest = AttributeTest(Attribute.boot(.resetSource), ValueMatcher.equals(.text("app")))
    let v20: ItemMatcher = ItemMatcher(.boot, [v18, v19], patterns: [])
    let v21: Step = Step(v20, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v22: Condition = .exists(v21)
    rule.witnesses.append(Witness(when: v22, strength: 0.7, says: "the application's own line reports BROWNOUT"))
    let v23: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("brownout")))
    let v24: ItemMatcher = ItemMatcher(.boot, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    rule.witnesses.append(Witness(when: v26, strength: 0.6, says: "the ROM's code says so, too"))
    let v27: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v28: ItemMatcher = ItemMatcher(.notice, [v27], patterns: [])
    let v29: Count = Count(v28, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v30: Condition = .count(v29)
    rule.witnesses.append(Witness(when: v30, strength: 0.5, says: "{count} times in this log"))
    let v31: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.75)
    let v32: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("wifi_connected")), ValueMatcher.equals(.text("phy_calibration"))]))
    let v33: ItemMatcher = ItemMatcher(.notice, [v32], patterns: [])
    let v34: Step = Step(v33, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v35: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v36: ItemMatcher = ItemMatcher(.notice, [v35], patterns: [])
    let v37: Step = Step(v36, distance: .sameBoot, says: nil, alias: nil, isItem: nil)
    let v38: Condition = .sequence([v34, v37], without: [])
    let v39: CauseEvidence = CauseEvidence(when: v38, weight: .bits(1.0), says: "the radio draws its peaks when the supply gives way")
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v31], evidence: [v39]))
    let v40: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    let v41: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("battery_low")))
    let v42: ItemMatcher = ItemMatcher(.notice, [v41], patterns: [])
    let v43: Step = Step(v42, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v44: Condition = .exists(v43)
    let v45: CauseEvidence = CauseEvidence(when: v44, weight: .bits(4.0), says: "the log says that the battery is low")
    rule.causes.append(CauseCandidate(id: "battery_empty", priors: [v40], evidence: [v45]))
    let v46: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.05)
    rule.causes.append(CauseCandidate(id: "short_or_peripheral_load", priors: [v46], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same firmware on a bench supply or a powered hub with a short cable"))
    rule.settledBy.append(Hint(when: nil, says: "an oscilloscope on the 3.3 V rail while the radio starts"))
    rule.references = ["ESP-IDF Programming Guide, Brownout Detector"]
    rule.examples = Rule.Examples(fires: ["brownout-in-words-of-example-esp32", "esphome-brownout-told-esp32", "brownout-alone-sparse", "brownout-v50-esp32", "brownout-v60-s3", "brownout-hardware-reset-s2", "brownout-and-rollback-chatty"], silent: ["healthy-reset-reasons-of-others-s3", "healthy-power-on-in-words-of-example-esp32", "healthy-glitch-detection-notice", "power-glitch-h2", "healthy-scary-words-in-prose-c6", "reset-loop-power-on-s3"])
    return rule
  }

  private static func makePowerGlitchRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("power_glitch")))
    let v2: ItemMatcher = ItemMatcher(.boot, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the ROM's code means a power glitch on this chip", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    let v5: AttributeTest = AttributeTest(Attribute.boot(.resetReason), ValueMatcher.equals(.text("PWR_GLITCH")))
    let v6: ItemMatcher = ItemMatcher(.boot, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "the boot reports a power glitch", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: Condition = .any([v4, v8])
    var rule = Rule(id: "power-glitch", family: .power, verdict: .powerGlitch, severity: nil, title: "A glitch on the supply reset the chip", why: "Only the ROM's code or the reset reason tells of it: no line of ESP-IDF does.", when: v9, confidence: 0.9)
    rule.summary = "The chip's glitch detector saw a short dip of the supply and reset the chip. No software is at fault."
    let v10: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("power_glitch")))
    let v11: ItemMatcher = ItemMatcher(.boot, [v10], patterns: [])
    let v12: Count = Count(v11, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v13: Condition = .count(v12)
    rule.witnesses.append(Witness(when: v13, strength: 0.5, says: "{count} times in this log"))
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    rule.causes.append(CauseCandidate(id: "supply_glitch", priors: [v14], evidence: []))
    let v15: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v15], evidence: []))
    let v16: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "short_or_peripheral_load", priors: [v16], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "an oscilloscope on the 3.3 V rail, triggered on the reset"))
    rule.references = ["ESP-IDF, components/esp_system/port/soc, reset_reason.c"]
    rule.examples = Rule.Examples(fires: ["power-glitch-h2", "power-glitch-s3"], silent: ["healthy-glitch-detection-notice", "brownout-hardware-reset-s2", "healthy-usb-reset-s3"])
    return rule
  }
}
