/// Second stage of reading: unpacked bytes in, UTF-8 out.
final class TextStage {
  private var state = State.telling([])
  /// Made when the first UTF-16 capture needs it.
  private var output: [UInt8] = []
  private let outputSize: Int

  private enum State {
    /// Too few bytes so far to tell the encoding.
    case telling([UInt8])
    case bytes
    case utf16(UTF16Transcoder)
    case lokiAnswer(LokiAnswer)
  }

  init(chunkSize: Int) {
    outputSize = max(chunkSize, UTF16Transcoder.bytesOfRoom)
  }

  func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) -> ReadingDecision {
    switch state {
    case .bytes:
      return chunk.isEmpty ? .continue : body(chunk)
    case .utf16(var transcoder):
      defer { state = .utf16(transcoder) }
      return convert(chunk, with: &transcoder, body)
    case .lokiAnswer(var answer):
      state = .bytes
      guard answer.take(chunk) else {
        return answer.asItIs.withUnsafeBytes { body($0) }
      }
      state = .lokiAnswer(answer)
      return .continue
    case .telling(var held):
      if held.isEmpty, let encoding = TextEncoding(beginning: chunk, isWhole: false) {
        return start(encoding, with: chunk, body)
      }
      held.append(contentsOf: chunk)
      return tell(held, isWhole: false, body)
    }
  }

  func end(_ body: (UnsafeRawBufferPointer) -> ReadingDecision) -> ReadingDecision {
    if case .telling(let held) = state {
      if held.isEmpty { return .continue }
      if tell(held, isWhole: true, body) == .stop { return .stop }
    }
    if case .lokiAnswer(let answer) = state {
      let lines = answer.lines()
      return lines.isEmpty ? .continue : lines.withUnsafeBytes { body($0) }
    }
    guard case .utf16(var transcoder) = state else { return .continue }
    defer { state = .utf16(transcoder) }
    return output.withUnsafeMutableBytes { room in
      let produced = transcoder.finish(into: room)
      return produced > 0 ? body(UnsafeRawBufferPointer(rebasing: room[..<produced])) : .continue
    }
  }

  private func tell(
    _ held: [UInt8], isWhole: Bool, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) -> ReadingDecision {
    held.withUnsafeBytes { bytes in
      guard let encoding = TextEncoding(beginning: bytes, isWhole: isWhole) else {
        state = .telling(held)
        return .continue
      }
      return start(encoding, with: bytes, body)
    }
  }

  private func start(
    _ encoding: TextEncoding, with bytes: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) -> ReadingDecision {
    switch encoding {
    case .bytes:
      state = .bytes
      return bytes.isEmpty ? .continue : body(bytes)
    case .lokiAnswer:
      state = .lokiAnswer(LokiAnswer())
      return feed(bytes, body)
    case .utf16(let byteOrder, let markLength):
      var transcoder = UTF16Transcoder(byteOrder)
      output = Array(repeating: 0, count: outputSize)
      defer { state = .utf16(transcoder) }
      let text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(markLength))
      return convert(text, with: &transcoder, body)
    }
  }

  private func convert(
    _ input: UnsafeRawBufferPointer, with transcoder: inout UTF16Transcoder,
    _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) -> ReadingDecision {
    output.withUnsafeMutableBytes { room in
      var rest = input
      while !rest.isEmpty {
        let step = transcoder.convert(rest, into: room)
        rest = UnsafeRawBufferPointer(rebasing: rest[step.consumed...])
        guard step.produced > 0 else { continue }
        if body(UnsafeRawBufferPointer(rebasing: room[..<step.produced])) == .stop { return .stop }
      }
      return .continue
    }
  }
}
