@testable import DeviceEvents

/// A suite that expects lines about updates.
protocol UpdateExpecting {}

extension UpdateExpecting {
  static func failed(
    _ stage: UpdateFailure.Stage, _ number: Int? = nil, at byte: Int? = nil
  ) -> UpdateLine {
    .failed(
      UpdateFailure(stage: stage, error: number.map { ErrorCode(number: $0) }, atByte: byte))
  }

  /// A failure that a sentence at large tells.
  static func failedAtLarge(_ stage: UpdateFailure.Stage, _ number: Int) -> UpdateLine {
    var failure = UpdateFailure(stage: stage, error: ErrorCode(number: number))
    failure.isAtLarge = true
    return .failed(failure)
  }

  static func target(
    _ label: String? = nil, _ subtype: Int? = nil, _ offset: Int? = nil,
    _ content: UpdateTarget.Content = .app
  ) -> UpdateLine {
    .target(UpdateTarget(label: label, subtype: subtype, offset: offset, content: content))
  }
}
