import DeviceEvents
import LineReading

/// What a log tells, put in order: boots, and within them updates, crashes and notices.
public struct Timeline: Hashable, Sendable {
  /// The boots kept, in order; see `elided`.
  public var boots: [Boot] = []
  /// The updates, in order.
  public var updates: [Update] = []
  /// The crashes kept, in order, also reports that did not stop the node.
  public var crashes: [Crash] = []
  /// The notices kept, in order.
  public var notices: [PlacedNotice] = []
  /// Lines that rules asked for, in order.
  public var watched: [WatchedLine] = []
  /// What the log tells about the device.
  public var device = Device()
  /// What the log covers.
  public var capture = Capture()
  /// Text of systems other than ESP-IDF, with the first line of each.
  public var foreign: [ForeignSystem: LineReference] = [:]
  /// What was seen of the node over HTTP; nil where nobody looked.
  public var node: NodeHistory?
  /// How many boots, crashes and notices were counted but not kept.
  public var elided = Elided()

  /// An empty timeline.
  public init() {}
}

/// What was counted but not kept, in very long histories.
public struct Elided: Hashable, Sendable {
  /// Boots.
  public var boots = 0
  /// Crashes.
  public var crashes = 0
  /// Notices.
  public var notices = 0

  /// Nothing left out.
  public init() {}
}

/// What the log tells about the device.
public struct Device: Hashable, Sendable {
  /// The chip.
  public var chip: Chip?
  /// The chip's revision, `v0.2`.
  public var chipRevision: String?
  /// The MAC address.
  public var mac: String?

  /// Nothing known.
  public init() {}
}

/// What the log covers, and how readable it was.
public struct Capture: Hashable, Sendable {
  /// Bytes after decompression.
  public var bytes = 0
  /// Lines.
  public var lines = 0
  /// Lines that look like an ESP32's.
  public var espLines = 0
  /// Bytes that are no text.
  public var undecodableBytes = 0
  /// What stands behind the last line of undamaged text; nothing where that is not a line of the chip's start or
  /// another one that tells something.
  public var garbledEnd = GarbledEnd()
  /// What cannot be read between lines that can.
  public var ruin = RuinedStretches()
  /// How many words of ESP-IDF can be made out in damaged lines, bytes of which are no text.
  public var ruinedWords = 0
  /// How much oftener two bytes of damaged lines are equal than in evenly spread noise; nil of too few bytes.
  public var byteRepetition: Double?
  /// Lines of ESP-IDF's own in which damage shows.
  public var damagedLines = 0
  /// Whether the last line had no end.
  public var endsMidLine = false

  /// An empty capture.
  public init() {}
}

/// A line that a rule asked for.
public struct WatchedLine: Hashable, Sendable {
  /// Which of the patterns.
  public var pattern: Int
  /// In which boot.
  public var boot: Int
  /// The line.
  public var line: LineReference

  /// Puts it together.
  public init(pattern: Int, boot: Int, line: LineReference) {
    self.pattern = pattern
    self.boot = boot
    self.line = line
  }
}

/// A notice and where it stands.
public struct PlacedNotice: Hashable, Sendable {
  /// What it says.
  public var notice: Notice
  /// The index of its boot.
  public var boot: Int
  /// In which stage of the boot it was printed.
  public var stage: BootStage
  /// The line.
  public var line: LineReference
  /// How often the same notice came in this boot, this one included.
  public var count: Int

  /// Puts it together.
  public init(
    notice: Notice, boot: Int, stage: BootStage, line: LineReference, count: Int = 1
  ) {
    self.notice = notice
    self.boot = boot
    self.stage = stage
    self.line = line
    self.count = count
  }
}
