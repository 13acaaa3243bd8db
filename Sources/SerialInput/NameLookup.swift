import Glibc
import Synchronization

/// Looks up a host on a thread of its own, as the C library can only do it by waiting.
///
/// Nobody waits for the thread: a name server that never answers costs one idle thread.
final class NameLookup: Sendable {
  /// Where to connect to.
  struct Endpoint: Sendable {
    let family: Int32
    /// A `sockaddr` of the family.
    let bytes: [UInt8]
  }

  /// What came of it.
  enum Answer: Sendable {
    case found([Endpoint])
    case noSuchHost
    case noNameServer
    case failed(errno: Int32)
  }

  private let told = Mutex<Answer?>(nil)
  /// Readable once the answer is there.
  let descriptor: Int32
  private let wakeWriting: Int32

  init(host: String, port: UInt16) {
    var ends: [Int32] = [-1, -1]
    let failure = pipe(&ends) == 0 ? 0 : errno
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    wakeWriting = ends[1]
    guard failure == 0 else {
      told.withLock { $0 = .failed(errno: failure) }
      return
    }
    var thread = pthread_t()
    // The thread keeps the object, and with it the descriptors.
    let number = startThread(&thread) { self.tell(lookUp(host, port)) }
    if number == 0 { pthread_detach(thread) } else { tell(.failed(errno: number)) }
  }

  deinit {
    for end in [descriptor, wakeWriting] where end >= 0 { close(end) }
  }

  /// The answer; nil while there is none.
  var answer: Answer? { told.withLock { $0 } }

  private func tell(_ answer: Answer) {
    told.withLock { $0 = answer }
    var byte: UInt8 = 0
    _ = write(wakeWriting, &byte, 1)
  }
}

private func lookUp(_ host: String, _ port: UInt16) -> NameLookup.Answer {
  var hints = addrinfo()
  hints.ai_family = AF_UNSPEC
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  hints.ai_flags = AI_NUMERICSERV
  var list: UnsafeMutablePointer<addrinfo>?
  let code = getaddrinfo(host, String(port), &hints, &list)
  defer { if let list { freeaddrinfo(list) } }
  switch code {
  case 0: break
  case EAI_AGAIN: return .noNameServer
  case EAI_SYSTEM: return .failed(errno: errno)
  case EAI_MEMORY: return .failed(errno: ENOMEM)
  default: return .noSuchHost
  }
  var found: [NameLookup.Endpoint] = []
  var next = list
  while let entry = next?.pointee {
    if let address = entry.ai_addr {
      let bytes = UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
      found.append(NameLookup.Endpoint(family: entry.ai_family, bytes: Array(bytes)))
    }
    next = entry.ai_next
  }
  return found.isEmpty ? .noSuchHost : .found(found)
}
