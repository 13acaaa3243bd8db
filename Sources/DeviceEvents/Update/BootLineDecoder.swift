// I (335) main: boot: reset_reason=SW running_partition=ota_1
// Reset reason: ESP_RST_PANIC
// CPU0 reset reason: 12
// I (612) ota: Running partition type 0 subtype 16 (offset 0x00010000)
// I (350) app: running from ota_1
//
// The pair is the sensor node's (firmware/esp32-csi-node/main/main.c); ESP-IDF itself prints neither
// (`Running partition type …` is its OTA example's, 3.3 to 6.1). The other wordings are those of
// ESPHome, Tasmota, arduino-esp32 and applications: see ResetReasonWording.

import LineReading

/// Decodes what an application says about its reset reason and its running partition, together, in
/// either order, or alone.
enum BootLineDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = ["main", "app_main", "debug"]
  /// The markers are all the keys that the scan looks for.
  static let interest = MessageInterest.messagesWithMarkers

  static let plainInterest = PlainInterest.textsWithMarkers

  static var markers: [StaticString] {
    BootLineScan.reasonKeys + BootLineScan.partitionKeys + ResetReasonWording.sentences
      + ResetReasonWording.sentencesOfExample + ResetReasonWording.namesAlone + ToldStart.markers
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let found = BootLineScan.bootLines(in: message.message, at: message.time)
    for line in found where !line.isOfAnother {
      if let content = line.content.told(by: message) { body(.bootLine(content)) }
    }
    guard found.isEmpty else { return true }
    guard let value = BootLineScan.unreadReason(in: message.message) else { return false }
    if message.time.map({ $0 < BootLine.ownWordsEnd }) ?? true,
      !OtherNodes.areMeant(byTag: message.tag, at: message.time)
    {
      body(.notice(Notice(.resetReasonUnread, detail: value)))
    }
    return true
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    decode(at: 0, in: text, body)
  }

  /// How many bytes around a marker of a long line are read.
  private static let reach = 256

  /// From how many bytes on a line is a long one.
  private static let longLine = 2_048

  /// The line is read as a whole for each marker, since a reason may stand on either side of its
  /// partition; what begins at the marker is handed on.
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    // What stands farther away in a long line says nothing of it, and reading all for each marker takes too long.
    let isLong = text.count > longLine
    let start = isLong ? max(position - reach, 0) : 0
    let near = isLong ? text.slice(from: start, to: position + reach) : text
    if let line = BootLineScan.bootLine(at: position - start, in: near) {
      body(.bootLine(line.content))
      return true
    }
    guard !isLong, let value = BootLineScan.unreadReason(behindKeyAt: position, in: text) else {
      return false
    }
    body(.notice(Notice(.resetReasonUnread, detail: value)))
    return true
  }
}

extension BootLine {
  /// The line as a log message told it, which mostly has a time; nil if it is not this node's.
  func told(by message: LogMessage) -> BootLine? {
    guard isWhole || !OtherNodes.areMeant(byTag: message.tag, at: message.time) else { return nil }
    var own = speaking(of: .thisNode)
    own.isUnderOwnTag = isUnderOwnTag && Self.ownTags.contains { message.tag.isExactly($0) }
    let isPrograms = (Self.ownTags + Self.tagsOfSupply).contains { message.tag.isExactly($0) }
    own.isUnderProgramsTag = isUnderProgramsTag && isPrograms
    switch subject {
    case .thisNode: return own
    case .unnamed: return nil
    case .named where message.time == nil, .told where message.time == nil: return self
    case .named, .mentioned, .told:
      return message.time.map { $0 < Self.ownWordsEnd } ?? false ? own : nil
    }
  }

  /// The tags under which a program, and no driver, reports.
  static let ownTags: [StaticString] = [
    "main", "app", "app_main", "boot", "system", "sys", "init", "startup", "reset", "debug",
  ]

  /// Those under which it reports of its supply.
  private static let tagsOfSupply: [StaticString] = ["pwr", "power"]

  /// The same, told of somebody.
  func speaking(of subject: Subject) -> BootLine {
    var line = self
    line.subject = subject
    return line
  }

  /// Whether it tells a reason and a partition.
  package var isWhole: Bool {
    (reason != nil || romCode != nil) && (partition != nil || partitionOffset != nil)
  }
}
