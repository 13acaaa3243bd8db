import Testing

@testable import DeviceEvents

@Suite("error names and numbers")
struct UpdateErrorCodesTests {
  @Test(
    "a number gives its name and the name its number",
    arguments: [
      (0x101, "ESP_ERR_NO_MEM"), (0x10d, "ESP_ERR_NOT_ALLOWED"), (-1, "ESP_FAIL"), (0, "ESP_OK"),
      (0x1101, "ESP_ERR_NVS_NOT_INITIALIZED"), (0x110d, "ESP_ERR_NVS_NO_FREE_PAGES"),
      (0x1110, "ESP_ERR_NVS_NEW_VERSION_FOUND"), (0x1119, "ESP_ERR_NVS_WRONG_ENCRYPTION"),
      (0x1501, "ESP_ERR_OTA_PARTITION_CONFLICT"), (0x1503, "ESP_ERR_OTA_VALIDATE_FAILED"),
      (0x1508, "ESP_ERR_OTA_SPI_MODE_MISMATCH"), (0x2002, "ESP_ERR_IMAGE_INVALID"),
      (0x300f, "ESP_ERR_WIFI_NOT_CONNECT"), (0x6006, "ESP_ERR_FLASH_PROTECTED"),
      (0x700c, "ESP_ERR_HTTP_INCOMPLETE_DATA"), (0x8006, "ESP_ERR_ESP_TLS_CONNECTION_TIMEOUT"),
      (0x801a, "ESP_ERR_MBEDTLS_SSL_HANDSHAKE_FAILED"), (0x9001, "ESP_ERR_HTTPS_OTA_IN_PROGRESS"),
      (0xb008, "ESP_ERR_HTTPD_TASK"),
    ])
  func lookup(number: Int, name: String) {
    #expect(ErrorCode(number: number).name == name)
    #expect(ErrorCode(name: name).number == number)
  }

  @Test("no number and no name stands in the table twice")
  func unique() {
    #expect(Set(ErrorNames.all.map(\.0)).count == ErrorNames.all.count)
    #expect(Set(ErrorNames.all.map(\.1)).count == ErrorNames.all.count)
  }

  @Test(
    "an error is read as it is printed",
    arguments: [
      ("ESP_ERR_TIMEOUT", 0x107), (": ESP_FAIL", -1), (" (ESP_ERR_NO_MEM)", 0x101), ("257", 0x101),
      ("0x1503", 0x1503), ("0xffffffff", -1), ("-1", -1), ("-0x7780", -0x7780),
      ("0x103 (ESP_ERR_INVALID_STATE)", 0x103),
    ])
  func printed(text: String, number: Int) {
    #expect(Reading.withText(text) { ErrorCode(printed: $0) }?.number == number)
  }

  @Test(
    "what is no error is none", arguments: ["", "ERROR", "UNKNOWN ERROR", "12ab", "0x", "-", "x"])
  func noError(text: String) {
    #expect(Reading.withText(text) { ErrorCode(printed: $0) } == nil)
  }

  @Test("a name that ESP-IDF does not know is kept without a number")
  func foreignName() {
    let error = ErrorCode(name: "ESP_ERR_MY_PRODUCT")
    #expect(error == ErrorCode(number: nil, name: "ESP_ERR_MY_PRODUCT"))
  }
}
