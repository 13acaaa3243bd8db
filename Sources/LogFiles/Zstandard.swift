import CZstd

/// Unpacks zstd, with any number of frames one after the other.
///
/// A block, up to 128 KiB of text, is the smallest part: its codes are written to be read from the
/// end, so that a block which was cut gives nothing. The library refuses windows over 128 MiB by default, which bounds the memory.
final class Zstandard: Unpacker {
  /// Why the library cannot be used; asking loads it, and comes before the first use.
  static func problem() -> String? { czstd_load().map { String(cString: $0) } }

  private let stream = ZSTD_createDStream()
  private var isInsideFrame = false
  private var hasProduced = false

  deinit {
    ZSTD_freeDStream(stream)
  }

  func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> UnpackingStep
  {
    guard let stream else {
      return UnpackingStep(consumed: 0, produced: 0, damage: "zstd has no memory to start with")
    }
    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let answer = ZSTD_decompressStream(stream, &to, &from)
    var step = UnpackingStep(consumed: from.pos, produced: to.pos)
    if to.pos > 0 { hasProduced = true }
    if ZSTD_isError(answer) != 0 {
      step.damage = ZSTD_getErrorName(answer).map { String(cString: $0) } ?? "zstd error"
    } else if answer == 0 {
      isInsideFrame = false
    } else if from.pos > 0 {
      isInsideFrame = true
    }
    return step
  }

  func end() -> String? {
    guard isInsideFrame else { return nil }
    guard !hasProduced else { return cutShort }
    return cutShort + ", inside its first block of 128 KiB of text, " + nothingUnpacked
  }
}
