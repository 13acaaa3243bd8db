import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import NodeHTTP

/// What is thought of a node of a deployment: the same rules that judge a probe judge it.
struct DeployJudge: Sendable {
  let image: DeployImage
  let chip: String?
  let sendsKey: Bool
  let rules: RuleSet

  func judge(_ seen: NodeEvidence) -> NodeJudgement {
    let history = NodeHistory(
      host: "\(seen.address)", events: events(seen),
      image: NodeHistory.SentImage(
        build: image.build?.description, version: image.version, chip: chip,
        bytes: Int(image.source.length)))
    var analysis = LogAnalysis(source: history.host, context: Context(), rules: rules)
    analysis.node = history
    let conclusion = analysis.finish().conclusion
    return NodeJudgement(
      verdict: conclusion.verdict.id.rawValue, why: why(conclusion),
      next: next(conclusion, after: history.upload, at: seen.address))
  }

  // MARK: - What was seen, as the rules know it

  private func events(_ seen: NodeEvidence) -> [NodeEvent] {
    let zero = seen.firstRead?.at ?? seen.upload?.at ?? seen.reads.first?.at ?? .zero
    let reads = seen.reads.map { NodeEvent.read(NodeRead($0, since: zero)) }
    if let first = seen.firstRead {
      let before = NodeEvent.read(NodeRead(first, since: zero))
      guard let upload = seen.upload else { return reads.isEmpty ? [before] : reads }
      var sent = NodeUpload(upload, since: zero)
      sent.keySent = sendsKey
      return [before, .upload(sent)] + reads
    }
    // An earlier run asked and sent: its record tells what the node said, not how the upload ended.
    guard let status = seen.before else { return reads }
    var before = NodeRead(seconds: 0, result: .answer)
    before.running = status.runningPartition
    before.next = status.nextPartition
    before.version = status.version
    before.build = status.build?.description
    before.maxSize = status.maxSize
    let bytes = Int(image.source.length)
    let upload = NodeUpload(
      seconds: 0, result: .uncertain, bytes: bytes, sent: bytes, acknowledged: 0)
    return [.read(before), .upload(upload)] + reads
  }

  // MARK: - Words

  private func why(_ conclusion: Conclusion) -> String {
    let suspects = conclusion.causes.filter { $0.id != "unknown" && $0.probability >= 0.2 }
    guard conclusion.verdict.severity >= .warning, !suspects.isEmpty else {
      return conclusion.verdict.summary
    }
    let names = suspects.prefix(3).map { cause in
      "\(cause.title) (\(Int((cause.probability * 100).rounded())) %)"
    }
    return conclusion.verdict.summary + " Suspects: " + names.joined(separator: "; ") + "."
  }

  /// What to do, or to plug in: over HTTP an image that does not hold shows, why it does not never.
  private func next(
    _ conclusion: Conclusion, after upload: NodeUpload?, at address: NodeAddress
  ) -> String {
    if conclusion.verdict.id == .otaAuthRejected {
      let key =
        sendsKey
        ? "Give this node's own key" : "No key was sent. Give this node's key"
      return key + " in OTA_PSK, RUVIEW_OTA_PSK or --token-file. Where none is "
        + "provisioned, write security/ota_psk over USB."
    }
    switch upload?.result {
    case .delivered, .uncertain, .interrupted:
      return "Plug a USB cable into the node at \(address.host) and run 'esptriage watch "
        + "--expect-update': its reset reason, its slot and what it prints when it dies settle it."
    case .refused, .notStarted, nil:
      let fix = conclusion.causes.first { $0.fix != nil }?.fix?.summary
      return fix ?? conclusion.settledBy.first ?? ""
    }
  }
}
