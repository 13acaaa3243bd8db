import BootTimeline

extension FactBase {
  /// The values of an attribute of the capture; several where it is a set.
  func values(of attribute: CaptureAttribute) -> [FactValue] {
    let capture = timeline.capture
    switch attribute {
    case .bytes: return [.whole(capture.bytes)]
    case .lines: return [.whole(capture.lines)]
    case .boots: return [.whole(timeline.boots.count)]
    case .espLines: return [.whole(capture.espLines)]
    case .undecodableShare:
      let share = Double(capture.undecodableBytes) / Double(max(capture.bytes, 1))
      return [.number(share)]
    case .garbledEndBytes: return [.whole(capture.garbledEnd.bytes)]
    case .garbledEndShare:
      let end = capture.garbledEnd
      return [.number(Double(end.undecodable) / Double(max(end.bytes, 1)))]
    case .ruinedShare: return [.number(capture.ruinedShare)]
    case .ruinedStretches: return [.whole(capture.ruin.count)]
    case .ruinedWords: return [.whole(capture.ruinedWords)]
    case .byteRepetition: return capture.byteRepetition.map { [.number($0)] } ?? []
    case .damagedLines: return [.whole(capture.damagedLines)]
    case .severalNodes: return [.flag(timeline.mixesNodes)]
    case .startsMidRun: return [.flag(timeline.boots.first.map { !$0.beganInLog } ?? false)]
    case .endsMidLine: return [.flag(capture.endsMidLine)]
    case .foreign:
      return timeline.foreign.keys.map(\.rawValue).sorted().map(FactValue.text)
    }
  }
}
