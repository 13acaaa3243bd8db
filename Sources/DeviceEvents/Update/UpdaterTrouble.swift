// E (18100) update: checksum does not match, update discarded
// E (16000) fota: could not write firmware to flash at 0x2a0000
// W (46000) updater: no data for 30 s, giving up at 377 of 1156 KiB
//
// What updaters say of trouble in words of their own. Whether it was an update that failed, and how, they leave open.

import LineReading

/// Notes that a warning or an error under an updater's tag tells of trouble that no other decoder can read.
enum UpdaterTrouble: MessageDecoder {
  static let tags: [StaticString] = [
    "ota", "OTA", "Ota", "fota", "FOTA", "fwup", "FWUP", "update", "UPDATE", "updater", "UPDATER",
    "Updater", "ota_update", "OTA_UPDATE", "ota-update", "ota_task", "OTA_TASK", "fw_update",
    "FW_UPDATE", "fw_updater", "https_ota", "native_ota",
  ]
  static let interest = MessageInterest.unreadMessages

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard message.tellsTrouble, !OtherNodes.areMeant(byTag: message.tag, at: message.time),
      !OtherNodes.areNumbered(opening: message.message)
    else { return false }
    let words = message.message.slice(from: 0, to: reach).string.lowercased()
    guard signs.contains(where: { words.contains($0) }),
      !others.contains(where: { words.contains($0) }), !UpdateMeaning.words(of: words).contains("0")
    else { return false }
    body(.notice(Notice(.updateTroubleTold)))
    return true
  }

  /// How far into a message it is told, in bytes.
  private static let reach = 160

  private static let signs = [
    "mismatch", "not match", "abort", "discard", "reject", "invalid", "fail", "error", "giving up",
    "gave up", "rolled back", "could not", "not fit", "no space", "corrupt", "throwing it away",
  ]

  /// It goes on, is counted or set, came to nothing because nothing was there, or was but a question.
  private static let others = [
    "retry", "retri", "trying", "attempt", "once more", "resum", "reconnect", "continu", "using ",
    "count", "times", "so far", "=", "handler", "callback", "no error", "without error", "not fail",
    "esp_ok", "up to date", "up-to-date", "no newer", "no update", "same version", "already",
    "check ", "server start", "server on", "server failed", "start server", "http server", "mdns",
  ]
}
