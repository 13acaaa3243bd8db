// E (112000) ota: no data for 45 s, giving up
// E (12001) ota: receive error after 401408 bytes, esp_ota_abort
// E (64011) ota: image too large (2500000 > 1966080)
//
// Wordings of applications, and of the agents of Eclipse hawkBit and Golioth, that tell of trouble on the levels of
// warnings and errors, and of settings and counts on the others.

import LineReading

extension UpdateSentences {
  /// What an updater says when it waits no longer. The same words tell of servers that were only asked: while no update
  /// is open they mean nothing.
  static let haltedTransfers: [Sentence] =
    [
      "No data for ", "no data for ", "No data received for ", "no data received for ",
      "Receive timed out", "receive timed out", "Receive timeout", "receive timeout",
      "Download timed out", "download timed out", "Download timeout", "download timeout",
      "Transfer timed out", "transfer timed out", "Transfer timeout", "transfer timeout",
      "Timed out ", "timed out ", "Timeout", "timeout", "Download stalled", "download stalled",
      "Transfer stalled", "transfer stalled", "Connection closed before ",
      "connection closed before ", "Connection lost", "connection lost",
    ].map {
      Sentence($0, .taggedMessage, unless: isNoHalt, means: Means.line(.gaveUp))
    }

  /// The same in words that may be about anything else: what is given up stands behind them.
  static let givingUp: [Sentence] = ["Giving up", "giving up"].map {
    Sentence($0, .taggedMessage, unless: isOfSomethingElse, means: Means.line(.gaveUp))
  }

  /// What ESP-IDF's example of an HTTP client says of a request that failed. While no update is open it means nothing.
  static let brokenRequests: [Sentence] =
    [
      "HTTP client fetch headers failed", "Failed to fetch headers", "HTTP GET request failed",
      "Error perform http request", "Failed to read response",
    ].map {
      Sentence(
        $0, .taggedMessage,
        means: Means.line(.brokeOff(UpdateFailure(stage: .download))))
    }

  /// What else nothing but an update's failure is told with.
  static let trouble: [Sentence] =
    [
      Sentence("receive error after ", then: "%d bytes", .taggedMessage, means: failedTransfer),
      Sentence("Receive error after ", then: "%d bytes", .taggedMessage, means: failedTransfer),
      Sentence("HTTP status ", then: "%d%s", .taggedMessage, means: abortedForStatus),
      Sentence("upload from ", then: "%* rejected: bad token", .taggedMessage, means: unauthorized),
      Sentence("Upload from ", then: "%* rejected: bad token", .taggedMessage, means: unauthorized),
      Sentence("401 unauthorized", .taggedMessage, ending: .whole, means: refusedSender),
      Sentence("401 Unauthorized", .taggedMessage, ending: .whole, means: refusedSender),
      Sentence(
        "no update partition", .taggedMessage, ending: .whole, means: Means.failure(.noPartition)),
      Sentence(
        "No update partition", .taggedMessage, ending: .whole, means: Means.failure(.noPartition)),
      Sentence(
        "signature check failed", .taggedMessage, ending: .clause, unless: Means.tellsNoFailure,
        means: Means.failure(.validation)),
      Sentence("image too large (", then: "%d > %d", .taggedMessage, means: Means.failure(.size)),
      Sentence("Image too large (", then: "%d > %d", .taggedMessage, means: Means.failure(.size)),
    ]
    + (["sha256 mismatch", "SHA256 mismatch", "SHA-256 mismatch"] as [StaticString]).map {
      Sentence(
        $0, .taggedMessage, ending: .clause, unless: Means.tellsNoFailure,
        means: Means.failure(.validation))
    }

  /// Who refused whom the number does not tell: the node its sender, or a server the node.
  private static let refusedSender: Sentence.Meaning = { _ in
    var failure = UpdateFailure(stage: .authorization)
    failure.isAtLarge = true
    return [.update(.failed(failure))]
  }

  private static let unauthorized = Means.failure(.authorization)

  private static let failedTransfer: Sentence.Meaning = { match in
    [.update(.failed(UpdateFailure(stage: .download, atByte: match.numbers.first)))]
  }

  /// The server answered with a status instead of the image, and the updater stopped at that.
  private static let abortedForStatus: Sentence.Meaning = { match in
    guard let status = match.numbers.first, (400...599).contains(status),
      match.texts.first?.lowercased().contains("abort") == true
    else { return [] }
    return refusedByServer(match)
  }

  /// Whether words of a halt go on with another attempt, or speak of a setting or a count.
  private static let isNoHalt: Sentence.Refusal = { behind in
    let words = behind.slice(from: 0, to: longestRest).string.lowercased()
    if let first = words.first(where: { $0 != " " }), first == ":" { return true }
    return otherwise.contains { words.contains($0) } || Means.words(of: words).contains("0")
  }

  private static let otherwise = [
    "=", "set to", "times", "count", "total", "so far", "configured", "default", "limit", "retry",
    "retri", "again", "once more", "trying", "attempt", "resum", "reconnect", "next", "wait",
    "continu",
  ]

  private static let isOfSomethingElse: Sentence.Refusal = { behind in
    let words = Means.words(of: behind.slice(from: 0, to: longestRest).string.lowercased())
    return words.first.map { !ofUpdates.contains(String($0)) } ?? false
  }

  /// The words behind `giving up` that leave it the update's.
  private static let ofUpdates = [
    "after", "waiting", "download", "downloading", "receiving", "transfer", "update", "upgrade",
    "ota",
  ]

  /// More than anybody says behind these words, in bytes.
  private static let longestRest = 160
}
