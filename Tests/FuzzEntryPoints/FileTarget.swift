import LogFiles

/// More than this is not unpacked: a few bytes can be gigabytes.
private let enough = 8 << 20

/// Any file is text up to its end or up to its damage, whatever size it is read in.
func readFile(_ input: [UInt8]) {
  let (choice, content) = split(input)
  let small = text(of: content, chunkSize: choice + 1)
  let large = text(of: content, chunkSize: 64 << 10)
  if small.isWhole, large.isWhole, small.sum != large.sum { broken("the chunking shows in a file") }
}

private func text(of content: [UInt8], chunkSize: Int) -> (isWhole: Bool, sum: [Int]) {
  var count = 0
  var hash = 0
  do throws(LogFileError) {
    try asFile(content) { path throws(LogFileError) in
      try LogInput(path: path).read(chunkSize: chunkSize) { chunk in
        for byte in chunk { hash = hash &* 31 &+ Int(byte) }
        count += chunk.count
        return count < enough ? .continue : .stop
      }
    }
    return (count < enough, [count, hash])
  } catch {
    if error.description.isEmpty { broken("a refusal without a reason") }
    return (false, [])
  }
}
