import Analysis
import BootTimeline
import DeviceEvents
import NodeHTTP
import SerialInput

/// Any body is a status or is not one; either becomes a report that can be shown.
func readAnswer(_ input: [UInt8]) {
  let (choice, body) = split(input)
  let text = String(decoding: body, as: UTF8.self)
  let statuses = [200, 400, 401, 403, 404, 500, 302, 999]
  let status = statuses[choice % statuses.count]
  _ = RefusalReason(status: status, body: text)
  let outcome: StatusOutcome
  switch NodeStatus.read(body) {
  case .status(let answer): outcome = .answer(answer)
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

/// What a server of serial ports says never makes us say more than it asked for.
func readPortTalk(_ input: [UInt8]) {
  let (choice, talk) = split(input)
  var session = ComPortSession()
  session.sent(session.outgoing.count)
  var data: [UInt8] = []
  talk.withUnsafeBytes { bytes in
    for start in stride(from: 0, to: bytes.count, by: choice + 1) {
      let end = min(start + choice + 1, bytes.count)
      _ = session.receive(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), data: &data)
    }
  }
  if data.count > talk.count { broken("data that nobody sent") }
  if session.outgoing.count > talk.count + 3 { broken("an answer longer than the question") }
  _ = RecordedTimes(text: String(decoding: talk, as: UTF8.self))
  do throws(RemotePortError) {
    _ = try NetworkAddress(url: "rfc2217://" + String(decoding: talk, as: UTF8.self))
  } catch {
    if error.description.isEmpty { broken("a refusal without a reason") }
  }
}
