// 12:10:05.300 MQT: stat/tasmota_112233/RESULT = {"Upgrade":"Version 13.4.0 from http://…/tasmota32c3.bin"}
// 12:10:58.300 MQT: stat/tasmota_112233/UPGRADE = {"Upgrade":"Failed HTTP error: connection refused"}
// 12:10:58.300 MQT: stat/tasmota_112233/UPGRADE = {"Upgrade":"Successful. Restarting"}
// 00:00:00.086 Project tasmota - Tasmota Version 14.0.0(tasmota32)-3_0_0(2026-01-14T12:51:06)
//
// What Tasmota answers to its command Upgrade (tasmota/tasmota_support/support.ino); the reason is a text of
// HTTPUpdate's. Until version 5 the answer was no JSON. What runs it says at each start.

extension UpdateSentences {
  /// Tasmota.
  static let tasmota: [Sentence] = [
    Sentence(
      "\"Upgrade\":\"Version ", then: "%s from %s\"", behind: TasmotaHead.opens,
      means: Means.line(.began(bytes: nil))),
    Sentence(
      "\"Upgrade\":\"Failed ", then: "%s\"", behind: TasmotaHead.opens, means: failedUpgrade),
    Sentence("/UPGRADE = Failed ", then: "%s", behind: TasmotaHead.opens, means: failedUpgrade),
    Sentence(
      "\"Upgrade\":\"Successful", behind: TasmotaHead.opens,
      means: Means.line(.succeeded(target: nil))),
    Sentence(
      "/UPGRADE = Successful", behind: TasmotaHead.opens, means: Means.line(.succeeded(target: nil))
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

  /// HTTPUpdate's texts; a status of the server's is one of the transfer, too.
  private static let failedUpgrade: Sentence.Meaning = { match in
    guard let text = match.texts.first else { return [] }
    let stage = text.hasPrefix("HTTP ") ? .download : stage(ofArduinoError: text) ?? .unknown
    return [.update(.failed(UpdateFailure(stage: stage)))]
  }
}
