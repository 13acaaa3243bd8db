import Firmware
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "gives the digests that NIST published",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func published(text: String, digest: String) {
    #expect(SHA256.digest(of: Array(text.utf8)).description == digest)
  }

  @Test("a million times the letter a gives the digest that NIST published")
  func million() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    for _ in 0..<100 { hash.update(piece) }
    #expect(
      hash.digest.description == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("the pieces that the bytes come in do not show")
  func pieces() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let whole = SHA256.digest(of: bytes)
    for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 129] {
      var hash = SHA256()
      var start = 0
      while start < bytes.count {
        hash.update(bytes[start..<min(start + size, bytes.count)])
        start += size
      }
      #expect(hash.digest == whole, "in pieces of \(size)")
    }
  }

  @Test("every length around the end of a block is padded rightly")
  func lengths() {
    // Digests of 0x00, 0x01, … up to that length, computed with Python's hashlib.
    let expected = [
      (54, "675f28acc0b90a72d1c3a570fe83ac565555db358cf01826dc8eefb2bf7ca0f3"),
      (55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"),
      (56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"),
      (57, "2fe741af801cc238602ac0ec6a7b0c3a8a87c7fc7d7f02a3fe03d1c12eac4d8f"),
      (63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"),
      (64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"),
      (65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"),
      (119, "da18797ed7c3a777f0847f429724a2d8cd5138e6ed2895c3fa1a6d39d18f7ec6"),
      (120, "f52b23db1fbb6ded89ef42a23ce0c8922c45f25c50b568a93bf1c075420bbb7c"),
      (128, "471fb943aa23c511f6f72f8d1652d9c880cfa392ad80503120547703e56a2be5"),
    ]
    for (length, digest) in expected {
      let bytes = (0..<length).map { UInt8($0) }
      #expect(SHA256.digest(of: bytes).description == digest, "\(length) bytes")
    }
  }

  @Test("a digest in between does not disturb what follows")
  func inBetween() {
    var hash = SHA256()
    hash.update(Array("ab".utf8))
    #expect(hash.digest == SHA256.digest(of: Array("ab".utf8)))
    hash.update(Array("c".utf8))
    #expect(hash.digest == SHA256.digest(of: Array("abc".utf8)))
  }

  @Test("a digest is made of 32 bytes and of no other number")
  func digestBytes() {
    let digest = SHA256.digest(of: [])
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
  }
}
