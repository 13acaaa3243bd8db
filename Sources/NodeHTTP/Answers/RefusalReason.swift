/// What the firmware's update handler says when it will not go on, by its own texts.
public enum RefusalReason: Hashable, Sendable {
  /// 403: no valid key, or none provisioned on the node.
  case notAuthorised
  /// 400: the image is empty or larger than `max_size`.
  case invalidSize
  /// 500 "No OTA partition available".
  case noPartition
  /// 500 "OTA begin failed".
  case beginFailed
  /// 500 "Receive error".
  case receiveError
  /// 500 "OTA write failed".
  case writeFailed
  /// 500 "OTA validation failed".
  case validationFailed
  /// 500 "Set boot partition failed".
  case setBootFailed
  /// 404 and its like: no such endpoint.
  case noEndpoint
  /// Something this version does not know.
  case other(status: Int)

  /// Reads an answer that is not 200.
  public init(status: Int, body: String) {
    let text = body.lowercased()
    switch status {
    case 401, 403: self = .notAuthorised
    case 400, 413: self = .invalidSize
    case 404, 405, 501: self = .noEndpoint
    default:
      self =
        Self.texts.first { text.contains($0.text) }?.reason ?? .other(status: status)
    }
  }

  private static let texts: [(text: String, reason: RefusalReason)] = [
    ("no ota partition", .noPartition),
    ("ota begin failed", .beginFailed),
    ("receive error", .receiveError),
    ("ota write failed", .writeFailed),
    ("ota validation failed", .validationFailed),
    ("set boot partition failed", .setBootFailed),
  ]
}
