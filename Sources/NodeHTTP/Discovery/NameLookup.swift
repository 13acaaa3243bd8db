#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension NodeAddress {
  /// The same node by its number: a name may lead to another node an hour later.
  ///
  /// IPv4 is preferred: this firmware listens on it. Waits for the resolver.
  public func resolved() throws(DiscoveryError) -> NodeAddress {
    if IPv4.number(host) != nil || host.contains(":") { return self }
    var wishes = addrinfo()
    wishes.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var answer: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &wishes, &answer)
    guard code == 0 else {
      let reason = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
      throw .nameUnknown(host, reason: reason)
    }
    defer { freeaddrinfo(answer) }
    var found: [(family: Int32, text: String)] = []
    var next = answer
    while let entry = next {
      next = entry.pointee.ai_next
      var text = [CChar](repeating: 0, count: 128)
      guard
        getnameinfo(
          entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
          NI_NUMERICHOST) == 0
      else { continue }
      let length = text.firstIndex(of: 0) ?? text.count
      found.append(
        (
          entry.pointee.ai_family,
          String(decoding: text[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        ))
    }
    guard let best = found.first(where: { $0.family == AF_INET }) ?? found.first else {
      throw .nameUnknown(host, reason: "the resolver names none")
    }
    return NodeAddress(host: best.text, port: port)
  }
}
