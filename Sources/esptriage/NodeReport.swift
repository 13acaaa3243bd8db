import DeviceEvents
import NodeHTTP
import Reporting

/// What a node said, for people and for scripts.
struct NodeReport: Sendable {
  let host: NodeAddress
  /// The first look.
  let read: NodeRead
  /// What was called; nil where the status alone was asked.
  var call: String?
  /// What was asked of it, in words.
  var asked: String?
  /// How the call was answered.
  private(set) var httpStatus: Int?
  private(set) var body: String?
  private(set) var failure: String?
  /// The node went away where an answer was due, as it does when it restarts.
  private(set) var wentAway = false
  /// Whether a look after the call met silence: only that shows a restart.
  var wasSilentBetween = false
  /// The last look after the restart.
  var after: NodeRead?

  init(host: NodeAddress, read: NodeRead, call: String? = nil) {
    self.host = host
    self.read = read
    self.call = call
  }

  /// Keeps how the call was answered.
  mutating func take(_ call: OperatorCall) {
    switch call.outcome {
    case .answered(let status, let text):
      httpStatus = status
      body = text.isEmpty ? nil : String(text.prefix(300))
    case .failure(let reason):
      failure = "\(reason)"
      switch reason {
      case .reset(.awaiting), .closed(.awaiting), .reset(.receiving), .closed(.receiving):
        wentAway = true
      case .nameUnknown, .refused, .unreachable, .timedOut, .reset, .closed, .notHTTP, .tooLong,
        .local, .cancelled:
        break
      }
    }
  }

  /// Whether the node may have done what it was asked.
  var isAccepted: Bool { httpStatus == 200 || wentAway }

  func write(as format: ReportFormat, for readers: Privacy) throws {
    var output = StandardOutput()
    try output.write(format == .json ? json(for: readers) : readers.shown(text))
    try output.flush()
  }

  // MARK: - For people

  private var text: String {
    guard read.result == .answer else { return line(Self.advice(on: read)) }
    guard let call else { return statusText }
    guard isAccepted else { return line(refusal(of: call)) }
    var lines = line("\(call): \(asked ?? "done"), accepted; it should restart now.")
    if wentAway { lines += line("It went away without an answer, as a node does that restarts.") }
    let (seconds, slot) = (Int(after?.seconds ?? 0), after?.running ?? "?")
    switch (after?.result, wentAway || wasSilentBetween) {
    case (nil, _):
      lines += line("Stopped before it was looked at again: 'esptriage node status \(host)'.")
    case (.answer, true):
      lines += line("It was away, answers again after \(seconds) s, and runs \(slot).")
    case (.answer, false):
      lines += line(
        "It answers after \(seconds) s, and runs \(slot). It answered each time it was asked, so "
          + "HTTP cannot tell whether it restarted.")
    default:
      lines += line(
        "It is NOT back. Plug a USB cable in and run 'esptriage watch', or look again with "
          + "'esptriage probe \(host)'.")
    }
    return lines
  }

  private var statusText: String {
    let size = read.maxSize.map { "\($0) bytes" }
    let rows: [(String, String?)] = [
      ("running", read.running), ("next", read.next), ("version", read.version),
      ("built", read.build), ("takes up to", size),
    ]
    return line("\(host)")
      + rows.compactMap { name, value in
        value.map { HostileText.shown("  \(name.padded(to: 12))\($0)") + "\n" }
      }.joined()
  }

  private func refusal(of call: String) -> String {
    let said = body.map { " (\($0))" } ?? ""
    guard let httpStatus else {
      return "\(call) brought no answer: \(failure ?? "unknown"). Read the status again to see "
        + "whether the node restarted."
    }
    switch httpStatus {
    case 401, 403:
      return "\(call) was refused with \(httpStatus)\(said). Either the node has a key (NVS "
        + "security/ota_psk) and the one sent is missing or another: set OTA_PSK or give "
        + "--token-file. Or it is newer firmware without a key, which refuses everybody until one "
        + "is provisioned over USB."
    case 400:
      return "\(call) was refused with 400\(said): the node does not take this target."
    case 404, 405:
      return "\(call): the node's firmware has no such endpoint (\(httpStatus)). Update it first."
    case 500:
      return "\(call) failed on the node with 500\(said): its NVS cannot be written. Read its UART "
        + "with 'esptriage watch'; a full or damaged NVS has to be erased over USB."
    default:
      return "\(call) was answered with \(httpStatus)\(said), which this firmware never says."
    }
  }

  private static func advice(on read: NodeRead) -> String {
    switch read.result {
    case .answer: "It answered."
    case .refused:
      "The connection was refused: nothing listens on this port. Check address and port; "
        + "'ip neigh' shows whose address it is."
    case .unreachable:
      "There is no way to this address. Is this machine in the node's network ('ip -brief address')?"
    case .nameUnknown:
      "Nobody knows this name. Use the node's IP address; 'ip neigh' lists the neighbours."
    case .timeout where read.isAcceptedInSilence, .broken where read.isAcceptedInSilence:
      "It accepted the connection and gave no answer: host and port are up, and the server is slow, "
        + "stuck or another one. Try again with a longer --timeout."
    case .busy:
      "It answered with \(read.httpStatus ?? 0): a server is there, and does not tell its status now. "
        + "Try again in a minute."
    case .loginWanted:
      "It wants a login for its status (\(read.httpStatus ?? 0)), which this firmware never does: a proxy, "
        + "or another firmware."
    case .cutJSON:
      "Its answer begins as this firmware's does and is cut short. Try again; a weak link or an "
        + "image whose buffer is too small does that."
    case .timeout, .broken:
      "No answer. The node is off, restarting, or has another address by now ('ip neigh')."
    case .noEndpoint, .otherStatus, .notJSON, .otherFirmware, .notHTTP, .tooLong:
      "Something answers there, but it is not this firmware"
        + (read.httpStatus.map { " (\($0))" } ?? "")
        + ". The firmware answers GET /ota/status on port 8032 with JSON."
    case .notAsked: "It could not be asked."
    }
  }

  private func line(_ text: String) -> String {
    let name = call == nil && read.result == .answer ? "" : "\(host): "
    return HostileText.shown(name + text) + "\n"
  }

  // MARK: - For scripts

  private func json(for readers: Privacy) -> String {
    var json = JSONWriter(layout: .line, privacy: readers)
    json.object { json in
      json.member("host", host.description)
      Self.write(read, to: &json)
      if let call {
        json.member("call") { json in
          json.member("name", unmasked: call)
          json.member("accepted", isAccepted)
          json.member("http_status", httpStatus)
          json.member("body", body)
          json.member("failure", failure)
        }
        json.member("back", after?.result == .answer)
        json.member("restart_seen", wentAway || wasSilentBetween)
        if let after { json.member("after") { Self.write(after, to: &$0) } }
      }
    }
    return json.text + "\n"
  }

  private static func write(_ read: NodeRead, to json: inout JSONWriter) {
    json.member("result", unmasked: read.result.rawValue)
    json.member("http_status", read.httpStatus)
    json.member("running_partition", read.running)
    json.member("next_partition", read.next)
    json.member("version", read.version)
    json.member("build_time", read.build)
    json.member("max_size", read.maxSize)
    json.member("body", read.body)
    json.member("socket_error", read.socketError)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }
}
