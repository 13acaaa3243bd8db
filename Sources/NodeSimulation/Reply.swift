/// What the node says to a request.
struct Reply {
  var status: UInt32
  var contentType: String
  var body: [UInt8]
  /// The length that is announced, where it is not the body's.
  var declared: UInt64?
  var ending = Ending.asUsual
  /// Where a redirect leads.
  var location: String?

  enum Ending {
    case asUsual
    /// A reset at the heels of the last byte.
    case reset
  }

  /// JSON, with status 200.
  static func json(_ text: String) -> Reply {
    Reply(status: 200, contentType: "application/json", body: Array(text.utf8))
  }

  /// A failure as `httpd_resp_send_err` reports it.
  static func failure(_ status: UInt32, _ text: String) -> Reply {
    Reply(status: status, contentType: "text/html", body: Array(text.utf8))
  }

  static let notFound = failure(404, "Nothing matches the given URI")
  static let wrongMethod = failure(405, "Specified method is invalid for this resource")
  static let notAllowed = failure(
    403, "Authentication required. Use: Authorization: Bearer <psk>")
  static let wrongSize = failure(400, "Invalid firmware size (must be 1B - 900KB)")
  static let updated = json(#"{"status":"ok","message":"OTA update successful. Rebooting..."}"#)

  /// All of it as it goes over the line.
  var raw: [UInt8] {
    let head =
      "HTTP/1.1 \(status) \(phrase)\r\nContent-Type: \(contentType)\r\n"
      + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// Status and its words, as the device logs them.
  var statusLine: String { "\(status) \(phrase)" }

  private var phrase: String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    default: "Internal Server Error"
    }
  }
}
