import BootTimeline
import Firmware
import NodeHTTP

/// An image that was checked and may be sent.
struct ProbeImage {
  let source: ImageSource
  let description: NodeHistory.SentImage

  /// Reads the file and checks what the node would check.
  init(reading path: String) throws {
    let image: AppImage
    do throws(AppImageError) {
      image = try AppImage(reading: path)
      try image.checkTrailer()
    } catch {
      throw Unfit(reason: TextOfName.shown("\(error)"))
    }
    source = ImageSource(path: path, length: Int64(image.fileLength))
    let descriptor = image.descriptor
    description = NodeHistory.SentImage(
      build: BuildTime(date: descriptor?.date ?? "", time: descriptor?.time ?? "")?.description,
      version: descriptor?.version, chip: image.chip?.title, project: descriptor?.project,
      bytes: image.fileLength)
  }

  /// What is about to be sent: a node's status names neither project nor chip, so nobody else compares them.
  var summary: String {
    let name = [description.project, description.version].compactMap(\.self).joined(separator: " ")
    let build = description.build.map { ", built \($0)" } ?? ", without a build time"
    return "\(source.path): \(name)\(build), for \(description.chip ?? "an unknown chip"), "
      + "\(description.bytes) bytes"
  }

  /// The file is no image for a node.
  struct Unfit: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
  }
}
