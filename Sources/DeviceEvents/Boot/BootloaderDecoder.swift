import LineReading

/// Decodes the second-stage bootloader.
///
///     I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader            3.1 to 6.1
///     I (5) boot: Espressif ESP32 2nd stage bootloader v. V0.1     before 3.1
///     I (26) boot: compile time May 18 2026 10:11:12               time only up to 5.0
///     I (27) boot: chip revision: v0.2                             Chip Revision: 1 (3.3, 4.0), chip revision: 3
///     I (33) boot.esp32s3: Boot SPI Speed : 80MHz                  tag boot up to 4.1
///     I (49) boot: Partition Table:                                rows: `PartitionRow+Reading.swift`
///     I (91) boot: Defaulting to factory image
///     I (300) boot: Loaded app from partition at offset 0x20000
///     I (301) boot: Disabling RNG early entropy source...
///
/// ESP-IDF `components/bootloader_support/src/bootloader_init.c`, `bootloader_utility.c`,
/// `<chip>/bootloader_<chip>.c`, `components/bootloader/subproject/main/bootloader_start.c`.
enum BootloaderDecoder: MessageDecoder {
  /// And every `boot.<chip>`, from 4.2 on.
  static let tags: [StaticString] = [
    "boot", "boot_tee", "qio_mode", "bootloader_mmap", "bootloader_random",
  ]

  /// Milliseconds after which an unknown text under `boot` is taken for the application's own.
  static let longestUnknownBoot = 10_000

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard message.style == .espIDF else { return false }
    let glued = ROMDecoder.gluedStart(in: message.message)
    let text = message.message.slice(from: 0, to: glued ?? Int.max)
    // What is glued behind is left to the marker search.
    return decode(text, of: message, body) && glued == nil
  }

  private static func decode(
    _ text: ByteText, of message: LogMessage, _ body: EventSink
  ) -> Bool {
    if text.contains("reset_reason") || text.contains("running_partition") { return false }
    let line = line(text)
    let answer = line == nil ? answer(for: text) : nil
    if line == nil, answer == nil {
      if let time = message.time, time >= longestUnknownBoot { return false }
      // Without its prefix, `boot: ` is anyone's.
      if message.hasLostPrefix { return false }
      // No bootloader tells why it started: an application speaks under its tag.
      if tellsReason(text, of: message) { return false }
    }
    if message.tag.has("boot."), let chip = Chip(rawValue: message.tag.slice(from: 5).string) {
      body(.bootloader(.chip(chip)))
    }
    if text.has("Espressif ESP32 2nd stage") { body(.bootloader(.chip(.esp32))) }
    body(.bootloader(line ?? .other))
    // The bootloader of 3.0 and before prints the segments under its own tag.
    if line == nil, let segment = ImageSegment(text, time: message.time) { body(.segment(segment)) }
    if case .notice(let notice) = answer { body(.notice(notice)) }
    // MCUboot's port has the tag, and no clock.
    if line == nil, answer == nil, message.time == nil {
      MCUbootSwap.decode(behindHead: text, body)
    }
    return true
  }

  /// Whether a text names the reason of a start.
  private static func tellsReason(_ text: ByteText, of message: LogMessage) -> Bool {
    NamedReset.reads(message)
      || BootLineScan.bootLines(in: text, at: message.time)
        .contains { $0.content.reason != nil || $0.content.romCode != nil }
  }

  /// Whether a message that lost level and time is one of the bootloader's.
  static func knows(_ message: LogMessage) -> Bool {
    guard message.tag.has("boot") else { return false }
    let chip = message.tag.slice(from: 4)
    guard chip.isEmpty || chip.has(".esp32") else { return false }
    return line(message.message) != nil
      || BootloaderNotices.table.answer(for: message.message) != nil
      || ImageSegment(message.message, time: nil) != nil
  }

  private static func answer(for text: ByteText) -> NoticeTable.Answer? {
    BootloaderNotices.table.answer(for: text) ?? BootloaderNotices.table.answer(forDamaged: text)
  }

  private static func line(_ text: ByteText) -> BootloaderLine? {
    if let row = PartitionRow(text) { return .partition(row) }
    if text.has("Partition Table:") { return .partitionTableBegins }
    if text.has("End of partition table") { return .partitionTableEnds }
    if text.has("Disabling RNG early entropy source") { return .finished }
    if text.has("Defaulting to factory image") { return .slotChosenByDefault(.factory) }
    if text.has("No factory image, trying OTA 0") { return .slotChosenByDefault(.firstOTA) }
    for template in loadedApp {
      let match = template.match(text) ?? template.match(damaged: text)
      if let offset = match?.numbers.first { return .loadedApp(offset: offset) }
    }
    for template in banners {
      if let idf = template.match(text)?.texts.first { return .banner(idf: idf) }
    }
    if let time = compileTime.match(text)?.texts.first { return .compileTime(time) }
    for template in chipRevisions {
      if let revision = template.match(text)?.texts.first { return .chipRevision(revision) }
    }
    return nil
  }

  private static let banners = [
    MessageTemplate("ESP-IDF %s 2nd stage bootloader"),
    MessageTemplate("Espressif ESP32 2nd stage bootloader v. %s"),
  ]
  private static let compileTime = MessageTemplate("compile time %s")
  private static let chipRevisions = [
    MessageTemplate("chip revision: %s"), MessageTemplate("Chip Revision: %s"),
  ]
  private static let loadedApp = [
    MessageTemplate("Loaded app from partition at offset 0x%x"),
    MessageTemplate("Fast booting app from partition at offset 0x%x"),
    // 2.1 and before; without 0x.
    MessageTemplate("Loading app partition at offset 0x%x"),
    MessageTemplate("Loading app partition at offset %x"),
  ]
}

extension BootloaderDecoder: PlainDecoder {
  static let markers: [StaticString] = []

  static let plainInterest = PlainInterest.texts(FirstBytes(anyOf: "0123456789+-A"))
  static let plainOpenings: [StaticString]? = ["Assert failed in "]

  /// Partition rows whose prefix an author cut off, and `Assert failed in main, bootloader.c:88 (…)`
  /// of a bootloader from 4.4 on.
  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    if let row = PartitionRow(text.trimmed) {
      body(.bootloader(.partition(row)))
      return true
    }
    guard let notice = BootloaderNotices.plainTable.notice(for: text) else { return false }
    body(.notice(notice))
    return true
  }
}
