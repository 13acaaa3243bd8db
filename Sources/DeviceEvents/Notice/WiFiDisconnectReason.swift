// The names of `wifi_err_reason_t`, components/esp_wifi/include/esp_wifi_types.h, ESP-IDF 4.0 to
// 6.1; where a name changed the newer one stands here.

/// Why a Wi-Fi station lost its connection.
public enum WiFiDisconnectReason {
  /// ESP-IDF's name of the reason without `WIFI_REASON_`; nil for numbers that have none.
  public static func name(of number: Int) -> String? { names[number] }

  /// The number of a reason, from a name with or without `WIFI_REASON_`, of any ESP-IDF version.
  public static func number(of name: String) -> Int? {
    let prefix = "WIFI_REASON_"
    let bare = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    return numbers[bare] ?? olderNames[bare]
  }

  private static let numbers: [String: Int] = Dictionary(
    names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })

  private static let names: [Int: String] = [
    1: "UNSPECIFIED", 2: "AUTH_EXPIRE", 3: "AUTH_LEAVE", 4: "DISASSOC_DUE_TO_INACTIVITY",
    5: "ASSOC_TOOMANY", 6: "CLASS2_FRAME_FROM_NONAUTH_STA",
    7: "CLASS3_FRAME_FROM_NONASSOC_STA", 8: "ASSOC_LEAVE", 9: "ASSOC_NOT_AUTHED",
    10: "DISASSOC_PWRCAP_BAD", 11: "DISASSOC_SUPCHAN_BAD", 12: "BSS_TRANSITION_DISASSOC",
    13: "IE_INVALID", 14: "MIC_FAILURE", 15: "4WAY_HANDSHAKE_TIMEOUT",
    16: "GROUP_KEY_UPDATE_TIMEOUT", 17: "IE_IN_4WAY_DIFFERS", 18: "GROUP_CIPHER_INVALID",
    19: "PAIRWISE_CIPHER_INVALID", 20: "AKMP_INVALID", 21: "UNSUPP_RSN_IE_VERSION",
    22: "INVALID_RSN_IE_CAP", 23: "802_1X_AUTH_FAILED", 24: "CIPHER_SUITE_REJECTED",
    25: "TDLS_PEER_UNREACHABLE", 26: "TDLS_UNSPECIFIED", 27: "SSP_REQUESTED_DISASSOC",
    28: "NO_SSP_ROAMING_AGREEMENT", 29: "BAD_CIPHER_OR_AKM", 30: "NOT_AUTHORIZED_THIS_LOCATION",
    31: "SERVICE_CHANGE_PERCLUDES_TS", 32: "UNSPECIFIED_QOS", 33: "NOT_ENOUGH_BANDWIDTH",
    34: "MISSING_ACKS", 35: "EXCEEDED_TXOP", 36: "STA_LEAVING", 37: "END_BA", 38: "UNKNOWN_BA",
    39: "TIMEOUT", 46: "PEER_INITIATED", 47: "AP_INITIATED",
    48: "INVALID_FT_ACTION_FRAME_COUNT", 49: "INVALID_PMKID", 50: "INVALID_MDE",
    51: "INVALID_FTE", 67: "TRANSMISSION_LINK_ESTABLISH_FAILED",
    68: "ALTERATIVE_CHANNEL_OCCUPIED", 200: "BEACON_TIMEOUT", 201: "NO_AP_FOUND",
    202: "AUTH_FAIL", 203: "ASSOC_FAIL", 204: "HANDSHAKE_TIMEOUT", 205: "CONNECTION_FAIL",
    206: "AP_TSF_RESET", 207: "ROAMING", 208: "ASSOC_COMEBACK_TIME_TOO_LONG",
    209: "SA_QUERY_TIMEOUT", 210: "NO_AP_FOUND_W_COMPATIBLE_SECURITY",
    211: "NO_AP_FOUND_IN_AUTHMODE_THRESHOLD", 212: "NO_AP_FOUND_IN_RSSI_THRESHOLD",
  ]

  private static let olderNames: [String: Int] = [
    "ASSOC_EXPIRE": 4, "NOT_AUTHED": 6, "NOT_ASSOCED": 7,
  ]
}
