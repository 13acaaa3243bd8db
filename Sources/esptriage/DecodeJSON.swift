import Firmware
import Reporting

/// One answer as a JSON object; what is not known is left out.
struct DecodeJSON {
  let text: String

  init(_ address: UInt32, _ frames: [SourceFrame], for readers: Privacy) {
    var json = JSONWriter(layout: .line, privacy: readers)
    json.object { json in
      json.member("address", address: address)
      json.member("frames", each: frames) { json, frame in
        json.object { json in
          json.member("function", frame.function)
          json.member("file", frame.file)
          json.member("line", frame.line)
          json.member("inlined", frame.isInlined)
          Self.write(frame.origin, to: &json)
        }
      }
    }
    text = json.text
  }

  /// Left out for the usual case.
  private static func write(_ origin: SourceFrame.Origin, to json: inout JSONWriter) {
    switch origin {
    case .debugInfo: break
    case .symbol(let offset):
      json.member("origin", unmasked: "symbol")
      json.member("offset", Int(offset))
    case .section(let offset):
      json.member("origin", unmasked: "section")
      json.member("offset", Int(offset))
    case .rom(let offset):
      json.member("origin", unmasked: "rom")
      json.member("offset", Int(offset))
    }
  }
}
