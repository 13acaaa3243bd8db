import DeviceEvents
import Testing

@testable import NodeHTTP

@Suite("What an answer proves")
struct AnswerReadingTests {
  private func upload(acknowledged: Int64) -> Upload {
    Upload(
      address: NodeAddress(host: "192.168.1.40"), at: .zero, took: .seconds(1),
      progress: UploadProgress(sent: 400_000, acknowledged: acknowledged, total: 400_000),
      outcome: .answered(status: 200, body: ""))
  }

  @Test("a 200 before the image was acknowledged is no delivery")
  func earlyAnswer() {
    #expect(upload(acknowledged: 98_304).delivery == .uncertain)
    #expect(upload(acknowledged: 400_000).delivery == .delivered)
    #expect(upload(acknowledged: 398_000).delivery == .delivered)
  }

  private func result(_ outcome: StatusOutcome, body: String = "") -> NodeRead.Result {
    let read = StatusRead(
      address: NodeAddress(host: "192.168.1.40"), at: .zero, took: .zero, outcome: outcome,
      body: body)
    return NodeRead(read, since: .zero).result
  }

  @Test("the firmware's own answer without its end is told from a page")
  func cut() {
    #expect(result(.notJSON, body: #"{"version":"0.6.4","date"..."#) == .cutJSON)
    #expect(result(.notJSON, body: #"{ "running_partition": "ota"#) == .cutJSON)
    #expect(result(.notJSON, body: #"{"state":"on","#) == .notJSON)
    #expect(result(.notJSON, body: "<html>") == .notJSON)
  }

  @Test("a server that cannot answer now, and one that wants a login, are not another firmware")
  func moments() {
    #expect(result(.otherStatus(503)) == .busy)
    #expect(result(.otherStatus(401)) == .loginWanted)
    #expect(result(.otherStatus(302)) == .otherStatus)
    #expect(result(.failure(.tooLong)) == .tooLong)
  }

  @Test("a connection without an answer is told from silence")
  func accepted() {
    let read = { (failure: ExchangeFailure) in
      NodeRead(
        StatusRead(
          address: NodeAddress(host: "192.168.1.40"), at: .zero, took: .zero,
          outcome: .failure(failure)), since: .zero)
    }
    #expect(read(.timedOut(.awaiting)).isAcceptedInSilence)
    #expect(read(.closed(.receiving)).isAcceptedInSilence)
    #expect(!read(.timedOut(.connecting)).isAcceptedInSilence)
    #expect(!read(.refused).isAcceptedInSilence)
  }

  @Test(
    "a status whose slot no partition table can hold is none",
    arguments: [
      #"{"running_partition":7}"#, #"{"running_partition":"ota\u001b[2J"}"#,
      #"{"running_partition":"a label of more than sixteen"}"#,
    ])
  func strangeSlot(_ text: String) {
    #expect(NodeStatus.read(Array(text.utf8)) == .otherJSON)
  }

  @Test(
    "half a character in an answer spoils nothing but itself",
    arguments: [
      (#"0.6\ud83d"#, "0.6\u{fffd}"), (#"0.6\ud83d-rc\n"#, "0.6\u{fffd}-rc\n"),
      (#"0.6\ud83d\u0041"#, "0.6\u{fffd}A"), (#"0.6\ude42"#, "0.6\u{fffd}"),
      (#"0.6\ud83d\ude42"#, "0.6\u{1f642}"),
    ])
  func halfACharacter(_ version: String, _ read: String) {
    let text = #"{"running_partition":"ota_0","version":"\#(version)"}"#
    #expect(
      NodeStatus.read(Array(text.utf8))
        == .status(NodeStatus(version: read, runningPartition: "ota_0")))
  }

  @Test("a size below one byte is no limit")
  func strangeSize() {
    let reading = NodeStatus.read(Array(#"{"running_partition":"ota_0","max_size":-1}"#.utf8))
    #expect(reading == .status(NodeStatus(runningPartition: "ota_0")))
  }

  @Test("targets that no machine can have are objected to")
  func objections() throws {
    for text in ["0.0.0.0:1", "127.0.0.1:5005", "224.0.0.1:5005", "255.255.255.255:1"] {
      #expect(try #require(AggregatorTarget(text)).objection != nil, "\(text)")
    }
    #expect(try #require(AggregatorTarget("192.168.1.20:5005")).objection == nil)
  }

  @Test("a plan goes on with another where it begins with its stages")
  func plans() throws {
    let (half, all) = (try #require(StagePlan("50%")), try #require(StagePlan("50%,100%")))
    #expect(all.continues(half))
    #expect(!half.continues(all))
    #expect(all.text == "50%,100%")
  }
}
