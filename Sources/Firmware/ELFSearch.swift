#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The ELFs behind a name on the command line.
public enum ELFSearch {
  /// Far more than a build leaves behind, and soon looked through.
  private static let mostEntries = 20_000
  private static let deepest = 4

  /// The ELFs that `path` stands for, the app before its bootloader.
  ///
  /// A file stands for itself. An ESP-IDF project, its build folder and its
  /// `project_description.json` stand for the app's and the bootloader's ELF. Any other folder
  /// stands for all ELFs of Xtensa and RISC-V programs in it and the folders below, by name.
  public static func paths(_ path: String) throws(ELFSearchError) -> [String] {
    switch kind(of: path) {
    case nil: throw .unreadable(path: path, errno: errno)
    case .other:
      return lastPart(of: path) == "project_description.json" ? try project(path) : [path]
    case .folder:
      for name in ["project_description.json", "build/project_description.json"] {
        let description = join(path, name)
        if kind(of: description) == .other { return try project(description) }
      }
      let found = programs(below: path)
      guard !found.isEmpty else { throw .nothing(path: path) }
      return found
    }
  }

  private static func project(_ path: String) throws(ELFSearchError) -> [String] {
    let text: FileBytes
    do {
      text = try FileBytes(path: path)
    } catch .unreadable(_, let code) {
      throw .unreadable(path: path, errno: code)
    } catch {
      throw .notAProject(path: path)
    }
    guard text.bytes.count < 1 << 20, let description = ProjectDescription(Array(text.bytes)),
      let app = description.appELF, !app.isEmpty
    else { throw .notAProject(path: path) }
    let folder = String(path.dropLast("project_description.json".count))
    // A project that was copied or mounted elsewhere still has its files in the same places.
    let places = [app, join(folder, app), join(description.buildFolder ?? folder, app)]
    guard
      let program = places.first(where: { $0.hasPrefix("/") || $0 != app ? isProgram($0) : false })
    else { throw .notBuilt(path: path, elf: app) }
    let bootloaders =
      [join(folder, "bootloader/bootloader.elf")]
      + [description.bootloaderELF]
      .compactMap(\.self)
    return [program] + bootloaders.filter { isProgram($0) }.prefix(1)
  }

  private static func programs(below path: String) -> [String] {
    var found: [String] = []
    var folders = [(path, 0)]
    var left = mostEntries
    while let (folder, depth) = folders.popLast() {
      guard let stream = opendir(folder) else { continue }
      defer { closedir(stream) }
      while left > 0, let entry = readdir(stream) {
        left -= 1
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard !name.hasPrefix(".") else { continue }
        let inside = join(folder, name)
        switch kind(of: inside) {
        case .folder: if depth < deepest { folders.append((inside, depth + 1)) }
        case .other: if isProgram(inside) { found.append(inside) }
        case nil: break
        }
      }
    }
    return found.sorted()
  }

  /// Whether a file begins as a linked program for one of the two processors.
  private static func isProgram(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var header = [UInt8](repeating: 0, count: 20)
    guard read(file, &header, 20) == 20 else { return false }
    return header.starts(with: [0x7F, 0x45, 0x4C, 0x46, 1, 1])
      && (header[16] == 2 || header[16] == 3) && header[17] == 0
      && (header[18] == 94 || header[18] == 243) && header[19] == 0
  }

  private enum Kind { case folder, other }

  private static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
  }

  private static func join(_ folder: String, _ name: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func lastPart(of path: String) -> Substring {
    path.split(separator: "/").last ?? ""
  }
}

/// Why a name leads to no ELF.
public enum ELFSearchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system did not let it be read.
  case unreadable(path: String, errno: Int32)
  /// A folder without any.
  case nothing(path: String)
  /// A `project_description.json` that is none.
  case notAProject(path: String)
  /// A project whose ELF is not there.
  case notBuilt(path: String, elf: String)

  /// What was looked for, and what to do next, in one line.
  public var description: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path) cannot be read: \(SystemText.of(code)). Check the name, and who may read it."
    case .nothing(let path):
      "\(path) holds no ELF of an Xtensa or RISC-V program, and is no ESP-IDF project that was "
        + "built. Name the ELF itself, or the project's folder after 'idf.py build'."
    case .notAProject(let path):
      "\(path) is not what ESP-IDF's build writes: a JSON object that names app_elf. "
        + "Run 'idf.py reconfigure', or name the ELF itself."
    case .notBuilt(let path, let elf):
      "\(path) names the ELF \(elf), which is not there. Run 'idf.py build'."
    }
  }
}
