import Foundation
import Testing

@testable import LogFiles

@Suite("Reading a log")
struct ReadingTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  @Test("plain bytes arrive unchanged, whatever the chunk size", arguments: [1, 7, 4096, 262_144])
  func plain(chunkSize: Int) throws {
    let bytes = variedLog(lines: 200) + [0, 0, 0xff, 0xfe, 0x1b] + Array("end".utf8)
    let read = contents(of: try bench.file("a.log", bytes), chunkSize: chunkSize)
    #expect(read.bytes == bytes)
    #expect(read.error == nil)
  }

  @Test("a byte order mark of UTF-8 is left to the line reader")
  func utf8Mark() throws {
    let bytes: [UInt8] = [0xef, 0xbb, 0xbf] + Array("boot\n".utf8)
    #expect(contents(of: try bench.file("a.log", bytes)).bytes == bytes)
  }

  @Test("an empty file delivers nothing and is no error")
  func empty() throws {
    let read = contents(of: try bench.file("a.log", ""))
    #expect(read.bytes.isEmpty)
    #expect(read.error == nil)
  }

  @Test(
    "beginnings that resemble a packed file or UTF-16 but stop short arrive whole",
    arguments: [
      [0x1f], [0x28, 0xb5], [0xfd, 0x37, 0x7a], [0xff], [0x42, 0x5a, 0x68], [0x49, 0x00],
    ]
      as [[UInt8]])
  func shortBeginnings(bytes: [UInt8]) throws {
    let path = try bench.file("a.log", bytes)
    #expect(contents(of: path).bytes == bytes)
    #expect(contents(of: path, chunkSize: 1).bytes == bytes)
  }

  @Test("a line of 3 MB comes through whole")
  func hugeLine() throws {
    let bytes = Array(repeating: UInt8(ascii: "x"), count: 3_000_000) + [0x0a]
    #expect(contents(of: try bench.file("a.log", bytes)).bytes == bytes)
  }

  @Test("reading stops when the receiver has enough")
  func stop() throws {
    let path = try bench.file("a.log", variedLog(lines: 1000))
    var chunks = 0
    try LogInput(path: path).read(chunkSize: 64) { _ in
      chunks += 1
      return chunks == 3 ? .stop : .continue
    }
    #expect(chunks == 3)
  }

  @Test(
    "a packed log is told by its content, not by its name", arguments: Packer.allCases,
    [64, 262_144])
  func unpacks(packer: Packer, chunkSize: Int) throws {
    let bytes = variedLog(lines: 5000)
    let path = try bench.file("a.log", packed(bytes, with: packer.command))
    let read = contents(of: path, chunkSize: chunkSize)
    #expect(read.bytes == bytes)
    #expect(read.error == nil)
  }

  @Test(
    "packed parts that were joined with cat are all read", arguments: Packer.allCases, [3, 4096])
  func joinedParts(packer: Packer, chunkSize: Int) throws {
    let first = try packed(Array("first\n".utf8), with: packer.command)
    let second = try packed(variedLog(lines: 300), with: packer.command)
    let read = contents(of: try bench.file("a.gz", first + second + first), chunkSize: chunkSize)
    #expect(read.bytes == Array("first\n".utf8) + variedLog(lines: 300) + Array("first\n".utf8))
    #expect(read.error == nil)
  }

  @Test(
    "a member that fills the chunk to its last byte does not look cut short",
    arguments: Packer.allCases)
  func exactFit(packer: Packer) throws {
    let bytes = Array(variedLog(lines: 40).prefix(1024))
    let read = contents(
      of: try bench.file("a.gz", packed(bytes, with: packer.command)), chunkSize: 1024)
    #expect(read.bytes == bytes)
    #expect(read.error == nil)
  }

  @Test("text that the unpacker still holds when the packed bytes are used up is delivered too")
  func heldBack() throws {
    let bytes = Array(repeating: UInt8(ascii: "."), count: 100_000)
    let whole = try packed(bytes, with: ["zstd", "-q", "--no-check", "-c"])
    let read = contents(of: try bench.file("a.zst", whole), chunkSize: 16)
    #expect(read.bytes == bytes)
    #expect(read.error == nil)
  }

  @Test(
    "of a packed log that was cut short everything in front of the cut is delivered",
    arguments: Packer.allCases)
  func truncated(packer: Packer) throws {
    let bytes = variedLog(lines: 20_000)
    let whole = try packed(bytes, with: packer.command)
    let path = try bench.file("a.log.gz", Array(whole.prefix(whole.count * 3 / 4)))
    let read = contents(of: path)
    #expect(read.bytes.count > bytes.count / 2)
    #expect(bytes.starts(with: read.bytes))
    guard case .brokenCompression(path, let offset, _) = read.error else {
      Issue.record("expected damage, got \(String(describing: read.error))")
      return
    }
    #expect(offset == UInt64(whole.count * 3 / 4))
  }

  @Test("of a zstd that was cut every whole block is delivered, and of half a block it is said")
  func truncatedZstandard() throws {
    let bytes = variedLog(lines: 20_000)
    let whole = try packed(bytes, with: Packer.zstd.command)
    for tenths in 3...9 {
      let path = try bench.file("a.zst", Array(whole.prefix(whole.count * tenths / 10)))
      let read = contents(of: path, chunkSize: 1000)
      #expect(read.bytes.count > bytes.count * (tenths - 1) / 10 - 131_072)
      #expect(bytes.starts(with: read.bytes))
      #expect(read.error?.description.contains("The text in front of it was read") == true)
    }
    let small = try packed(variedLog(lines: 200), with: Packer.zstd.command)
    let half = contents(of: try bench.file("b.zst", Array(small.prefix(small.count / 2))))
    #expect(half.bytes.isEmpty)
    #expect(half.error?.description.contains("before anything could be unpacked") == true)
    #expect(half.error?.description.contains("was read") == false)
  }

  @Test("damage inside a gzip is named with its place")
  func damagedGzip() throws {
    var whole = try packed(variedLog(lines: 20_000), with: Packer.gzip.command)
    let middle = whole.count / 2
    for index in middle..<middle + 64 { whole[index] = 0xff }
    let read = contents(of: try bench.file("a.gz", whole))
    guard case .brokenCompression(_, let offset, let what) = read.error else {
      Issue.record("expected damage, got \(String(describing: read.error))")
      return
    }
    #expect(offset >= UInt64(middle) && offset <= UInt64(whole.count))
    #expect(!what.isEmpty)
    #expect(!read.bytes.isEmpty)
  }

  @Test("zeros after a gzip are padding, anything else is damage")
  func gzipTail() throws {
    let whole = try packed(Array("log\n".utf8), with: Packer.gzip.command)
    let padded = contents(of: try bench.file("a.gz", whole + Array(repeating: 0, count: 512)))
    #expect(padded.bytes == Array("log\n".utf8))
    #expect(padded.error == nil)
    let soiled = contents(of: try bench.file("b.gz", whole + Array("junk".utf8)))
    #expect(soiled.bytes == Array("log\n".utf8))
    #expect(soiled.error != nil)
  }

  @Test(
    "flipped bytes anywhere in a packed log never crash, and never invent a clean end",
    arguments: Packer.allCases)
  func flippedBytes(packer: Packer) throws {
    let bytes = variedLog(lines: 30)
    let whole = try packed(bytes, with: packer.command)
    for index in stride(from: 0, to: whole.count, by: 5) {
      var damaged = whole
      damaged[index] ^= 0x55
      let read = contents(of: try bench.file("a.gz", damaged), chunkSize: 512)
      // Flips in a header's time or name change nothing; flips in the magic make it plain bytes.
      #expect(read.error != nil || read.bytes == bytes || read.bytes == damaged)
    }
  }

  @Test("256 MB of zeros in a small gzip need no more memory than a chunk")
  func bomb() throws {
    let zeros = try packed(Array(repeating: 0, count: 16 << 20), with: ["gzip", "-9", "-c"])
    let path = try bench.file("bomb.gz", Array(repeatElement(zeros, count: 16).joined()))
    var length = 0
    var largest = 0
    try LogInput(path: path).read { chunk in
      length += chunk.count
      largest = max(largest, chunk.count)
      return .continue
    }
    #expect(length == 256 << 20)
    #expect(largest <= LogInput.usualChunkSize)
  }

  @Test("a packing nobody here unpacks is an error with the command that does")
  func foreign() throws {
    let path = try bench.file("a.log", Array("BZh91AY&SY".utf8) + [1, 2, 3])
    let read = contents(of: path)
    #expect(read.error == .unknownCompression(path: path, format: .bzip2))
    #expect(read.error?.description.contains("bunzip2") == true)
  }

  @Test("a file that is missing and a folder are typed errors")
  func missing() throws {
    #expect(contents(of: "\(bench.path)/none").error == .notFound(path: "\(bench.path)/none"))
    #expect(
      contents(of: bench.path).error == .notReadable(path: bench.path, kind: .folder))
  }

  @Test("a FIFO is read as a stream until its writer closes it")
  func fifo() throws {
    let path = "\(bench.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let resolved = LogInputs.resolve(paths: [path])
    #expect(bench.names(resolved.inputs) == ["pipe"])
    let bytes = variedLog(lines: 5000)
    let writer = Thread {
      let file = fopen(path, "w")
      bytes.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
      if let file { fclose(file) }
    }
    writer.start()
    #expect(contents(of: path).bytes == bytes)
  }
}
