import DeviceEvents
import Diagnosis

// What an ELF tells about a crash, as the JSON contract writes it.

extension JSONWriter {
  /// The backtrace with names: an entry for each call, so that inlined ones share their address.
  mutating func backtrace(_ frames: [DecodedFrame], by proof: MatchedELF.Proof?) {
    typealias Entry = (frame: DecodedFrame, call: DecodedFrame.Call?)
    let entries: [Entry] = frames.flatMap { frame -> [Entry] in
      frame.calls.isEmpty ? [(frame, nil)] : frame.calls.map { (frame, $0) }
    }
    member("backtrace", each: entries) { json, entry in
      let frame = entry.frame
      json.object { json in
        json.member("pc", address: frame.pc)
        json.member("sp", address: frame.sp)
        json.member("memory", unmasked: frame.memory.rawValue)
        json.member("origin", unmasked: frame.origin.rawValue)
        if proof == .forced { json.member("other_build", true) }
        guard let call = entry.call else { return }
        json.member("function", call.function)
        json.member("file", call.file)
        json.member("line", call.line)
        json.member("inlined", call.isInlined)
      }
    }
  }

  /// The rest: which ELF, the suspect, the place of the fault address.
  mutating func decoding(_ decoded: DecodedCrash) {
    if let elf = decoded.elf {
      member("elf") { json in
        json.member("path", elf.path)
        json.member("sha256", unmasked: elf.sha256)
        json.member("matched_by", unmasked: elf.proof.rawValue)
      }
    }
    if let suspect = decoded.suspect {
      member("suspect") { json in
        json.member("function", suspect.function)
        json.member("file", suspect.file)
        json.member("line", suspect.line)
      }
    }
    member("task_entry", decoded.taskEntry)
    member("fault_place", decoded.faultPlace)
  }
}
