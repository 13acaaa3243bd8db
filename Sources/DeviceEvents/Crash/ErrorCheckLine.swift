import LineReading

/// Reads a failed `ESP_ERROR_CHECK`.
///
///     ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVALID_STATE) at 0x4200a1f3
///     ESP_ERROR_CHECK failed: esp_err_t 0xffffffff at 0x400d1a2c
///     ESP_ERROR_CHECK_WITHOUT_ABORT failed: esp_err_t 0x101 (ESP_ERR_NO_MEM) at 0x4200a1f3
///     file: "./main/main.c" line 42
///     func: app_main
///     expression: esp_netif_init()
///
/// ESP-IDF `esp_err.c` of every version; no name in v3.0 and v3.1 and where names are switched off.
enum ErrorCheckLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    if cursor.skip("ESP_ERROR_CHECK_WITHOUT_ABORT failed:") {
      return error(&cursor).map { .errorCheckWithoutAbort($0) }
    }
    if cursor.skip("ESP_ERROR_CHECK failed:") {
      guard let code = error(&cursor) else { return nil }
      let address = cursor.skip(through: " at ") ? cursor.wholeAddress() : nil
      return .errorCheck(code, address: address)
    }
    if text.has("file: \"") || text.has("func: ") || text.has("expression: ") {
      return .errorCheckDetail(text.sentence)
    }
    return nil
  }

  private static func error(_ cursor: inout TextCursor) -> ErrorCode? {
    guard cursor.skip(" esp_err_t 0x") else { return cursor.isAtEnd ? ErrorCode() : nil }
    // A number at the very end of a line may have lost digits.
    let number = cursor.hexadecimal(limit: 8)
    let isCut = cursor.isAtEnd
    var code = ErrorCode()
    code.number = isCut ? nil : number.map { Int(Int32(truncatingIfNeeded: $0)) }
    if cursor.skip(" (") {
      let name = cursor.take(until: UInt8(ascii: ")"))
      // `ERROR` and `UNKNOWN ERROR` are what the look-up prints for a code without a name.
      if !cursor.isAtEnd, name.identifierLength(at: 0) == name.count, !name.has("ERROR") {
        code.name = name.sentence
      }
    }
    return code
  }
}

extension ErrorCode {
  /// An error of which nothing could be read.
  fileprivate init() { self.init(number: nil, name: nil) }
}
