// W (51201) httpd_txrx: httpd_resp_send_err: 400 Bad Request - Invalid firmware size (must be 1B - 900KB)
// E (7034) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7780
// W (1640) wifi: Wi-Fi disconnected 201, trying to reconnect...
// W (410) ota_update: No OTA PSK in NVS — OTA upload endpoint will REJECT all requests until provisioned
//
// Wordings of ESP-IDF 3.3 to 6.1: esp_http_server (status line and body follow the function's name),
// esp-tls, esp_http_client, lwip; of protocol_examples_common, arduino-esp32's STA and ESPHome's
// wifi; and of the sensor node's ota_update.c and main.c, whose dashes are UTF-8.

extension NoticeSentences {
  /// The HTTP server.
  static let httpServer: [Sentence] = [
    Sentence("httpd_resp_send_err: ", then: "%s", means: httpError),
    Sentence("httpd_sock_err: error in ", then: "%s : %d", means: notice(.httpSocketError)),
    Sentence(
      "httpd_uri: uri handler execution failed", means: notice(.httpHandlerFailed)),
    Sentence("uri handler execution failed", .taggedMessage, means: notice(.httpHandlerFailed)),
    Sentence("httpd_uri: URI '", then: "%s' not found", means: notice(.httpError)),
    Sentence(
      "httpd_uri: Method '", then: "%s' not allowed for URI", means: notice(.httpError)),
    Sentence("httpd_server_init: error in ", then: "%s (%d)", means: notice(.httpServerFailed)),
    Sentence(
      "httpd_accept_conn: error in accept (", then: "%d)", means: notice(.httpSocketError)),
    Sentence("httpd_accept_conn: session creation failed", means: notice(.httpServerFailed)),
    Sentence("error in bind (", then: "%d)", .taggedMessage, means: notice(.httpServerFailed)),
    Sentence("error in listen (", then: "%d)", .taggedMessage, means: notice(.httpServerFailed)),
    Sentence(
      "error accepting new connection", .taggedMessage, means: notice(.httpServerFailed)),
  ]

  /// `400 Bad Request - Invalid firmware size …`: the status line, and what the sensor node's upload
  /// handler says in the body about the step that failed.
  private static let httpError: Sentence.Meaning = { match in
    guard let answer = match.texts.first, let status = Int(answer.prefix(3)),
      (400...599).contains(status)
    else { return [] }
    let notice = DeviceEvent.notice(Notice(.httpError, numbers: [status], detail: answer))
    let refusal = refusals.first { $0.status == status && answer.contains($0.body) }
    guard let refusal else { return [notice] }
    return [notice, .update(.failed(UpdateFailure(stage: refusal.stage)))]
  }

  private static let refusals: [(status: Int, body: String, stage: UpdateFailure.Stage)] = [
    (400, "Invalid firmware size", .size),
    (403, "Authentication required. Use: Authorization: Bearer", .authorization),
    (500, "No OTA partition available", .noPartition),
    (500, "OTA begin failed", .begin),
    (500, "Receive error", .download),
    (500, "OTA write failed", .write),
    (500, "OTA validation failed", .validation),
    (500, "Set boot partition failed", .setBoot),
  ]

  /// TLS, DNS and connections.
  static let connections: [Sentence] = [
    Sentence(
      "mbedtls_ssl_handshake returned -0x", then: "%x",
      means: { match in
        [.notice(Notice(.tlsFailed, numbers: match.numbers.map { -$0 }))]
      }),
    Sentence("Failed to verify peer certificate", means: notice(.tlsFailed)),
    Sentence("create_ssl_handle failed", means: notice(.tlsFailed)),
    Sentence(
      "mbedtls_x509_crt_parse of CA cert returned -0x", then: "%x", means: notice(.tlsFailed)),
    Sentence("mbedtls_x509_crt_parse returned -0x", then: "%x", means: notice(.tlsFailed)),
    Sentence("couldn't get hostname for :", then: "%s:", means: notice(.dnsFailed)),
    Sentence("Failed to open new connection", means: notice(.connectionFailed)),
    Sentence("Failed to connnect to host (errno ", then: "%d)", means: notice(.connectionFailed)),
    Sentence(
      "[sock=", then: "%d] delayed connect error: %s", means: notice(.connectionFailed)),
    Sentence("Connection failed, sock < 0", means: notice(.connectionFailed)),
    Sentence(
      "Failed to allocate ", then: "%d bytes (free heap size %d)", means: notice(.allocationFailed)),
    Sentence(
      "malloc failed", .taggedMessage, ending: .clause, means: notice(.allocationFailed)),
    // Rust's, before it aborts; of a panic it is the message.
    Sentence(
      "memory allocation of ", then: "%d bytes failed", .lineStart,
      means: { match in
        [.notice(Notice(.allocationFailed, numbers: match.numbers, detail: "Rust"))]
      }),
    Sentence("Mem alloc fail. size 0x", then: "%x caps 0x%x", means: notice(.allocationFailed)),
  ]

  /// MQTT: esp-mqtt and ESP-IDF's example, ESPHome, Tasmota, and the example of PubSubClient.
  static let mqtt: [Sentence] = [
    Sentence("MQTT_EVENT_CONNECTED", .sentence, ending: .whole, means: broker(.mqttConnected)),
    Sentence("MQTT_EVENT_DISCONNECTED", .sentence, means: broker(.mqttDisconnected)),
    Sentence("Error transport connect", .taggedMessage, means: broker(.mqttDisconnected)),
    Sentence("No PING_RESP, disconnected", .taggedMessage, means: broker(.mqttDisconnected)),
    Sentence("MQTT Connected!", .sentence, means: broker(.mqttConnected)),
    Sentence("MQTT Disconnected: ", .sentence, means: broker(.mqttDisconnected)),
    Sentence("MQT: Connected", ending: .whole, means: broker(.mqttConnected)),
    Sentence("MQT: Connect failed to ", means: broker(.mqttDisconnected)),
    Sentence("Attempting MQTT connection...connected", .sentence, means: broker(.mqttConnected)),
    Sentence(
      "Attempting MQTT connection...failed, rc=", .sentence, means: broker(.mqttDisconnected)),
  ]

  private static func broker(_ kind: NoticeKind) -> Sentence.Meaning {
    { _ in [.notice(Notice(kind))] }
  }

  /// Wi-Fi.
  static let wifi: [Sentence] = [
    Sentence(
      "Wi-Fi disconnected ", then: "%d, trying to reconnect", means: notice(.wifiDisconnected)),
    Sentence(
      "Wi-Fi disconnected, trying to reconnect", means: notice(.wifiDisconnected)),
    Sentence("Wi-Fi disconnected from SSID ", means: notice(.wifiDisconnected)),
    Sentence("WiFi disconnected, reason: ", then: "%d", means: notice(.wifiDisconnected)),
    Sentence("WiFi disconnected, reason=", then: "%d", means: notice(.wifiDisconnected)),
    Sentence("Disconnected from AP, reason: ", then: "%d", means: notice(.wifiDisconnected)),
    Sentence("disconnect reason: ", then: "%d", .lineStart, means: notice(.wifiDisconnected)),
    Sentence("Disconnect reason: ", then: "%d", .sentence, means: notice(.wifiDisconnected)),
    Sentence("Disconnect reason : ", then: "%d", .sentence, means: notice(.wifiDisconnected)),
    Sentence("Reason: ", then: "%d - %s", .lineStart, means: namedDisconnect),
    Sentence(
      "Disconnected ssid='", then: "%*' %*reason='%s'", .sentence, means: espHomeDisconnect),
    Sentence(
      "Event: Disconnected ssid='", then: "%*' %*reason='%s'", means: espHomeDisconnect),
    Sentence("bcn_timeout,ap_probe_send_start", .taggedMessage, means: beaconTimeout),
    Sentence("wifi:bcn_timeout,ap_probe_send_start", means: beaconTimeout),
    Sentence(
      "Retrying WiFi connection (", then: "%d/%d)",
      means: { _ in
        [.notice(Notice(.wifiDisconnected))]
      }),
    Sentence(
      "Failed to connect to WiFi after ", then: "%d retries", means: notice(.wifiGaveUp)),
    Sentence("WiFi Connect failed ", then: "%d times, stop reconnect", means: notice(.wifiGaveUp)),
    Sentence("Got IP: ", then: "%s", .taggedMessage, means: notice(.wifiConnected)),
    Sentence("Got IPv4 event: ", .anywhere, means: notice(.wifiConnected)),
    Sentence("sta ip: ", then: "%s,", .taggedMessage, means: notice(.wifiConnected)),
    Sentence("eth ip: ", then: "%s,", .taggedMessage, means: notice(.ethernetConnected)),
  ]

  /// `Reason: 201 - NO_AP_FOUND`: number and name have to agree.
  private static let namedDisconnect: Sentence.Meaning = { match in
    guard let number = match.numbers.first, let name = match.texts.first,
      WiFiDisconnectReason.number(of: name) == number
    else { return [] }
    return [.notice(Notice(.wifiDisconnected, numbers: [number], detail: name))]
  }

  /// ESPHome's own names.
  private static let espHomeDisconnect: Sentence.Meaning = { match in
    let name = match.texts.first
    let number = name.flatMap { reasonsByName[$0] }
    return [.notice(Notice(.wifiDisconnected, numbers: number.map { [$0] } ?? [], detail: name))]
  }

  private static let beaconTimeout: Sentence.Meaning = { _ in
    [.notice(Notice(.wifiDisconnected, numbers: [200]))]
  }

  /// The sensor node's upload server and its key.
  static let updateServer: [Sentence] = [
    Sentence(
      "No OTA PSK in NVS", then: "%*REJECT all requests", means: notice(.otaKeyMissing)),
    Sentence(
      "No OTA PSK in NVS", then: "%*authentication DISABLED", means: notice(.otaAuthDisabled)),
    Sentence(
      "NVS namespace '", then: "%s' not found%*REJECT all requests",
      means: notice(.otaKeyMissing)),
    Sentence(
      "NVS namespace '", then: "%s' not found%*authentication DISABLED",
      means: notice(.otaAuthDisabled)),
    Sentence(
      "OTA HTTP server started on port ", then: "%d", means: notice(.otaServerStarted)),
    Sentence(
      "Failed to start OTA HTTP server on port ", then: "%d: %s",
      means: notice(.otaServerFailed)),
    Sentence("OTA server init failed: ", then: "%s", means: notice(.otaServerFailed)),
  ]
}
