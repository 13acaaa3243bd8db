/// The words after which a value is a secret.
enum SecretNames {
  /// What kind of value stands behind a word, and so how far a text without `:` or `=` is believed.
  enum Kind {
    /// Words that people choose: also taken for one at the end of a text.
    case password
    /// What machines make.
    case token
    /// A word with a user in front of it: `lab/x`.
    case pair
    /// A number that is typed in; on a chip a `pin` may as well be a foot of its package.
    case code
    /// A proof of possession; other things `pop` as well.
    case proof
  }

  /// A word, and what stands behind it.
  typealias Name = (word: StaticString, kind: Kind)

  /// Longer names come before their beginnings.
  static let names: [Name] = [
    ("passphrase", .password), ("pass_phrase", .password), ("pass phrase", .password),
    ("passkey", .code), ("passcode", .code), ("password", .password), ("passwort", .password),
    ("passord", .password), ("passwd", .password), ("pass", .password), ("parola", .password),
    ("pwd", .password), ("psw", .password), ("psk", .password), ("pmk", .token), ("ptk", .token),
    ("token", .token), ("sharedaccesskey", .token), ("secret", .token), ("session_id", .token),
    ("sessionid", .token),
    ("salasana", .password), ("senha", .password), ("possession", .proof),
    ("adgangskode", .password),
    ("credential", .pair), ("creds", .pair), ("cred", .pair), ("contraseña", .password),
    ("contrasena", .password), ("kennwort", .password), ("wachtwoord", .password),
    ("mot de passe", .password), ("clave", .password),
    ("wlan-schlüssel", .password), ("wlan-schluessel", .password), ("wpa-schlüssel", .password),
    ("netzwerkschlüssel", .password), ("clé wifi", .password), ("clé wi-fi", .password),
    ("heslo", .password), ("hasło", .password), ("haslo", .password),
    ("lozinka", .password), ("lösenord", .password), ("losenord", .password),
    ("ltk", .token), ("lmk", .token), ("irk", .token), ("csrk", .token), ("gtk", .token),
    ("kck", .token), ("kek", .token),
    ("pop", .proof), ("pin", .code), ("pw", .password),
  ]

  /// Words in other scripts, with the spelling at the beginning of a sentence where there is one.
  static let otherScripts: [StaticString] = [
    "пароль", "Пароль", "密码", "密碼", "パスワード", "비밀번호",
  ]

  /// The names by their first letters.
  private static let byLetter: [[Name]] = {
    var byLetter = [[Name]](repeating: [], count: 26)
    for name in names { byLetter[Int(name.word.utf8Start[0] &- 0x61)].append(name) }
    return byLetter
  }()

  /// The name that stands at `position` of a text, with its length in bytes.
  static func name(at position: Int, in scan: SecretScan) -> (length: Int, kind: Kind)? {
    let first = scan.lower(position)
    if first >= 0x80 {
      let word = otherScripts.first { scan.has($0, at: position) }
      return word.map { ($0.utf8CodeUnitCount, .password) }
    }
    let row = first &- 0x61
    guard row < 26 else { return nil }
    let found = byLetter[Int(row)].first { scan.has($0.word, at: position) }
    return found.map { ($0.word.utf8CodeUnitCount, $0.kind) }
  }

  /// Whose password, in one word with it: `wifipass`, `mqttpwd`, `authtoken`.
  private static let owners: [StaticString] = [
    "wifi", "mqtt", "user", "admin", "login", "web", "http", "ftp", "smtp", "mail", "ota", "sta",
    "net", "ssid", "auth", "access", "bot", "api", "refresh", "id", "device", "db",
  ]

  /// Whether the word that goes on at `position` begins with its owner.
  static func isOwned(_ position: Int, in scan: SecretScan) -> Bool {
    owners.contains { owner in
      let start = position - owner.utf8CodeUnitCount
      return scan.has(owner, at: start) && !scan.isLetter(start - 1)
    }
  }

  /// What a name goes on with where it tells something about a secret: `password_len=8`, `token_type: x`.
  private static let descriptions: [StaticString] = [
    "len", "length", "size", "count", "num", "type", "mode", "idx", "index", "ttl", "age", "expiry",
    "expires", "expire", "expiration", "timeout", "interval", "lifetime", "state", "status",
    "valid", "set", "found", "present", "required", "enabled", "attempts", "retries", "retry",
    "tries", "version", "ver", "offset", "handle", "cb", "callback", "task", "event", "err",
    "error", "errors", "path", "file", "slot", "bits", "rate", "ratio", "through", "thru", "band",
    "fail", "failed", "ok", "ms", "sec", "min", "max", "policy", "strength", "format", "encoding",
    "alg", "algorithm", "source", "flag", "flags", "used", "usage", "limit", "budget", "total",
    "left", "remaining", "bucket", "endpoint",
  ]

  /// Whether one of the words of `_len`, `-expires-in` or `Length` describes.
  static func describes(_ tail: Range<Int>, in scan: SecretScan) -> Bool {
    var start = tail.lowerBound
    while start < tail.upperBound {
      var end = start
      while end < tail.upperBound, scan.isLetter(end),
        end == start || !scan.isCapital(end) || scan.isCapital(end - 1)
      {
        end += 1
      }
      if end > start,
        descriptions.contains(where: {
          $0.utf8CodeUnitCount == end - start && scan.has($0, at: start)
        })
      {
        return true
      }
      start = max(end, start + 1)
    }
    return false
  }
}
