import LineReading

extension LogMessage {
  /// `[  3708][W][file.cpp:639] begin(): text` of the Arduino core, before its version 2
  /// `[W][file.cpp:639] begin(): text`, `[I][ota:363]: text` of ESPHome, `[esp32s3] [INF] text` of
  /// MCUboot.
  init?(bracketed text: ByteText) {
    let second = text[1]
    if second == UInt8(ascii: " ") || second &- 0x30 < 10 {
      if text[3] == UInt8(ascii: ":"), text[6] == UInt8(ascii: ":") {
        self.init(zephyr: text)
      } else {
        self.init(arduino: text)
      }
    } else if text[2] == UInt8(ascii: "]"), text[3] == UInt8(ascii: "[") {
      self.init(espHome: text)
    } else if second == UInt8(ascii: "e") {
      self.init(mcuboot: text)
    } else {
      return nil
    }
  }

  /// Arduino `esp32-hal-log.h`: milliseconds in six columns, level, file and line, function. The
  /// file is the tag; the function is left out of the message.
  private init?(arduino text: ByteText) {
    var cursor = TextCursor(text, at: 1)
    cursor.skipBlanks()
    guard let time = cursor.decimal(), time >= 0, cursor.skip("]["), Self.isLevel(cursor.byte)
    else { return nil }
    let level = cursor.byte
    cursor.advance()
    guard cursor.skip("][") else { return nil }
    let tag = cursor.take(until: UInt8(ascii: ":"))
    cursor.advance()
    guard !tag.isEmpty, tag.count <= 64, cursor.decimal() != nil, cursor.skip("]") else {
      return nil
    }
    cursor.skipBlanks()
    let message = Self.behindFunction(cursor.rest) ?? cursor.rest
    self.init(level: level, time: time, tag: tag, message: message, style: .arduino)
  }

  /// What stands behind `begin(): `; nil if no function begins the text.
  private static func behindFunction(_ text: ByteText) -> ByteText? {
    var name = TextCursor(text)
    while isTagByte(name.byte) || name.byte == UInt8(ascii: "~") || name.byte == 0x3a {
      name.advance()
    }
    return name.skip("(): ") ? name.rest : nil
  }

  /// Zephyr `log_output.c`: hours, minutes, seconds, milliseconds and microseconds since boot, the
  /// level in angle brackets (`<wrn>`, `<dbg>`), the module.
  private init?(zephyr text: ByteText) {
    var cursor = TextCursor(text, at: 1)
    guard let hours = cursor.decimal(), cursor.skip(":"), let minutes = cursor.decimal(),
      cursor.skip(":"), let seconds = cursor.decimal(), cursor.skip("."),
      let milliseconds = cursor.decimal(), cursor.skip(","), cursor.decimal() != nil,
      cursor.skip("] <")
    else { return nil }
    let level: UInt8
    switch cursor.take(until: UInt8(ascii: ">")).string {
    case "err": level = UInt8(ascii: "E")
    case "wrn": level = UInt8(ascii: "W")
    case "inf": level = UInt8(ascii: "I")
    case "dbg": level = UInt8(ascii: "D")
    default: return nil
    }
    guard cursor.skip("> ") else { return nil }
    let tag = cursor.take(until: UInt8(ascii: ":"))
    guard !tag.isEmpty, tag.count <= 64, cursor.skip(":") else { return nil }
    _ = cursor.skip(" ")
    guard (0..<100_000).contains(hours), minutes >= 0, seconds >= 0, milliseconds >= 0 else {
      return nil
    }
    let time = ((hours * 60 + minutes % 60) * 60 + seconds % 60) * 1_000 + milliseconds % 1_000
    self.init(level: level, time: time, tag: tag, message: cursor.rest, style: .zephyr)
  }

  /// Whether Zephyr's kernel reports an error, as it does for every row of a fatal one.
  var isZephyrKernelError: Bool {
    style == .zephyr && level == UInt8(ascii: "E") && tag.count == 2 && tag.has("os")
  }

  /// MCUboot's port to Espressif's chips, `boot/espressif/include/mcuboot_logging.h`: the chip, the
  /// level, and where the text comes from ESP-IDF also its tag. Without one it counts as the
  /// bootloader's.
  init?(mcuboot text: ByteText) {
    var cursor = TextCursor(text)
    guard cursor.skip("[esp32") else { return nil }
    while !cursor.isAtEnd, cursor.byte != UInt8(ascii: "]"), cursor.position < 12 {
      cursor.advance()
    }
    let chip = text.slice(from: 1, to: cursor.position)
    guard cursor.skip("] [") else { return nil }
    let level: UInt8
    if cursor.skip("ERR] ") {
      level = UInt8(ascii: "E")
    } else if cursor.skip("WRN] ") {
      level = UInt8(ascii: "W")
    } else if cursor.skip("INF] ") {
      level = UInt8(ascii: "I")
    } else if cursor.skip("DBG] ") {
      level = UInt8(ascii: "D")
    } else {
      return nil
    }
    // The application's banner and what it prints about other systems is not the bootloader's.
    guard !cursor.rest.has("*** ") else { return nil }
    var tag = Self.bootloaderTag(of: chip)
    if cursor.byte == UInt8(ascii: "[") {
      var inner = cursor
      inner.advance()
      let name = inner.take(until: UInt8(ascii: "]"))
      if !name.isEmpty, name.count <= 32, inner.skip("] ") {
        tag = name
        cursor = inner
      }
    }
    self.init(level: level, time: nil, tag: tag, message: cursor.rest, style: .espIDF)
  }

  /// ESP-IDF's own bootloader names the chip behind its tag, from 4.2 on.
  private static func bootloaderTag(of chip: ByteText) -> ByteText {
    let named: [(chip: StaticString, tag: StaticString)] = [
      ("esp32", "boot.esp32"), ("esp32s2", "boot.esp32s2"), ("esp32s3", "boot.esp32s3"),
      ("esp32c2", "boot.esp32c2"), ("esp32c3", "boot.esp32c3"), ("esp32c6", "boot.esp32c6"),
      ("esp32h2", "boot.esp32h2"),
    ]
    let tag = named.first { chip.isExactly($0.chip) }?.tag ?? "boot"
    return ByteText(UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount))
  }

  /// ESPHome's `logger`: level, component and line, since 2023 also the task; its level `C` is for
  /// configurations and counts as information. The Arduino core up to 1.0.6 begins its lines alike
  /// and names the function instead of a colon.
  private init?(espHome text: ByteText) {
    var level = text[1]
    if level == UInt8(ascii: "C") { level = UInt8(ascii: "I") }
    if Self.isLevel(level) {
      var cursor = TextCursor(text, at: 4)
      let tag = cursor.take(until: UInt8(ascii: ":"))
      cursor.advance()
      guard !tag.isEmpty, tag.count <= 64, cursor.decimal() != nil, cursor.skip("]") else {
        return nil
      }
      if cursor.skip("[") {
        _ = cursor.take(until: UInt8(ascii: "]"))
        cursor.advance()
      }
      if cursor.skip(":") {
        _ = cursor.skip(" ")
        self.init(level: level, time: nil, tag: tag, message: cursor.rest, style: .espHome)
      } else if cursor.skip(" "), let message = Self.behindFunction(cursor.rest) {
        self.init(level: level, time: nil, tag: tag, message: message, style: .arduino)
      } else {
        return nil
      }
    } else {
      return nil
    }
  }
}
