import Glibc

/// Whom a device node belongs to, and whether this user may open it.
public struct PortAccess: Hashable, Sendable {
  /// The owner's name, or number where it has none.
  public let owner: String
  /// The group's name, or number where it has none.
  public let group: String
  /// The permission bits, such as 0o660.
  public let mode: UInt32
  /// Whether this process may read and write it.
  public let isOpenable: Bool

  /// Access, described.
  public init(owner: String, group: String, mode: UInt32, isOpenable: Bool) {
    self.owner = owner
    self.group = group
    self.mode = mode
    self.isOpenable = isOpenable
  }

  /// Reads it from the file system; nil where nothing is there.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    owner = userName(status.st_uid)
    group = groupName(status.st_gid)
    mode = status.st_mode & 0o7777
    isOpenable = Glibc.access(path, R_OK | W_OK) == 0
  }
}

private func userName(_ id: uid_t) -> String {
  guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return String(id) }
  return String(cString: name)
}

private func groupName(_ id: gid_t) -> String {
  guard let entry = getgrgid(id), let name = entry.pointee.gr_name else { return String(id) }
  return String(cString: name)
}
