import NodeHTTP
import Reporting

/// The result of a deployment for programs; `esptriage schema deploy` describes it.
struct DeployJSON {
  static let schema = "esptriage.deployment/1"

  let outcome: Deployment.Outcome
  let file: DeployImageFile
  let statePath: String
  let layout: JSONWriter.Layout
  let readers: Privacy

  var text: String {
    let record = outcome.record
    var json = JSONWriter(layout: layout, privacy: readers)
    json.object { json in
      json.member("schema", unmasked: Self.schema)
      json.key("image")
      json.object { json in
        json.member("path", file.image.path)
        json.member("sha256", unmasked: "\(file.image.fileDigest)")
        json.member("bytes", file.image.fileLength)
        json.member("chip", unmasked: file.image.chip?.rawValue)
        json.member("project", file.descriptor.project)
        json.member("version", file.descriptor.version)
        json.member("date", file.descriptor.date)
        json.member("time", file.descriptor.time)
        json.member("idf", file.descriptor.idf)
        json.member("elf_sha256", unmasked: file.descriptor.elfDigest?.description)
      }
      json.member("condition", unmasked: record.condition.rawValue)
      json.member("reason", record.reason)
      json.member("interrupted", outcome.wasInterrupted)
      json.member("confirmed", record.isConfirmed)
      json.member("stage", record.stage + 1)
      json.member("stages", record.stages.percents.count)
      json.member("state", statePath)
      json.key("nodes")
      json.array(record.nodes.indices) { json, index in
        json.object { json in
          let node = record.nodes[index]
          json.members(of: node, called: DeployNaming(readers).host(of: node, index))
          json.members(of: outcome.evidence[index])
        }
      }
    }
    return json.text
  }
}

extension JSONWriter {
  /// What was seen of a node in this run.
  fileprivate mutating func members(of seen: NodeEvidence?) {
    guard let seen else { return }
    if let upload = seen.upload {
      key("upload")
      object { json in
        json.member("delivery", unmasked: Self.words(upload.delivery))
        json.member("took_ms", upload.took.wholeMilliseconds)
        json.member("bytes", Int(clamping: upload.progress.total))
        json.member("sent", Int(clamping: upload.progress.sent))
        json.member("acknowledged", Int(clamping: upload.progress.acknowledged))
        if case .answered(let status, let body) = upload.outcome {
          json.member("status", status)
          json.member("body", body)
        }
        json.member("errno", upload.socketError.map { Int($0.code) })
      }
    }
    key("reads")
    array(seen.reads) { json, read in
      json.object { json in
        json.member("at_ms", read.at.wholeMilliseconds)
        json.member("took_ms", read.took.wholeMilliseconds)
        json.member("outcome", unmasked: Self.words(read.outcome))
        json.member("status", read.status)
        json.member("errno", read.socketError.map { Int($0.code) })
      }
    }
  }

  private static func words(_ delivery: Upload.Delivery) -> String {
    switch delivery {
    case .delivered: "delivered"
    case .refused: "refused"
    case .interrupted: "interrupted"
    case .notStarted: "not_started"
    case .uncertain: "uncertain"
    }
  }

  private static func words(_ outcome: StatusOutcome) -> String {
    switch outcome {
    case .answer: "answer"
    case .noEndpoint: "no_endpoint"
    case .otherStatus: "other_status"
    case .notJSON: "not_json"
    case .otherFirmware: "other_firmware"
    case .failure(let failure): words(failure)
    }
  }

  private static func words(_ failure: ExchangeFailure) -> String {
    switch failure {
    case .nameUnknown: "name_unknown"
    case .refused: "refused"
    case .unreachable: "unreachable"
    case .timedOut: "timed_out"
    case .reset: "reset"
    case .closed: "closed"
    case .notHTTP: "not_http"
    case .tooLong: "too_long"
    case .local: "local"
    case .cancelled: "cancelled"
    }
  }
}
