/// The logs behind the paths of a command line, and what stood in the way.
public struct ResolvedInputs: Sendable {
  /// What to read, in order.
  public internal(set) var inputs: [LogInput] = []
  /// Paths that gave nothing, and parts of folders that could not be searched.
  ///
  /// They do not keep the other logs from being read, and must be shown.
  public internal(set) var problems: [LogFileError] = []
  /// What the searched folders held besides.
  public internal(set) var leftOut = LeftOut()
}

/// From paths to logs.
public enum LogInputs {
  /// Finds the logs behind files, folders and `-`, each once, in the order given.
  ///
  /// A **file** that is named is taken whatever it is called, unless it bears the signature of
  /// another format; pipes and character devices are read as streams. `-` is standard input.
  ///
  /// A **folder** is searched to its depths, in the order of names. A file counts as a log when it is a regular file,
  /// - it is named `.log`, `.txt` or `.out`, or has no extension;
  ///   also rotated (`.log.1`, `.log-20260101`, `.log.old`) or packed (`.gz`, `.zst`, `.xz`);
  /// - and its content fits. Under the three names anything does that does not bear the signature of
  ///   another format (ELF, firmware image, partition table, picture, archive, database, packet
  ///   capture), so that a capture at the wrong baud rate is not hidden from its owner. Without an
  ///   extension seven of ten bytes of the first 4 KiB, or else of the first 64 KiB, must be
  ///   text: colours, broken UTF-8 and bursts of NUL are allowed, UTF-16 and packed text are
  ///   looked into, scripts (`#!`) are not logs.
  ///
  /// Left out: hidden files and folders, names with `.golden.`, backups (`~`), all other extensions,
  /// and what stands beside logs in a checkout (`README`, `LICENSE`, `CMakeLists.txt`,
  /// `requirements.txt`, `Makefile`, `sdkconfig` and the like). Links are followed, last and
  /// never twice; dead links, pipes, sockets and devices inside a folder are counted only.
  ///
  /// A folder without a log is a problem, because silence would look like good health.
  public static func resolve(paths: [String]) -> ResolvedInputs {
    var resolved = ResolvedInputs()
    var reached: Set<FileIdentity> = []
    for path in paths {
      if path == "-" {
        if !resolved.inputs.contains(.standardInput) { resolved.inputs.append(.standardInput) }
        continue
      }
      add(FilePath(path), to: &resolved, &reached)
    }
    return resolved
  }

  /// Why a path cannot be followed as it grows: a folder, or a file of another format.
  ///
  /// Whether it exists shows when it is opened.
  public static func problem(following path: String) -> LogFileError? {
    guard path != "-", let status = FilePath(path).status() else { return nil }
    switch status.kind {
    case .folder: return .notReadable(path: path, kind: .folder)
    case .regular:
      return LogInput(path: path).foreignFormat().map { .foreignFormat(path: path, format: $0) }
    case .link, .fifo, .characterDevice, .blockDevice, .socket, .other: return nil
    }
  }

  /// Finds the logs as `resolve` does, and puts the parts of each rotated log into the order of time.
  ///
  /// Oldest first: `app.log.2`, `app.log.1.gz`, `app.log`; `app-2026-01-01.log` before
  /// `app-2026-01-02.log` before `app.log`; `capture-9.log` before `capture-10.log`. A number after
  /// the extension counts back as logrotate does, a date or a number in front of it counts forward.
  /// Files that share no name stay in the order in which they were found.
  public static func rotated(paths: [String]) -> ResolvedInputs {
    var resolved = resolve(paths: paths)
    resolved.inputs = inOrderOfTime(resolved.inputs)
    return resolved
  }

  static func inOrderOfTime(_ inputs: [LogInput]) -> [LogInput] {
    var sets: [[(input: LogInput, rotation: Rotation)]] = []
    var placeOfSet: [String: Int] = [:]
    for input in inputs {
      let cut = input.displayName.lastIndex(of: "/").map { input.displayName.index(after: $0) }
      let nameStart = cut ?? input.displayName.startIndex
      let rotation = LogFileName(String(input.displayName[nameStart...])).rotation
      let key = input.displayName[..<nameStart] + rotation.stem
      if let place = placeOfSet[String(key)] {
        sets[place].append((input, rotation))
      } else {
        placeOfSet[String(key)] = sets.count
        sets.append([(input, rotation)])
      }
    }
    return sets.flatMap { set in
      set.sorted { $0.rotation.isOlder(than: $1.rotation) }.map(\.input)
    }
  }

  private static func add(
    _ path: FilePath, to resolved: inout ResolvedInputs, _ reached: inout Set<FileIdentity>
  ) {
    let status: FileStatus
    do {
      status = try path.statusOrError()
    } catch {
      resolved.problems.append(error)
      return
    }
    switch status.kind {
    case .folder:
      search(path, into: &resolved, &reached)
    case .regular:
      guard reached.insert(status.identity).inserted else { return }
      let input = LogInput(path: path, nature: .regular)
      if let format = input.foreignFormat() {
        resolved.problems.append(.foreignFormat(path: path.text, format: format))
      } else {
        resolved.inputs.append(input)
      }
    case .fifo, .characterDevice:
      if reached.insert(status.identity).inserted { resolved.inputs.append(LogInput(path: path)) }
    case .socket:
      resolved.problems.append(.notReadable(path: path.text, kind: .socket))
    case .blockDevice:
      resolved.problems.append(.notReadable(path: path.text, kind: .blockDevice))
    case .link, .other:
      resolved.problems.append(.notReadable(path: path.text, kind: .other))
    }
  }

  private static func search(
    _ folder: FilePath, into resolved: inout ResolvedInputs, _ reached: inout Set<FileIdentity>
  ) {
    var walk = FolderWalk(reached: reached)
    walk.search(folder)
    reached = walk.reached
    resolved.inputs += walk.found
    resolved.problems += walk.problems
    resolved.leftOut += walk.leftOut
    // A folder whose logs were all given before has logs.
    if walk.found.isEmpty, walk.problems.isEmpty, walk.leftOut.repeated == 0 {
      resolved.problems.append(.folderWithoutLogs(path: folder.text, leftOut: walk.leftOut))
    }
  }
}
