/// Something that was seen of a node over HTTP.
public enum NodeEvent: Hashable, Sendable {
  /// `GET /ota/status`
  case read(NodeRead)
  /// `POST /ota`
  case upload(NodeUpload)
}

/// One status read.
public struct NodeRead: Hashable, Sendable {
  /// What came.
  public enum Result: String, CaseIterable, Hashable, Sendable {
    /// The firmware's own answer.
    case answer
    /// Connections to the port are refused.
    case refused
    /// No way to the address.
    case unreachable
    /// The name is unknown.
    case nameUnknown = "name_unknown"
    /// Silence.
    case timeout
    /// The connection broke before the answer was whole.
    case broken
    /// 404 or its like.
    case noEndpoint = "no_endpoint"
    /// 401, 403 or 407: the status is not for everybody.
    case loginWanted = "login_wanted"
    /// 408, 429 or 5xx: there is a server, and it does not tell its status now.
    case busy
    /// Another status than 200.
    case otherStatus = "other_status"
    /// 200 without JSON.
    case notJSON = "not_json"
    /// The beginning of the firmware's own answer, without its end.
    case cutJSON = "cut_json"
    /// JSON of something else.
    case otherFirmware = "other_firmware"
    /// No HTTP at all.
    case notHTTP = "not_http"
    /// HTTP, and larger than any answer of this firmware.
    case tooLong = "too_long"
    /// This machine could not ask.
    case notAsked = "not_asked"

    /// Whether nothing answered.
    public var isSilence: Bool {
      switch self {
      case .refused, .unreachable, .nameUnknown, .timeout, .broken: true
      case .answer, .noEndpoint, .loginWanted, .busy, .otherStatus, .notJSON, .cutJSON,
        .otherFirmware, .notHTTP, .tooLong, .notAsked:
        false
      }
    }

    /// Whether something answered that is not this firmware.
    public var isOtherService: Bool {
      switch self {
      case .noEndpoint, .loginWanted, .otherStatus, .notJSON, .otherFirmware, .notHTTP, .tooLong:
        true
      case .answer, .refused, .unreachable, .nameUnknown, .timeout, .broken, .busy, .cutJSON,
        .notAsked:
        false
      }
    }
  }

  /// When it began, seconds since the first look.
  public var seconds: Double
  /// How long it took, seconds.
  public var tookSeconds: Double = 0
  /// What came.
  public var result: Result
  /// The answer's status.
  public var httpStatus: Int?
  /// The slot that runs.
  public var running: String?
  /// The other slot.
  public var next: String?
  /// The application's version.
  public var version: String?
  /// The build's date and time.
  public var build: String?
  /// The largest image that is taken.
  public var maxSize: Int?
  /// The answer's body, where it is not the firmware's own.
  public var body: String?
  /// The socket's `errno`.
  public var socketError: Int?
  /// How far the exchange came: `connecting`, `sending`, `awaiting`, `receiving`.
  public var phase: String?

  /// Whether somebody took the connection and then brought no answer: host and port are up.
  public var isAcceptedInSilence: Bool {
    guard result == .timeout || result == .broken else { return false }
    return ["sending", "awaiting", "receiving"].contains(phase)
  }

  /// A read of which only the result is known; the rest is set afterwards.
  public init(seconds: Double, result: Result) {
    self.seconds = seconds
    self.result = result
  }
}

/// One upload.
public struct NodeUpload: Hashable, Sendable {
  /// What the upload by itself says.
  public enum Result: String, CaseIterable, Hashable, Sendable {
    /// The node has every byte.
    case delivered
    /// Every byte was sent, not every one acknowledged.
    case uncertain
    /// The node answered that it will not have it.
    case refused
    /// The connection ended inside the body.
    case interrupted
    /// Nothing was sent.
    case notStarted = "not_started"
  }

  /// Why a node refused.
  public enum Refusal: String, CaseIterable, Hashable, Sendable {
    case notAuthorised = "not_authorised"
    case invalidSize = "invalid_size"
    case noPartition = "no_partition"
    case begin, write
    case receive, validation
    case setBoot = "set_boot"
    case noEndpoint = "no_endpoint"
    case other
  }

  /// When it began, seconds since the first look.
  public var seconds: Double
  /// How long it took, seconds.
  public var tookSeconds: Double = 0
  /// What it says.
  public var result: Result
  /// Why it was refused.
  public var refusal: Refusal?
  /// Bytes of the image.
  public var bytes: Int
  /// Bytes handed to the network.
  public var sent: Int
  /// Bytes that the node acknowledged.
  public var acknowledged: Int
  /// The answer's status.
  public var httpStatus: Int?
  /// The answer's body.
  public var body: String?
  /// How it ended without an answer: `reset`, `closed`, `timeout`, …
  public var failure: String?
  /// How far it came: `connecting`, `sending`, `awaiting`, `receiving`.
  public var phase: String?
  /// The socket's `errno`.
  public var socketError: Int?
  /// Whether a key went along; nil where that is not known.
  public var keySent: Bool?

  /// An upload of which only the outlines are known; the rest is set afterwards.
  public init(seconds: Double, result: Result, bytes: Int, sent: Int, acknowledged: Int) {
    self.seconds = seconds
    self.result = result
    self.bytes = bytes
    self.sent = sent
    self.acknowledged = acknowledged
  }
}
