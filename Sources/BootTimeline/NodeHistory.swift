import DeviceEvents

/// What was seen of a node over HTTP, in order.
public struct NodeHistory: Hashable, Sendable {
  /// The node's address, for display.
  public var host: String
  /// The reads and the upload, in order.
  public var events: [NodeEvent]
  /// What was to be uploaded; nil where the node was only watched.
  public var image: SentImage?
  /// Whether a log of the same node is read as well.
  public var hasLog: Bool

  /// Puts a history together.
  public init(
    host: String, events: [NodeEvent] = [], image: SentImage? = nil, hasLog: Bool = false
  ) {
    self.host = host
    self.events = events
    self.image = image
    self.hasLog = hasLog
  }

  /// What is known of the image that was to be uploaded.
  public struct SentImage: Hashable, Sendable, Decodable {
    /// The build's date and time, as its descriptor says.
    public var build: String?
    /// Its version.
    public var version: String?
    /// The chip it is built for, as people write it.
    public var chip: String?
    /// Its project.
    public var project: String?
    /// Its length.
    public var bytes: Int

    /// Puts it together.
    public init(
      build: String? = nil, version: String? = nil, chip: String? = nil, project: String? = nil,
      bytes: Int
    ) {
      self.build = build
      self.version = version
      self.chip = chip
      self.project = project
      self.bytes = bytes
    }
  }
}

extension NodeHistory {
  /// What the reads show, taken together.
  public enum Course: String, CaseIterable, Hashable, Sendable {
    /// The other slot than before, from the first answer to the last.
    case steadyNew = "steady_new"
    /// The old slot at first, the other one from then on.
    case lateNew = "late_new"
    /// The slot from before, on all reads.
    case steadyOld = "steady_old"
    /// The other slot, then the one from before, and it stayed there.
    case reverted
    /// The slot changed more than once.
    case flips
    /// The other slot and silence.
    case newAndSilence = "new_and_silence"
    /// The slot from before and silence.
    case oldAndSilence = "old_and_silence"
    /// No answer.
    case silent
    /// Something answers that is not this firmware.
    case otherService = "other_service"
    /// No read at all.
    case none
  }

  /// All reads.
  public var reads: [NodeRead] {
    events.compactMap { event in
      guard case .read(let read) = event else { return nil }
      return read
    }
  }

  /// The upload, where one was tried.
  public var upload: NodeUpload? {
    for case .upload(let upload) in events { return upload }
    return nil
  }

  /// The last read before the upload; of a node that was only watched, the first.
  public var before: NodeRead? {
    guard upload != nil else { return reads.first }
    return Array(events.prefix { !$0.isUpload }).reads.last
  }

  /// The reads that judge: those after the upload, or all of a node that was only watched.
  public var judged: [NodeRead] {
    guard let place = events.firstIndex(where: \.isUpload) else { return reads }
    return Array(events[place...]).reads
  }

  /// The slot that ran at first.
  public var oldSlot: String? {
    upload == nil ? judged.lazy.compactMap(\.running).first : before?.running
  }

  /// How often the running slot changed between judged answers.
  public var changes: Int {
    let slots = judged.compactMap(\.running)
    return zip(slots, slots.dropFirst()).count { $0 != $1 }
  }

  /// Seconds from the first judged read that showed the other slot to the first after it that showed the old one.
  public var secondsUntilReverted: Double? {
    guard let old = oldSlot,
      let new = judged.first(where: { $0.running != nil && $0.running != old }),
      let back = judged.first(where: { $0.seconds > new.seconds && $0.running == old })
    else { return nil }
    return back.seconds - (upload.map { $0.seconds + $0.tookSeconds } ?? new.seconds)
  }

  /// What the judged reads show, taken together.
  public var course: Course {
    guard let last = judged.last else { return .none }
    let slots = judged.compactMap(\.running)
    guard let first = slots.first, let end = slots.last else {
      return last.result.isOtherService ? .otherService : .silent
    }
    if last.result.isOtherService { return .otherService }
    if changes > 1 { return .flips }
    let old = oldSlot ?? first
    if changes == 1 {
      if upload == nil { return .flips }
      if end == old { return .reverted }
      return falls(silentAfterAnswerIn: end) ? .newAndSilence : .lateNew
    }
    let isSilentLater = falls(silentAfterAnswerIn: first)
    if first == old { return isSilentLater ? .oldAndSilence : .steadyOld }
    return isSilentLater ? .newAndSilence : .steadyNew
  }

  /// Whether a read without an answer comes after one that showed this slot. Silence before the first is the boot.
  private func falls(silentAfterAnswerIn slot: String) -> Bool {
    guard let answer = judged.firstIndex(where: { $0.running == slot }) else { return false }
    return judged[answer...].contains { $0.result.isSilence }
  }

  /// Seconds between the first and the end of the last judged read.
  public var secondsWatched: Double {
    guard let first = judged.first, let last = judged.last else { return 0 }
    let begin = upload.map { $0.seconds + $0.tookSeconds } ?? first.seconds
    return max(last.seconds + last.tookSeconds - begin, 0)
  }
}

extension NodeEvent {
  var isUpload: Bool {
    switch self {
    case .upload: true
    case .read: false
    }
  }
}

extension [NodeEvent] {
  var reads: [NodeRead] {
    compactMap { event in
      guard case .read(let read) = event else { return nil }
      return read
    }
  }
}
