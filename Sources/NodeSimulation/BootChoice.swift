/// The `otadata` partition: two entries, of which the valid one with the higher number decides.
struct BootChoice: Sendable, Hashable {
  /// What is known about the image of an entry; the raw values are `esp_ota_img_states_t`.
  enum State: UInt32, Sendable {
    case new = 0
    case pendingVerify = 1
    case valid = 2
    case invalid = 3
    case aborted = 4
    case undefined = 0xFFFF_FFFF
  }

  struct Entry: Sendable, Hashable {
    var sequence: UInt32
    var state: State

    var isUsable: Bool { state != .invalid && state != .aborted }
    var slot: PartitionSlot { (sequence &- 1).isMultiple(of: 2) ? .ota0 : .ota1 }
  }

  private(set) var entries: [Entry?] = [nil, nil]

  private var current: Int? {
    entries.indices.filter { entries[$0]?.isUsable == true }
      .max { entries[$0]?.sequence ?? 0 < entries[$1]?.sequence ?? 0 }
  }

  /// The slot to boot; an empty `otadata` means the first.
  var slot: PartitionSlot? { current.flatMap { entries[$0]?.slot } ?? .ota0 }

  /// Whether the image that runs still has to be confirmed.
  var isPending: Bool { current.flatMap { entries[$0]?.state } == .pendingVerify }

  /// `esp_ota_set_boot_partition`: the next number that leads to this slot, in the other entry.
  mutating func set(_ slot: PartitionSlot, _ rollback: Rollback) {
    let highest = current.flatMap { entries[$0]?.sequence } ?? 0
    let state: State =
      switch rollback {
      case .on: .new
      case .off: .undefined
      }
    var next = Entry(sequence: highest + 1, state: state)
    if next.slot != slot { next.sequence += 1 }
    entries[current.map { 1 - $0 } ?? 0] = next
  }

  /// A boot begins: one unconfirmed boot aborts an entry, and a new one gets its trial.
  mutating func begin(_ rollback: Rollback) {
    guard case .on = rollback else { return }
    if let current, entries[current]?.state == .pendingVerify { entries[current]?.state = .aborted }
    if let current, entries[current]?.state == .new { entries[current]?.state = .pendingVerify }
  }

  /// `esp_ota_mark_app_valid_cancel_rollback`
  mutating func confirm() {
    if let current, entries[current]?.state == .pendingVerify { entries[current]?.state = .valid }
  }
}
