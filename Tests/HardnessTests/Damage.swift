/// What happens to bytes on the way, and what a fuzzer does on purpose.
enum Damage {
  /// One to eight changes at places of chance.
  static func apply(_ chance: inout Chance, to bytes: inout [UInt8], besides others: [[UInt8]]) {
    for _ in 0..<Int.random(in: 1...8, using: &chance) {
      if bytes.isEmpty { bytes = [0x0a] }
      let place = Int.random(in: 0..<bytes.count, using: &chance)
      let end = min(place + Int.random(in: 1...64, using: &chance), bytes.count)
      switch Int.random(in: 0..<8, using: &chance) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 1: bytes[place] = [0, 0xff, 0x7f, 0x80, 0x1b, 0x0a].randomElement(using: &chance) ?? 0
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.removeSubrange(place...)
      case 5: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
      case 6:
        guard let other = others.randomElement(using: &chance), !other.isEmpty else { continue }
        let from = Int.random(in: 0..<other.count, using: &chance)
        bytes.insert(contentsOf: other[from..<min(from + 200, other.count)], at: place)
      default:
        for index in place..<end { bytes[index] = UInt8.random(in: 0...255, using: &chance) }
      }
    }
  }
}
