#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Searches one folder and everything below it for logs.
///
/// Entries come in the order of the bytes of their names, links after all that is really there: so a
/// file reached both ways bears its own name.
struct FolderWalk {
  private(set) var found: [LogInput] = []
  private(set) var leftOut = LeftOut()
  private(set) var problems: [LogFileError] = []
  /// All files and folders met, which makes a circle of links end.
  private(set) var reached: Set<FileIdentity>
  private var links: [FolderEntry] = []
  private let head = Room(size: LogContent.secondLook)

  init(reached: Set<FileIdentity>) {
    self.reached = reached
  }

  mutating func search(_ folder: FilePath) {
    searchWithoutLinks(folder)
    // A folder behind a link may hold further links.
    while !links.isEmpty {
      let batch = links
      links = []
      for link in batch { follow(link) }
    }
  }

  private mutating func searchWithoutLinks(_ folder: FilePath) {
    var waiting = entries(of: folder)
    while let entry = waiting.popLast() {
      switch entry.kind {
      case .folder where entry.name.isHidden: leftOut.hidden += 1
      case .folder: waiting += entries(of: entry.path)
      case .regular: consider(entry)
      case .link: links.append(entry)
      case .fifo, .characterDevice, .blockDevice, .socket, .other: leftOut.special += 1
      }
    }
  }

  private mutating func follow(_ link: FolderEntry) {
    guard !link.name.isHidden else { return leftOut.hidden += 1 }
    let status: FileStatus
    do {
      status = try link.path.statusOrError()
    } catch {
      // A log that somebody expects to be read.
      if LogFileName(link.name.text).candidacy == .log {
        problems.append(Self.problem(of: link, error))
      }
      return leftOut.special += 1
    }
    switch status.kind {
    case .folder: searchWithoutLinks(link.path)
    case .regular: consider(link)
    case .link, .fifo, .characterDevice, .blockDevice, .socket, .other: leftOut.special += 1
    }
  }

  /// What is said of a link that cannot be followed.
  private static func problem(of link: FolderEntry, _ error: LogFileError) -> LogFileError {
    if case .notFound = error { return .deadLink(path: link.path.text) }
    return error
  }

  /// The entries of a folder in reverse order, ready to be popped from the end.
  private mutating func entries(of path: FilePath) -> [FolderEntry] {
    do {
      guard let folder = try FolderEntry.all(in: path, unless: { reached.contains($0) }) else {
        leftOut.repeated += 1
        return []
      }
      reached.insert(folder.identity)
      return folder.entries.sorted { $1.name < $0.name }
    } catch {
      problems.append(error)
      leftOut.unreadable += 1
      return []
    }
  }

  private mutating func consider(_ entry: FolderEntry) {
    let candidacy = LogFileName(entry.name.text).candidacy
    switch candidacy {
    case .hidden: return leftOut.hidden += 1
    case .other: return leftOut.named += 1
    case .log, .perhapsLog: break
    }
    do {
      // A pipe that took the file's place since it was listed must not keep us waiting.
      let file = try Descriptor(opening: entry.path, extraFlags: O_NONBLOCK)
      guard let status = file.status(), status.kind == .regular else {
        return leftOut.special += 1
      }
      guard reached.insert(status.identity).inserted else { return leftOut.repeated += 1 }
      if try isLog(file, entry, candidacy) {
        found.append(LogInput(path: entry.path, nature: .regular))
      } else {
        leftOut.binary += 1
      }
    } catch {
      problems.append(error)
      leftOut.unreadable += 1
    }
  }

  private func isLog(
    _ file: borrowing Descriptor, _ entry: FolderEntry, _ candidacy: LogFileName.Candidacy
  ) throws(LogFileError) -> Bool {
    var length = 0
    for look in [LogContent.firstLook, LogContent.secondLook] {
      while length < look {
        let room = UnsafeMutableRawBufferPointer(rebasing: head.bytes[length..<look])
        switch file.read(into: room) {
        case .bytes(let count):
          length += count
          continue
        case .end, .nothingYet: break
        case .failed(let code): throw .reading(entry.path.text, errno: code)
        }
        break
      }
      let beginning = UnsafeRawBufferPointer(rebasing: head.bytes[..<length])
      if textIsLog(beginning, candidacy) { return true }
      if length < look { return false }
    }
    return false
  }

  /// Judges the text behind packing and UTF-16; a packed file that is damaged stays in, so that reading it says so.
  private func textIsLog(
    _ beginning: UnsafeRawBufferPointer, _ candidacy: LogFileName.Candidacy
  ) -> Bool {
    var verdict: Bool?
    let decoding = Decoding(name: "", chunkSize: LogContent.firstLook)
    let judge = { (text: UnsafeRawBufferPointer) -> ReadingDecision in
      verdict = LogContent.isLog(text, namedLikeLog: candidacy)
      return .stop
    }
    do {
      if try decoding.feed(beginning, judge) == .continue { try decoding.end(judge) }
      return verdict ?? LogContent.isLog(beginning, namedLikeLog: candidacy)
    } catch {
      switch error {
      // Reading it tells what is wrong with it, or missing.
      case .brokenCompression, .libraryMissing: return verdict ?? true
      case .notFound, .deadLink, .notAllowed, .folderWithoutLogs, .notReadable, .unknownCompression,
        .foreignFormat, .openFailed, .readFailed:
        return false
      }
    }
  }
}
