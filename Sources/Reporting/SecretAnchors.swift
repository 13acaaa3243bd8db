/// The places of a text at which a secret may begin or be named, found before anything else is looked at.
///
/// Nearly all texts have none, and every text of every report is asked. Three bytes tell: those with which a name, a
/// word of a protocol or a key of a service begins have a bit in a table of 4 KiB, for capitals and small letters alike.
enum SecretAnchors {
  /// The first such place from `start` on.
  @inline(__always)
  static func first(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start + 2 < bytes.count else { return nil }
    return table.withUnsafeBufferPointer { table in
      var hash = UInt32(bytes[start] & 31) << 5 | UInt32(bytes[start + 1] & 31)
      for index in (start + 2)..<bytes.count {
        hash = (hash << 5 | UInt32(bytes[index] & 31)) & 0x7fff
        if table[Int(hash >> 6)] & (1 << UInt64(hash & 63)) != 0 { return index - 2 }
      }
      return nil
    }
  }

  /// What `SecretScan.secret(at:)` answers besides names; `?` stands for any byte.
  private static let beginnings: [StaticString] = [
    "authorization", "auth=", "auth: ", "bearer", "begin(", "cookie:", "code", "connect", "cwjap",
    "cwsap",
    "cpin", "key", "login", "signature=", "sig=", "://", "---", ";p:", ":p:", "0:a", "1:a", "2:a",
    "3:a", "4:a", "5:a", "6:a", "7:a", "8:a", "9:a", "> j", "> s", "> a", "> w", "> c",
    "> \u{1b}", "eyj",
    "mt%", "hooks.", "pw?", "se=", "cmp(", "cgauth",
    "mqttusercfg", "dataset", "&p=", "?p=", "hotspot", "-p ",
  ]

  private static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: 512)
    func add(_ word: StaticString) {
      let last: ClosedRange<UInt32> =
        word.utf8Start[2] == UInt8(ascii: "?")
        ? 0...31 : UInt32(word.utf8Start[2] & 31)...UInt32(word.utf8Start[2] & 31)
      for third in last {
        let hash =
          UInt32(word.utf8Start[0] & 31) << 10 | UInt32(word.utf8Start[1] & 31) << 5 | third
        table[Int(hash >> 6)] |= 1 << UInt64(hash & 63)
      }
    }
    for (word, _) in SecretNames.names where word.utf8CodeUnitCount > 2 { add(word) }
    SecretNames.otherScripts.forEach(add)
    for (beginning, _) in SecretScan.vendors { add(beginning) }
    beginnings.forEach(add)
    return table
  }()
}
