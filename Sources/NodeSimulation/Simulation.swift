import CNodeServer
import Glibc
import Synchronization

/// Nodes that answer on this machine, each with a state of its own that survives its resets.
///
/// They listen once this exists, and stop with `stop()` or when nobody holds it any more.
public final class Simulation: Sendable {
  /// Where the nodes are, in the order of their setups; ports that were left open are filled in.
  public let addresses: [(host: String, port: UInt16)]
  private let board: StateBoard
  private let wake: WakeUp
  private let thread: Mutex<pthread_t?>

  /// Starts them all, or none.
  public init(_ setups: [NodeSetup], pace: Pace = .real) throws(SimulationError) {
    if let reason = cnode_load() { throw .library(String(cString: reason)) }
    OpenFiles.allow(forNodes: setups.count)
    let loop = try EventLoop()
    let board = StateBoard(count: setups.count)
    var nodes: [SimulatedNode] = []
    for (index, setup) in setups.enumerated() {
      nodes.append(try SimulatedNode(setup, index, pace: pace, loop: loop, board: board))
    }
    addresses = nodes.map { ($0.socket.host, $0.socket.port) }
    wake = try WakeUp()
    self.board = board
    try loop.watch(wake.reading) {}
    for node in nodes { try node.powerOn() }
    let life = Life(loop: loop, nodes: nodes, board: board)
    var started = pthread_t()
    let number = pthread_create(
      &started, nil,
      { context in
        if let context { Unmanaged<Life>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, Unmanaged.passRetained(life).toOpaque())
    guard number == 0 else { throw .outOfDescriptors(errno: number) }
    thread = Mutex(started)
  }

  /// Starts one node.
  public convenience init(_ setup: NodeSetup, pace: Pace = .real) throws(SimulationError) {
    try self.init([setup], pace: pace)
  }

  deinit { stop() }

  /// What a node is now.
  public func state(of index: Int) -> NodeState { board.state(of: index) }

  /// Ends all nodes: nothing answers any more. May be called more than once.
  public func stop() {
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let running else { return }
    board.askToStop()
    wake.wake()
    pthread_join(running, nil)
  }
}

/// All that belongs to the simulation's thread once that runs.
private final class Life {
  let loop: EventLoop
  let nodes: [SimulatedNode]
  let board: StateBoard

  init(loop: EventLoop, nodes: [SimulatedNode], board: StateBoard) {
    self.loop = loop
    self.nodes = nodes
    self.board = board
  }

  func run() {
    loop.run { !board.shallStop }
    nodes.forEach { $0.powerOff() }
  }
}

/// Wakes the loop of another thread.
private final class WakeUp: Sendable {
  let reading: Int32
  private let writing: Int32

  init() throws(SimulationError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .outOfDescriptors(errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  func wake() {
    var byte: UInt8 = 0
    _ = write(writing, &byte, 1)
  }
}

/// How many files may be open.
private enum OpenFiles {
  /// A node needs a few descriptors, and its clients may live in this process as well.
  static func allow(forNodes count: Int) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let wanted = rlim_t(256 + count * 12)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
