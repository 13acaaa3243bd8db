// Names of Wi-Fi networks.

extension PersonalScan {
  mutating func networkName(at position: Int) -> Range<Int>? {
    switch text.lower(position) {
    case UInt8(ascii: "s"):
      // Behind `bssid` stands an address.
      if text.has("ssid", at: position), text.lower(position - 1) != UInt8(ascii: "b") {
        return name(behind: position + 4)
      }
      if text.has("s:", at: position) { return nameInCode(at: position) }
      if text.has("softap up: ", at: position) { return unquoted(from: position + 11) }
      if text.has("starting ap ", at: position) { return unquoted(from: position + 12) }
    case UInt8(ascii: "c"):
      if text.has("connect", at: position), let name = connected(at: position) { return name }
      return connectedInOtherWords(at: position)
    case UInt8(ascii: "v"), 0xd0: return connectedInOtherWords(at: position)
    case UInt8(ascii: "w"):
      if text.has("wlan", at: position), !text.isWord(position - 1) {
        return name(ofWLAN: position + 4)
      }
    case UInt8(ascii: "d"):
      if text.has("disconnected from ", at: position) {
        let start = pastOpening(position + 18)
        return text.has("ssid", at: start) ? nil : unquoted(from: start)
      }
    case UInt8(ascii: "j"):
      if text.has("join ", at: position), !text.isWord(position - 1) {
        return name(joined: position + 5)
      }
      if text.has("joined ", at: position) { return unquoted(from: position + 7) }
      if text.has("joining ", at: position) { return unquoted(from: position + 8) }
    case UInt8(ascii: "a"):
      if text.has("ap name", at: position), !text.isWord(position - 1) {
        return name(behind: position + 7)
      }
    case UInt8(ascii: "n"):
      if text.has("network name", at: position) { return name(behind: position + 12) }
    case UInt8(ascii: "h"):
      if text.has("hotspot", at: position) { return name(behind: position + 7) }
    default: break
    }
    return nil
  }

  /// What stands between `connected to` and a network's name.
  private static let openings: [StaticString] = [
    "wifi network ", "wi-fi network ", "wifi ssid ", "wifi ap ", "wifi: ", "wi-fi: ", "network: ",
    "network ", "ap: ", "ap ", "access point ", "wifi ", "wi-fi ", "hotspot ", "the wifi network ",
    "the network ", "new ap: ", "saved ap: ", "ap1 ", "ap2 ", "réseau ", "netzwerk ", "wlan ",
    "wifi-netzwerk ", "wlan-netzwerk ", "dem wlan ", "dem netzwerk ", "red ", "rete ", "сети ",
  ]

  private func pastOpening(_ start: Int) -> Int {
    let opening = Self.openings.first { text.has($0, at: start) }
    return opening.map { text.pastBlanks(start + $0.utf8CodeUnitCount) } ?? start
  }

  /// `connected to` in other languages.
  private static let connections: [StaticString] = [
    "verbinde mit ", "verbunden mit ", "verbindung mit ", "verbindung zu ", "connecté à ",
    "connexion à ", "connecte a ", "connexion a ", "conectado a ", "conectando a ", "conectado à ",
    "connesso a ", "connessione a ", "verbonden met ", "подключено к ", "подключение к ",
  ]

  /// `Verbinde mit WLAN 'lab'`, `Connecté à lab`
  private func connectedInOtherWords(at position: Int) -> Range<Int>? {
    guard !text.isWord(position - 1),
      let words = Self.connections.first(where: { text.has($0, at: position) })
    else { return nil }
    let start = pastOpening(position + words.utf8CodeUnitCount)
    return text.has("ssid", at: start) ? nil : unquoted(from: start)
  }

  /// `WLAN 'lab'`, `WLAN-Name: lab`; `wlan: x` is the tag of a log line.
  private func name(ofWLAN end: Int) -> Range<Int>? {
    let start = text.pastBlanks(end)
    if start > end, text.isQuote(start) { return text.extent(from: start)?.bytes }
    if text.has(": ", at: end) { return nameAlone(behindWLAN: end + 2) }
    guard text.has("-name", at: end) || text.has(" name", at: end) else { return nil }
    return name(behind: end + 5)
  }

  /// `main: WLAN: lab`: a message of its own, which is no tag, and nothing behind it that says how things stand.
  private func nameAlone(behindWLAN start: Int) -> Range<Int>? {
    guard text.has(": WLAN", at: start - 8), text.byte(start - 6) == UInt8(ascii: "W"),
      let name = unquoted(from: start), text.isLineEnd(text.pastBlanks(name.upperBound)),
      !Self.statesOfWLAN.contains(where: { text.has($0, at: start) })
    else { return nil }
    return name
  }

  /// How one begins to say how things stand.
  private static let statesOfWLAN: [StaticString] = [
    "connect", "disconnect", "verb", "getrennt", "ready", "ok", "up", "down", "on", "off", "init",
    "scan", "start", "stop", "err", "fail", "lost", "idle", "no ", "not ", "kein", "wait", "signal",
    "channel", "rssi",
  ]

  /// `join lab ***`, as a program repeats a command.
  private func name(joined start: Int) -> Range<Int>? {
    if text.isQuote(start) { return text.extent(from: start)?.bytes }
    var end = start
    while end < start + Self.longestName, text.byte(end) > 0x20 { end += 1 }
    return end > start && text.has(" ***", at: end) ? start..<end : nil
  }

  /// `connected with lab, aid = 1`, `Connected to lab`, `connecting to network lab...`
  private func connected(at position: Int) -> Range<Int>? {
    var cursor = position + 7
    while cursor < position + 11, text.isLetter(cursor) { cursor += 1 }
    let isBound = text.has(" with ", at: cursor)
    guard isBound || text.has(" to ", at: cursor) || text.has(" to:", at: cursor) else {
      return nil
    }
    cursor = text.pastBlanks(cursor + (isBound ? 6 : 4))
    if isBound {
      var end = cursor
      let limit = cursor + Self.longestName
      while end < limit, !text.isLineEnd(end), !text.has(", aid", at: end) { end += 1 }
      // Only the driver's own line has a station's number behind the name.
      return text.has(", aid", at: end) ? cursor..<end : nil
    }
    cursor = pastOpening(cursor)
    // `connected to ap SSID:lab password:x`
    guard !text.has("ssid", at: cursor) else { return nil }
    return unquoted(from: cursor)
  }

  /// A network's name has 32 bytes at most, of which each may be written as four characters.
  static let longestName = 128

  /// What one is connected to besides networks.
  private static let others: [StaticString] = [
    "the", "a", "an", "mqtt", "mqtts", "broker", "server", "host", "wifi", "wi-fi", "ap", "network",
    "access", "cloud", "aws", "iot", "azure", "peer", "client", "device", "sensor", "ble", "http",
    "https", "tcp", "udp", "tls", "socket", "websocket", "ws", "wss", "service", "port", "gateway",
    "internet", "router", "station", "node", "master", "slave", "usb", "uart", "i2c", "spi", "can",
    "bus", "database", "influxdb", "ntp", "sntp", "modem", "it", "this", "that",
    "pin",
    "gpio", "ground", "gnd", "vcc", "blynk", "thingspeak", "firebase", "failed", "and",
    "or", "der", "dem", "einem", "le", "el", "il", "al", "un", "mir", "wps",
    "api", "esphome", "home assistant",
    "no", "any", "all", "one", "remote", "local", "bluetooth", "display", "esp32", "esp8266",
  ]

  /// Where a name without quotes ends.
  private static let closings: [StaticString] = [
    ", ", "...", " ...", " (", " with ", " using ", " at ", " on ", " as ", " via ", " / ", " | ",
    " - ",
    " failed", " success", " for ", " rssi", " channel", " ip", " after ", " in ", "! ", "; ", ". ",
    " -> ", " =>", " and ", " password", " pass", ": ", "/",
  ]

  private func unquoted(from start: Int) -> Range<Int>? {
    if text.isQuote(start) { return text.extent(from: start)?.bytes }
    if text.byte(start) == UInt8(ascii: "[") { return text.bracketed(from: start + 1)?.bytes }
    let isOther = Self.others.contains { word in
      let end = start + word.utf8CodeUnitCount
      return text.has(word, at: start) && !text.isWord(end) && text.byte(end) != UInt8(ascii: "-")
    }
    guard !isOther else { return nil }
    var end = start
    while !text.isLineEnd(end), end < start + 64 {
      // A host with its port or a URL, of which the address alone tells something.
      if text.has("://", at: end) || text.byte(end) == UInt8(ascii: ":") && text.isDigit(end + 1) {
        return nil
      }
      if Self.closings.contains(where: { text.has($0, at: end) }) { break }
      end += 1
    }
    while end > start, [0x20, 0x2e, 0x21, 0x2c].contains(text.byte(end - 1)) { end -= 1 }
    let name = start..<end
    // A number is a channel or a count; a masked one stays as it is.
    if name.allSatisfy({ text.isDigit($0) }) || text.isMasked(name) { return nil }
    return isHostName(name) ? nil : name
  }

  /// `broker.example.com`, `node-7.local`; addresses are told elsewhere.
  private func isHostName(_ name: Range<Int>) -> Bool {
    guard let dot = name.last(where: { text.byte($0) == UInt8(ascii: ".") }) else { return false }
    return name.allSatisfy {
      text.isWord($0) || text.byte($0) == UInt8(ascii: ".") || text.byte($0) == UInt8(ascii: "-")
    } && dot + 1 < name.upperBound
  }

  /// `ssid=lab`, `SSID: lab, channel: 6`, `"ssid":"lab"`, `SSID 'lab'`, `SSID [lab]`, `SSID <tabs> lab`
  private func name(behind nameEnd: Int) -> Range<Int>? {
    // `ssid_len=4`, `ssids: 12`; `ssid1=lab`
    var end = nameEnd
    if text.byte(end) == UInt8(ascii: "_"), text.isDigit(end + 1) { end += 1 }
    while end < nameEnd + 3, text.isDigit(end) { end += 1 }
    guard !text.isWord(end) else { return nil }
    if text.byte(end) == UInt8(ascii: ">") {
      var close = end + 1
      let limit = close + Self.longestName
      while close < limit, !text.isLineEnd(close), text.byte(close) != UInt8(ascii: "<") {
        close += 1
      }
      return text.has("</", at: close) ? end + 1..<close : nil
    }
    var cursor = text.isQuote(end) ? end + 1 : end
    let blanks = cursor
    cursor = text.pastBlanks(cursor)
    if text.isSign(cursor) {
      cursor = text.pastBlanks(cursor + 1)
    } else if text.byte(blanks) == 0x09 || cursor > blanks + 1 {
      // A table of a scan.
    } else if cursor > blanks, !text.isQuote(cursor), text.byte(cursor) != UInt8(ascii: "[") {
      return word(behindName: cursor)
    } else if !text.isQuote(cursor), text.byte(cursor) != UInt8(ascii: "[") {
      return nil
    }
    if text.byte(cursor) == UInt8(ascii: "[") { return text.bracketed(from: cursor + 1)?.bytes }
    return text.extent(from: cursor)?.bytes
  }

  /// Behind `ssid` without a sign: `Connecting to SSID lab`, `SSID not found`, `ssid is too long`
  private static let predicates: [StaticString] = [
    "not", "is", "was", "and", "or", "too", "has", "must", "of", "for", "in", "on", "to", "with",
    "length",
    "len", "found", "missing", "empty", "invalid", "changed", "set", "list", "scan", "hidden",
    "broadcast", "count", "name", "filter", "the", "from", "match", "mismatch",
  ]

  private func word(behindName start: Int) -> Range<Int>? {
    let isSentence = Self.predicates.contains { word in
      text.has(word, at: start) && !text.isWord(start + word.utf8CodeUnitCount)
    }
    return isSentence ? nil : unquoted(from: start)
  }
}
