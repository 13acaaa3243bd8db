// 12:10:05.300 MQT: stat/tasmota_112233/RESULT = {"Upgrade":"Version 13.4.0 from http://…/tasmota32c3.bin"}
// 12:10:58.300 MQT: stat/tasmota_112233/UPGRADE = {"Upgrade":"Failed HTTP error: connection refused"}
// 12:10:58.300 MQT: stat/tasmota_112233/UPGRADE = {"Upgrade":"Successful. Restarting"}
// 00:00:00.086 Project tasmota - Tasmota Version 14.0.0(tasmota32)-3_0_0(2026-01-14T12:51:06)
//
// 07:40:05.300 UPL: File tasmota32.bin
// 07:40:05.625 UPL: Program flash size is larger than real flash size
// 07:40:35.620 UPL: Successful 2100224 bytes
//
// What Tasmota answers to its command Upgrade (tasmota/tasmota_support/support.ino); the reason is a text of
// HTTPUpdate's. Until version 5 the answer was no JSON. What runs it says at each start. The last three are those of an
// upload to its page (xdrv_01_9_webserver.ino, language/en_GB.h), where settings and files are sent to as well.

extension UpdateSentences {
  /// Tasmota.
  static let tasmota: [Sentence] =
    tasmotaUploads + [
      Sentence(
        "\"Upgrade\":\"Version ", then: "%s from %s\"", behind: TasmotaHead.mayStand(in:),
        means: Means.line(.began(bytes: nil))),
      Sentence(
        "\"Upgrade\":\"Failed ", then: "%s\"", behind: TasmotaHead.mayStand(in:),
        means: failedUpgrade),
      Sentence(
        "/UPGRADE = Failed ", then: "%s", behind: TasmotaHead.mayStand(in:), means: failedUpgrade),
      Sentence(
        "\"Upgrade\":\"Successful", behind: TasmotaHead.mayStand(in:),
        means: Means.line(.succeeded(target: nil))),
      Sentence(
        "/UPGRADE = Successful", behind: TasmotaHead.mayStand(in:),
        means: Means.line(.succeeded(target: nil))
      ),
      Sentence(
        "Tasmota Version ", then: "%s(tasmota32%*)-%*(%s)",
        means: { match in
          guard match.texts.count == 2 else { return [] }
          return [
            .application(.describesItself(version: match.texts[0], compiled: match.texts[1]))
          ]
        }),
    ]

  /// An upload to the page.
  private static let tasmotaUploads: [Sentence] =
    [
      Sentence(
        "UPL: File ", then: "%s",
        means: { match in
          guard let name = match.texts.first?.lowercased(),
            name.hasSuffix(".bin") || name.hasSuffix(".bin.gz")
          else { return [] }
          return [.update(.began(bytes: nil))]
        }),
      Sentence(
        "UPL: Successful ", then: "%d bytes",
        means: { match in
          guard let bytes = match.numbers.first, bytes >= smallestImage else { return [] }
          return [.update(.succeeded(target: nil))]
        }),
      Sentence("UPL: Not enough space", ending: .whole, means: Means.failure(.size)),
      Sentence("UPL: Magic byte is not 0xE9", ending: .whole, means: Means.failure(.validation)),
      Sentence(
        "UPL: Program flash size is larger than real flash size", means: Means.failure(.size)),
      Sentence("UPL: Upload buffer miscompare", means: Means.failure(.write)),
      Sentence("UPL: Upload failed", means: Means.failure(.validation)),
      Sentence("UPL: Upload aborted", ending: .whole, means: Means.failure(.download)),
      Sentence("UPL: Upload error code ", then: "%d", means: failedUpload),
      Sentence("UPL: Upload error ", then: "%d", means: failedUpload),
    ]

  /// In bytes: no image is smaller, and no file of settings is as large.
  private static let smallestImage = 300_000

  /// The numbers of the same refusals.
  private static let failedUpload: Sentence.Meaning = { match in
    let stages: [Int: UpdateFailure.Stage] = [
      2: .size, 3: .validation, 4: .size, 5: .write, 6: .validation, 7: .download,
    ]
    guard let stage = match.numbers.first.flatMap({ stages[$0] }) else { return [] }
    return [.update(.failed(UpdateFailure(stage: stage)))]
  }

  /// HTTPUpdate's texts; a status of the server's is one of the transfer, too.
  private static let failedUpgrade: Sentence.Meaning = { match in
    guard let text = match.texts.first else { return [] }
    let stage = text.hasPrefix("HTTP ") ? .download : stage(ofArduinoError: text) ?? .unknown
    return [.update(.failed(UpdateFailure(stage: stage)))]
  }
}
