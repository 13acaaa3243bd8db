/// A serial line: what a receiver at one rate makes of text that is sent at another.
///
/// Eight bits, no parity, one stop bit; the receiver looks for a falling edge, and samples each bit in its middle. Bytes
/// without a stop bit are kept, as a raw terminal keeps them.
enum SimulatedWire {
  static func received(_ bytes: [UInt8], sentAt sender: Double, readAt receiver: Double) -> [UInt8]
  {
    var levels: [UInt8] = [1, 1, 1, 1]
    for byte in bytes {
      levels.append(0)
      for bit in 0..<8 { levels.append(byte >> bit & 1) }
      levels.append(1)
    }
    levels += [1, 1, 1, 1]
    func level(_ seconds: Double) -> UInt8 {
      let index = Int(seconds * sender)
      return index < levels.count ? levels[index] : 1
    }
    /// The first moment from `start` on at which the line has this level; nil where it never has again.
    func moment(of wanted: UInt8, from start: Double) -> Double? {
      let first = Int(start * sender)
      guard first < levels.count else { return nil }
      if levels[first] == wanted { return start }
      guard let index = levels[first...].firstIndex(of: wanted) else { return nil }
      // A hair behind the edge, so that rounding does not lead before it.
      return (Double(index) + 1e-6) / sender
    }
    var received: [UInt8] = []
    var now = 0.0
    while let start = moment(of: 0, from: now) {
      var byte: UInt8 = 0
      for bit in 0..<8 { byte |= level(start + (1.5 + Double(bit)) / receiver) << bit }
      received.append(byte)
      now = start + 9.5 / receiver
      // A break is one byte, however long.
      if byte == 0, let end = moment(of: 1, from: now) { now = end }
    }
    return received
  }
}
