import DeviceEvents
import Firmware
import NodeHTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The image of a deployment, checked before a byte of it is sent.
struct DeployImageFile {
  let image: AppImage
  let descriptor: AppDescriptor
  private let identity: Identity

  /// One state of one file.
  private struct Identity: Equatable {
    let device, number, size, seconds, nanoseconds: Int

    init?(path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = Int(truncatingIfNeeded: status.st_dev)
      number = Int(truncatingIfNeeded: status.st_ino)
      size = Int(status.st_size)
      #if canImport(Darwin)
        let changed = status.st_mtimespec
      #else
        let changed = status.st_mtim
      #endif
      seconds = changed.tv_sec
      nanoseconds = changed.tv_nsec
    }
  }

  init(path: String, chip: Chip?) throws {
    let identity = Identity(path: path)
    image = try AppImage(reading: path)
    // What was checked and what is sent later must be one file.
    guard let identity, identity == Identity(path: path) else {
      throw AppImageError.changed(path: path)
    }
    self.identity = identity
    try image.checkTrailer()
    guard let descriptor = image.descriptor else { throw Problem.noDescriptor(path: path) }
    self.descriptor = descriptor
    if let chip, chip != image.chip {
      throw Problem.otherChip(path: path, is: image.chip?.title ?? "?", wanted: chip.title)
    }
    guard deployed.build != nil || !descriptor.version.isEmpty else {
      throw Problem.nothingToTellItBy(path: path)
    }
  }

  /// What the nodes are sent, and how it is recognised on them.
  var deployed: DeployImage {
    DeployImage(
      source: ImageSource(path: image.path, length: Int64(image.fileLength)),
      build: BuildTime(date: descriptor.date, time: descriptor.time),
      version: descriptor.version.isEmpty ? nil : descriptor.version)
  }

  /// Whether the file is still the one that was checked; a build may replace it meanwhile.
  var isIntact: Bool { Identity(path: image.path) == identity }

  /// What it is, for people.
  var summary: String {
    let build = deployed.build.map { ", built \($0)" } ?? ", without a build time"
    let idf = descriptor.idf.isEmpty ? "" : ", ESP-IDF \(descriptor.idf)"
    return "\(image.path): \(descriptor.project) \(descriptor.version)\(build)\(idf), "
      + "\(image.chip?.title ?? "?"), \(image.fileLength) bytes"
  }

  enum Problem: Error, CustomStringConvertible {
    case noDescriptor(path: String)
    case otherChip(path: String, is: String, wanted: String)
    case nothingToTellItBy(path: String)

    var description: String {
      switch self {
      case .noDescriptor(let path):
        "\(path) has no app descriptor at offset 0x20, so nothing could prove that a node runs it. "
          + "Build it with ESP-IDF 3.3 or later."
      case .otherChip(let path, let chip, let wanted):
        "\(path) is built for \(chip) (offset 0xc), not for \(wanted). Name the build for "
          + "\(wanted), or correct --chip."
      case .nothingToTellItBy(let path):
        "\(path) says neither its version (offset 0x30) nor its build time (offset 0x70), so "
          + "nothing could prove that a node runs it. Set PROJECT_VER in its CMakeLists.txt."
      }
    }
  }
}
