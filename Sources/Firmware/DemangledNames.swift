import CDemangle

/// Readable names of C++ and Rust functions.
struct DemangledNames {
  private var known: [String: String] = [:]
  /// Room for what people write; generated names that need more stay as they are.
  private var room = [CChar](repeating: 0, count: 32 << 10)

  /// The readable form, or the name itself where it is not mangled.
  mutating func readable(_ name: String) -> String {
    guard name.hasPrefix("_Z") || name.hasPrefix("_R") else { return name }
    if let known = known[name] { return known }
    let length = cdemangle(name, &room, room.count)
    let readable =
      length == 0
      ? name : String(decoding: room[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    known[name] = readable
    return readable
  }
}
