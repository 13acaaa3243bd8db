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
  }

  /// Longer names come before their beginnings.
  private static let names: [(word: StaticString, kind: Kind)] = [
    ("passphrase", .password), ("pass_phrase", .password), ("pass phrase", .password),
    ("passkey", .code), ("passcode", .code), ("password", .password), ("passwort", .password),
    ("passord", .password), ("passwd", .password), ("pass", .password), ("parola", .password),
    ("pwd", .password), ("psw", .password), ("psk", .password), ("pmk", .token), ("ptk", .token),
    ("token", .token), ("secret", .token), ("session_id", .token), ("sessionid", .token),
    ("salasana", .password), ("senha", .password),
    ("api_key", .token), ("api-key", .token), ("api key", .token), ("apikey", .token),
    ("adgangskode", .password), ("ota_key", .token), ("ota key", .token), ("private_key", .token),
    ("credential", .pair), ("creds", .pair), ("cred", .pair), ("contraseña", .password),
    ("contrasena", .password), ("kennwort", .password), ("wachtwoord", .password),
    ("mot de passe", .password), ("heslo", .password), ("hasło", .password), ("haslo", .password),
    ("lozinka", .password), ("lösenord", .password), ("losenord", .password),
    ("ltk", .token), ("irk", .token), ("csrk", .token), ("gtk", .token), ("pop", .token),
    ("pin", .code), ("pw", .password),
  ]

  /// Words in other scripts, with the spelling at the beginning of a sentence where there is one.
  private static let otherScripts: [StaticString] = [
    "пароль", "Пароль", "密码", "密碼", "パスワード", "비밀번호",
  ]

  /// For each first letter, the second letters of names, as bits from `a` on; the last bit for all others.
  private static let beginnings: [UInt32] = {
    var beginnings = [UInt32](repeating: 0, count: 26)
    for (name, _) in names {
      beginnings[Int(name.utf8Start[0] &- 0x61)] |= bit(of: name.utf8Start[1])
    }
    return beginnings
  }()

  private static func bit(of second: UInt8) -> UInt32 {
    let place = second &- 0x61
    return 1 << UInt32(min(place, 31))
  }

  /// The name that stands at `position` of a text, with its length in bytes.
  static func name(at position: Int, in scan: SecretScan) -> (length: Int, kind: Kind)? {
    let first = scan.lower(position)
    if first >= 0x80 {
      let word = otherScripts.first { scan.has($0, at: position) }
      return word.map { ($0.utf8CodeUnitCount, .password) }
    }
    let row = first &- 0x61
    // Most words that begin like a name end the likeness with the second letter.
    guard row < 26, beginnings[Int(row)] & bit(of: scan.lower(position + 1)) != 0 else {
      return nil
    }
    let found = names.first { scan.has($0.word, at: position) }
    return found.map { ($0.word.utf8CodeUnitCount, $0.kind) }
  }
}
