import BootTimeline
import DeviceEvents

extension TextPage {
  /// One row for each thing that was seen over HTTP.
  mutating func node(of timeline: Timeline) {
    guard let node = timeline.node, !node.events.isEmpty else { return }
    section("Over HTTP")
    for (event, gap) in Excerpt.of(node.events, first: 6, last: 12) {
      if let gap { line(Span(own: "  … \(Quantity.counted(gap, "more read")) …", .faint)) }
      switch event {
      case .read(let read): row(at: read.seconds, "GET status", of: read)
      case .upload(let upload): row(at: upload.seconds, "POST image", of: upload)
      }
    }
  }

  private mutating func row(at seconds: Double, _ request: String, of read: NodeRead) {
    let start = Self.start(seconds, request)
    guard read.result == .answer else {
      let body = (read.body ?? "").isEmpty ? "" : ": " + (read.body ?? "")
      paragraph(
        Span(Self.words(of: read) + body, .severity(.warning)), indent: 15, first: start)
      return
    }
    line(
      start + [
        Span(TextWidth.padded(HostileText.shown(read.running ?? "?"), to: 8), .strong),
        Span([read.version, read.build].compactMap(\.self).joined(separator: "  ")),
        Span(read.next.map { "  next \($0)" } ?? "", .faint),
      ])
  }

  private mutating func row(at seconds: Double, _ request: String, of upload: NodeUpload) {
    let amount =
      "\(Quantity.grouped(upload.acknowledged)) of \(Quantity.grouped(upload.bytes)) bytes acknowledged"
    var told = [Span(own: amount + " in \(Self.tenths(upload.tookSeconds)) s")]
    if let status = upload.httpStatus {
      told.append(Span(own: "  \(status)", .strong))
    }
    line(Self.start(seconds, request) + told)
    if upload.httpStatus == nil, let failure = upload.failure {
      let phase = upload.phase.map { Self.words(phase: $0) } ?? ""
      paragraph(Span(failure + phase, .severity(.warning)), indent: 15)
    }
    // What the node answered is what a reader looks for: all of it.
    if upload.httpStatus != nil, let body = upload.body {
      paragraph(Span(body, .faint), indent: 15)
    }
  }

  private static func start(_ seconds: Double, _ request: String) -> [Span] {
    [
      Span(own: "  " + TextWidth.aligned(tenths(seconds), to: 7) + " s  ", .faint),
      Span(own: request + "  "),
    ]
  }

  private static func tenths(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds > 0, seconds < 1e12 else { return "0.0" }
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func words(of read: NodeRead) -> String {
    let status = read.httpStatus.map { "\($0), " } ?? ""
    let phase = read.phase.map { words(phase: $0) } ?? ""
    switch read.result {
    case .answer: return "answered"
    case .refused: return "the connection was refused"
    case .unreachable: return "no way to the address"
    case .nameUnknown: return "the name is unknown"
    case .timeout: return "no answer" + phase
    case .broken: return "the connection broke" + phase
    case .noEndpoint: return status + "no such endpoint"
    case .loginWanted: return status + "a login is wanted"
    case .busy: return status + "no status now"
    case .cutJSON: return status + "the answer is cut short"
    case .otherStatus: return status + "not the answer of this firmware"
    case .notJSON: return status + "no JSON"
    case .otherFirmware: return status + "JSON of another firmware"
    case .notHTTP: return "no HTTP"
    case .tooLong: return "an answer larger than any of this firmware"
    case .notAsked: return "not asked"
    }
  }

  private static func words(phase: String) -> String {
    switch phase {
    case "resolving": " while looking up the name"
    case "connecting": " while connecting"
    case "sending": " in the middle of the request"
    case "awaiting": " before an answer came"
    case "receiving": " in the middle of the answer"
    default: ""
    }
  }
}
