import Analysis
import BootTimeline
import DeviceEvents
import NodeHTTP
import SerialInput

/// Any body is a status or is not one; either becomes a report that can be shown.
func readAnswer(_ input: [UInt8]) {
  let (choice, body) = split(input)
  let text = String(decoding: body, as: UTF8.self)
  compareReaders(text)
  let statuses = [200, 400, 401, 403, 404, 500, 302, 999]
  let status = statuses[choice % statuses.count]
  _ = RefusalReason(status: status, body: text)
  let outcome: StatusOutcome
  switch NodeStatus.read(body) {
  case .status(let answer):
    outcome = .answer(answer)
    if case .status(answer) = NodeStatus.read(Array(json(of: answer).utf8)) {
    } else {
      broken("a status that reads as another one")
    }
  case .notJSON: outcome = .notJSON
  case .otherJSON: outcome = status == 200 ? .otherFirmware : .otherStatus(status)
  }
  let address = NodeAddress(host: "127.0.0.1")
  var history = NodeHistory(host: text)
  for second in 0..<3 {
    let read = StatusRead(
      address: address, at: .seconds(second * 5), took: .milliseconds(20), outcome: outcome,
      body: text)
    history.events.append(.read(NodeRead(read, since: .zero)))
  }
  var analysis = LogAnalysis(source: "127.0.0.1")
  analysis.node = history
  check(analysis.finish())
}

/// What is JSON to the letter is JSON to the reader of nodes' answers, and the same.
private func compareReaders(_ text: String) {
  let strict: StrictJSON.Value
  do throws(StrictJSON.Refusal) { strict = try StrictJSON.value(of: text) } catch { return }
  guard strict.depth <= 16 else { return }
  guard let lenient = JSONValue(Array(text.utf8)) else { broken("JSON that is refused") }
  if lenient != JSONValue(strict) { broken("JSON that reads as something else") }
}

extension JSONValue {
  fileprivate init(_ value: StrictJSON.Value) {
    switch value {
    case .null: self = .null
    case .truth(let truth): self = .truth(truth)
    case .number(let spelling): self = .number(spelling)
    case .text(let text): self = .text(text)
    case .list(let values): self = .list(values.map(JSONValue.init))
    case .object(let members):
      self = .object(
        Dictionary(uniqueKeysWithValues: members.map { ($0.name, JSONValue($0.value)) }))
    }
  }
}

extension StrictJSON.Value {
  /// How many values lie in one another.
  fileprivate var depth: Int {
    switch self {
    case .null, .truth, .number, .text: 1
    case .list(let values): 1 + (values.map(\.depth).max() ?? 0)
    case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
    }
  }
}

/// A status as a node would send it, every character of a text as its number.
private func json(of status: NodeStatus) -> String {
  func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + units.joined() + "\""
  }
  let members = [
    ("version", status.version), ("date", status.date), ("time", status.time),
    ("running_partition", status.runningPartition), ("next_partition", status.nextPartition),
  ]
  let texts = members.map { "\"\($0)\": \(quoted($1))" }.joined(separator: ", ")
  return "{\(texts), \"max_size\": \(status.maxSize.map(String.init) ?? "null")}"
}

/// What a server of serial ports says never makes us say more than it asked for; the cut of it never shows.
func readPortTalk(_ input: [UInt8]) {
  let (choice, talk) = split(input)
  let heard = Heard(talk, inPiecesOf: choice + 1)
  if heard != Heard(talk, inPiecesOf: talk.count + 1) { broken("the chunking shows in a talk") }
  if heard.data.count > talk.count { broken("data that nobody sent") }
  if heard.answer.count > talk.count + 3 { broken("an answer longer than the question") }
  let text = String(decoding: talk, as: UTF8.self)
  let times = RecordedTimes(text: text)
  if times.entries.count > text.utf8.count { broken("more times than lines") }
  readAddress("rfc2217://" + text)
}

/// What was heard in a talk, and what we say to it.
private struct Heard: Equatable {
  var data: [UInt8] = []
  var news: [ComPortSession.News] = []
  var answer: [UInt8] = []

  init(_ talk: [UInt8], inPiecesOf size: Int) {
    var session = ComPortSession()
    session.sent(session.outgoing.count)
    talk.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = bytes[start..<min(start + size, bytes.count)]
        news += session.receive(UnsafeRawBufferPointer(rebasing: piece), data: &data)
      }
    }
    answer = session.outgoing
  }
}

/// A URL is refused with a reason, or names a host and a port that can be written down again.
private func readAddress(_ url: String) {
  do throws(RemotePortError) {
    guard let address = try NetworkAddress(url: url) else { broken("rfc2217:// is no address") }
    let host = address.host.contains(":") ? "[\(address.host)]" : address.host
    let again = try NetworkAddress(url: "rfc2217://\(host):\(address.port)")
    if again?.host != address.host || again?.port != address.port {
      broken("an address that reads as another one")
    }
  } catch {
    if error.description.isEmpty { broken("a refusal without a reason") }
  }
}
