import BootTimeline
import DeviceEvents

extension FactBase {
  /// The value of an attribute of what was seen over HTTP.
  func value(of attribute: NodeAttribute) -> FactValue? {
    guard let node = timeline.node else { return nil }
    let judged = node.judged
    switch attribute {
    case .host: return .text(node.host)
    case .upload: return .text(node.upload?.result.rawValue ?? "none")
    case .refusal: return node.upload?.refusal.map { .text($0.rawValue) }
    case .failure: return node.upload?.failure.map(FactValue.text)
    case .phase: return node.upload?.phase.map(FactValue.text)
    case .first: return node.reads.first.map { .text($0.result.rawValue) }
    case .last: return node.reads.last.map { .text($0.result.rawValue) }
    case .course: return .text(node.course.rawValue)
    case .oldSlot: return node.oldSlot.map(FactValue.text)
    case .running: return judged.last { $0.running != nil }?.running.map(FactValue.text)
    case .changes: return .whole(node.changes)
    case .reads: return .whole(judged.count)
    case .answers: return .whole(judged.count { $0.result == .answer })
    case .refused: return .whole(judged.count { $0.result == .refused })
    case .accepted: return .whole(judged.count(where: \.isAcceptedInSilence))
    case .secondsWatched: return .number(node.secondsWatched.rounded())
    case .secondsUntilReverted: return node.secondsUntilReverted.map { .number($0.rounded()) }
    case .build: return build(of: node).map(FactValue.text)
    case .sameBuild: return isSameBuild(node).map(FactValue.flag)
    case .logBuild: return isLogOfSameBuild(node).map { .text($0 ? "same" : "other") }
    case .imageChip: return node.image?.chip.map(FactValue.text)
    case .imageBytes: return node.image.map { .whole($0.bytes) }
    case .maxSize: return maxSize(of: node).map(FactValue.whole)
    case .tooLarge:
      guard let most = maxSize(of: node), let image = node.image else { return nil }
      return .flag(image.bytes > most)
    case .acknowledged: return node.upload.map { .whole($0.acknowledged) }
    case .sent: return node.upload.map { .whole($0.sent) }
    case .uploadSeconds: return node.upload.map { .number($0.tookSeconds.rounded()) }
    case .keySent: return node.upload?.keySent.map(FactValue.flag)
    case .httpStatus:
      return (node.upload == nil ? node.reads.last?.httpStatus : node.upload?.httpStatus)
        .map(FactValue.whole)
    case .answer: return node.upload?.body.map(FactValue.text)
    case .hasLog: return .flag(node.hasLog)
    }
  }

  private func maxSize(of node: NodeHistory) -> Int? {
    node.reads.lazy.compactMap(\.maxSize).first
  }

  private func build(of node: NodeHistory) -> String? {
    guard let now = node.judged.last(where: { $0.build != nil })?.build else { return nil }
    if let image = node.image?.build, image == now { return "image" }
    return now == node.before?.build ? "before" : "other"
  }

  /// Builds are told apart by date and time; the compiler pads a day below 10 with a blank.
  private func isLogOfSameBuild(_ node: NodeHistory) -> Bool? {
    guard let compiled = timeline.boots.last?.app.compiled,
      let shown = node.judged.last(where: { $0.build != nil })?.build
    else { return nil }
    return compiled.split(separator: " ") == shown.split(separator: " ")
  }

  /// Whether the log's last boot cannot be the one that HTTP speaks with: another slot, or another build.
  var isLogOfAnotherRun: Bool {
    guard let node = timeline.node, let last = timeline.boots.last else { return false }
    let running = node.judged.last { $0.running != nil }?.running
    if let slot = last.slot, let running, slot != running { return true }
    return isLogOfSameBuild(node) == false
  }

  private func isSameBuild(_ node: NodeHistory) -> Bool? {
    guard let image = node.image?.build, let before = node.before?.build else { return nil }
    return image == before
  }

  /// What was seen, for evidence that a rule says nothing about.
  var nodeDescription: String {
    guard let node = timeline.node else { return "nothing was seen over HTTP" }
    let answers = node.judged.count { $0.result == .answer }
    return "\(node.host) answered \(answers) of \(node.judged.count) reads over HTTP"
  }
}
