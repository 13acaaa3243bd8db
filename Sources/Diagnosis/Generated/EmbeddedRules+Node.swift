// swift-format-ignore-file
// Made from rules/ by `esptriage-dev generate`; change the rules there.

import DeviceEvents

extension EmbeddedRules {
  static let nodeAcceptsInSilenceRule = prepared(makeNodeAcceptsInSilenceRule())
  static let nodeAnswerCutRule = prepared(makeNodeAnswerCutRule())
  static let nodeAnsweredTooEarlyRule = prepared(makeNodeAnsweredTooEarlyRule())
  static let nodeBusyRule = prepared(makeNodeBusyRule())
  static let nodeComesAndGoesRule = prepared(makeNodeComesAndGoesRule())
  static let nodeEndpointRefusedRule = prepared(makeNodeEndpointRefusedRule())
  static let nodeFlipsRule = prepared(makeNodeFlipsRule())
  static let nodeGoneAfterUpdateRule = prepared(makeNodeGoneAfterUpdateRule())
  static let nodeHangsAfterUpdateRule = prepared(makeNodeHangsAfterUpdateRule())
  static let nodeImageTooLargeRule = prepared(makeNodeImageTooLargeRule())
  static let nodeLogGivesUpWifiRule = prepared(makeNodeLogGivesUpWifiRule())
  static let nodeLogNamesOtherBuildRule = prepared(makeNodeLogNamesOtherBuildRule())
  static let nodeLogNamesOtherSlotRule = prepared(makeNodeLogNamesOtherSlotRule())
  static let nodeLogRunsOnRule = prepared(makeNodeLogRunsOnRule())
  static let nodeLogShowsCrashRule = prepared(makeNodeLogShowsCrashRule())
  static let nodeLostEndpointRule = prepared(makeNodeLostEndpointRule())
  static let nodeNewAndSilentRule = prepared(makeNodeNewAndSilentRule())
  static let nodeNotLookedAtRule = prepared(makeNodeNotLookedAtRule())
  static let nodeNotTakenRule = prepared(makeNodeNotTakenRule())
  static let nodeNotTakenSinceEarlierRule = prepared(makeNodeNotTakenSinceEarlierRule())
  static let nodeNotTakenUnansweredRule = prepared(makeNodeNotTakenUnansweredRule())
  static let nodeOtherBuildRule = prepared(makeNodeOtherBuildRule())
  static let nodeOtherServiceRule = prepared(makeNodeOtherServiceRule())
  static let nodeReceiveFailedRule = prepared(makeNodeReceiveFailedRule())
  static let nodeRefusesRule = prepared(makeNodeRefusesRule())
  static let nodeRefusesAfterUpdateRule = prepared(makeNodeRefusesAfterUpdateRule())
  static let nodeRefusesKeyRule = prepared(makeNodeRefusesKeyRule())
  static let nodeRevertedRule = prepared(makeNodeRevertedRule())
  static let nodeSameBuildRule = prepared(makeNodeSameBuildRule())
  static let nodeSilentRule = prepared(makeNodeSilentRule())
  static let nodeSlotChangedUnaskedRule = prepared(makeNodeSlotChangedUnaskedRule())
  static let nodeStatusWantsLoginRule = prepared(makeNodeStatusWantsLoginRule())
  static let nodeSteadyRule = prepared(makeNodeSteadyRule())
  static let nodeUpdateTookRule = prepared(makeNodeUpdateTookRule())
  static let nodeUploadBrokeRule = prepared(makeNodeUploadBrokeRule())
  static let nodeUploadTimedOutRule = prepared(makeNodeUploadTimedOutRule())
  static let nodeValidationFailedRule = prepared(makeNodeValidationFailedRule())
  static let nodeWriteFailedRule = prepared(makeNodeWriteFailedRule())

  private static func makeNodeAcceptsInSilenceRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.equals(.number(0.0)))
    let v5: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v6: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4, v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "a connection was made, and no answer came", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    var rule = Rule(id: "node-accepts-in-silence", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} accepts connections and gives no answer", why: "Somebody accepted the connection. HTTP cannot tell whether this firmware or another service sits behind it until it says something.", when: v8, confidence: 0.85)
    rule.summary = "Host and port are up: a connection was made, and no whole status came back within the limit of a read. The server is slow (--timeout gives it longer), stuck, or another one; the node is neither off nor out of reach."
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.55)
    rule.causes.append(CauseCandidate(id: "server_does_not_answer", priors: [v9], evidence: []))
    let v10: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v10], evidence: []))
    let v11: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v11], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a longer limit: esptriage probe HOST --timeout 30"))
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-accepts-in-silence"], silent: ["node-silent", "node-refused", "node-update-took"])
    return rule
  }

  private static func makeNodeAnswerCutRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v4: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("cut_json")))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the status has no end", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-answer-cut", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} answers as this firmware does, and its status is cut short", why: "JSON that opens with the firmware's names is the firmware's; without its end it proves no slot and no build.", when: v7, confidence: 0.8)
    rule.summary = "The answer begins with this firmware's own names and ends in the middle, so that the slot is not known. The node is up. Nothing was sent to it."
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "answer_cut_short", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v9], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same probe again"))
    rule.settledBy.append(Hint(when: nil, says: "curl -i http://HOST:8032/ota/status shows what came"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-json-cut"], silent: ["node-not-json", "node-silent"])
    return rule
  }

  private static func makeNodeAnsweredTooEarlyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("uncertain")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "200 after {node.acknowledged} of {node.image_bytes} bytes", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-answered-too-early", family: .node, verdict: .otaNotTaken, severity: nil, title: "{node.host} answered 200 before it had the image, and still runs {node.running}", why: "An answer to an image that has not arrived is no success of the upload; slot and build of the later reads decide.", when: v6, confidence: 0.85)
    rule.summary = "The 200 came when {node.acknowledged} of {node.image_bytes} bytes were acknowledged, so the image did not go over whole. This firmware answers only after the last byte and its verification; something else answered, or the handler is another one."
    let v7: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v9: ItemMatcher = ItemMatcher(.node, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    rule.unless = v11
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.5)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v12], evidence: []))
    let v13: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "connection_lost", priors: [v13], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's own address, without a proxy between"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-answered-too-early"], silent: ["node-not-taken", "node-reset-same-slot"])
    return rule
  }

  private static func makeNodeBusyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v4: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("busy")))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the answer is {node.http_status}", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-busy", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} answers, and does not tell its status ({node.http_status})", why: "5xx, 408 and 429 speak of the moment, not of what is installed.", when: v7, confidence: 0.6)
    rule.summary = "A server is there and says that it cannot answer now. Whether it is this firmware's HTTP cannot tell: a proxy, or a node whose handlers are all taken, says the same."
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.5)
    rule.causes.append(CauseCandidate(id: "server_does_not_answer", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v9], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same probe again in a minute, or with --watch 120"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-busy"], silent: ["node-404", "node-silent"])
    return rule
  }

  private static func makeNodeComesAndGoesRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "answers and silence alternate", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-comes-and-goes", family: .node, verdict: .resetLoop, severity: nil, title: "{node.host} comes and goes", why: "Silence between answers of one slot is a restart or a lost network; HTTP cannot tell which. A refused connection is no silence: link and host are up, and the server is not.", when: v5, confidence: 0.55)
    rule.summary = "Nothing was sent, and {node.answers} of {node.reads} reads were answered, the others not. The node restarts by itself, or its Wi-Fi is at the edge of its range."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    let v7: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v8: ItemMatcher = ItemMatcher(.node, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: CauseEvidence = CauseEvidence(when: v10, weight: .bits(-4.0), says: "a refusal comes back at once over a link that works")
    let v12: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v13: ItemMatcher = ItemMatcher(.node, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    let v16: CauseEvidence = CauseEvidence(when: v15, weight: .bits(-1.0), says: "a connection was made before the silence")
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v6], evidence: [v11, v16]))
    let v17: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    let v18: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v19: ItemMatcher = ItemMatcher(.node, [v18], patterns: [])
    let v20: Step = Step(v19, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v21: Condition = .exists(v20)
    let v22: CauseEvidence = CauseEvidence(when: v21, weight: .bits(1.0), says: "the host was up and its server was not, as after a restart")
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v17], evidence: [v22]))
    let v23: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v23], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.settledBy.append(Hint(when: nil, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-comes-and-goes", "node-loop-refused"], silent: ["node-steady", "node-silent"])
    return rule
  }

  private static func makeNodeEndpointRefusedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.anyOf([ValueMatcher.equals(.text("no_endpoint")), ValueMatcher.equals(.text("other"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status} {node.answer}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-endpoint-refused", family: .node, verdict: .noOTAEndpoint, severity: nil, title: "{node.host} tells its status, and does not take an image at POST /ota ({node.http_status})", why: "The handler answers 200, 400, 403 or one of six 500s; anything else comes from another server, a proxy or another version.", when: v5, confidence: 0.8)
    rule.summary = "The status looks like this firmware's, the upload got an answer that the handler never gives."
    let v6: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("other")))
    let v7: ItemMatcher = ItemMatcher(.node, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    rule.limits.append(ConfidenceLimit(when: v9, atMost: 0.6, says: "another version of the firmware may have further answers"))
    let v10: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.7)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v10], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-upload-404"], silent: ["node-403", "node-404"])
    return rule
  }

  private static func makeNodeFlipsRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("flips")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.not(ValueMatcher.equals(.text("none"))))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the slots change again and again", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    let v6: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("flips")))
    let v7: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.changes), ValueMatcher.range(NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil)))
    let v9: ItemMatcher = ItemMatcher(.node, [v6, v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: "the slots change again and again, and nobody sent an image", alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    let v12: Condition = .any([v5, v11])
    var rule = Rule(id: "node-flips", family: .node, verdict: .otaPanicLoop, severity: nil, title: "{node.host} flips between its slots: the new image does not hold", why: "A healthy node stays in its slot. One that changes it more than once restarts by itself.", when: v12, confidence: 0.95)
    rule.summary = "The running slot changed {node.changes} times between the reads, again and again: images start, die and are replaced by the other one. The flowchart calls it a panic loop; only the UART tells why."
    let v13: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v13], evidence: []))
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v14], evidence: []))
    let v15: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.14)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v15], evidence: []))
    let v16: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.16)
    let v17: ContextMatcher = ContextMatcher(rollback: [.on], expectsUpdate: nil, sdkconfig: [:])
    let v18: Condition = .context(v17)
    let v19: CauseEvidence = CauseEvidence(when: v18, weight: .bits(1.0), says: "rollback is known to be on")
    let v20: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v21: Condition = .context(v20)
    let v22: CauseEvidence = CauseEvidence(when: v21, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v16], evidence: [v19, v22]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a UART capture over one round: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-flips", "node-flips-unasked"], silent: ["node-reverted", "node-update-took", "node-steady"])
    return rule
  }

  private static func makeNodeGoneAfterUpdateRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.equals(.number(0.0)))
    let v5: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.equals(.number(0.0)))
    let v6: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.not(ValueMatcher.anyOf([ValueMatcher.equals(.text("busy")), ValueMatcher.equals(.text("cut_json"))])))
    let v7: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4, v5, v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: "no read after the upload was answered", alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    var rule = Rule(id: "node-gone-after-update", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} is silent since the upload", why: "Silence to the end of the watch, after an upload. HTTP alone cannot tell a dead image from a live one without network.", when: v9, confidence: 0.88)
    rule.summary = "The node answered before the upload and not once in the {node.seconds_watched} s after it: the new image died early with nothing to go back to, the power failed, or it joins the Wi-Fi slowly or not at all. HTTP proves none of these; only the UART tells."
    let v10: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v11: ItemMatcher = ItemMatcher(.node, [v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    let v14: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v15: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v16: ItemMatcher = ItemMatcher(.boot, [v14, v15], patterns: [])
    let v17: Step = Step(v16, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v18: Condition = .lastBoot(v17)
    let v19: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v20: ItemMatcher = ItemMatcher(.crash, [v19], patterns: [])
    let v21: Step = Step(v20, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v22: Condition = .exists(v21)
    let v23: Condition = .not(v22)
    let v24: Condition = .all([v13, v18, v23])
    rule.unless = v24
    let v25: AttributeTest = AttributeTest(Attribute.node(.secondsWatched), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 20.0)))
    let v26: ItemMatcher = ItemMatcher(.node, [v25], patterns: [])
    let v27: Step = Step(v26, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v28: Condition = .exists(v27)
    rule.limits.append(ConfidenceLimit(when: v28, atMost: 0.7, says: "a slow join of the Wi-Fi takes that long"))
    let v29: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v29], evidence: []))
    let v30: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v30], evidence: []))
    let v31: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.14)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v31], evidence: []))
    let v32: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.12)
    rule.causes.append(CauseCandidate(id: "node_offline", priors: [v32], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.settledBy.append(Hint(when: nil, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-gone-after-update"], silent: ["node-refuses-after-update", "node-hangs-after-update", "node-silent-log-gives-up", "node-silent", "node-new-and-silent"])
    return rule
  }

  private static func makeNodeHangsAfterUpdateRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.equals(.number(0.0)))
    let v5: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v6: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4, v5], patterns: [])
    let v7: Step = Step(v6, distance: .anywhere, says: "{node.accepted} of {node.reads} reads were given a connection and no answer", alias: nil, isItem: nil)
    let v8: Condition = .exists(v7)
    let v9: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v10: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v11: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v12: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.equals(.number(0.0)))
    let v13: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.equals(.number(0.0)))
    let v14: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.anyOf([ValueMatcher.equals(.text("busy")), ValueMatcher.equals(.text("cut_json"))]))
    let v15: ItemMatcher = ItemMatcher(.node, [v9, v10, v11, v12, v13, v14], patterns: [])
    let v16: Step = Step(v15, distance: .anywhere, says: "what came back was no whole status", alias: nil, isItem: nil)
    let v17: Condition = .exists(v16)
    let v18: Condition = .any([v8, v17])
    var rule = Rule(id: "node-hangs-after-update", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} takes connections since the upload, and does not answer", why: "A connection that is accepted shows a live network stack behind an open port; an answer that does not come is a matter of what sits on it.", when: v18, confidence: 0.75)
    rule.summary = "Host and port are up: {node.accepted} of {node.reads} reads after the upload got a connection, and none a status. The server is stuck, too slow for the limit of a read (--timeout), or it is another one. Which slot runs HTTP does not tell."
    let v19: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    rule.causes.append(CauseCandidate(id: "server_does_not_answer", priors: [v19], evidence: []))
    let v20: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v20], evidence: []))
    let v21: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v21], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a longer limit: esptriage probe HOST --timeout 30"))
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-hangs-after-update"], silent: ["node-gone-after-update", "node-accepts-in-silence"])
    return rule
  }

  private static func makeNodeImageTooLargeRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("invalid_size")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    let v6: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v7: AttributeTest = AttributeTest(Attribute.node(.tooLarge), ValueMatcher.equals(.flag(true)))
    let v8: ItemMatcher = ItemMatcher(.node, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: "{node.image_bytes} bytes are more than max_size, {node.max_size}; it was not sent", alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: Condition = .any([v5, v10])
    var rule = Rule(id: "node-image-too-large", family: .node, verdict: .otaImageTooLarge, severity: nil, title: "The image does not fit {node.host}", why: "The handler compares Content-Length with its limit and answers 400; where the status names the limit, the image is not even sent.", when: v11, confidence: 0.97)
    rule.summary = "The image has {node.image_bytes} bytes; the node takes at most {node.max_size}. Nothing was written."
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.9)
    rule.causes.append(CauseCandidate(id: "image_too_large_for_slot", priors: [v12], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-400", "node-too-large-unsent"], silent: ["node-403", "node-update-took"])
    return rule
  }

  private static func makeNodeLogGivesUpWifiRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "no read was answered", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v8: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v9: ItemMatcher = ItemMatcher(.boot, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .lastBoot(v10)
    let v12: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("wifi_gave_up")))
    let v13: ItemMatcher = ItemMatcher(.notice, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: "the node gave up joining the network", alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    let v16: Condition = .all([v6, v11, v15])
    var rule = Rule(id: "node-log-gives-up-wifi", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} runs and gave up joining the Wi-Fi", why: "An application that says that it stopped trying to join explains the silence over HTTP.", when: v16, confidence: 0.92)
    rule.summary = "Log and HTTP agree: in the log the application runs and gives up joining the network, and over HTTP it cannot be reached. The chip and its image live; until the next restart the node will not try again."
    let v17: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v18: ItemMatcher = ItemMatcher(.crash, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    rule.unless = v20
    let v21: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v22: ItemMatcher = ItemMatcher(.node, [v21], patterns: [])
    let v23: Step = Step(v22, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v24: Condition = .exists(v23)
    rule.limits.append(ConfidenceLimit(when: v24, atMost: 0.5, says: "somebody accepts connections at this address: the log may be of another node"))
    let v25: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v26: ItemMatcher = ItemMatcher(.node, [v25], patterns: [])
    let v27: Step = Step(v26, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v28: Condition = .exists(v27)
    rule.limits.append(ConfidenceLimit(when: v28, atMost: 0.8, says: "something refuses connections at this address, which a node without network cannot"))
    let v29: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v29], evidence: []))
    let v30: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "wrong_wifi_credentials", priors: [v30], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the SSID and the password in the node's NVS, and the RSSI at its place"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-silent-log-gives-up"], silent: ["node-silent-log-runs", "node-gone-after-update"])
    return rule
  }

  private static func makeNodeLogNamesOtherBuildRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.node(.logBuild), ValueMatcher.equals(.text("other")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "HTTP shows another build time", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    let v6: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("slot"))
    let v7: ItemMatcher = ItemMatcher(.boot, [v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v9: Condition = .lastBoot(v8)
    let v10: AttributeTest = AttributeTest(Attribute.node(.running), ValueMatcher.name("slot"))
    let v11: ItemMatcher = ItemMatcher(.node, [v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    let v14: Condition = .all([v5, v9, v13])
    var rule = Rule(id: "node-log-names-other-build", family: .node, verdict: nil, severity: .warning, title: "The log and HTTP contradict each other, they show two builds of one slot", why: "A slot holds one image: where both witnesses speak of the same node and time, the builds agree.", when: v14, confidence: 0.9)
    rule.summary = "The last boot of the log runs another build than the last answer over HTTP shows. The log is of another node, or of another time."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-took-log-of-another"], silent: ["node-update-took", "node-agrees-with-log"])
    return rule
  }

  private static func makeNodeLogNamesOtherSlotRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.node(.running), ValueMatcher.known(true))
    let v3: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("answer")))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "HTTP names {node.running}", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("slot"))
    let v8: ItemMatcher = ItemMatcher(.boot, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .lastBoot(v9)
    let v11: AttributeTest = AttributeTest(Attribute.node(.running), ValueMatcher.name("slot"))
    let v12: ItemMatcher = ItemMatcher(.node, [v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    let v15: Condition = .not(v14)
    let v16: Condition = .all([v6, v10, v15])
    var rule = Rule(id: "node-log-names-other-slot", family: .node, verdict: nil, severity: .warning, title: "The log and HTTP contradict each other: {slot} in the log, {node.running} over HTTP", why: "A node runs one slot at a time: where both witnesses speak of the same node and time, they agree.", when: v16, confidence: 0.9)
    rule.summary = "The last boot of the log runs {slot}; the last answer over HTTP names {node.running}. The log is of another node, or ends before or after what HTTP saw."
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-contradicts-log"], silent: ["node-agrees-with-log", "node-update-took"])
    return rule
  }

  private static func makeNodeLogRunsOnRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "no read was answered", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v8: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v9: ItemMatcher = ItemMatcher(.boot, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .lastBoot(v10)
    let v12: Condition = .all([v6, v11])
    var rule = Rule(id: "node-log-runs-on", family: .node, verdict: .nodeUnreachable, severity: nil, title: "The log of {node.host} runs on, and nothing answers over HTTP", why: "An application that prints and does not crash has a live chip; silence over HTTP then is a matter of Wi-Fi, address or server.", when: v12, confidence: 0.85)
    rule.summary = "The log and HTTP contradict each other: in the log the application runs to the end without a crash, over HTTP nobody answers. The chip and its image live, so the network between here and the node is the place to look, or the log is of another node."
    let v13: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v14: ItemMatcher = ItemMatcher(.crash, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    let v17: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("wifi_gave_up")))
    let v18: ItemMatcher = ItemMatcher(.notice, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: Condition = .any([v16, v20])
    rule.unless = v21
    let v22: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    let v23: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("wifi_disconnected")))
    let v24: ItemMatcher = ItemMatcher(.notice, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    let v27: CauseEvidence = CauseEvidence(when: v26, weight: .bits(1.0), says: "the node lost the network")
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v22], evidence: [v27]))
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    let v29: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.anyOf([ValueMatcher.equals(.text("name_unknown")), ValueMatcher.equals(.text("unreachable"))]))
    let v30: ItemMatcher = ItemMatcher(.node, [v29], patterns: [])
    let v31: Step = Step(v30, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v32: Condition = .exists(v31)
    let v33: CauseEvidence = CauseEvidence(when: v32, weight: .bits(2.0), says: "nobody answers to the name or address")
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v28], evidence: [v33]))
    let v34: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v35: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("refused")))
    let v36: ItemMatcher = ItemMatcher(.node, [v35], patterns: [])
    let v37: Step = Step(v36, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v38: Condition = .exists(v37)
    let v39: CauseEvidence = CauseEvidence(when: v38, weight: .bits(2.0), says: "the connection was refused")
    let v40: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.anyOf([ValueMatcher.equals(.text("ota_server_failed")), ValueMatcher.equals(.text("http_server_failed"))]))
    let v41: ItemMatcher = ItemMatcher(.notice, [v40], patterns: [])
    let v42: Step = Step(v41, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v43: Condition = .exists(v42)
    let v44: CauseEvidence = CauseEvidence(when: v43, weight: .bits(3.0), says: "the node's server did not start")
    rule.causes.append(CauseCandidate(id: "not_listening", priors: [v34], evidence: [v39, v44]))
    let v45: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    rule.causes.append(CauseCandidate(id: "wrong_network", priors: [v45], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the address that the node's log names when it joins the network"))
    rule.settledBy.append(Hint(when: nil, says: "the neighbour table: ip neigh"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-silent-log-runs"], silent: ["node-silent-log-gives-up", "node-silent", "node-gone-after-update", "node-agrees-with-log"])
    return rule
  }

  private static func makeNodeLogShowsCrashRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v2: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_new")), ValueMatcher.equals(.text("steady_old"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: 2.0, atMost: nil, above: nil, below: nil)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "every read was answered", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.boot(.crashed), ValueMatcher.equals(.flag(true)))
    let v8: ItemMatcher = ItemMatcher(.boot, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .lastBoot(v9)
    let v11: Condition = .all([v6, v10])
    var rule = Rule(id: "node-log-shows-crash", family: .node, verdict: nil, severity: .warning, title: "The log and HTTP contradict each other, the log ends with a crash and the node answers steadily", why: "A node that has crashed does not answer until it has booted again; its log would show that boot.", when: v11, confidence: 0.9)
    rule.summary = "Over HTTP the node looks healthy, while its log shows a crash in the last boot. The log is of another node or another time, or the node restarted since."
    let v12: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("refused")), ValueMatcher.equals(.text("interrupted"))]))
    let v13: ItemMatcher = ItemMatcher(.node, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    rule.unless = v15
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-steady-log-crash"], silent: ["node-agrees-with-log", "node-update-took"])
    return rule
  }

  private static func makeNodeLostEndpointRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("other_service")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer after the upload is not this firmware's", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-lost-endpoint", family: .node, verdict: .noOTAEndpoint, severity: nil, title: "The update endpoint is gone since the upload", why: "The same address answered with the firmware's own status before the image went over, and with something else afterwards.", when: v5, confidence: 0.85)
    rule.summary = "Before the upload {node.host} answered as this firmware does; now something answers there without its status. What was sent is another firmware, or one without the update server."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.75)
    rule.causes.append(CauseCandidate(id: "new_image_without_endpoint", priors: [v6], evidence: []))
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v7], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART through a reset: esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-lost-endpoint"], silent: ["node-404", "node-update-took"])
    return rule
  }

  private static func makeNodeNewAndSilentRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("new_and_silence")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the new slot answers, then falls silent", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-new-and-silent", family: .node, verdict: .otaPanicLoop, severity: nil, title: "The new slot and silence alternate: the new image of {node.host} does not hold", why: "Silence after an answer of the new slot means that the node restarted or lost the network; together with a fresh image the image is the suspect.", when: v5, confidence: 0.8)
    rule.summary = "After the upload the new slot answered {node.answers} of {node.reads} reads and was silent in between. It starts, joins the network, and dies again; nothing takes it back. Why it dies only the UART tells."
    let v6: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 2.0)))
    let v7: AttributeTest = AttributeTest(Attribute.node(.reads), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 4.0)))
    let v8: ItemMatcher = ItemMatcher(.node, [v6, v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    rule.limits.append(ConfidenceLimit(when: v10, atMost: 0.7, says: "few reads: the Wi-Fi alone may have been lost"))
    let v11: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v11], evidence: []))
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v12], evidence: []))
    let v13: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.14)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v13], evidence: []))
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.16)
    let v15: ContextMatcher = ContextMatcher(rollback: [.on], expectsUpdate: nil, sdkconfig: [:])
    let v16: Condition = .context(v15)
    let v17: CauseEvidence = CauseEvidence(when: v16, weight: .bits(1.0), says: "rollback is known to be on")
    let v18: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v19: Condition = .context(v18)
    let v20: CauseEvidence = CauseEvidence(when: v19, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v14], evidence: [v17, v20]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a longer look: --watch 120"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-new-and-silent"], silent: ["node-gone-after-update", "node-update-took"])
    return rule
  }

  private static func makeNodeNotLookedAtRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "there is no read after the upload", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-not-looked-at", family: .node, verdict: .inconclusive, severity: nil, title: "{node.host} was sent the image, and was not asked afterwards", why: "Only a read after the restart tells what runs; an upload by itself proves nothing.", when: v5, confidence: 0.8)
    rule.summary = "The probe ended before the first read after the upload, with {node.acknowledged} of {node.image_bytes} bytes acknowledged. Whether the update took is not known."
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "esptriage node status HOST"))
    rule.settledBy.append(Hint(when: nil, says: "esptriage probe HOST --watch 60"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-stopped-after-upload"], silent: ["node-update-took", "node-gone-after-update"])
    return rule
  }

  private static func makeNodeNotTakenRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("delivered")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the slot from before runs", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-not-taken", family: .node, verdict: .otaNotTaken, severity: nil, title: "The update did not take: {node.host} still runs {node.running}", why: "The success of an upload is not the success of an update: only the slot and the build time of a later read are.", when: v6, confidence: 0.9)
    rule.summary = "The handler answered 200; {node.answers} of {node.reads} reads afterwards were answered, each from the slot from before. Either the new image died early and the bootloader went back before the first answer, or the choice of the slot did not last. HTTP proves neither, nor why: the causes stand in the order of experience, and only the UART tells."
    let v7: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v9: ItemMatcher = ItemMatcher(.node, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    rule.unless = v11
    let v12: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v13: ItemMatcher = ItemMatcher(.node, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    rule.limits.append(ConfidenceLimit(when: v15, atMost: 0.6, says: "some reads were not answered: it may be looping"))
    let v16: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    let v17: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v18: ItemMatcher = ItemMatcher(.node, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: CauseEvidence = CauseEvidence(when: v20, weight: .bits(-4.0), says: "the handler answered 200, which it does after the verification")
    rule.causes.append(CauseCandidate(id: "httpd_stack_overflow", priors: [v16], evidence: [v21]))
    let v22: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.12)
    let v23: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v24: ItemMatcher = ItemMatcher(.node, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    let v27: CauseEvidence = CauseEvidence(when: v26, weight: .bits(1.0), says: "the handler finished: what failed came after the restart")
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v22], evidence: [v27]))
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    let v29: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v30: ItemMatcher = ItemMatcher(.node, [v29], patterns: [])
    let v31: Step = Step(v30, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v32: Condition = .exists(v31)
    let v33: CauseEvidence = CauseEvidence(when: v32, weight: .bits(1.0), says: "the handler finished: what failed came after the restart")
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v28], evidence: [v33]))
    let v34: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.13)
    let v35: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.equals(.number(200.0)))
    let v36: ItemMatcher = ItemMatcher(.node, [v35], patterns: [])
    let v37: Step = Step(v36, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v38: Condition = .exists(v37)
    let v39: CauseEvidence = CauseEvidence(when: v38, weight: .bits(1.0), says: "the handler finished: what failed came after the restart")
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v34], evidence: [v39]))
    let v40: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    let v41: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v42: Condition = .context(v41)
    let v43: CauseEvidence = CauseEvidence(when: v42, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v40], evidence: [v43]))
    rule.unknownPrior = 0.1
    let v44: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v45: ItemMatcher = ItemMatcher(.node, [v44], patterns: [])
    let v46: Step = Step(v45, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v47: Condition = .exists(v46)
    rule.settledBy.append(Hint(when: v47, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.settledBy.append(Hint(when: nil, says: "esptriage preflight on the firmware's sources, for the server's stack and the rollback setting"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-not-taken", "node-not-taken-hardly-answers"], silent: ["node-reset-same-slot", "node-update-took", "node-reverted", "node-gone-after-update"])
    return rule
  }

  private static func makeNodeNotTakenSinceEarlierRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("uncertain")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.known(false))
    let v4: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.known(false))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the slot from before runs", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-not-taken-since-earlier", family: .node, verdict: .otaNotTaken, severity: nil, title: "The update did not take: {node.host} still runs {node.running}", why: "Only the slot and the build time of a later read tell whether an update took, and they name the old image.", when: v7, confidence: 0.75)
    rule.summary = "The image was sent by an earlier run, and how that upload ended is not known any more; {node.answers} of {node.reads} reads since were answered, each from the slot from before. The upload may have broken off, the handler may have died, or the new image did and the bootloader went back. HTTP cannot tell which."
    let v8: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v9: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v10: ItemMatcher = ItemMatcher(.node, [v8, v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    rule.unless = v12
    let v13: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v14: ItemMatcher = ItemMatcher(.node, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    rule.limits.append(ConfidenceLimit(when: v16, atMost: 0.6, says: "some reads were not answered: it may be looping"))
    let v17: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "connection_lost", priors: [v17], evidence: []))
    let v18: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "httpd_stack_overflow", priors: [v18], evidence: []))
    let v19: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v19], evidence: []))
    let v20: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v20], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the update once more: deploy with --retry-failed"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-not-taken-since-earlier"], silent: ["node-not-taken", "node-reset-same-slot", "node-answered-too-early"])
    return rule
  }

  private static func makeNodeNotTakenUnansweredRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.httpStatus), ValueMatcher.known(false))
    let v4: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.known(true))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the slot from before runs", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-not-taken-unanswered", family: .node, verdict: .otaNotTaken, severity: nil, title: "The update did not take: {node.host} still runs {node.running}", why: "The success of an upload is not the success of an update: only the slot and the build time of a later read are.", when: v7, confidence: 0.9)
    rule.summary = "The upload ended without an answer ({node.failure}) after {node.acknowledged} of {node.image_bytes} bytes were acknowledged; {node.answers} of {node.reads} reads afterwards were answered, each from the slot from before. Either the update handler died before it chose the new slot, or the new image died early and the bootloader went back before the first answer. HTTP proves neither, nor why: the causes stand in the order of experience, and only the UART tells."
    let v8: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v9: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v10: ItemMatcher = ItemMatcher(.node, [v8, v9], patterns: [])
    let v11: Step = Step(v10, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v12: Condition = .exists(v11)
    rule.unless = v12
    let v13: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v14: ItemMatcher = ItemMatcher(.node, [v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .exists(v15)
    rule.limits.append(ConfidenceLimit(when: v16, atMost: 0.6, says: "some reads were not answered: it may be looping"))
    let v17: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.equals(.text("timeout")))
    let v18: ItemMatcher = ItemMatcher(.node, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    rule.limits.append(ConfidenceLimit(when: v20, atMost: 0.8, says: "the wait for the answer was ended by this tool's own limit (--upload-timeout)"))
    let v21: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("uncertain")))
    let v22: ItemMatcher = ItemMatcher(.node, [v21], patterns: [])
    let v23: Step = Step(v22, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v24: Condition = .exists(v23)
    rule.limits.append(ConfidenceLimit(when: v24, atMost: 0.8, says: "not every byte was acknowledged"))
    let v25: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    let v26: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain"))]))
    let v27: AttributeTest = AttributeTest(Attribute.node(.phase), ValueMatcher.equals(.text("awaiting")))
    let v28: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.anyOf([ValueMatcher.equals(.text("reset")), ValueMatcher.equals(.text("closed"))]))
    let v29: ItemMatcher = ItemMatcher(.node, [v26, v27, v28], patterns: [])
    let v30: Step = Step(v29, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v31: Condition = .exists(v30)
    let v32: CauseEvidence = CauseEvidence(when: v31, weight: .bits(2.0), says: "every byte arrived, and the connection died without an answer")
    rule.causes.append(CauseCandidate(id: "httpd_stack_overflow", priors: [v25], evidence: [v32]))
    let v33: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.12)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v33], evidence: []))
    let v34: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v34], evidence: []))
    let v35: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.13)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v35], evidence: []))
    let v36: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    let v37: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v38: Condition = .context(v37)
    let v39: CauseEvidence = CauseEvidence(when: v38, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v36], evidence: [v39]))
    rule.unknownPrior = 0.1
    let v40: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("old_and_silence")))
    let v41: ItemMatcher = ItemMatcher(.node, [v40], patterns: [])
    let v42: Step = Step(v41, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v43: Condition = .exists(v42)
    rule.settledBy.append(Hint(when: v43, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.settledBy.append(Hint(when: nil, says: "esptriage preflight on the firmware's sources, for the server's stack and the rollback setting"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-reset-same-slot"], silent: ["node-not-taken", "node-update-took", "node-reverted", "node-gone-after-update"])
    return rule
  }

  private static func makeNodeOtherBuildRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_new")), ValueMatcher.equals(.text("late_new"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.anyOf([ValueMatcher.equals(.text("before")), ValueMatcher.equals(.text("other"))]))
    let v4: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the build time is not the image's", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-other-build", family: .node, verdict: .otaNotTaken, severity: nil, title: "{node.host} changed its slot, and does not run the build that was sent", why: "The partition alone does not prove an update: the build time must be the image's as well.", when: v7, confidence: 0.7)
    rule.summary = "{node.running} runs now, but the build time is not the image's. Somebody else updated the node meanwhile, the address belongs to another node, or the bytes in the slot are older ones."
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "boot_partition_not_set", priors: [v9], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same probe again, with nobody else updating"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-new-slot-other-build"], silent: ["node-update-took", "node-same-build-took"])
    return rule
  }

  private static func makeNodeOtherServiceRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("other_service")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.not(ValueMatcher.equals(.text("login_wanted"))))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the answer is not this firmware's", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-other-service", family: .node, verdict: .noOTAEndpoint, severity: nil, title: "Something answers at {node.host}, but it is not this firmware", why: "A 404, a redirect, a page, JSON of another make or no HTTP at all come from another firmware or another device.", when: v6, confidence: 0.93)
    rule.summary = "{node.host} answered, and not as this firmware does. It answers GET /ota/status on port 8032 with JSON that names running_partition, and takes the raw image at POST /ota; it knows no idf.py flash over HTTP, no ssh, no MQTT and no esp_https_ota."
    let v7: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.anyOf([ValueMatcher.equals(.text("not_json")), ValueMatcher.equals(.text("other_status"))]))
    let v8: ItemMatcher = ItemMatcher(.node, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    rule.limits.append(ConfidenceLimit(when: v10, atMost: 0.75, says: "a proxy looks the same"))
    let v11: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.65)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v11], evidence: []))
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v12], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-404", "node-not-json"], silent: ["node-silent", "node-update-took"])
    return rule
  }

  private static func makeNodeReceiveFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("receive")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status} {node.answer}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-receive-failed", family: .node, verdict: .otaDownloadFailed, severity: nil, title: "{node.host} lost the image on its way (500 Receive error)", why: "The receive of the node's server timed out or the connection broke on its side.", when: v5, confidence: 0.95)
    rule.summary = "The handler stopped receiving and answered 500. The image did not arrive whole, and the slot that runs is untouched."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.5)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v6], evidence: []))
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "connection_lost", priors: [v7], evidence: []))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-500-receive"], silent: ["node-500-begin", "node-upload-broke"])
    return rule
  }

  private static func makeNodeRefusesRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "the connection was refused", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-refuses", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} refuses connections: nothing listens on the port", why: "A refused connection needs somebody who refuses it: the address is alive, the port is closed.", when: v7, confidence: 0.92)
    rule.summary = "A machine answers at this address and refuses the connection. The update server of the node does not run, the port is another one, or the address belongs to another machine by now."
    let v8: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v9: ItemMatcher = ItemMatcher(.node, [v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    let v12: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v14: ItemMatcher = ItemMatcher(.boot, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .lastBoot(v15)
    let v17: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v18: ItemMatcher = ItemMatcher(.crash, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: Condition = .not(v20)
    let v22: Condition = .all([v11, v16, v21])
    rule.unless = v22
    let v23: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "not_listening", priors: [v23], evidence: []))
    let v24: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v24], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the MAC address behind the IP: ip neigh"))
    rule.settledBy.append(Hint(when: nil, says: "the node's UART through a reset: esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-refused"], silent: ["node-silent-log-gives-up", "node-silent", "node-gone-after-update"])
    return rule
  }

  private static func makeNodeRefusesAfterUpdateRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v5: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4], patterns: [])
    let v6: Step = Step(v5, distance: .anywhere, says: "{node.refused} of {node.reads} reads were refused the connection", alias: nil, isItem: nil)
    let v7: Condition = .exists(v6)
    var rule = Rule(id: "node-refuses-after-update", family: .node, verdict: .nodeUnreachable, severity: nil, title: "{node.host} refuses connections since the upload", why: "Somebody has to be there to refuse a connection. What is missing is the server, not the network.", when: v7, confidence: 0.8)
    rule.summary = "The node answered before the upload; since then not one of {node.reads} reads was answered, and {node.refused} were refused. A refusal shows that the link and a host at this address are up: the update server does not run, because the new image did not start it or dies again and again before it does. Or a router refuses in the node's name. HTTP cannot tell which."
    let v8: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v9: ItemMatcher = ItemMatcher(.node, [v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    let v12: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v13: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v14: ItemMatcher = ItemMatcher(.boot, [v12, v13], patterns: [])
    let v15: Step = Step(v14, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v16: Condition = .lastBoot(v15)
    let v17: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v18: ItemMatcher = ItemMatcher(.crash, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: Condition = .not(v20)
    let v22: Condition = .all([v11, v16, v21])
    rule.unless = v22
    let v23: AttributeTest = AttributeTest(Attribute.node(.secondsWatched), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 20.0)))
    let v24: ItemMatcher = ItemMatcher(.node, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    rule.limits.append(ConfidenceLimit(when: v26, atMost: 0.7, says: "a slow start takes that long"))
    let v27: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v27], evidence: []))
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v28], evidence: []))
    let v29: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "not_listening", priors: [v29], evidence: []))
    let v30: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.08)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v30], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.settledBy.append(Hint(when: nil, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-refuses-after-update"], silent: ["node-silent-log-gives-up", "node-gone-after-update", "node-refused"])
    return rule
  }

  private static func makeNodeRefusesKeyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("not_authorised")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-refuses-key", family: .node, verdict: .otaAuthRejected, severity: nil, title: "{node.host} refuses the image: no valid key (403)", why: "The handler checks the Authorization header before anything else; nothing was written, the node is as it was.", when: v5, confidence: 0.97)
    rule.summary = "The node answered 403. There are two kinds of firmware behind it: one has a key in NVS (security/ota_psk) and the request carried none or another one; a newer one refuses every upload for as long as no key is provisioned, and then no key in the world helps."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    let v7: AttributeTest = AttributeTest(Attribute.node(.keySent), ValueMatcher.equals(.flag(false)))
    let v8: ItemMatcher = ItemMatcher(.node, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: CauseEvidence = CauseEvidence(when: v10, weight: .refutes, says: "no key was sent")
    let v12: AttributeTest = AttributeTest(Attribute.node(.keySent), ValueMatcher.equals(.flag(true)))
    let v13: ItemMatcher = ItemMatcher(.node, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    let v16: CauseEvidence = CauseEvidence(when: v15, weight: .bits(1.0), says: "a key was sent")
    let v17: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_key_missing")))
    let v18: ItemMatcher = ItemMatcher(.notice, [v17], patterns: [])
    let v19: Step = Step(v18, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v20: Condition = .exists(v19)
    let v21: CauseEvidence = CauseEvidence(when: v20, weight: .bits(-3.0), says: "no key is provisioned at all")
    rule.causes.append(CauseCandidate(id: "wrong_key", priors: [v6], evidence: [v11, v16, v21]))
    let v22: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    let v23: AttributeTest = AttributeTest(Attribute.node(.keySent), ValueMatcher.equals(.flag(false)))
    let v24: ItemMatcher = ItemMatcher(.node, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    let v27: CauseEvidence = CauseEvidence(when: v26, weight: .bits(2.0), says: "no key was sent")
    let v28: AttributeTest = AttributeTest(Attribute.node(.keySent), ValueMatcher.equals(.flag(true)))
    let v29: ItemMatcher = ItemMatcher(.node, [v28], patterns: [])
    let v30: Step = Step(v29, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v31: Condition = .exists(v30)
    let v32: CauseEvidence = CauseEvidence(when: v31, weight: .refutes, says: "a key was sent")
    let v33: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_key_missing")))
    let v34: ItemMatcher = ItemMatcher(.notice, [v33], patterns: [])
    let v35: Step = Step(v34, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v36: Condition = .exists(v35)
    let v37: CauseEvidence = CauseEvidence(when: v36, weight: .bits(-3.0), says: "no key is provisioned at all")
    rule.causes.append(CauseCandidate(id: "key_not_sent", priors: [v22], evidence: [v27, v32, v37]))
    let v38: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    let v39: AttributeTest = AttributeTest(Attribute.notice(.kind), ValueMatcher.equals(.text("ota_key_missing")))
    let v40: ItemMatcher = ItemMatcher(.notice, [v39], patterns: [])
    let v41: Step = Step(v40, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v42: Condition = .exists(v41)
    let v43: CauseEvidence = CauseEvidence(when: v42, weight: .decides, says: "the node says that no key is provisioned")
    let v44: AttributeTest = AttributeTest(Attribute.node(.answer), ValueMatcher.glob("*provision*"))
    let v45: ItemMatcher = ItemMatcher(.node, [v44], patterns: [])
    let v46: Step = Step(v45, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v47: Condition = .exists(v46)
    let v48: CauseEvidence = CauseEvidence(when: v47, weight: .bits(3.0), says: "the answer speaks of provisioning")
    rule.causes.append(CauseCandidate(id: "key_not_provisioned", priors: [v38], evidence: [v43, v48]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART at its start: newer firmware says whether a key is provisioned"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-403", "node-403-without-key", "node-403-log-says-no-key"], silent: ["node-400", "node-500-begin"])
    return rule
  }

  private static func makeNodeRevertedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("reverted")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the slots went there and back once", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-reverted", family: .node, verdict: .otaPanicLoop, severity: .error, title: "The new image did not hold: {node.host} switched, and went back to {node.running}", why: "The running slot changed and changed back between reads. next_partition is simply the other slot and flips with it.", when: v5, confidence: 0.75)
    rule.summary = "The new slot answered, and {node.seconds_until_reverted} s after the upload the slot from before was back, once. With rollback each image gets one trial boot, so this is a crash of the new image, or a sound image that nobody confirmed and that was reset once; that it loops is not shown. Only the UART tells which."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v6], evidence: []))
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v7], evidence: []))
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.14)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.24)
    let v10: ContextMatcher = ContextMatcher(rollback: [.on], expectsUpdate: nil, sdkconfig: [:])
    let v11: Condition = .context(v10)
    let v12: CauseEvidence = CauseEvidence(when: v11, weight: .bits(1.0), says: "rollback is known to be on")
    let v13: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v14: Condition = .context(v13)
    let v15: CauseEvidence = CauseEvidence(when: v14, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v9], evidence: [v12, v15]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-reverted"], silent: ["node-flips", "node-update-took", "node-not-taken"])
    return rule
  }

  private static func makeNodeSameBuildRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.not(ValueMatcher.equals(.text("none"))))
    let v2: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(true)))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "both builds have the same time", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-same-build", family: .node, verdict: nil, severity: .info, title: "The image has the build time that ran already", why: "When the same build is sent again its build time decides nothing: the partition does.", when: v5, confidence: 0.9)
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-same-build-took"], silent: ["node-update-took"])
    return rule
  }

  private static func makeNodeSilentRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.equals(.number(0.0)))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("silent")))
    let v4: AttributeTest = AttributeTest(Attribute.node(.refused), ValueMatcher.equals(.number(0.0)))
    let v5: AttributeTest = AttributeTest(Attribute.node(.accepted), ValueMatcher.equals(.number(0.0)))
    let v6: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.not(ValueMatcher.anyOf([ValueMatcher.equals(.text("busy")), ValueMatcher.equals(.text("cut_json"))])))
    let v7: ItemMatcher = ItemMatcher(.node, [v1, v2, v3, v4, v5, v6], patterns: [])
    let v8: Step = Step(v7, distance: .anywhere, says: "no read was answered", alias: nil, isItem: nil)
    let v9: Condition = .exists(v8)
    let v10: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("not_started")))
    let v11: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.not(ValueMatcher.equals(.text("image_unreadable"))))
    let v12: ItemMatcher = ItemMatcher(.node, [v10, v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: "the status was answered, and the upload found nobody ({node.failure})", alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    let v15: Condition = .any([v9, v14])
    var rule = Rule(id: "node-silent", family: .node, verdict: .nodeUnreachable, severity: nil, title: "Nothing answers at {node.host}", why: "No read brought an answer, and nothing was sent to the node. A name that nobody knows, a host without a route and silence all mean that there is nobody to talk to.", when: v15, confidence: 0.9)
    rule.summary = "{node.host} gave no answer to GET /ota/status: the node is off, in another network, or has another address by now."
    let v16: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v17: ItemMatcher = ItemMatcher(.node, [v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: AttributeTest = AttributeTest(Attribute.boot(.reachedApp), ValueMatcher.equals(.flag(true)))
    let v21: AttributeTest = AttributeTest(Attribute.boot(.endedBy), ValueMatcher.equals(.text("end_of_log")))
    let v22: ItemMatcher = ItemMatcher(.boot, [v20, v21], patterns: [])
    let v23: Step = Step(v22, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v24: Condition = .lastBoot(v23)
    let v25: AttributeTest = AttributeTest(Attribute.crash(.fatal), ValueMatcher.equals(.flag(true)))
    let v26: ItemMatcher = ItemMatcher(.crash, [v25], patterns: [])
    let v27: Step = Step(v26, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v28: Condition = .exists(v27)
    let v29: Condition = .not(v28)
    let v30: Condition = .all([v19, v24, v29])
    rule.unless = v30
    let v31: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    let v32: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("timeout")))
    let v33: ItemMatcher = ItemMatcher(.node, [v32], patterns: [])
    let v34: Step = Step(v33, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v35: Condition = .exists(v34)
    let v36: CauseEvidence = CauseEvidence(when: v35, weight: .bits(1.0), says: "there is silence, not a refusal")
    rule.causes.append(CauseCandidate(id: "node_offline", priors: [v31], evidence: [v36]))
    let v37: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    let v38: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.anyOf([ValueMatcher.equals(.text("name_unknown")), ValueMatcher.equals(.text("unreachable"))]))
    let v39: ItemMatcher = ItemMatcher(.node, [v38], patterns: [])
    let v40: Step = Step(v39, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v41: Condition = .exists(v40)
    let v42: CauseEvidence = CauseEvidence(when: v41, weight: .bits(2.0), says: "nobody answers to the name or address")
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v37], evidence: [v42]))
    let v43: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "wrong_network", priors: [v43], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the neighbour table: ip neigh"))
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-silent", "node-name-unknown", "node-upload-unheard"], silent: ["node-silent-log-runs", "node-update-took", "node-gone-after-update", "node-refused"])
    return rule
  }

  private static func makeNodeSlotChangedUnaskedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("flips")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.changes), ValueMatcher.equals(.number(1.0)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the slot changed once", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-slot-changed-unasked", family: .node, verdict: .otaPanicLoop, severity: .error, title: "{node.host} changed its slot while nobody here sent an image", why: "One change alone is an update by somebody else, or one step of a loop.", when: v6, confidence: 0.55)
    rule.summary = "The node ran {node.old_slot} at first and {node.running} later. Either somebody else updated it, or the image that ran did not hold and the bootloader went back. A longer watch tells."
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.35)
    rule.causes.append(CauseCandidate(id: "stale_flash_tail", priors: [v7], evidence: []))
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.14)
    rule.causes.append(CauseCandidate(id: "bootloader_abi_mismatch", priors: [v9], evidence: []))
    let v10: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.16)
    let v11: ContextMatcher = ContextMatcher(rollback: [.on], expectsUpdate: nil, sdkconfig: [:])
    let v12: Condition = .context(v11)
    let v13: CauseEvidence = CauseEvidence(when: v12, weight: .bits(1.0), says: "rollback is known to be on")
    let v14: ContextMatcher = ContextMatcher(rollback: [.off], expectsUpdate: nil, sdkconfig: [:])
    let v15: Condition = .context(v14)
    let v16: CauseEvidence = CauseEvidence(when: v15, weight: .refutes, says: "rollback is known to be off")
    rule.causes.append(CauseCandidate(id: "rollback_unconfirmed", priors: [v10], evidence: [v13, v16]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a longer look: esptriage probe HOST --watch 120"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture: plug a USB cable in and run esptriage watch"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-slot-changed-unasked"], silent: ["node-flips-unasked", "node-steady"])
    return rule
  }

  private static func makeNodeStatusWantsLoginRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("other_service")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.last), ValueMatcher.equals(.text("login_wanted")))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the answer is {node.http_status}", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-status-wants-login", family: .node, verdict: .noOTAEndpoint, severity: nil, title: "{node.host} wants a login for its status ({node.http_status})", why: "401, 403 and 407 at GET /ota/status are no answer of this firmware, and no proof of another one either.", when: v6, confidence: 0.5)
    rule.summary = "This firmware tells its status to everybody. What answers may be a proxy before the node, another firmware, or another version of this one; HTTP cannot tell which."
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.6)
    rule.causes.append(CauseCandidate(id: "not_this_firmware", priors: [v7], evidence: []))
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "address_changed", priors: [v8], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's own address without the proxy"))
    rule.settledBy.append(Hint(when: nil, says: "the MAC address behind the IP: ip neigh"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-status-401"], silent: ["node-404", "node-403"])
    return rule
  }

  private static func makeNodeSteadyRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("none")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("steady_old")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: 1.0, atMost: nil, above: nil, below: nil)))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the same slot answers every read", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-steady", family: .node, verdict: .healthy, severity: nil, title: "{node.host} answers from {node.running}", why: "A node that answers every read from one slot runs its application. It says nothing about what happens between reads.", when: v6, confidence: 0.7)
    rule.summary = "{node.answers} reads over {node.seconds_watched} s name the same slot. Nothing was sent."
    let v7: AttributeTest = AttributeTest(Attribute.node(.tooLarge), ValueMatcher.equals(.flag(true)))
    let v8: ItemMatcher = ItemMatcher(.node, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    rule.unless = v10
    let v11: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: 3.0, atMost: nil, above: nil, below: nil)))
    let v12: ItemMatcher = ItemMatcher(.node, [v11], patterns: [])
    let v13: Step = Step(v12, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v14: Condition = .exists(v13)
    rule.witnesses.append(Witness(when: v14, strength: 0.5, says: "three reads or more agree"))
    let v15: AttributeTest = AttributeTest(Attribute.node(.secondsWatched), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v16: ItemMatcher = ItemMatcher(.node, [v15], patterns: [])
    let v17: Step = Step(v16, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v18: Condition = .exists(v17)
    rule.witnesses.append(Witness(when: v18, strength: 0.5, says: "it was watched for a minute or more"))
    let v19: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 2.0)))
    let v20: ItemMatcher = ItemMatcher(.node, [v19], patterns: [])
    let v21: Step = Step(v20, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v22: Condition = .exists(v21)
    rule.limits.append(ConfidenceLimit(when: v22, atMost: 0.5, says: "one answer shows a moment, not that the node stays"))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-steady", "node-steady-one-read"], silent: ["node-flips-unasked", "node-comes-and-goes"])
    return rule
  }

  private static func makeNodeUpdateTookRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_new")), ValueMatcher.equals(.text("late_new"))]))
    let v2: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v3: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.anyOf([ValueMatcher.equals(.text("image")), ValueMatcher.equals(.text("before"))]))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the new slot runs and answers", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    let v7: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("steady_old")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v9: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v10: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v11: ItemMatcher = ItemMatcher(.node, [v7, v8, v9, v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: "the build that was sent runs and answers", alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    let v14: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_new")), ValueMatcher.equals(.text("late_new"))]))
    let v15: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.anyOf([ValueMatcher.equals(.text("delivered")), ValueMatcher.equals(.text("uncertain")), ValueMatcher.equals(.text("interrupted"))]))
    let v16: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.known(false))
    let v17: ItemMatcher = ItemMatcher(.node, [v14, v15, v16], patterns: [])
    let v18: Step = Step(v17, distance: .anywhere, says: "the new slot runs and answers", alias: nil, isItem: nil)
    let v19: Condition = .exists(v18)
    let v20: Condition = .any([v6, v13, v19])
    var rule = Rule(id: "node-update-took", family: .node, verdict: .otaOK, severity: nil, title: "The update took: {node.host} runs the new image in {node.running}", why: "Partition and build time are those of the image on all reads. When the same build is sent again its build time decides nothing, and the partition does.", when: v20, confidence: 0.75)
    rule.summary = "The answers after the upload name {node.running} and the build that was sent. It was watched for {node.seconds_watched} s; a node that panics every minute needs --watch."
    let v21: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("before")))
    let v22: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v23: ItemMatcher = ItemMatcher(.node, [v21, v22], patterns: [])
    let v24: Step = Step(v23, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v25: Condition = .exists(v24)
    rule.unless = v25
    let v26: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: 3.0, atMost: nil, above: nil, below: nil)))
    let v27: ItemMatcher = ItemMatcher(.node, [v26], patterns: [])
    let v28: Step = Step(v27, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v29: Condition = .exists(v28)
    rule.witnesses.append(Witness(when: v29, strength: 0.6, says: "three reads or more agree"))
    let v30: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v31: ItemMatcher = ItemMatcher(.node, [v30], patterns: [])
    let v32: Step = Step(v31, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v33: Condition = .exists(v32)
    rule.witnesses.append(Witness(when: v33, strength: 0.5, says: "the build time is the image's"))
    let v34: AttributeTest = AttributeTest(Attribute.node(.secondsWatched), ValueMatcher.range(NumberRange(atLeast: 60.0, atMost: nil, above: nil, below: nil)))
    let v35: ItemMatcher = ItemMatcher(.node, [v34], patterns: [])
    let v36: Step = Step(v35, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v37: Condition = .exists(v36)
    rule.witnesses.append(Witness(when: v37, strength: 0.5, says: "it was watched for a minute or more"))
    let v38: AttributeTest = AttributeTest(Attribute.node(.answers), ValueMatcher.range(NumberRange(atLeast: nil, atMost: nil, above: nil, below: 2.0)))
    let v39: ItemMatcher = ItemMatcher(.node, [v38], patterns: [])
    let v40: Step = Step(v39, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v41: Condition = .exists(v40)
    rule.limits.append(ConfidenceLimit(when: v41, atMost: 0.7, says: "only one read was answered"))
    let v42: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("interrupted")))
    let v43: ItemMatcher = ItemMatcher(.node, [v42], patterns: [])
    let v44: Step = Step(v43, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v45: Condition = .exists(v44)
    rule.limits.append(ConfidenceLimit(when: v45, atMost: 0.9, says: "the upload seemed to end early ({node.acknowledged} bytes acknowledged); slot and build decide"))
    let v46: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("interrupted")))
    let v47: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.known(false))
    let v48: ItemMatcher = ItemMatcher(.node, [v46, v47], patterns: [])
    let v49: Step = Step(v48, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v50: Condition = .exists(v49)
    rule.limits.append(ConfidenceLimit(when: v50, atMost: 0.7, says: "the upload seemed to end early, and only the slot speaks for it"))
    let v51: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v52: AttributeTest = AttributeTest(Attribute.node(.running), ValueMatcher.known(true))
    let v53: ItemMatcher = ItemMatcher(.node, [v51, v52], patterns: [])
    let v54: Step = Step(v53, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v55: Condition = .exists(v54)
    let v56: AttributeTest = AttributeTest(Attribute.boot(.slot), ValueMatcher.name("other"))
    let v57: ItemMatcher = ItemMatcher(.boot, [v56], patterns: [])
    let v58: Step = Step(v57, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v59: Condition = .lastBoot(v58)
    let v60: AttributeTest = AttributeTest(Attribute.node(.running), ValueMatcher.name("other"))
    let v61: ItemMatcher = ItemMatcher(.node, [v60], patterns: [])
    let v62: Step = Step(v61, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v63: Condition = .exists(v62)
    let v64: Condition = .not(v63)
    let v65: Condition = .all([v55, v59, v64])
    rule.limits.append(ConfidenceLimit(when: v65, atMost: 0.85, says: "the log that was given ends in another slot"))
    let v66: AttributeTest = AttributeTest(Attribute.node(.hasLog), ValueMatcher.equals(.flag(true)))
    let v67: AttributeTest = AttributeTest(Attribute.node(.logBuild), ValueMatcher.equals(.text("other")))
    let v68: ItemMatcher = ItemMatcher(.node, [v66, v67], patterns: [])
    let v69: Step = Step(v68, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v70: Condition = .exists(v69)
    rule.limits.append(ConfidenceLimit(when: v70, atMost: 0.85, says: "the log that was given ends with another build"))
    let v71: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("late_new")))
    let v72: ItemMatcher = ItemMatcher(.node, [v71], patterns: [])
    let v73: Step = Step(v72, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v74: Condition = .exists(v73)
    rule.limits.append(ConfidenceLimit(when: v74, atMost: 0.8, says: "the first answers still came from the old slot"))
    let v75: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.equals(.text("steady_old")))
    let v76: ItemMatcher = ItemMatcher(.node, [v75], patterns: [])
    let v77: Step = Step(v76, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v78: Condition = .exists(v77)
    rule.limits.append(ConfidenceLimit(when: v78, atMost: 0.7, says: "the build changed and the slot did not, which this firmware does not do"))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-took-upload-timed-out", "node-took-log-of-another", "node-build-changed-slot-did-not", "node-update-took", "node-same-build-took"], silent: ["node-flips", "node-reverted", "node-not-taken", "node-new-slot-other-build"])
    return rule
  }

  private static func makeNodeUploadBrokeRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("interrupted")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.not(ValueMatcher.equals(.text("timeout"))))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "the body was cut after {node.acknowledged} bytes", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-upload-broke", family: .node, verdict: .otaDownloadFailed, severity: nil, title: "The connection to {node.host} ended inside the image", why: "An image that did not go over whole cannot have taken; how far it came is evidence. A node that crashed answers again from the slot from before. Nothing is verified before the last byte, so the verification is not to blame.", when: v6, confidence: 0.88)
    rule.summary = "The node acknowledged {node.acknowledged} of {node.image_bytes} bytes, then the connection ended ({node.failure}). It runs {node.running}. The running image crashed while it received, the Wi-Fi was lost, or somebody reset the node."
    let v7: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v9: ItemMatcher = ItemMatcher(.node, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    rule.unless = v11
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.4)
    rule.causes.append(CauseCandidate(id: "connection_lost", priors: [v12], evidence: []))
    let v13: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v14: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.equals(.text("reset")))
    let v15: ItemMatcher = ItemMatcher(.node, [v14], patterns: [])
    let v16: Step = Step(v15, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v17: Condition = .exists(v16)
    let v18: CauseEvidence = CauseEvidence(when: v17, weight: .bits(1.0), says: "the connection was reset, as a restarted node does")
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v13], evidence: [v18]))
    let v19: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v19], evidence: []))
    let v20: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "weak_supply", priors: [v20], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-upload-broke"], silent: ["node-not-taken", "node-update-took"])
    return rule
  }

  private static func makeNodeUploadTimedOutRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("interrupted")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.failure), ValueMatcher.equals(.text("timeout")))
    let v3: AttributeTest = AttributeTest(Attribute.node(.course), ValueMatcher.anyOf([ValueMatcher.equals(.text("steady_old")), ValueMatcher.equals(.text("old_and_silence"))]))
    let v4: ItemMatcher = ItemMatcher(.node, [v1, v2, v3], patterns: [])
    let v5: Step = Step(v4, distance: .anywhere, says: "esptriage ended it after {node.upload_seconds} s and {node.acknowledged} bytes", alias: nil, isItem: nil)
    let v6: Condition = .exists(v5)
    var rule = Rule(id: "node-upload-timed-out", family: .node, verdict: .otaDownloadFailed, severity: nil, title: "The upload to {node.host} took too long, and esptriage ended it", why: "The end came from this side. --upload-timeout gives an upload more time; without a byte moving for 45 s it ends as well.", when: v6, confidence: 0.85)
    rule.summary = "After {node.upload_seconds} s the node had acknowledged {node.acknowledged} of {node.image_bytes} bytes, and this tool's own time limit ended the upload: the node did not hang up. It runs {node.running}. A slow link, a slow erase or a node that stopped taking bytes look the same from here."
    let v7: AttributeTest = AttributeTest(Attribute.node(.build), ValueMatcher.equals(.text("image")))
    let v8: AttributeTest = AttributeTest(Attribute.node(.sameBuild), ValueMatcher.equals(.flag(false)))
    let v9: ItemMatcher = ItemMatcher(.node, [v7, v8], patterns: [])
    let v10: Step = Step(v9, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v11: Condition = .exists(v10)
    rule.unless = v11
    let v12: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    rule.causes.append(CauseCandidate(id: "upload_limit_too_short", priors: [v12], evidence: []))
    let v13: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.3)
    rule.causes.append(CauseCandidate(id: "weak_wifi", priors: [v13], evidence: []))
    let v14: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    rule.causes.append(CauseCandidate(id: "app_bug", priors: [v14], evidence: []))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the same with more time: --upload-timeout 20m"))
    rule.settledBy.append(Hint(when: nil, says: "a UART capture of the node through the next upload: plug a USB cable in, and give its port with --port"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-upload-timed-out"], silent: ["node-upload-broke", "node-took-upload-timed-out"])
    return rule
  }

  private static func makeNodeValidationFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("validation")))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status} {node.answer}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-validation-failed", family: .node, verdict: .otaValidationFailed, severity: nil, title: "{node.host} rejects the image: it does not verify", why: "esp_ota_end reads the image back from flash and checks it. An image that was damaged on its way, or was never an app, fails here.", when: v5, confidence: 0.95)
    rule.summary = "The handler answered 500 OTA validation failed: checksum, SHA-256, chip or signature of what arrived is wrong. The slot that runs is untouched."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.45)
    rule.causes.append(CauseCandidate(id: "image_damaged_in_transit", priors: [v6], evidence: []))
    let v7: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "flash_write_failed", priors: [v7], evidence: []))
    let v8: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    rule.causes.append(CauseCandidate(id: "signature_mismatch", priors: [v8], evidence: []))
    let v9: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.1)
    let v10: AttributeTest = AttributeTest(Attribute.node(.imageChip), ValueMatcher.known(true))
    let v11: ItemMatcher = ItemMatcher(.node, [v10], patterns: [])
    let v12: Step = Step(v11, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v13: Condition = .exists(v12)
    let v14: CauseEvidence = CauseEvidence(when: v13, weight: .bits(1.0), says: "the image is built for {node.image_chip}; the node does not tell its chip over HTTP")
    rule.causes.append(CauseCandidate(id: "wrong_chip", priors: [v9], evidence: [v14]))
    rule.unknownPrior = 0.1
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-500-validation"], silent: ["node-500-begin", "node-update-took"])
    return rule
  }

  private static func makeNodeWriteFailedRule() -> Rule {
    let v1: AttributeTest = AttributeTest(Attribute.node(.upload), ValueMatcher.equals(.text("refused")))
    let v2: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.anyOf([ValueMatcher.equals(.text("no_partition")), ValueMatcher.equals(.text("begin")), ValueMatcher.equals(.text("write")), ValueMatcher.equals(.text("set_boot"))]))
    let v3: ItemMatcher = ItemMatcher(.node, [v1, v2], patterns: [])
    let v4: Step = Step(v3, distance: .anywhere, says: "the answer is {node.http_status} {node.answer}", alias: nil, isItem: nil)
    let v5: Condition = .exists(v4)
    var rule = Rule(id: "node-write-failed", family: .node, verdict: .otaWriteFailed, severity: nil, title: "{node.host} did not finish the update: {node.answer}", why: "No partition to write, esp_ota_begin, a write to flash or the choice of the boot partition failed. esp_ota_begin also refuses while the running image is not confirmed yet (0x1506).", when: v5, confidence: 0.95)
    rule.summary = "The handler gave up with {node.http_status} \"{node.answer}\". The slot that runs is untouched."
    let v6: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    let v7: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("no_partition")))
    let v8: ItemMatcher = ItemMatcher(.node, [v7], patterns: [])
    let v9: Step = Step(v8, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v10: Condition = .exists(v9)
    let v11: CauseEvidence = CauseEvidence(when: v10, weight: .decides, says: "the handler found no partition")
    let v12: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.anyOf([ValueMatcher.equals(.text("write")), ValueMatcher.equals(.text("set_boot"))]))
    let v13: ItemMatcher = ItemMatcher(.node, [v12], patterns: [])
    let v14: Step = Step(v13, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v15: Condition = .exists(v14)
    let v16: CauseEvidence = CauseEvidence(when: v15, weight: .bits(-3.0), says: "a partition was found")
    rule.causes.append(CauseCandidate(id: "no_update_partition", priors: [v6], evidence: [v11, v16]))
    let v17: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.25)
    let v18: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("begin")))
    let v19: ItemMatcher = ItemMatcher(.node, [v18], patterns: [])
    let v20: Step = Step(v19, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v21: Condition = .exists(v20)
    let v22: CauseEvidence = CauseEvidence(when: v21, weight: .bits(2.0), says: "esp_ota_begin refuses while the running image is unconfirmed")
    let v23: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.anyOf([ValueMatcher.equals(.text("write")), ValueMatcher.equals(.text("no_partition"))]))
    let v24: ItemMatcher = ItemMatcher(.node, [v23], patterns: [])
    let v25: Step = Step(v24, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v26: Condition = .exists(v25)
    let v27: CauseEvidence = CauseEvidence(when: v26, weight: .bits(-3.0), says: "it was not esp_ota_begin that refused")
    rule.causes.append(CauseCandidate(id: "image_not_confirmed_yet", priors: [v17], evidence: [v22, v27]))
    let v28: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.2)
    rule.causes.append(CauseCandidate(id: "flash_write_failed", priors: [v28], evidence: []))
    let v29: CauseCandidate.Prior = CauseCandidate.Prior(when: nil, value: 0.15)
    let v30: AttributeTest = AttributeTest(Attribute.node(.refusal), ValueMatcher.equals(.text("set_boot")))
    let v31: ItemMatcher = ItemMatcher(.node, [v30], patterns: [])
    let v32: Step = Step(v31, distance: .anywhere, says: nil, alias: nil, isItem: nil)
    let v33: Condition = .exists(v32)
    let v34: CauseEvidence = CauseEvidence(when: v33, weight: .bits(1.0), says: "setting the boot partition verifies the image again")
    rule.causes.append(CauseCandidate(id: "image_damaged_in_transit", priors: [v29], evidence: [v34]))
    rule.unknownPrior = 0.1
    rule.settledBy.append(Hint(when: nil, says: "the node's UART: it prints the error's number beside the failure"))
    rule.references = []
    rule.examples = Rule.Examples(fires: ["node-500-begin", "node-500-partition"], silent: ["node-500-validation", "node-500-receive"])
    return rule
  }
}
