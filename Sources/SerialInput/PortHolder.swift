import Glibc

/// A process that has a port open.
public struct PortHolder: Hashable, Sendable {
  /// Its number.
  public let process: Int32
  /// Its name, as `ps` shows it; hostile like every name.
  public let name: String

  /// A process, described.
  public init(process: Int32, name: String) {
    self.process = process
    self.name = name
  }

  /// The processes, other than this one, that have the port open.
  ///
  /// Only those that this user may look into: processes of others are missing unless this one runs as root.
  public static func all(of port: String) -> [PortHolder] {
    deviceNumber(port).map(all) ?? []
  }

  /// The same of a port that is open here: whatever its path leads to by now, this is what is held.
  static func all(ofOpen descriptor: Int32) -> [PortHolder] {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? all(of: status.st_rdev) : []
  }

  private static func all(of device: dev_t) -> [PortHolder] {
    let own = getpid()
    return (folderNames("/proc") ?? []).compactMap { entry in
      guard let process = Int32(entry), process != own, holds(process, device) else { return nil }
      return PortHolder(process: process, name: commandName(process))
    }.sorted { $0.process < $1.process }
  }
}

extension PortHolder {
  /// Whether those who hold a port are looked for.
  public enum Search: Hashable, Sendable {
    /// In every process, which takes some milliseconds.
    case everyProcess
    /// Nowhere: nobody would be told.
    case none

    func all(of port: String) -> [PortHolder] {
      self == .none ? [] : PortHolder.all(of: port)
    }

    func all(ofOpen descriptor: Int32) -> [PortHolder] {
      self == .none ? [] : PortHolder.all(ofOpen: descriptor)
    }
  }
}

private func holds(_ process: Int32, _ device: dev_t) -> Bool {
  let folder = "/proc/\(process)/fd"
  // Not to be looked into, or gone: not known to hold it.
  return (folderNames(folder) ?? []).contains { deviceNumber("\(folder)/\($0)") == device }
}

private func commandName(_ process: Int32) -> String {
  let descriptor = open("/proc/\(process)/comm", O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "?" }
  defer { close(descriptor) }
  var text = [UInt8](repeating: 0, count: 64)
  let count = read(descriptor, &text, text.count)
  return String(decoding: text.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)
}
