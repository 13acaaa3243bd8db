import BootTimeline
import DeviceEvents

// What was seen over HTTP as the JSON contract writes it.

extension JSONWriter {
  /// `node`, `image`, `upload` and `reads`; nothing where nobody looked.
  mutating func history(_ node: NodeHistory?) {
    guard let node else { return }
    member("node") { json in
      json.member("host", node.host)
      json.member("course", unmasked: node.course.rawValue)
      json.member("changes", node.changes)
      json.member("log", node.hasLog)
    }
    if let image = node.image {
      member("image") { json in
        json.member("bytes", image.bytes)
        json.member("build_time", image.build)
        json.member("version", image.version)
        json.member("chip", image.chip)
        json.member("project", image.project)
      }
    }
    if let upload = node.upload { member("upload") { $0.upload(upload) } }
    member("reads", each: node.reads) { json, read in json.object { $0.read(read) } }
  }

  private mutating func upload(_ upload: NodeUpload) {
    member("milliseconds", Self.milliseconds(upload.seconds))
    member("took_milliseconds", Self.milliseconds(upload.tookSeconds))
    member("result", unmasked: upload.result.rawValue)
    member("refusal", unmasked: upload.refusal?.rawValue)
    member("bytes", upload.bytes)
    member("sent", upload.sent)
    member("acknowledged", upload.acknowledged)
    member("http_status", upload.httpStatus)
    member("body", upload.body)
    member("failure", unmasked: upload.failure)
    member("phase", unmasked: upload.phase)
    member("socket_error", upload.socketError)
    if let keySent = upload.keySent { member("key_sent", keySent) }
  }

  private mutating func read(_ read: NodeRead) {
    member("milliseconds", Self.milliseconds(read.seconds))
    member("took_milliseconds", Self.milliseconds(read.tookSeconds))
    member("result", unmasked: read.result.rawValue)
    member("http_status", read.httpStatus)
    member("running_partition", read.running)
    member("next_partition", read.next)
    member("version", read.version)
    member("build_time", read.build)
    member("max_size", read.maxSize)
    member("body", read.body)
    member("phase", unmasked: read.phase)
    member("socket_error", read.socketError)
  }

  /// Whole, from 0; a clock that makes no sense is 0.
  private static func milliseconds(_ seconds: Double) -> Int {
    guard seconds.isFinite, seconds > 0, seconds < 1e12 else { return 0 }
    return Int((seconds * 1000).rounded())
  }
}
