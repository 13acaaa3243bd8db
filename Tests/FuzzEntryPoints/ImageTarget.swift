import DeviceEvents
import Firmware

/// Any bytes are an app image or are refused with a reason; one that was read is what was written.
func readImage(_ input: [UInt8]) {
  let (choice, content) = split(input)
  // Chance finds no checksum: every other input gets the right ones.
  let file = choice & 1 == 1 ? withRightSums(content) : content
  do {
    let image = try asFile(file) { path throws(AppImageError) in try AppImage(reading: path) }
    check(image, in: file)
    let filler = UInt8(truncatingIfNeeded: choice)
    let padded = file[..<image.length] + [UInt8](repeating: filler, count: 64)
    let again = try asFile(Array(padded)) { path throws(AppImageError) in
      try AppImage(reading: path)
    }
    if again.length != image.length || again.segments != image.segments
      || again.descriptor != image.descriptor || again.appendedDigest != image.appendedDigest
    {
      broken("what follows an image changes it")
    }
    try image.checkTrailer()
  } catch {
    if error.description.isEmpty { broken("a refusal without a reason") }
  }
}

private func check(_ image: AppImage, in file: [UInt8]) {
  _ = image.chip
  if image.fileLength != file.count || image.length > file.count {
    broken("an image longer than its file")
  }
  if image.fileDigest != SHA256.digest(of: file) { broken("the digest is another file's") }
  var end = 0
  for segment in image.segments {
    if segment.length < 0 || segment.fileOffset < end || segment.fileEnd > image.length {
      broken("a segment beyond its image")
    }
    end = segment.fileEnd
  }
  if let digest = image.appendedDigest,
    digest != SHA256.digest(of: Array(file[..<(image.length - 32)]))
  {
    broken("a digest that is not the image's")
  }
}

/// The bytes up to the end of their last segment, with the checksum and SHA-256 that belong there.
private func withRightSums(_ content: [UInt8]) -> [UInt8] {
  var position = 24
  var sum: UInt8 = 0xef
  guard content.count > position else { return content }
  for _ in 0..<content[1] {
    guard position + 8 <= content.count else { return content }
    let length = (0..<4).reduce(0) { $0 | Int(content[position + 4 + $1]) << ($1 * 8) }
    position += 8
    guard position + length <= content.count else { return content }
    sum = content[position..<position + length].reduce(sum, ^)
    position += length
  }
  var image = Array(content[..<position])
  while image.count % 16 != 15 { image.append(0) }
  image.append(sum)
  return content[23] == 1 ? image + SHA256.digest(of: image).bytes : image
}
