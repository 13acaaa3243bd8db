import Glibc

/// Keeps the raw bytes of devices with their times of arrival, so that a crash, of this program or of the computer,
/// loses nothing older than a second.
///
/// Each session is a folder of its own, named by its beginning in UTC. In it, each device has `<name>.log` with
/// exactly the bytes it sent, which any tool reads, and `<name>.times` with lines of offset and milliseconds. Files
/// are written by another thread, at once, and brought to the disk each second: a slow disk must never make a port
/// overflow. What goes wrong there is thrown by the next call.
public struct Recording: ~Copyable {
  /// The folder of this session.
  public let folder: String
  private let disk: DiskThread
  private var bases: [NodeIdentity: String] = [:]
  private var names: Set<RecordingName> = []

  /// Makes the folder of a session inside `parent`, which is made as well.
  public init(
    in parent: String, settings: RecordingSettings = RecordingSettings(),
    at began: ArrivalTime = .now()
  ) throws(RecordingError) {
    try makeFolders(parent)
    let folder = try makeSessionFolder(in: parent, at: began)
    let rotateAfter = settings.rotateAfterBytes
    let disk = try DiskThread { RecordedFiles(began: began, rotateAfter: rotateAfter) }
    self.folder = folder
    self.disk = disk
  }

  deinit {
    // Without `finish` nobody is left to be told of a failure.
    _ = try? disk.finish()
  }

  /// Ends the recording: returns once all of it is on the disk.
  public consuming func finish() throws(RecordingError) {
    try disk.finish()
  }

  /// Keeps bytes of a device.
  public mutating func record(
    _ bytes: UnsafeRawBufferPointer, of node: NodeIdentity, at time: ArrivalTime
  ) throws(RecordingError) {
    try disk.take(RecordingOrder(base: base(of: node), time: time, bytes: Array(bytes)))
  }

  /// Notes beside the bytes what happened to a device; the log itself holds only what the device sent.
  public mutating func mark(
    _ mark: RecordingMark, of node: NodeIdentity, at time: ArrivalTime
  ) throws(RecordingError) {
    try disk.take(RecordingOrder(base: base(of: node), time: time, mark: mark))
  }

  /// Keeps what an event of the follower brought; events that bring nothing are passed over.
  public mutating func record(_ event: PortEvent) throws(RecordingError) {
    switch event {
    case .opened(let node, _, let time): try mark(.opened, of: node, at: time)
    case .bytes(let node, let bytes, let time): try record(bytes, of: node, at: time)
    case .disconnected(let node, let time): try mark(.disconnected, of: node, at: time)
    case .reconnected(let node, _, let time): try mark(.reconnected, of: node, at: time)
    case .waiting, .appeared, .quiet, .failed, .tick: try disk.check()
    }
  }

  /// The logs that are written, one a device.
  public var logs: [String] {
    bases.values.map { $0 + ".log" }.sorted()
  }

  private mutating func base(of node: NodeIdentity) -> String {
    if let base = bases[node] { return base }
    var name = RecordingName(node.name)
    var number = 2
    while !names.insert(name).inserted {
      name = RecordingName("\(node.name.prefix(56))-\(number)")
      number += 1
    }
    let base = "\(folder)/\(name.text)"
    bases[node] = base
    return base
  }
}

private func makeFolders(_ path: String) throws(RecordingError) {
  var made = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    made += part
    guard mkdir(made, 0o777) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
      throw RecordingError(path: made, operation: "making", errno: errno)
    }
    made += "/"
  }
}

/// `2026-01-31T10-15-00Z`, with `-2` and so on behind it where the second is taken.
private func makeSessionFolder(
  in parent: String, at began: ArrivalTime
) throws(RecordingError) -> String {
  var seconds = time_t(began.unixMilliseconds / 1000)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  let stem = "\(parent)/\(date)T\(two(parts.tm_hour))-\(two(parts.tm_min))-\(two(parts.tm_sec))Z"
  var path = stem
  var number = 2
  while mkdir(path, 0o777) != 0 {
    guard errno == EEXIST, number < 1000 else {
      throw RecordingError(path: path, operation: "making", errno: errno)
    }
    path = "\(stem)-\(number)"
    number += 1
  }
  return path
}
