/// One of the two partitions that an application can run from.
public enum PartitionSlot: String, Hashable, Sendable, CaseIterable {
  case ota0 = "ota_0"
  case ota1 = "ota_1"

  /// The slot that an update is written to while this one runs.
  public var other: PartitionSlot {
    switch self {
    case .ota0: .ota1
    case .ota1: .ota0
    }
  }
}
