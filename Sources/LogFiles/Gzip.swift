import CZlib

/// Unpacks gzip through zlib, with any number of members one after the other.
final class Gzip: Unpacker {
  /// Why the library cannot be used; asking loads it, and comes before the first use.
  static func problem() -> String? { czlib_load().map { String(cString: $0) } }

  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private var place = Place.beforeMember

  private enum Place {
    case beforeMember, insideMember
    /// Zeros after the last member, as tapes and some copiers leave them.
    case padding
  }

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the largest window, and 16 more asks for the gzip wrapper only.
    let answer = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    isReady = answer == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    -> UnpackingStep
  {
    guard isReady else {
      return UnpackingStep(consumed: 0, produced: 0, damage: "zlib has no memory to start with")
    }
    switch place {
    case .insideMember:
      return inflateMember(input, into: output)
    case .beforeMember where input.isEmpty:
      return UnpackingStep(consumed: 0, produced: 0)
    case .beforeMember where input.first == 0:
      place = .padding
      return skipPadding(input)
    case .beforeMember:
      inflateReset(stream)
      place = .insideMember
      return inflateMember(input, into: output)
    case .padding:
      return skipPadding(input)
    }
  }

  func end() -> String? {
    switch place {
    case .insideMember: cutShort
    case .beforeMember, .padding: nil
    }
  }

  private func inflateMember(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> UnpackingStep {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(clamping: input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(clamping: output.count)
    let offered = (stream.pointee.avail_in, stream.pointee.avail_out)
    let answer = inflate(stream, Z_NO_FLUSH)
    var step = UnpackingStep(
      consumed: Int(offered.0 - stream.pointee.avail_in),
      produced: Int(offered.1 - stream.pointee.avail_out))
    switch answer {
    // Z_BUF_ERROR only says that this call could not move on.
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: place = .beforeMember
    default: step.damage = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(answer)"
    }
    return step
  }

  private func skipPadding(_ input: UnsafeRawBufferPointer) -> UnpackingStep {
    let zeros = input.prefix(while: { $0 == 0 }).count
    return UnpackingStep(
      consumed: zeros, produced: 0,
      damage: zeros < input.count ? "something that is not gzip follows the packed data" : nil)
  }
}
