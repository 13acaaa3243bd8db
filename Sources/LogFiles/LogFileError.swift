#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a log could not be read, or not to its end.
///
/// What was delivered before such an error is good, and worth a diagnosis of its own.
public enum LogFileError: Error, Hashable, Sendable {
  /// Nothing has this name.
  case notFound(path: String)
  /// A link in a folder, named like a log, that leads nowhere.
  case deadLink(path: String)
  /// The system does not let this user read it.
  case notAllowed(path: String)
  /// The folder was searched to its end, and no file in it is a log.
  case folderWithoutLogs(path: String, leftOut: LeftOut)
  /// It is there, but it is nothing that can be read as a log.
  case notReadable(path: String, kind: UnreadableKind)
  /// A compressed file is cut short or damaged; the text in front of the damage was delivered.
  ///
  /// `offset` counts the bytes of the compressed file.
  case brokenCompression(path: String, offset: UInt64, what: String)
  /// The file is packed in a way this program does not unpack.
  case unknownCompression(path: String, format: ForeignArchive)
  /// The library that unpacks the file is not on this computer; `what` tells how to get it.
  case libraryMissing(path: String, what: String)
  /// The file is of another format than a log.
  case foreignFormat(path: String, format: ForeignFormat)
  /// The file could not be opened.
  case openFailed(path: String, errno: Int32)
  /// The system stopped in the middle of reading.
  case readFailed(path: String, errno: Int32)

  /// A kind of thing in the file system that holds no log.
  public enum UnreadableKind: Hashable, Sendable {
    /// A socket: only its owner knows what it speaks.
    case socket
    /// A disk.
    case blockDevice
    /// A folder, where one file was asked for.
    case folder
    /// A folder of a file system in which the kernel tells of itself, as `/proc`.
    case systemFolder
    /// Something this version does not know.
    case other
  }

  /// A packing that has to be undone before the log can be read.
  public enum ForeignArchive: Hashable, Sendable {
    /// bzip2.
    case bzip2
    /// LZ4 frames.
    case lz4
    /// A ZIP archive, which may hold many files.
    case zip
  }
}

extension LogFileError: CustomStringConvertible {
  /// What happened, where, and what to do next, in one line without control characters.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no file or folder \(shown(path)). Check the name, and the folder you are in."
    case .deadLink(let path):
      "\(shown(path)) is a link that leads nowhere. Remove it, or put back what it led to."
    case .notAllowed(let path):
      "No permission to read \(shown(path)). Run 'ls -ld' on it to see who may, "
        + "or copy it to a place of your own."
    case .folderWithoutLogs(let path, let leftOut):
      "No logs in \(shown(path)): \(leftOut.total == 0 ? "it is empty" : "\(leftOut)"). "
        + "What counts is text named .log, .txt or .out, or without an extension, also rotated "
        + "(.log.1) or compressed (.gz, .zst, .xz). "
        + "Name a file itself to have it read whatever it is called."
    case .notReadable(let path, .folder):
      "\(shown(path)) is a folder, where one log is asked for. Name the file in it to read."
    case .notReadable(let path, .systemFolder):
      "\(shown(path)) was not searched: the kernel tells of itself there, and no file in it is a log. "
        + "Name a file in it to have it read."
    case .notReadable(let path, let kind):
      "\(shown(path)) is \(kind.inWords), not a log. Name a file, a folder, a pipe or a serial port."
    case .brokenCompression(let path, let offset, let what):
      "\(shown(path)) cannot be unpacked beyond byte \(offset): \(what). "
        + (what.hasSuffix(nothingUnpacked)
          ? "Copy the file again."
          : "The text in front of it was read; copy the file again to get the rest.")
    case .unknownCompression(let path, let format):
      "\(shown(path)) is packed with \(format.inWords.name). "
        + "Unpack it first: \(format.inWords.command)."
    case .libraryMissing(let path, let what): "\(shown(path)) cannot be unpacked: \(what)."
    case .foreignFormat(let path, let format):
      "\(shown(path)) is \(format.inWords), not a log. \(format.nextStep)"
    case .openFailed(let path, let code):
      "Cannot open \(shown(path)): \(systemText(code)).\(nextStep(code))"
    case .readFailed(let path, let code):
      "Reading \(shown(path)) stopped: \(systemText(code)).\(nextStep(code))"
    }
  }

  static func opening(_ path: FilePath, errno code: Int32) -> LogFileError {
    switch code {
    case ENOENT, ENOTDIR: .notFound(path: path.text)
    case EACCES, EPERM: .notAllowed(path: path.text)
    case ENXIO: .notReadable(path: path.text, kind: .socket)
    default: .openFailed(path: path.text, errno: code)
    }
  }

  static func reading(_ name: String, errno code: Int32) -> LogFileError {
    code == EISDIR
      ? .notReadable(path: name, kind: .folder) : .readFailed(path: name, errno: code)
  }
}

extension LogFileError.UnreadableKind {
  fileprivate var inWords: String {
    switch self {
    case .socket: "a socket"
    case .blockDevice: "a disk"
    case .folder: "a folder"
    case .systemFolder: "a folder of the kernel"
    case .other: "not a file"
    }
  }
}

extension LogFileError.ForeignArchive {
  fileprivate var inWords: (name: String, command: String) {
    switch self {
    case .bzip2: ("bzip2", "bunzip2 -k FILE")
    case .lz4: ("lz4", "lz4 -d FILE")
    case .zip: ("zip", "unzip FILE")
    }
  }
}

/// A file name may hold anything, also what moves a terminal's cursor.
private func shown(_ path: String) -> String {
  switch path {
  case "-": return "standard input"
  case "": return "with an empty name"
  default: break
  }
  var text = ""
  for scalar in path.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

private func systemText(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}

private func nextStep(_ code: Int32) -> String {
  switch code {
  case EMFILE, ENFILE: " Too many files are open: raise the limit with 'ulimit -n 4096'."
  case EIO: " The disk, or the device behind it, failed: try a copy."
  case ESTALE: " The network drive lost it: mount it again."
  case ELOOP: " A link points to itself: name the file it should lead to."
  case ENAMETOOLONG: " Change into the folder and give a shorter path."
  default: " Try the same with 'cat' to see whether the file or this program is at fault."
  }
}
