// ESP_ERR_OTA_VALIDATE_FAILED, 0x1503, 5379, -0x7100: the names and numbers of `esp_err_t`, from
// the `*_BASE` definitions of ESP-IDF's components (esp_common, app_update, nvs_flash, spi_flash,
// esp_http_client, esp_https_ota, esp-tls, esp_http_server, efuse, esp_wifi), 4.0 to 6.1.
// Bootloader_support has the image errors. ESP-IDF 3.3 counted its HTTP server's from 0x8000.

import LineReading

extension ErrorCode {
  /// The error with that number, and its name where ESP-IDF has one.
  public init(number: Int) {
    let number = number == 0xffff_ffff ? -1 : number
    self.init(number: number, name: ErrorNames.byNumber[number])
  }

  /// The error with that name, and its number where the name is ESP-IDF's.
  public init(name: String) {
    self.init(number: ErrorNames.byName[name], name: name)
  }

  /// An error as firmwares print it: a name, a decimal number, `0x…` or `-0x…`; nil for anything
  /// else, also for `ERROR` and `UNKNOWN ERROR`, which `esp_err_to_name` gives for want of a name.
  init?(printed text: ByteText) {
    var cursor = TextCursor(text)
    while !cursor.isAtEnd, Self.opensError(cursor.byte) { cursor.advance() }
    if let name = Self.name(&cursor) {
      self.init(name: name)
      return
    }
    guard let number = Self.number(&cursor) else { return nil }
    cursor.skipBlanks()
    if cursor.skip("("), let name = Self.name(&cursor) {
      self.init(number: number, name: name)
    } else {
      self.init(number: number)
    }
  }

  /// Blanks, brackets and the words before an error: `(`, `[`, `=`, `:`.
  private static func opensError(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "="), UInt8(ascii: ":"),
      UInt8(ascii: ","), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  private static func name(_ cursor: inout TextCursor) -> String? {
    let isOwn =
      cursor.text.has("ESP_ERR_", at: cursor.position)
      || cursor.text.has("ESP_FAIL", at: cursor.position)
      || cursor.text.has("ESP_OK", at: cursor.position)
    guard isOwn else { return nil }
    let start = cursor.position
    while Letters.isWord(cursor.byte) { cursor.advance() }
    return cursor.text.slice(from: start, to: cursor.position).string
  }

  private static func number(_ cursor: inout TextCursor) -> Int? {
    let start = cursor.position
    let isNegative = cursor.skip("-")
    if cursor.skip("0x") || cursor.skip("0X") {
      guard let value = cursor.hexadecimal(limit: 8), !Letters.isWord(cursor.byte) else {
        return nil
      }
      return isNegative ? -value : value
    }
    cursor = TextCursor(cursor.text, at: start)
    guard let value = cursor.decimal(), !Letters.isWord(cursor.byte) else { return nil }
    return value
  }
}

/// The table of names and numbers.
enum ErrorNames {
  static let byNumber: [Int: String] = Dictionary(
    all.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
  static let byName: [String: Int] = Dictionary(
    all.map { ($0.1, $0.0) }, uniquingKeysWith: { first, _ in first })

  /// Every number with its name; the names of a block follow their base.
  static let all: [(Int, String)] =
    [(0, "ESP_OK"), (-1, "ESP_FAIL")]
    + block(
      0x101, "ESP_ERR_",
      "NO_MEM INVALID_ARG INVALID_STATE INVALID_SIZE NOT_FOUND NOT_SUPPORTED TIMEOUT "
        + "INVALID_RESPONSE INVALID_CRC INVALID_VERSION INVALID_MAC NOT_FINISHED NOT_ALLOWED")
    + block(
      0x1101, "ESP_ERR_NVS_",
      "NOT_INITIALIZED NOT_FOUND TYPE_MISMATCH READ_ONLY NOT_ENOUGH_SPACE INVALID_NAME "
        + "INVALID_HANDLE REMOVE_FAILED KEY_TOO_LONG PAGE_FULL INVALID_STATE INVALID_LENGTH "
        + "NO_FREE_PAGES VALUE_TOO_LONG PART_NOT_FOUND NEW_VERSION_FOUND XTS_ENCR_FAILED "
        + "XTS_DECR_FAILED XTS_CFG_FAILED XTS_CFG_NOT_FOUND ENCR_NOT_SUPPORTED "
        + "KEYS_NOT_INITIALIZED CORRUPT_KEY_PART CONTENT_DIFFERS WRONG_ENCRYPTION")
    + block(
      0x1501, "ESP_ERR_OTA_",
      "PARTITION_CONFLICT SELECT_INFO_INVALID VALIDATE_FAILED SMALL_SEC_VER ROLLBACK_FAILED "
        + "ROLLBACK_INVALID_STATE ALREADY_IN_PROGRESS SPI_MODE_MISMATCH")
    + [
      (0x1600, "ESP_ERR_EFUSE"), (0x1602, "ESP_ERR_EFUSE_CNT_IS_FULL"),
      (0x1603, "ESP_ERR_EFUSE_REPEATED_PROG"),
      (0x1605, "ESP_ERR_NOT_ENOUGH_UNUSED_KEY_BLOCKS"),
    ]
    + block(0x2001, "ESP_ERR_IMAGE_", "FLASH_FAIL INVALID")
    + [
      (0x3001, "ESP_ERR_WIFI_NOT_INIT"), (0x3002, "ESP_ERR_WIFI_NOT_STARTED"),
      (0x3007, "ESP_ERR_WIFI_CONN"), (0x300f, "ESP_ERR_WIFI_NOT_CONNECT"),
    ]
    + block(
      0x6001, "ESP_ERR_FLASH_",
      "OP_FAIL OP_TIMEOUT NOT_INITIALISED UNSUPPORTED_HOST UNSUPPORTED_CHIP PROTECTED")
    + block(
      0x7001, "ESP_ERR_HTTP_",
      "MAX_REDIRECT CONNECT WRITE_DATA FETCH_HEADER INVALID_TRANSPORT CONNECTING EAGAIN "
        + "CONNECTION_CLOSED NOT_MODIFIED RANGE_NOT_SATISFIABLE READ_TIMEOUT INCOMPLETE_DATA "
        + "REDIRECT_DOWNGRADE HEADER_TOO_LONG")
    + block(
      0x8001, "ESP_ERR_ESP_TLS_",
      "CANNOT_RESOLVE_HOSTNAME CANNOT_CREATE_SOCKET UNSUPPORTED_PROTOCOL_FAMILY "
        + "FAILED_CONNECT_TO_HOST SOCKET_SETOPT_FAILED CONNECTION_TIMEOUT SE_FAILED "
        + "TCP_CLOSED_FIN SERVER_HANDSHAKE_TIMEOUT")
    + [
      (0x801a, "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED"),
      (0x9001, "ESP_ERR_HTTPS_OTA_IN_PROGRESS"),
    ]
    + block(
      0xb001, "ESP_ERR_HTTPD_",
      "HANDLERS_FULL HANDLER_EXISTS INVALID_REQ RESULT_TRUNC RESP_HDR RESP_SEND ALLOC_MEM TASK")

  /// Names that are numbered one after the other.
  private static func block(_ first: Int, _ prefix: String, _ names: String) -> [(Int, String)] {
    names.split(separator: " ").enumerated().map { (first + $0.offset, prefix + $0.element) }
  }
}
