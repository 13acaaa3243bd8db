import LineReading
import Testing

@testable import DeviceEvents

@Suite("Watching for patterns of rules")
struct DispatchPatternTests {
  private func watched(_ patterns: [LinePattern], _ log: String) -> [Int] {
    var decoder = EventDecoder.fake(watching: patterns)
    return decoder.events(of: log).compactMap {
      if case .watched(let index) = $0 { index } else { nil }
    }
  }

  @Test("a literal matches anywhere in the message, a glob the whole")
  func matching() {
    func matches(_ pattern: String, _ message: String) -> Bool {
      Array(message.utf8).withUnsafeBufferPointer {
        MessagePattern(pattern).matches(ByteText($0))
      }
    }
    #expect(matches("lost", "link lost again"))
    #expect(!matches("lost", "link los"))
    #expect(matches("link*again", "link lost again"))
    #expect(!matches("link*again", "link lost again!"))
    #expect(matches("*lost*", "link lost again"))
    #expect(matches("*", ""))
    #expect(matches("a*a", "aa"))
    #expect(!matches("a*a", "a"))
    #expect(matches("a*b*c", "a b b c"))
    #expect(!matches("a*b*c", "a c b"))
    #expect(!matches("*bc*c", "abc"))
  }

  @Test("a pattern with a tag sees the messages of that tag only")
  func tagged() {
    let patterns = [
      LinePattern(tag: "mqtt", message: "lost"), LinePattern(tag: "mqtt", message: "link*"),
      LinePattern(tag: "boot", message: "chip"),
    ]
    #expect(watched(patterns, "I (1) mqtt: link lost") == [0, 1])
    #expect(watched(patterns, "I (1) other: link lost") == [])
    #expect(watched(patterns, "I (1) boot: chip") == [2])
  }

  @Test("a pattern without a tag sees every line, and is reported once")
  func untagged() {
    let patterns = [
      LinePattern(tag: nil, message: "link lost"), LinePattern(tag: nil, message: "lo*"),
      LinePattern(tag: nil, message: "*link lost*again"),
      LinePattern(tag: nil, message: "link lost"),
    ]
    #expect(watched(patterns, "I (1) a: link lost, link lost").sorted() == [0, 3])
    #expect(watched(patterns, "link lost again").sorted() == [0, 2, 3])
    #expect(watched(patterns, "loose") == [1])
  }

  @Test("the marker search finds what a plain search finds")
  func markerSearch() {
    let seed: UInt64 = 99
    print("seed", seed)
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    func word(_ length: Int) -> [UInt8] { (0..<length).map { _ in UInt8(0x61 + random(3)) } }
    for _ in 0..<200 {
      let literals = Set((0..<1 + random(30)).map { _ in word(4 + random(4)) })
        .sorted { ($1.count, $0.description) < ($0.count, $1.description) }
      let text = word(random(150))
      let search = MarkerSearch(literals)
      var expected: [[Int]] = []
      for position in text.indices {
        for (index, literal) in literals.enumerated() where text[position...].starts(with: literal)
        {
          expected.append([position, index])
        }
      }
      var found: [[Int]] = []
      text.withUnsafeBufferPointer {
        let text = ByteText($0)
        var hit = search.first(in: text, from: 0)
        while let now = hit {
          found.append([now.position, now.literal])
          hit = search.next(after: now, from: 0, in: text)
        }
      }
      #expect(found.sorted { $0.lexicographicallyPrecedes($1) } == expected)
    }
  }
}
