import ArgumentParser
import NodeHTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the key for a node's uploads comes from: never from an argument, which every user of the machine can read.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the node's key from this file (default: OTA_PSK or RUVIEW_OTA_PSK of the environment).",
      valueName: "file"),
    completion: .file())
  var tokenFile: String?

  @Flag(help: "Ask for the node's key on the terminal.")
  var askToken = false

  mutating func validate() throws {
    if askToken, tokenFile != nil {
      throw ValidationError("--ask-token and --token-file exclude each other.")
    }
  }

  /// The variables that may hold a key, the first that is set wins.
  static let variables = ["OTA_PSK", "RUVIEW_OTA_PSK"]

  /// The key; nil where none is given.
  func token() throws -> AccessToken? {
    if let tokenFile {
      return try Self.usable(Self.contents(of: tokenFile), from: TextOfName.shown(tokenFile))
    }
    if askToken {
      return try Self.usable(SecretPrompt.ask("Key of the node: "), from: "The answer")
    }
    for name in Self.variables {
      guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { continue }
      return try Self.usable(text, from: name)
    }
    return nil
  }

  /// The text itself is never shown, whatever is wrong with it.
  private static func usable(_ text: String, from source: String) throws -> AccessToken {
    guard let token = AccessToken(text) else { throw KeyError.unfit(source: source) }
    return token
  }

  private static func contents(of path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw KeyError.unreadable(path: path, errno: errno) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { Self.fill(file, $0 + length, bytes.count - length) } ?? 0
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw KeyError.unreadable(path: path, errno: errno) }
      if count == 0 { break }
      length += count
    }
    return String(decoding: bytes.prefix(length), as: UTF8.self)
  }

  private static func fill(_ file: Int32, _ place: UnsafeMutableRawPointer, _ room: Int) -> Int {
    read(file, place, room)
  }
}

/// Why there is no key although one was named.
enum KeyError: Error, CustomStringConvertible {
  case unreadable(path: String, errno: Int32)
  case unfit(source: String)
  case noTerminal

  var description: String {
    switch self {
    case .unreadable(let path, let number):
      "\(TextOfName.shown(path)) cannot be read: \(strerror(number).map { String(cString: $0) } ?? "error \(number)"). "
        + "--token-file names a file that holds the key and nothing else."
    case .unfit(let source):
      "\(source) holds no usable key: a key is one word of printable ASCII, up to 1024 characters."
    case .noTerminal:
      "There is no terminal to ask on. Set OTA_PSK, or give --token-file."
    }
  }
}
