// swift-format-ignore-file
// Made from rules/ by `esptriage-dev generate`; change the rules there.

import DeviceEvents

extension EmbeddedRules {
  static let bootloaderCannotReadFlashRule = prepared(makeBootloaderCannotReadFlashRule())
  static let flashEmptyRule = prepared(makeFlashEmptyRule())
  static let flashSmallerThanHeaderRule = prepared(makeFlashSmallerThanHeaderRule())
  static let romCannotReadFlashRule = prepared(makeRomCannotReadFlashRule())

  private static func makeBootloaderCannotReadFlashRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("image_read_failed")), ValueMatcher.equals(.text("bootloader_header_unreadable")), ValueMatcher.equals(.text("xmc_startup_failed"))]))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("rom")), ValueMatcher.equals(.text("bootloader"))]))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the bootloader cannot read the flash", alias: "flash", isItem: nil)
    let v5: Condition = .exists(v4)
    let v6: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("flash_not_detected")))
    let v7: AttributeTest = AttributeTest(Attribute.notice(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("bootloader")), ValueMatcher.equals(.text("startup"))]))
    let v8: ItemMatcher = ItemMatcher(.notice, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: "the start-up cannot identify the flash chip", alias: "flash", isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .any([v5, v10])
    var rule = Rule(id: "bootloader-cannot-read-flash", family: .flash, verdict: .flashReadError, severity: nil, title: "The bootloader or the start-up cannot talk to the flash chip", why: "Flash errors of the bootloader, or a start-up that does not detect the chip it was loaded from, before any line of the application.", when: v11, confidence: 0.85)
    rule.summary = "The chip got as far as its bootloader, and then reading or identifying the flash chip failed ({flash.kind}). No application code runs."
    let v12: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(false)))
    let v14: ItemMatcher = ItemMatcher(.boot, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .lastBoot(v15)
    rule.unless = v16
    let v17: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "flash_mode_unsupported", priors: [v17], evidence: []))
    let v18: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "flash_wiring", priors: [v18], evidence: []))
    let v19: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v20: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("brownout")))
    let v21: ItemMatcher = ItemMatcher(.boot, [v20], patterns: [])
    let v22: Step = Step(v21, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v23: Condition = .exists(v22)
    let v24: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("brownout_detected")))
    let v25: ItemMatcher = ItemMatcher(.notice, [v24], patterns: [])
    let v26: Step = Step(v25, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v27: Condition = .exists(v26)
    let v28: Condition = .any([v23, v27])
    let v29: CauseEvidence = CauseEvidence(when: v28, weight: .bits(3.0), says: "the supply sagged")
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v19], evidence: [v29]))
    let v30: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    let v31: AttributeTest = AttributeTest(Attribute.boot(.appOlderThanBootloader), ValueMatcher.equals(.flag(true)))
    let v32: ItemMatcher = ItemMatcher(.boot, [v31], patterns: [])
    let v33: Step = Step(v32, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v34: Condition = .exists(v33)
    let v35: CauseEvidence = CauseEvidence(when: v34, weight: .bits(2.0), says: "the app is older than its bootloader")
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v30], evidence: [v35]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same image built with DIO at 40 MHz"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["flash-not-detected-s3"], silent: ["flash-size-mismatch-chatty", "flash-read-error-once-esp32", "ota-write-failed-sparse"])
    return rule
  }

  private static func makeFlashEmptyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_invalid_header")))
    let v2: AttributeTest = AttributeTest(Attribute.notice(.number), ValueMatcher.equals(.number(4294967295.0)))
    let v3: ItemMatcher = ItemMatcher(.notice, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the ROM reads erased flash", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "flash-empty", family: .flash, verdict: .flashEmpty, severity: nil, title: "There is no bootloader on flash", why: "The ROM prints the first word at the bootloader's offset; all ones is what erased flash reads as.", when: v5, confidence: 0.9)
    rule.summary = "The ROM reads erased flash where the bootloader should be (invalid header: 0xffffffff). The board was never flashed, was erased, or its flash chip does not answer at all."
    let v6: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("bootloader")), ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v7: ItemMatcher = ItemMatcher(.boot, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .lastBoot(v8)
    rule.unless = v9
    let v10: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.equals(.text("rom")))
    let v11: AttributeTest = AttributeTest(Attribute.boot(.romFinished), ValueMatcher.equals(.flag(false)))
    let v12: ItemMatcher = ItemMatcher(.boot, [v10, v11], patterns: [])
    let v13: Count = Count(v12, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .consecutiveBoots, same: nil, alias: nil, says: nil)
    let v14: Condition = .count(v13)
    rule.witnesses.append(Witness(when: v14, strength: 0.6, says: "{count} boots in a row"))
    let v15: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.65)
    let v16: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v17: ItemMatcher = ItemMatcher(.boot, [v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: CauseEvidence = CauseEvidence(when: v19, weight: .bits(-3.0), says: "the same board had booted before in this log")
    rule.causes.append(CauseCandidate(id: "flash_never_written", priors: [v15], evidence: [v20]))
    let v21: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v22: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v23: ItemMatcher = ItemMatcher(.boot, [v22], patterns: [])
    let v24: Step = Step(v23, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v25: Condition = .exists(v24)
    let v26: CauseEvidence = CauseEvidence(when: v25, weight: .bits(3.0), says: "the flash was readable before, and is not any more")
    rule.causes.append(CauseCandidate(id: "flash_wiring", priors: [v21], evidence: [v26]))
    let v27: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "wrong_flash_offset", priors: [v27], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "esptool flash_id: a chip that answers is merely empty"))
    rule.references = ["esptool documentation, Boot Log"]
    rule.examples = Rule.Examples(fires: ["flash-empty-esp32", "flash-empty-c3"], silent: ["bootloader-invalid-header-s3", "flash-read-error-loop-esp32", "healthy-double-reset-slow-flash-esp32"])
    return rule
  }

  private static func makeFlashSmallerThanHeaderRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("flash_smaller_than_header")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the flash chip is smaller than the header says", alias: "flash", isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "flash-smaller-than-header", family: .flash, verdict: .flashSizeMismatch, severity: nil, title: "The build wants more flash than the module has", why: "The start-up code compares the size in the image header with the size that the flash chip reports, and stops when the chip is smaller.", when: v4, confidence: 0.95)
    rule.summary = "The app detects {flash.number} KiB of flash, and its header claims {flash.number2} KiB. It stops in its start-up: the bootloader had no objection, which makes it look like a broken app."
    let v5: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v6: AttributeTest = AttributeTest(Attribute.crash(.assertionExpression), ValueMatcher.glob("*flash_ret == ESP_OK*"))
    let v7: ItemMatcher = ItemMatcher(.crash, [v5, v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    rule.witnesses.append(Witness(when: v9, strength: 0.5, says: "the start-up stops for it"))
    let v10: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.85)
    rule.causes.append(CauseCandidate(id: "wrong_flash_size", priors: [v10], evidence: []))
    let v11: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.03)
    rule.causes.append(CauseCandidate(id: "flash_wiring", priors: [v11], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "esptool flash_id: the size that the chip reports"))
    rule.references = ["ESP-IDF, components/spi_flash/esp_flash_api.c"]
    rule.examples = Rule.Examples(fires: ["flash-size-mismatch-chatty"], silent: ["healthy-larger-flash-s3", "partition-table-exceeds-flash-chatty", "flash-not-detected-s3"])
    return rule
  }

  private static func makeRomCannotReadFlashRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_flash_read_error")))
    let v2: ItemMatcher = ItemMatcher(.notice, [v1], patterns: [])
    let v3: Step = Step(v2, distance: .anywhere, says: "the ROM cannot read the flash", alias: nil, isItem: nil)
    let v4: Condition = .exists(v3)
    var rule = Rule(id: "rom-cannot-read-flash", family: .flash, verdict: .flashReadError, severity: nil, title: "The ROM cannot read the flash chip", why: "One read error while the supply comes up is harmless when the next attempt boots. Read errors again and again, or one with nothing behind it, are not.", when: v4, confidence: 0.85)
    rule.summary = "The ROM reports a flash read error, and no good boot follows. Wiring, a strapping pin, the supply or the flash chip itself."
    let v5: AttributeTest = AttributeTest(Attribute.boot(.stage), ValueMatcher.anyOf([ValueMatcher.equals(.text("startup")), ValueMatcher.equals(.text("application"))]))
    let v6: ItemMatcher = ItemMatcher(.boot, [v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v8: Condition = .lastBoot(v7)
    rule.unless = v8
    let v9: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("rom_flash_read_error")))
    let v10: ItemMatcher = ItemMatcher(.notice, [v9], patterns: [])
    let v11: Count = Count(v10, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v12: Condition = .count(v11)
    rule.witnesses.append(Witness(when: v12, strength: 0.7, says: "{count} boots with that error"))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.beganInLog), ValueMatcher.equals(.flag(true)))
    let v14: ItemMatcher = ItemMatcher(.boot, [v13], patterns: [])
    let v15: Count = Count(v14, bounds: NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil), grouping: .anywhere, same: nil, alias: nil, says: nil)
    let v16: Condition = .count(v15)
    let v17: Condition = .not(v16)
    rule.limits.append(ConfidenceLimit(when: v17, atMost: 0.75, says: "the capture shows one attempt only"))
    let v18: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "flash_wiring", priors: [v18], evidence: []))
    let v19: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    let v20: AttributeTest = AttributeTest(Attribute.boot(.resetClass), ValueMatcher.equals(.text("brownout")))
    let v21: ItemMatcher = ItemMatcher(.boot, [v20], patterns: [])
    let v22: Step = Step(v21, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v23: Condition = .exists(v22)
    let v24: CauseEvidence = CauseEvidence(when: v23, weight: .bits(3.0), says: "the supply sagged")
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v19], evidence: [v24]))
    let v25: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v26: AttributeTest = AttributeTest(Attribute.boot(.chip), ValueMatcher.equals(.text("esp32")))
    let v27: ItemMatcher = ItemMatcher(.boot, [v26], patterns: [])
    let v28: Step = Step(v27, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v29: Condition = .exists(v28)
    let v30: CauseEvidence = CauseEvidence(when: v29, weight: .bits(1.0), says: "on an ESP32 GPIO12 chooses the voltage of the flash")
    rule.causes.append(CauseCandidate(id: "strapping_pin_low", priors: [v25], evidence: [v30]))
    let v31: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.08)
    rule.causes.append(CauseCandidate(id: "slow_flash_at_power_on", priors: [v31], evidence: []))
    let v32: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    rule.causes.append(CauseCandidate(id: "flash_never_written", priors: [v32], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "esptool flash_id with the chip in download mode"))
    rule.references = ["esptool documentation, Boot Log"]
    rule.examples = Rule.Examples(fires: ["flash-read-error-loop-esp32"], silent: ["flash-read-error-once-esp32", "flash-empty-esp32", "bootloader-checksum-error-esp32"])
    return rule
  }
}
