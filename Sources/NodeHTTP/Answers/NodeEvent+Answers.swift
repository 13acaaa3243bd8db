import DeviceEvents

// Answers as the events that a diagnosis is made of.

extension NodeRead {
  /// A read as evidence; `zero` is the time of the first look.
  public init(_ read: StatusRead, since zero: Duration) {
    self.init(seconds: (read.at - zero).seconds, result: .init(read.outcome, body: read.body))
    tookSeconds = read.took.seconds
    socketError = read.socketError.map { Int($0.code) }
    switch read.outcome {
    case .answer(let status):
      httpStatus = 200
      running = status.runningPartition
      next = status.nextPartition
      version = status.version
      build = status.build?.description
      maxSize = status.maxSize
    case .noEndpoint(let status), .otherStatus(let status):
      httpStatus = status
      body = Self.excerpt(read.body)
    case .notJSON, .otherFirmware:
      httpStatus = 200
      body = Self.excerpt(read.body)
    case .failure(let failure):
      phase = failure.phase?.rawValue
      body = Self.excerpt(read.body)
    }
  }

  /// Enough of a page to tell what it is.
  private static func excerpt(_ body: String) -> String? {
    body.isEmpty ? nil : String(body.prefix(300))
  }
}

extension NodeRead.Result {
  init(_ outcome: StatusOutcome, body: String) {
    switch outcome {
    case .answer: self = .answer
    case .noEndpoint: self = .noEndpoint
    case .otherStatus(401), .otherStatus(403), .otherStatus(407): self = .loginWanted
    case .otherStatus(408), .otherStatus(429), .otherStatus(500...599): self = .busy
    case .otherStatus: self = .otherStatus
    case .notJSON: self = NodeStatus.isBeginning(of: body) ? .cutJSON : .notJSON
    case .otherFirmware: self = .otherFirmware
    case .failure(let failure):
      switch failure {
      case .nameUnknown: self = .nameUnknown
      case .refused: self = .refused
      case .unreachable: self = .unreachable
      case .timedOut: self = .timeout
      case .reset, .closed: self = .broken
      case .notHTTP: self = .notHTTP
      case .tooLong: self = .tooLong
      case .local, .cancelled: self = .notAsked
      }
    }
  }
}

extension NodeUpload {
  /// An upload as evidence; `zero` is the time of the first look.
  public init(_ upload: Upload, since zero: Duration) {
    self.init(
      seconds: (upload.at - zero).seconds, result: .delivered,
      bytes: Int(upload.progress.total), sent: Int(upload.progress.sent),
      acknowledged: Int(upload.progress.acknowledged))
    tookSeconds = upload.took.seconds
    socketError = upload.socketError.map { Int($0.code) }
    switch upload.delivery {
    case .delivered: result = .delivered
    case .uncertain: result = .uncertain
    case .interrupted: result = .interrupted
    case .notStarted: result = .notStarted
    case .refused(let reason):
      result = .refused
      refusal = Refusal(reason)
    }
    switch upload.outcome {
    case .answered(let status, let text):
      httpStatus = status
      body = text.isEmpty ? nil : String(text.prefix(300))
    case .imageUnreadable: failure = "image_unreadable"
    case .failure(let ending):
      failure = ending.name
      phase = ending.phase?.rawValue
    }
  }
}

extension NodeUpload.Refusal {
  init(_ reason: RefusalReason) {
    switch reason {
    case .notAuthorised: self = .notAuthorised
    case .invalidSize: self = .invalidSize
    case .noPartition: self = .noPartition
    case .beginFailed: self = .begin
    case .receiveError: self = .receive
    case .writeFailed: self = .write
    case .validationFailed: self = .validation
    case .setBootFailed: self = .setBoot
    case .noEndpoint: self = .noEndpoint
    case .other: self = .other
    }
  }
}

extension ExchangeFailure {
  /// The kind in one word.
  var name: String {
    switch self {
    case .nameUnknown: "name_unknown"
    case .refused: "refused"
    case .unreachable: "unreachable"
    case .timedOut: "timeout"
    case .reset: "reset"
    case .closed: "closed"
    case .notHTTP: "not_http"
    case .tooLong: "too_long"
    case .local: "local"
    case .cancelled: "cancelled"
    }
  }
}

extension Duration {
  /// As a number.
  public var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
