/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces: what a bootloader checks an image by, and what names an ELF.
///
/// Ours because nothing that the program links brings one. The rounds run on raw pointers and on
/// operators that the compiler always inlines: debug builds hash whole images, too.
public struct SHA256: Sendable {
  /// Half-hashed: the eight words of the state.
  private var state: [UInt32] = initialState
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0

  private static let blockSize = 64

  /// Begins with no bytes.
  public init() { rest.reserveCapacity(Self.blockSize) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    length &+= UInt64(bytes.count)
    var taken = 0
    if !rest.isEmpty {
      taken = min(Self.blockSize - rest.count, bytes.count)
      rest.append(contentsOf: bytes[..<taken])
      guard rest.count == Self.blockSize else { return }
      let block = rest
      block.withUnsafeBytes { block in
        if let base = block.baseAddress { compress(base, blocks: 1) }
      }
      rest.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - taken) / Self.blockSize
    compress(start + taken, blocks: blocks)
    rest.append(contentsOf: bytes[(taken + blocks * Self.blockSize)...])
  }

  /// Adds bytes.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    let direct: Void? = bytes.withContiguousStorageIfAvailable {
      update(UnsafeRawBufferPointer($0))
    }
    if direct == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// The digest of all bytes up to now; more can be added afterwards.
  public var digest: Digest {
    var last = self
    var padding: [UInt8] = [0x80]
    let unfilled = (rest.count + 1 + 8) % Self.blockSize
    if unfilled > 0 { padding += repeatElement(0, count: Self.blockSize - unfilled) }
    let bits = length &* 8
    padding += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    last.update(padding)
    return Digest(words: last.state)
  }

  /// The digest of bytes that are all there.
  public static func digest(of bytes: some Collection<UInt8>) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest
  }

  private mutating func compress(_ start: UnsafeRawPointer, blocks: Int) {
    guard blocks > 0 else { return }
    state.withUnsafeMutableBufferPointer { state in
      roundConstants.withUnsafeBufferPointer { constants in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
          guard let state = state.baseAddress, let constants = constants.baseAddress,
            let schedule = schedule.baseAddress
          else { return }
          var block = start
          var remaining = blocks
          while remaining > 0 {
            expand(block, into: schedule)
            mix(schedule, constants, into: state)
            block += SHA256.blockSize
            remaining &-= 1
          }
        }
      }
    }
  }
}

/// The 32 bytes that SHA-256 gives.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The bytes, first to last.
  public let bytes: [UInt8]

  /// Takes over 32 bytes; nil for another number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.bytes = Array(bytes)
  }

  fileprivate init(words: [UInt32]) {
    bytes = words.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// The 16 words of a block, and 48 more made of them.
private func expand(_ block: UnsafeRawPointer, into schedule: UnsafeMutablePointer<UInt32>) {
  var index = 0
  while index < 16 {
    schedule[index] = UInt32(
      bigEndian: block.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
    index &+= 1
  }
  while index < 64 {
    let (early, late) = (schedule[index &- 15], schedule[index &- 2])
    let first =
      ((early &>> 7) | (early &<< 25)) ^ ((early &>> 18) | (early &<< 14)) ^ (early &>> 3)
    let second = ((late &>> 17) | (late &<< 15)) ^ ((late &>> 19) | (late &<< 13)) ^ (late &>> 10)
    schedule[index] = schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
    index &+= 1
  }
}

/// The 64 rounds; the names of the words are those of the standard.
private func mix(
  _ schedule: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>,
  into state: UnsafeMutablePointer<UInt32>
) {
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  var index = 0
  while index < 64 {
    let upper = ((e &>> 6) | (e &<< 26)) ^ ((e &>> 11) | (e &<< 21)) ^ ((e &>> 25) | (e &<< 7))
    let first = h &+ upper &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ schedule[index]
    let lower = ((a &>> 2) | (a &<< 30)) ^ ((a &>> 13) | (a &<< 19)) ^ ((a &>> 22) | (a &<< 10))
    let second = lower &+ ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = d &+ first
    d = c
    c = b
    b = a
    a = first &+ second
    index &+= 1
  }
  state[0] = state[0] &+ a
  state[1] = state[1] &+ b
  state[2] = state[2] &+ c
  state[3] = state[3] &+ d
  state[4] = state[4] &+ e
  state[5] = state[5] &+ f
  state[6] = state[6] &+ g
  state[7] = state[7] &+ h
}

/// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
private let initialState: [UInt32] = [
  0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
  0x5be0_cd19,
]

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
