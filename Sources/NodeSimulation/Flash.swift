/// An image as a slot holds it.
struct StoredImage: Hashable, Sendable {
  var descriptor: BuildDescription
  var size: Int
  /// The hash at its end; empty where there is none.
  var sha256: [UInt8]
  var segments: [ImageCheck.Segment]
  /// How it behaves once it runs.
  var conduct: ImageConduct
}

/// The part of a node that survives a reset.
struct Flash: Sendable {
  /// What is in the slots; nil where nothing bootable is.
  var images: [PartitionSlot: StoredImage]
  /// Which slot boots.
  var bootChoice = BootChoice()
  /// Where the measurements go, from NVS.
  var target = "192.0.2.20:5005"

  /// A node that was flashed over USB: one image, in the first slot.
  init(_ image: StoredImage) { images = [.ota0: image] }

  /// What the bootloader does: picks the slot, and takes back an image that was not confirmed.
  mutating func chooseSlot(_ rollback: Rollback) -> PartitionSlot? {
    bootChoice.begin(rollback)
    if let slot = bootChoice.slot, images[slot] != nil { return slot }
    return PartitionSlot.allCases.first { images[$0] != nil }
  }
}

/// Whether bootloader and application were built with `CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE`.
public enum Rollback: String, Hashable, Sendable, CaseIterable {
  case on, off
}
