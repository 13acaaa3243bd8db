import CLzma

/// Unpacks xz, with any number of streams one after the other.
final class Xz: Unpacker {
  /// Why the library cannot be used; asking loads it, and comes before the first use.
  static func problem() -> String? { clzma_load().map { String(cString: $0) } }

  private let stream: UnsafeMutablePointer<lzma_stream>
  private let isReady: Bool
  private var isWhole = false

  /// `xz -9` needs 65 MiB; a file that asks for more than this was made to hurt.
  private static let memoryLimit: UInt64 = 192 << 20

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: lzma_stream())
    isReady =
      lzma_stream_decoder(stream, Xz.memoryLimit, concatenated) == LZMA_OK
  }

  deinit {
    lzma_end(stream)
    stream.deallocate()
  }

  func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> UnpackingStep
  {
    guard isReady else {
      return UnpackingStep(consumed: 0, produced: 0, damage: "xz has no memory to start with")
    }
    return code(input, into: output, LZMA_RUN)
  }

  func end() -> String? {
    guard isReady, !isWhole else { return nil }
    // Only LZMA_FINISH tells the end of concatenated streams from the gap between two of them.
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { scratch in
      let step = code(nothing, into: scratch, LZMA_FINISH)
      return isWhole ? nil : step.damage ?? cutShort
    }
  }

  private func code(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ action: lzma_action
  ) -> UnpackingStep {
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = input.count
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = output.count
    let answer = lzma_code(stream, action)
    var step = UnpackingStep(
      consumed: input.count - stream.pointee.avail_in,
      produced: output.count - stream.pointee.avail_out)
    switch answer {
    case LZMA_OK, LZMA_BUF_ERROR: break
    case LZMA_STREAM_END: isWhole = true
    case LZMA_DATA_ERROR: step.damage = "the packed data are damaged"
    case LZMA_FORMAT_ERROR: step.damage = "something that is not xz follows the packed data"
    case LZMA_MEMLIMIT_ERROR: step.damage = "it asks for more than 192 MiB of memory"
    case LZMA_OPTIONS_ERROR: step.damage = "it uses an xz option this library does not know"
    default: step.damage = "xz error \(answer.rawValue)"
    }
    return step
  }
}

/// `LZMA_CONCATENATED`, a macro that Swift cannot import: go on after the end of a stream.
private let concatenated: UInt32 = 0x08
