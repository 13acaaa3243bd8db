import CZlib
import LogFiles

/// More than this is not unpacked: a few bytes can be gigabytes.
private let enough = 8 << 20

/// Any file is text up to its end or up to its damage, whatever size it is read in; what is packed is the same text.
func readFile(_ input: [UInt8]) {
  let (choice, content) = split(input)
  let small = Text(of: content, chunkSize: choice + 1)
  let large = Text(of: content, chunkSize: 64 << 10)
  if small.ending == .enough || large.ending == .enough { return }
  guard small.ending == large.ending else { broken("the chunking shows in a file's end") }
  // How far a reader comes into a damaged block is its own affair.
  guard small.bytes == large.bytes || small.ending == .refused && small.begins(as: large) else {
    broken("the chunking shows in a file")
  }
  // What looks packed is unpacked once, and then is whatever it is.
  if !isPacked(content), large != Text(of: gzipped(content), chunkSize: choice + 1) {
    broken("a packed file is another one")
  }
}

private func isPacked(_ content: [UInt8]) -> Bool {
  let signatures: [[UInt8]] = [
    [0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd], [0xfd, 0x37, 0x7a, 0x58, 0x5a], Array("BZh".utf8),
    [0x04, 0x22, 0x4d, 0x18], Array("PK".utf8),
  ]
  return signatures.contains { content.starts(with: $0) }
}

/// The content as `gzip -1` packs it.
private func gzipped(_ content: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  guard
    deflateInit2_(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
      == Z_OK
  else { preconditionFailure("zlib cannot pack") }
  defer { deflateEnd(&stream) }
  var content = content
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))))
  content.withUnsafeMutableBufferPointer { input in
    packed.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      guard deflate(&stream, Z_FINISH) == Z_STREAM_END else {
        preconditionFailure("zlib cannot pack")
      }
    }
  }
  packed.removeLast(Int(stream.avail_out))
  return packed
}

/// What was read of a file.
private struct Text: Equatable {
  /// How the reading ended.
  enum Ending { case whole, refused, enough }

  var ending = Ending.whole
  var bytes: [UInt8] = []

  init(of content: [UInt8], chunkSize: Int) {
    var (bytes, ending) = ([UInt8](), Ending.whole)
    do throws(LogFileError) {
      try asFile(content) { path throws(LogFileError) in
        try LogInput(path: path).read(chunkSize: chunkSize) { chunk in
          bytes += chunk
          if bytes.count < enough { return .continue }
          ending = .enough
          return .stop
        }
      }
    } catch {
      check(reason: error.description)
      ending = .refused
    }
    (self.bytes, self.ending) = (bytes, ending)
  }

  /// Whether one of both texts is the beginning of the other.
  func begins(as other: Text) -> Bool {
    bytes.starts(with: other.bytes) || other.bytes.starts(with: bytes)
  }
}
