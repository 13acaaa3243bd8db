import Glibc
import Synchronization

/// Follows serial ports through unplugging, renumbering and restarts.
///
/// One plain thread waits for all ports at once; bytes reach the receiver on that thread, within microseconds of
/// their arrival and without a queue between. A receiver that takes long delays every port.
public final class PortFollower: Sendable {
  let target: FollowTarget
  let settings: FollowSettings
  private let requests = Mutex<[FollowRequest]>([])
  private let isStopping = Atomic(false)
  private let wakeReading: Int32
  /// Writing any byte to it stops the following; the one way for a signal handler.
  public let stopDescriptor: Int32

  /// Prepares; nothing is opened before it runs.
  public init(
    _ target: FollowTarget, settings: FollowSettings = FollowSettings()
  ) throws(SerialPortError) {
    self.target = target
    self.settings = settings
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw .system(path: "pipe", operation: "opening", errno: errno)
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wakeReading = ends[0]
    stopDescriptor = ends[1]
  }

  deinit {
    close(wakeReading)
    close(stopDescriptor)
  }

  /// Stops the following, from any thread or from the receiver; the receiver hears nothing more.
  public func stop() {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    wake(Self.stopByte)
  }

  /// Changes the baud rate of a node, and of its coming openings.
  public func setBaud(_ baud: UInt32, of node: NodeIdentity) {
    ask(.baud(baud, node))
  }

  /// Restarts the chip the way its kind of port wants it, or another.
  public func reset(_ node: NodeIdentity, using strategy: ResetStrategy? = nil) {
    ask(.reset(node, strategy))
  }

  /// Follows, on the calling thread, until stopped. Once only.
  public func run(_ receive: (PortEvent) -> Void) {
    let loop = FollowLoop(self)
    loop.run(receive)
  }

  /// Follows on a thread of its own; wait for its end with `FollowThread.join`. Once only.
  public func start(
    _ receive: @escaping @Sendable (PortEvent) -> Void
  ) throws(SerialPortError) -> FollowThread {
    try FollowThread { self.run(receive) }
  }

  private func ask(_ request: FollowRequest) {
    requests.withLock { $0.append(request) }
    wake(Self.requestByte)
  }

  private func wake(_ byte: UInt8) {
    var byte = byte
    // A full pipe wakes just as well.
    _ = write(stopDescriptor, &byte, 1)
  }

  private static let stopByte = UInt8(ascii: "s")
  private static let requestByte = UInt8(ascii: "r")
}

/// Something asked of the follower from another thread.
enum FollowRequest: Sendable {
  case baud(UInt32, NodeIdentity)
  case reset(NodeIdentity, ResetStrategy?)
}

extension PortFollower {
  /// Readable when something was asked.
  var wakeDescriptor: Int32 { wakeReading }

  var shallStop: Bool { isStopping.load(ordering: .sequentiallyConsistent) }

  /// Empties the pipe and takes what was asked.
  func takeRequests() -> [FollowRequest] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = uninterrupted { read(wakeReading, &bytes, bytes.count) }
      guard count > 0 else { break }
      // Every byte that is not our own request is somebody's wish to stop.
      if bytes.prefix(count).contains(where: { $0 != Self.requestByte }) {
        isStopping.store(true, ordering: .sequentiallyConsistent)
      }
    }
    return requests.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

/// A thread that follows.
public struct FollowThread: Sendable {
  private let thread: pthread_t

  init(_ body: @escaping @Sendable () -> Void) throws(SerialPortError) {
    var thread = pthread_t()
    let number = startThread(&thread, body)
    guard number == 0 else {
      throw .system(path: "thread", operation: "starting", errno: number)
    }
    self.thread = thread
  }

  /// Waits for the thread's end. Once only.
  public func join() {
    pthread_join(thread, nil)
  }
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a plain thread; returns the errno.
func startThread(_ thread: inout pthread_t, _ body: @escaping @Sendable () -> Void) -> Int32 {
  let retained = Unmanaged.passRetained(ThreadBody(body))
  let number = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, retained.toOpaque())
  if number != 0 { retained.release() }
  return number
}
