import DeviceEvents

// The form in which a saved history is kept: `node.json` of a sample.

extension NodeHistory: Decodable {
  private enum Key: String, CodingKey {
    case host, image, before, upload, reads
    case hasLog = "has_log"
  }

  /// Reads `before`, `upload` and `reads`, each of which may be missing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    let before = try values.decodeIfPresent([NodeRead].self, forKey: .before) ?? []
    let upload = try values.decodeIfPresent(NodeUpload.self, forKey: .upload)
    let reads = try values.decodeIfPresent([NodeRead].self, forKey: .reads) ?? []
    self.init(
      host: try values.decode(String.self, forKey: .host),
      events: before.map(NodeEvent.read) + (upload.map { [.upload($0)] } ?? [])
        + reads.map(NodeEvent.read),
      image: try values.decodeIfPresent(SentImage.self, forKey: .image),
      hasLog: try values.decodeIfPresent(Bool.self, forKey: .hasLog) ?? false)
  }
}

extension NodeRead.Result: Decodable {}
extension NodeUpload.Result: Decodable {}
extension NodeUpload.Refusal: Decodable {}

extension NodeRead: Decodable {
  private enum Key: String, CodingKey {
    case seconds, result, running, next, version, build, body, phase
    case tookSeconds = "took_seconds"
    case httpStatus = "http_status"
    case maxSize = "max_size"
    case socketError = "socket_error"
  }

  /// All but `seconds` and `result` may be missing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      seconds: try values.decode(Double.self, forKey: .seconds),
      result: try values.decode(Result.self, forKey: .result))
    tookSeconds = try values.decodeIfPresent(Double.self, forKey: .tookSeconds) ?? 0
    httpStatus = try values.decodeIfPresent(Int.self, forKey: .httpStatus)
    running = try values.decodeIfPresent(String.self, forKey: .running)
    next = try values.decodeIfPresent(String.self, forKey: .next)
    version = try values.decodeIfPresent(String.self, forKey: .version)
    build = try values.decodeIfPresent(String.self, forKey: .build)
    maxSize = try values.decodeIfPresent(Int.self, forKey: .maxSize)
    body = try values.decodeIfPresent(String.self, forKey: .body)
    socketError = try values.decodeIfPresent(Int.self, forKey: .socketError)
    phase = try values.decodeIfPresent(String.self, forKey: .phase)
  }
}

extension NodeUpload: Decodable {
  private enum Key: String, CodingKey {
    case seconds, result, refusal, bytes, sent, acknowledged, body, failure, phase
    case tookSeconds = "took_seconds"
    case httpStatus = "http_status"
    case socketError = "socket_error"
    case keySent = "key_sent"
  }

  /// All but the outlines may be missing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      seconds: try values.decode(Double.self, forKey: .seconds),
      result: try values.decode(Result.self, forKey: .result),
      bytes: try values.decode(Int.self, forKey: .bytes),
      sent: try values.decode(Int.self, forKey: .sent),
      acknowledged: try values.decode(Int.self, forKey: .acknowledged))
    tookSeconds = try values.decodeIfPresent(Double.self, forKey: .tookSeconds) ?? 0
    refusal = try values.decodeIfPresent(Refusal.self, forKey: .refusal)
    httpStatus = try values.decodeIfPresent(Int.self, forKey: .httpStatus)
    body = try values.decodeIfPresent(String.self, forKey: .body)
    failure = try values.decodeIfPresent(String.self, forKey: .failure)
    keySent = try values.decodeIfPresent(Bool.self, forKey: .keySent)
    phase = try values.decodeIfPresent(String.self, forKey: .phase)
    socketError = try values.decodeIfPresent(Int.self, forKey: .socketError)
  }
}
