/// How a recording is kept.
public struct RecordingSettings: Hashable, Sendable {
  /// A log longer than this is set aside as `.1`, the one before as `.2`; nil: never.
  public var rotateAfterMebibytes: Int?

  /// Rotates at 64 MiB.
  public init(rotateAfterMebibytes: Int? = 64) {
    self.rotateAfterMebibytes = rotateAfterMebibytes
  }

  var rotateAfterBytes: Int64 {
    // Saturating: a number without sense is as good as never.
    guard let rotateAfterMebibytes, rotateAfterMebibytes > 0 else { return .max }
    let (bytes, overflow) = Int64(rotateAfterMebibytes).multipliedReportingOverflow(by: 1 << 20)
    return overflow ? .max : bytes
  }
}

/// What is noted beside the bytes.
public enum RecordingMark: String, Hashable, Sendable, CaseIterable {
  /// The port was opened for the first time.
  case opened
  /// The device went away.
  case disconnected
  /// The device came back.
  case reconnected
}

/// Why a recording cannot be kept.
public struct RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// What was tried.
  public let operation: String
  /// What the kernel said.
  public let errno: Int32

  /// What is wrong and what to do.
  public var description: String {
    "Cannot record: \(operation) \(path) failed: \(errorText(errno)). Choose another --record folder."
  }
}
