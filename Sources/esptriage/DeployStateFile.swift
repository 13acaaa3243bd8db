import NodeHTTP
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file that a deployment can be resumed from.
///
/// Replaced as a whole and brought to the disk each time: after a crash it holds one step or the
/// next, never half of one. Only one program works with it at a time.
final class DeployStateFile: Sendable {
  let path: String
  private let lock: Int32

  /// Takes the lock; the file itself need not be there.
  init(path: String) throws(DeployStateError) {
    self.path = path
    try Self.makeFolder(of: path)
    while true {
      let file = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw .notWritable(path: path, errno: errno) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        throw .inUse(path: path)
      }
      // Whoever had it before may have removed it meanwhile.
      var (mine, there) = (stat(), stat())
      if fstat(file, &mine) == 0, stat(path + ".lock", &there) == 0, mine.st_ino == there.st_ino {
        lock = file
        return
      }
      close(file)
    }
  }

  deinit {
    unlink(path + ".lock")
    close(lock)
  }

  /// Where the state of an image's deployment is kept when nobody says where.
  static func usualPath(digest: String, image: String) -> String {
    let name = "deploy-" + digest.prefix(16) + ".json"
    if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/esptriage/" + name
    }
    if let home = variable("HOME"), home.hasPrefix("/") {
      return home + "/.local/state/esptriage/" + name
    }
    return image + ".deploy.json"
  }

  /// What an earlier run left; nil where there was none.
  func read() throws(DeployStateError) -> DeployRecord? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .notReadable(path: path, errno: errno)
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = systemRead(file, &piece, piece.count)
      if count > 0 {
        bytes += piece[..<count]
        guard bytes.count < 64 << 20 else { throw .damaged(path: path) }
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw .notReadable(path: path, errno: errno)
      }
    }
    guard let record = DeployStateText.record(bytes) else { throw .damaged(path: path) }
    return record
  }

  /// Writes a file beside it, brings that to the disk, and puts it in its place.
  func write(_ record: DeployRecord) throws(DeployStateError) {
    let draft = path + ".new"
    let file = open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path: path, errno: errno) }
    let code = Self.fill(file, with: Array(DeployStateText.text(record).utf8))
    close(file)
    guard code == 0 else {
      unlink(draft)
      throw .notWritable(path: path, errno: code)
    }
    guard rename(draft, path) == 0 else { throw .notWritable(path: path, errno: errno) }
    Self.syncFolder(of: path)
  }

  /// Forgets the deployment.
  func remove() { unlink(path) }

  private static func fill(_ file: Int32, with bytes: [UInt8]) -> Int32 {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        bytes.baseAddress.map { systemWrite(file, $0 + written, bytes.count - written) } ?? 0
      }
      if count >= 0 { written += count } else if errno != EINTR { return errno }
    }
    return fsync(file) == 0 ? 0 : errno
  }

  private static func folder(of path: String) -> String {
    guard let cut = path.lastIndex(of: "/") else { return "." }
    return cut == path.startIndex ? "/" : String(path[..<cut])
  }

  /// Without this the new name may be lost with the power, though the bytes are there.
  private static func syncFolder(of path: String) {
    let folder = open(folder(of: path), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static func makeFolder(of path: String) throws(DeployStateError) {
    var reached = ""
    for part in folder(of: path).split(separator: "/", omittingEmptySubsequences: false) {
      reached += reached.isEmpty && !part.isEmpty ? String(part) : "/" + part
      if mkdir(reached, 0o700) != 0, errno != EEXIST, access(reached, F_OK) != 0 {
        throw .notWritable(path: path, errno: errno)
      }
    }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// Why the state of a deployment cannot be kept or taken up.
enum DeployStateError: Error, CustomStringConvertible {
  case notReadable(path: String, errno: Int32)
  case notWritable(path: String, errno: Int32)
  case damaged(path: String)
  case inUse(path: String)
  case otherImage(path: String, theirs: String)
  case otherStages(path: String)
  case otherNodes(path: String, count: Int)
  case stopped(reason: String, nodes: [NodeRecord])

  var description: String {
    switch self {
    case .notReadable(let path, let code):
      "The deployment's state \(path) cannot be read: \(text(code)). Name another with --state."
    case .notWritable(let path, let code):
      "The deployment's state \(path) cannot be written: \(text(code)). Nothing more is sent "
        + "without it; name another place with --state."
    case .damaged(let path):
      "\(path) is no state of a deployment. Name another file with --state, or start over with "
        + "--restart, which asks every node anew."
    case .inUse(let path):
      "Another esptriage is deploying with \(path). Wait for its end; 'ps -C esptriage' shows it."
    case .otherImage(let path, let theirs):
      "\(path) belongs to another image, \(theirs). Name another file with --state, or give "
        + "--restart to forget that deployment."
    case .otherStages(let path):
      "\(path) belongs to a rollout with other stages. Leave --stage out to go on with those, or "
        + "give --restart to begin anew."
    case .otherNodes(let path, let count):
      "An earlier run with this image is unfinished, and it had other nodes (\(count), in \(path)). "
        + "Name no node to go on with it, give --restart to forget it, or --state for a file of "
        + "its own."
    case .stopped(let reason, let nodes):
      "This rollout stopped itself: \(reason).\n" + Self.list(nodes)
        + "Once that is mended, --continue goes on, --restart begins anew."
    }
  }

  /// The nodes that are not confirmed, with what is to be done about each; the first few say enough.
  private static func list(_ nodes: [NodeRecord]) -> String {
    let judged = nodes.filter { !$0.step.isGood && $0.judgement != nil }
    let lines = judged.prefix(5).map { node in
      let judgement = node.judgement
      return "  \(node.address): \(judgement?.verdict ?? ""). \(judgement?.next ?? "")\n"
    }
    return lines.joined() + (judged.count > 5 ? "  … and \(judged.count - 5) more\n" : "")
  }

  private func text(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// `write(2)`, whose name a method above hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}

/// `read(2)`, likewise.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}
