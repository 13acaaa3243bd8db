import Testing

@testable import DeviceEvents

@Suite("notices")
struct NoticeDecoderTests {
  static let startup: [Expectation] = [
    Expectation(
      "spi_flash",
      "Detected size(4096k) smaller than the size in the binary image header(8192k). Probe failed.",
      .flashSmallerThanHeader, [4096, 8192]),
    Expectation(
      "spi_flash",
      "Detected size(16384k) larger than the size in the binary image header(8192k). Using the size",
      .flashLargerThanHeader, [16384, 8192]),
    Expectation("spi_flash", "failed to get chip size", .flashNotDetected),
    Expectation(
      "spi_flash", "Detected gd flash chip but using generic driver. For optimal functionality",
      .genericFlashDriver, [], "gd"),
    Expectation(
      "spi_flash", "Octal flash chip is using but DIO mode is selected, will automatically swich",
      .octalFlashNotConfigured, [], "DIO"),
    Expectation(
      "spi_flash", "Bad write at 16 offset: 0x1f000, expected: 0x11223344, readback: 0x11223300",
      .flashWriteFailed, [16, 0x1f000, 0x1122_3344, 0x1122_3300]),
    Expectation("memspi", "no response", .flashNotDetected),
    Expectation(
      "cpu_start", "Octal Flash option selected, but EFUSE not configured!",
      .octalFlashNotConfigured),
    Expectation(
      "cpu_start",
      "Running on single core variant of a chip, but app is built with multi-core support.",
      .singleCoreChip),
    Expectation("cpu_start", "Invalid app image header", .appHeaderInvalid),
    Expectation("cpu_start", "Failed to init external RAM!", .psramFailed),
    Expectation(
      "cpu_start", "Failed to init external RAM; continuing without it.", .psramNotRequired),
    Expectation("esp_psram", "External RAM failed memory test!", .psramMemoryTestFailed),
    Expectation(
      "cpu_start", "init function 0x4200a1b0 has failed (0x105), aborting", .initFunctionFailed,
      [0x105]),
    Expectation(
      "clk", "32 kHz XTAL not found, switching to internal 150 kHz oscillator", .crystalMissing),
    Expectation(
      "clk", "RTC domain not initialised by bootloader", .rtcNotInitialisedByBootloader),
    Expectation(
      "esp_core_dump_flash", "Found core dump 5120 bytes in flash @ 0x3f0000",
      .coreDumpFoundInFlash, [5120, 0x3f0000]),
    Expectation("esp_core_dump_flash", "No core dump partition found!", .coreDumpPartitionMissing),
    Expectation("partition", "No MD5 found in partition table", .partitionProblem),
    Expectation(
      "esp_ota_ops", "Rollback is not possible, do not have any suitable apps in slots",
      .rollbackImpossible),
    Expectation(
      "esp_ota_ops", "ota data invalid, no current app. Assuming factory", .noSlotSelected),
    Expectation("esp_ota_ops", "not found otadata", .otadataUnreadable),
    Expectation(
      "nvs", "Failed to initialize NVS partition: [0x110D] (ESP_ERR_NVS_NO_FREE_PAGES)",
      .nvsFailed, [0x110d], "ESP_ERR_NVS_NO_FREE_PAGES"),
    Expectation(
      "quad_psram", "PSRAM ID read error: 0x00ffffff, PSRAM chip not found or not supported",
      .psramFailed, [0xffffff]),
    Expectation(
      "octal_psram", "PSRAM ID read error: 0x00000001, fallback to use default driver pattern",
      .psramNotRequired, [1]),
    Expectation(
      "octal_psram", "PSRAM chip is not connected, or wrong PSRAM line mode", .psramFailed),
    Expectation(
      "esp_psram", "SPI SRAM memory test fail. 3/262144 writes failed, first @ 3C000010",
      .psramMemoryTestFailed, [3, 262144, 0x3c00_0010]),
    Expectation(
      "phy_init", "failed to load RF calibration data (0x1102), falling back to full calibration",
      .phyCalibration, [0x1102]),
    Expectation(
      "phy_init",
      "load_cal_data_from_nvs_handle: calibration data MAC check failed: expected 1:2, found 3:4",
      .phyCalibrationForeign),
    Expectation("phy_init", "PHY data partition not found", .phyDataInvalid),
    Expectation(
      "rmt(legacy)", "CONFLICT! driver_ng is not allowed to be used with the legacy driver",
      .driverConflict),
    Expectation(
      "app", "Timeout on mux! last non-recursive lock f line 1, curr g line 2", .spinlockTimeout),
  ]

  static let network: [Expectation] = [
    Expectation(
      "httpd_txrx", "httpd_sock_err: error in recv : 104", .httpSocketError, [104], "recv"),
    Expectation("httpd_uri", "httpd_uri: uri handler execution failed", .httpHandlerFailed),
    Expectation("httpd_uri", "httpd_uri: URI '/x' not found", .httpError, [], "/x"),
    Expectation(
      "httpd", "httpd_server_init: error in bind (112)", .httpServerFailed, [112], "bind"),
    Expectation("esp-tls-mbedtls", "mbedtls_ssl_handshake returned -0x7780", .tlsFailed, [-0x7780]),
    Expectation(
      "esp-tls", "couldn't get hostname for :fw.example: getaddrinfo() returns 202, addrinfo=0x0",
      .dnsFailed, [], "fw.example"),
    Expectation("esp-tls", "Failed to open new connection", .connectionFailed),
    Expectation("HTTP_CLIENT", "Connection failed, sock < 0", .connectionFailed),
    Expectation(
      "example_connect", "Wi-Fi disconnected 201, trying to reconnect...", .wifiDisconnected, [201]),
    Expectation("STA.cpp", "Reason: 202 - AUTH_FAIL", .wifiDisconnected, [202], "AUTH_FAIL"),
    Expectation(
      "wifi", "Disconnected ssid='home' bssid=aa:bb reason='Probe Request Unsuccessful'",
      .wifiDisconnected, [201], "Probe Request Unsuccessful"),
    Expectation("wifi", "bcn_timeout,ap_probe_send_start", .wifiDisconnected, [200]),
    Expectation("main", "Failed to connect to WiFi after 10 retries", .wifiGaveUp, [10]),
    Expectation(
      "esp_netif_lwip", "Failed to allocate 1536 bytes (free heap size 900)", .allocationFailed,
      [1536, 900]),
    Expectation(
      "ota_update",
      "No OTA PSK in NVS — OTA upload endpoint will REJECT all requests until provisioned",
      .otaKeyMissing),
    Expectation(
      "ota_update", "No OTA PSK in NVS ÔÇö OTA authentication DISABLED (provision with nvs_set)",
      .otaAuthDisabled),
    Expectation(
      "ota_update",
      "NVS namespace 'security' not found — OTA upload endpoint will REJECT all requests",
      .otaKeyMissing, [], "security"),
    Expectation("ota_update", "OTA HTTP server started on port 8032", .otaServerStarted, [8032]),
    Expectation(
      "main", "OTA server init failed: ESP_ERR_HTTPD_TASK", .otaServerFailed, [],
      "ESP_ERR_HTTPD_TASK"),
  ]

  @Test(
    "what restarts in the middle of a sentence is a part of the application",
    arguments: [
      "link lost, restarting the scan", "watch out, rebooting takes 5 s",
      "esp_restart() is next up",
      "restarting",
    ])
  func restartsOfParts(message: String) {
    #expect(Reading.message(NoticeDecoder.self, "app", message).isEmpty)
  }

  @Test("a message gives its notice", arguments: startup + network)
  func messages(expectation: Expectation) {
    let events = Reading.message(NoticeDecoder.self, expectation.tag, expectation.message)
    #expect(events == expectation.events)
  }

  @Test(
    "the upload handler's answers tell the step that failed",
    arguments: [
      ("400 Bad Request - Invalid firmware size (must be 1B - 900KB)", UpdateFailure.Stage.size),
      (
        "403 Forbidden - Authentication required. Use: Authorization: Bearer <psk>",
        .authorization
      ),
      ("500 Internal Server Error - No OTA partition available", .noPartition),
      ("500 Internal Server Error - OTA begin failed", .begin),
      ("500 Internal Server Error - Receive error", .download),
      ("500 Internal Server Error - OTA write failed", .write),
      ("500 Internal Server Error - OTA validation failed", .validation),
      ("500 Internal Server Error - Set boot partition failed", .setBoot),
    ])
  func uploadAnswers(answer: String, stage: UpdateFailure.Stage) {
    let message = "httpd_resp_send_err: " + answer
    let status = Int(answer.prefix(3)) ?? 0
    let expected: [DeviceEvent] = [
      .notice(Notice(.httpError, numbers: [status], detail: answer)),
      .update(.failed(UpdateFailure(stage: stage))),
    ]
    #expect(Reading.message(NoticeDecoder.self, "httpd_txrx", message) == expected)
    #expect(Reading.plain(NoticeDecoder.self, "W (5) httpd_txrx: " + message) == expected)
  }

  @Test("another page's error is no failed update")
  func otherPage() {
    let answer = "404 Not Found - Nothing matches the given URI"
    #expect(
      Reading.message(NoticeDecoder.self, "httpd_txrx", "httpd_resp_send_err: " + answer)
        == [.notice(Notice(.httpError, numbers: [404], detail: answer))])
  }

  @Test(
    "good news and prose give nothing",
    arguments: [
      ("spi_flash", "detected chip: gd"), ("spi_flash", "flash io: dio"),
      ("esp_psram", "Found 8MB PSRAM device"), ("esp_psram", "SPI SRAM memory test OK"),
      ("phy_init", "phy_version 680,a6008b2,Jun  4 2024,16:41:10"),
      ("nvs", "NVS partition \"nvs\" is encrypted."),
      ("ota_update", "OTA PSK loaded from NVS (32 chars) — authentication enabled"),
      ("app", "no response"), ("app", "Reason: 12 - sensor offline"), ("app", "malloc failed"),
      ("httpd_txrx", "httpd_resp_send_err: none"), ("app", "Detected 4 devices"),
      ("STA.cpp", "Reason: 201 - AUTH_FAIL"),
    ])
  func lookAlikes(tag: String, message: String) {
    #expect(Reading.message(NoticeDecoder.self, tag, message) == [])
  }

  @Test("a line cut at any byte is read without a crash")
  func cuts() {
    for line in Self.startup + Self.network {
      for cut in Reading.cuts(of: line.message) {
        #expect(Reading.plain(NoticeDecoder.self, cut).count <= 2)
        let text = String(decoding: cut, as: UTF8.self)
        #expect(Reading.message(NoticeDecoder.self, line.tag, text).count <= 2)
      }
    }
  }

  @Test("a Wi-Fi reason is found by number and by name, new and old")
  func wifiReasons() {
    #expect(WiFiDisconnectReason.name(of: 15) == "4WAY_HANDSHAKE_TIMEOUT")
    #expect(WiFiDisconnectReason.number(of: "WIFI_REASON_NO_AP_FOUND") == 201)
    #expect(WiFiDisconnectReason.number(of: "ASSOC_EXPIRE") == 4)
    #expect(WiFiDisconnectReason.name(of: 99) == nil)
  }
}
