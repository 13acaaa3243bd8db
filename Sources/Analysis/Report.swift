import BootTimeline
import Diagnosis

/// All that is known about one log: what the reporters draw.
public struct Report: Hashable, Sendable {
  /// The input's name as given, for display.
  public var source: String
  /// What happened, in order.
  public var timeline: Timeline
  /// What the rules conclude.
  public var conclusion: Conclusion
  /// What ELFs tell about crashes, by the number of the crash's first line.
  public var decodedCrashes: [Int: DecodedCrash] = [:]
  /// Why crashes have no names although ELFs were at hand: other builds, files that cannot be read.
  public var elfProblems: [String] = []
  /// What was wrong with the input itself (a cut gzip), for people.
  public var inputProblems: [String] = []

  /// Puts a report together.
  public init(source: String, timeline: Timeline, conclusion: Conclusion) {
    self.source = source
    self.timeline = timeline
    self.conclusion = conclusion
  }
}
