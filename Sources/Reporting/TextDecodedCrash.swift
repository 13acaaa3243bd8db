import BootTimeline
import DeviceEvents
import Diagnosis

// The calls of a crash that an ELF gives names to.

extension TextPage {
  /// How many calls of a core are shown; the JSON has all.
  private static let mostCalls = 12

  /// The calls under a crash, innermost first, the suspect marked; then those of the other cores.
  mutating func calls(of decoded: DecodedCrash, _ crash: Crash, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    if let place = decoded.faultPlace {
      line(Span(own: margin), Span("the address lies in " + place))
    }
    let proof = decoded.elf?.proof
    rows(of: decoded.frames, suspect: decoded.suspect, proof, margin)
    if let backtrace = crash.backtrace, decoded.frames.count <= backtrace.frames.count,
      let words = Self.end(of: backtrace)
    {
      line(Span(own: margin + "  " + words, .faint))
    }
    for (core, frames) in zip(crash.otherCores, decoded.otherCores) where !frames.isEmpty {
      line(Span(own: margin + (core.core.map { "core \($0):" } ?? "another core:")))
      rows(of: frames, suspect: nil, proof, margin)
    }
    if let elf = decoded.elf, elf.proof == .forced {
      paragraph(
        Span(
          own: "\(elf.path) was forced upon this log, which does not show that it is the build "
            + "that crashed: these names may be wrong"),
        indent: indent + 2, first: [Span(own: margin + "! ", .severity(.warning))])
    }
  }

  /// How the chip's own backtrace ends where nothing on the stack completes it.
  private static func end(of backtrace: Backtrace) -> String? {
    switch backtrace.ending {
    case .plain: nil
    case .continues: "the chip's backtrace goes on; it was cut here"
    case .corrupted: "the chip's backtrace is corrupted from here on"
    }
  }

  private struct Row {
    var address: String
    var text: String
    var note: String
    var isSuspect = false
  }

  private mutating func rows(
    of frames: [DecodedFrame], suspect: DecodedFrame.Call?, _ proof: MatchedELF.Proof?,
    _ margin: String
  ) {
    let rows = Self.rows(of: frames, suspect: suspect, proof)
    for row in rows.prefix(Self.mostCalls) {
      // What warns of a name is not what a long name pushes off the screen.
      let used = margin.count + 2 + row.address.count + 2 + row.note.count
      let text = TextWidth.cut(HostileText.shown(row.text), to: max(columns - used, 8))
      line(
        Span(own: margin), Span(own: row.isSuspect ? "→ " : "  ", .strong),
        Span(own: row.address + "  ", .faint),
        Span(own: text, row.isSuspect ? .strong : .plain), Span(own: row.note, .faint))
    }
    let rest = rows.count - Self.mostCalls
    if rest > 0 {
      let more = Quantity.counted(rest, "more call")
      line(Span(own: margin + "  … and \(more); --format json lists all", .faint))
    }
  }

  private static func rows(
    of frames: [DecodedFrame], suspect: DecodedFrame.Call?, _ proof: MatchedELF.Proof?
  ) -> [Row] {
    var isSuspectShown = false
    var rows: [Row] = []
    for frame in frames {
      let address = Hexadecimal.address(frame.pc)
      let notes = [
        frame.origin == .guessed ? "guessed" : nil, proof == .forced ? "other build?" : nil,
      ].compactMap(\.self)
      let note = notes.isEmpty ? "" : "  (\(notes.joined(separator: ", ")))"
      if frame.calls.isEmpty {
        rows.append(Row(address: address, text: frame.memory.words, note: note))
      }
      for call in frame.calls {
        let isSuspect = frame.origin != .guessed && !isSuspectShown && call == suspect
        isSuspectShown = isSuspectShown || isSuspect
        rows.append(
          Row(
            address: address, text: call.place + (call.isInlined ? ", inlined" : ""), note: note,
            isSuspect: isSuspect))
      }
    }
    return rows
  }
}
