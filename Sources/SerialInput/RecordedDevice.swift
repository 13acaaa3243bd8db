import Glibc

/// The log and the times of one device, in files that rotate together.
final class RecordedDevice {
  private let logPath: String
  private let timesPath: String
  private let began: ArrivalTime
  private let rotateAfter: Int64
  private var log: Int32 = -1
  private var times: Int32 = -1
  private var offset: Int64 = 0
  private var lastMilliseconds: Int64 = -1
  private var isOnDisk = true

  /// Past this much beyond its length a log is cut within a line.
  private let longestLine: Int64 = 65536

  init(base: String, began: ArrivalTime, rotateAfter: Int64) throws(RecordingError) {
    logPath = base + ".log"
    timesPath = base + ".times"
    self.began = began
    self.rotateAfter = rotateAfter
    try openFiles()
  }

  deinit { closeFiles() }

  /// Brings what was written to the disk; takes as long as the disk does.
  func bringToDisk() {
    guard !isOnDisk else { return }
    for file in [log, times] where file >= 0 { fdatasync(file) }
    isOnDisk = true
  }

  func record(_ bytes: [UInt8], at time: ArrivalTime) throws(RecordingError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(bytesBeforeRotation(rest))
      try append(part, at: time)
      rest = rest[part.endIndex...]
      if !rest.isEmpty { try rotate() }
    }
  }

  func mark(_ mark: RecordingMark, at time: ArrivalTime) throws(RecordingError) {
    try note("\(offset) \(time.milliseconds(since: began)) \(mark.rawValue)\n")
    lastMilliseconds = -1
  }

  /// How much of these bytes still belongs into this file: a full one is left at the end of a line.
  private func bytesBeforeRotation(_ bytes: ArraySlice<UInt8>) -> Int {
    guard Int64(bytes.count) > rotateAfter - offset else { return bytes.count }
    let full = bytes.startIndex + Int(max(0, rotateAfter - offset))
    if let lineEnd = bytes[full...].firstIndex(of: 0x0A) { return lineEnd + 1 - bytes.startIndex }
    let cut = max(0, rotateAfter + longestLine - offset)
    return Int(min(Int64(bytes.count), max(1, cut)))
  }

  private func append(_ bytes: ArraySlice<UInt8>, at time: ArrivalTime) throws(RecordingError) {
    isOnDisk = false
    // The bytes first: a time without bytes misleads, bytes without a time do not.
    let milliseconds = time.milliseconds(since: began)
    let start = offset
    let number = bytes.withUnsafeBytes { writeAll($0, to: log) }
    guard number == 0 else {
      throw RecordingError(path: logPath, operation: "writing", errno: number)
    }
    offset += Int64(bytes.count)
    guard milliseconds != lastMilliseconds else { return }
    lastMilliseconds = milliseconds
    try note("\(start) \(milliseconds)\n")
  }

  private func note(_ line: String) throws(RecordingError) {
    isOnDisk = false
    var line = line
    let number = line.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: times) }
    guard number == 0 else {
      throw RecordingError(path: timesPath, operation: "writing", errno: number)
    }
  }

  private func openFiles() throws(RecordingError) {
    log = try create(logPath)
    times = try create(timesPath)
    offset = 0
    lastMilliseconds = -1
    try note("\(RecordedTimes.heading) \(began.unixMilliseconds)\n")
  }

  private func create(_ path: String) throws(RecordingError) -> Int32 {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw RecordingError(path: path, operation: "making", errno: errno)
    }
    return descriptor
  }

  private func closeFiles() {
    bringToDisk()
    for file in [log, times] where file >= 0 { close(file) }
    (log, times) = (-1, -1)
  }

  /// `.log` becomes `.log.1`, what was `.log.1` becomes `.log.2`, as logrotate counts; the times go along.
  private func rotate() throws(RecordingError) {
    closeFiles()
    for path in [logPath, timesPath] {
      var oldest = 1
      while access("\(path).\(oldest)", F_OK) == 0 { oldest += 1 }
      for number in stride(from: oldest, to: 0, by: -1) {
        let younger = number == 1 ? path : "\(path).\(number - 1)"
        guard rename(younger, "\(path).\(number)") == 0 else {
          throw RecordingError(path: younger, operation: "renaming", errno: errno)
        }
      }
    }
    try openFiles()
  }
}
