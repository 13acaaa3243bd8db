/// What a node says of itself at `GET /ota/status`.
public struct NodeStatus: Hashable, Sendable {
  /// The application's version.
  public var version: String?
  /// The build's date, as the compiler wrote it: `Nov 21 2026`.
  public var date: String?
  /// The build's time of day: `15:04:05`.
  public var time: String?
  /// The label of the slot that runs.
  public var runningPartition: String
  /// The label of the other slot; says nothing about a pending boot.
  public var nextPartition: String?
  /// The largest image that the handler takes, in bytes.
  public var maxSize: Int?

  /// Puts a status together.
  public init(
    version: String? = nil, date: String? = nil, time: String? = nil, runningPartition: String,
    nextPartition: String? = nil, maxSize: Int? = nil
  ) {
    self.version = version
    self.date = date
    self.time = time
    self.runningPartition = runningPartition
    self.nextPartition = nextPartition
    self.maxSize = maxSize
  }

  /// Date and time of the build; nil where the node says neither.
  public var build: BuildTime? { BuildTime(date: date ?? "", time: time ?? "") }
}

extension NodeStatus {
  /// What the bytes of an answer are.
  package enum Reading: Hashable {
    case status(NodeStatus)
    case notJSON
    /// JSON, but not what this firmware answers.
    case otherJSON
  }

  /// Reads the JSON that the firmware sends; a running partition is the least that it must name.
  package static func read(_ bytes: [UInt8]) -> Reading {
    guard let json = JSONValue(bytes) else { return .notJSON }
    guard let running = json["running_partition"]?.asLabel else { return .otherJSON }
    return .status(
      NodeStatus(
        version: json["version"]?.asText, date: json["date"]?.asText, time: json["time"]?.asText,
        runningPartition: running, nextPartition: json["next_partition"]?.asLabel,
        maxSize: json["max_size"]?.asInteger.flatMap { $0 > 0 ? $0 : nil }))
  }

  /// Whether a text that is no JSON is this firmware's answer without its end: an object that opens with one of the
  /// firmware's own names and never closes.
  static func isBeginning(of body: String) -> Bool {
    let text = body.utf8.filter { $0 > 0x20 }
    guard text.last != UInt8(ascii: "}") else { return false }
    return ["version", "date", "time", "running_partition", "next_partition", "max_size"]
      .contains { text.starts(with: "{\"\($0)\":".utf8) }
  }
}

extension JSONValue {
  /// A partition's label: text of 1 to 16 printable characters, which is all that a partition table holds.
  fileprivate var asLabel: String? {
    guard case .text(let label) = self, 1...16 ~= label.utf8.count,
      label.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { return nil }
    return label
  }
}

/// When an image was built, as its descriptor and the node's status write it.
public struct BuildTime: Hashable, Sendable, CustomStringConvertible {
  /// `Nov 21 2026`, runs of spaces made one: the compiler pads a day below 10.
  public var date: String
  /// `15:04:05`.
  public var time: String

  /// Nil where both are empty.
  public init?(date: String, time: String) {
    self.date = date.split(separator: " ").joined(separator: " ")
    self.time = time.split(separator: " ").joined(separator: " ")
    if self.date.isEmpty, self.time.isEmpty { return nil }
  }

  /// Both, with a space between.
  public var description: String {
    date.isEmpty || time.isEmpty ? date + time : "\(date) \(time)"
  }
}
