/// The image that nodes are to run.
public struct DeployImage: Hashable, Sendable {
  /// Its bytes.
  public var source: ImageSource
  /// When it was built; nil for a build that does not say, as reproducible builds do not.
  public var build: BuildTime?
  /// Its version.
  public var version: String?

  /// Describes an image.
  public init(source: ImageSource, build: BuildTime?, version: String?) {
    self.source = source
    self.build = build
    self.version = version
  }

  /// Whether a node runs this build, as far as its status tells.
  public func isBuild(of status: NodeStatus) -> Bool {
    if let build { return status.build == build }
    return version != nil && status.version == version
  }

  /// Whether a status proves that the update took: the other slot than before, and this build.
  ///
  /// Where the same build ran before, the slot alone decides.
  public func hasTaken(_ status: NodeStatus, before: NodeStatus) -> Bool {
    status.runningPartition != before.runningPartition && isBuild(of: status)
  }
}

extension BuildTime: Comparable {
  /// Whether a build is earlier; builds whose date no compiler writes are never earlier or later.
  public static func < (left: BuildTime, right: BuildTime) -> Bool {
    guard let left = left.numbers, let right = right.numbers else { return false }
    return left.lexicographicallyPrecedes(right)
  }

  /// Year, month, day, hour, minute, second.
  private var numbers: [Int]? {
    let words = date.split(separator: " ")
    let clock = time.split(separator: ":").map { Int($0) }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 3, let month = months.firstIndex(where: { $0 == words[0] }),
      let day = Int(words[1]), let year = Int(words[2]), !clock.contains(nil)
    else { return nil }
    return [year, month, day] + clock.compactMap(\.self)
  }
}
