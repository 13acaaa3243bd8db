import CNodeServer
import Glibc

/// One node: its flash, what runs on it now, and the server that its firmware started.
///
/// Lives on the thread of the simulation's loop, and is never touched from another.
final class SimulatedNode {
  let setup: NodeSetup
  let socket: NodeSocket
  let pace: Pace
  let loop: EventLoop
  private let board: StateBoard
  private let index: Int
  let console: Console

  var flash: Flash
  var state = NodeState()
  /// The requests that the firmware knows of.
  var exchanges: [ObjectIdentifier: Exchange] = [:]
  /// The one whose body is being written to flash; the handler serves one request at a time.
  var uploading: Exchange?
  private var front: Front = .none
  /// Counts resets: what was planned before one does not happen after it.
  private var life = 0
  private var hasPower = false

  /// What listens on the port.
  private enum Front {
    case none
    case server(OpaquePointer, descriptor: Int32)
    case plain(listening: Int32)
    case unanswered(listening: Int32, filler: Int32)
  }

  init(_ setup: NodeSetup, _ index: Int, pace: Pace, loop: EventLoop, board: StateBoard)
    throws(SimulationError)
  {
    self.setup = setup
    self.index = index
    self.pace = pace
    self.loop = loop
    self.board = board
    socket = try NodeSocket(host: setup.host, port: setup.port)
    console = try Console(path: setup.log, pace: pace)
    let image = StoredImage(
      descriptor: setup.image, size: 0, sha256: [], segments: [], conduct: .runs)
    flash = Flash(image)
  }

  deinit { powerOff() }

  // MARK: - Power

  /// The node as it hangs on the wall: it has been running for a while.
  func powerOn() throws(SimulationError) {
    hasPower = true
    begin(.powerOn, ago: setup.timing.boot + .seconds(20))
    try open()
    printStart()
    publish()
  }

  func powerOff() {
    hasPower = false
    life += 1
    silence()
    publish()
  }

  // MARK: - From reset to reset

  /// Resets the chip once the request that is being served is out of the way.
  func reset(_ reason: ResetReason, after delay: Duration = .zero) {
    later(delay) { $0.boot(reason) }
  }

  /// Does something after a stretch of the node's time, unless a reset comes first.
  func later(_ delay: Duration, _ action: @escaping (SimulatedNode) -> Void) {
    let planned = life
    loop.after(nanoseconds: pace.nanoseconds(delay)) { [weak self] in
      guard let self, self.life == planned, self.hasPower else { return }
      action(self)
    }
  }

  private func begin(_ reason: ResetReason, ago: Duration = .zero) {
    life += 1
    state.boots += 1
    state.lastReset = reason
    state.running = flash.chooseSlot(setup.scenario.rollback) ?? .ota0
    state.remember(BootRecord(state.running, reason, answered: false))
    console.begin(reason, ago: ago)
  }

  private func boot(_ reason: ResetReason) {
    silence()
    begin(reason)
    publish()
    let conduct = running?.conduct ?? .runs
    if case .panics(let after) = conduct { later(after) { $0.panic(.loadProhibited) } }
    if case .isResetUnconfirmed(let after, let reason) = conduct {
      later(after) { $0.resetUnconfirmed(reason) }
    }
    if case .leaves(let after) = conduct { later(after) { $0.leave() } }
    // With another conduct nobody confirms the image, so that the next reset takes it back.
    if case .runs = conduct { later(setup.timing.confirmation) { $0.confirm() } }
    later(.milliseconds(400)) { $0.printFirstLines() }
    if case .neverAnswers = conduct {
      later(setup.timing.boot) { $0.console.failedToJoin() }
    } else {
      later(setup.timing.boot) { $0.join() }
    }
  }

  private func join() {
    do {
      try open()
      printServices()
    } catch {
      // Somebody else uses up the descriptors; a node whose server does not start is silent, too.
      console.line("E", "ota_update", "Failed to start OTA HTTP server on port 8032: ESP_FAIL")
    }
    publish()
  }

  /// The running image dies, says so, and the chip starts again.
  func panic(_ kind: PanicKind) {
    console.panic(kind, running)
    silence()
    publish()
    reset(.panic, after: setup.timing.panicText)
  }

  private func resetUnconfirmed(_ reason: ResetReason) {
    switch reason {
    case .brownout: console.brownout()
    case .software: console.line("I", "main", "access point changed, restarting to join it")
    case .powerOn, .panic, .taskWatchdog: break
    }
    reset(reason)
  }

  private func leave() {
    flash.bootChoice.set(state.running.other, setup.scenario.rollback)
    console.line("W", "main", "newer image found in the other slot, selecting it")
    reset(.software)
  }

  private func confirm() {
    flash.bootChoice.confirm()
    publish()
  }

  // MARK: - What is there

  /// The image that runs.
  var running: StoredImage? { flash.images[state.running] }

  /// Tells other threads.
  func publish() {
    state.images = flash.images.mapValues(\.descriptor)
    state.digests = flash.images.mapValues(\.sha256)
    state.target = flash.target
    state.isPending = flash.bootChoice.isPending
    state.logError = console.failure
    if case .none = front {
      state.isAnswering = false
    } else {
      state.isAnswering = true
      state.noteAnswering()
    }
    board.set(state, of: index)
  }

  // MARK: - Port

  private func open() throws(SimulationError) {
    switch setup.scenario.service {
    case .node, .otherWebServer:
      let listening = try socket.listen()
      let context = Unmanaged.passUnretained(self).toOpaque()
      guard let server = cnode_server_start(listening, onRequest, onEnd, context) else {
        close(listening)
        throw .outOfDescriptors(errno: EMFILE)
      }
      let descriptor = cnode_server_descriptor(server)
      front = .server(server, descriptor: descriptor)
      try loop.watch(descriptor) { [weak self] in self?.runServer() }
    case .notHTTP:
      let listening = try socket.listen()
      front = .plain(listening: listening)
      try loop.watch(listening) { PlainService.greet(listening) }
    case .silent:
      let listening = try socket.listen(backlog: 0)
      // One that is never accepted fills the queue; the kernel drops the others' first packets.
      front = .unanswered(listening: listening, filler: socket.connect())
    }
  }

  /// Nothing listens any more, and what was connected is cut off.
  private func silence() {
    uploading = nil
    for exchange in exchanges.values { exchange.cutOff() }
    switch front {
    case .none: break
    case .server(let server, let descriptor):
      loop.forget(descriptor)
      cnode_server_stop(server)
    case .plain(let listening):
      loop.forget(listening)
      close(listening)
    case .unanswered(let listening, let filler):
      close(filler)
      close(listening)
    }
    exchanges = [:]
    front = .none
  }

  /// Lets the server do what there is to do.
  func runServer() {
    guard case .server(let server, _) = front else { return }
    if cnode_server_run(server) == 1 { later(.zero) { $0.runServer() } }
  }
}

// MARK: - Called from C

private let onRequest: cnode_on_request = { context, request, method, path, bytes, count, memory in
  guard let context, let request, let memory else { return cnode_close }
  let node = Unmanaged<SimulatedNode>.fromOpaque(context).takeUnretainedValue()
  let exchange: Exchange
  if let known = memory.pointee {
    exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  } else {
    exchange = Exchange(
      request, method: method.map { String(cString: $0) } ?? "",
      path: path.map { String(cString: $0) } ?? "")
    memory.pointee = Unmanaged.passRetained(exchange).toOpaque()
  }
  let course = node.serve(exchange, UnsafeRawBufferPointer(start: bytes, count: count))
  exchange.isWaiting = course == cnode_wait
  return course
}

private let onEnd: cnode_on_end = { context, _, _, memory in
  guard let context, let known = memory?.pointee else { return }
  let node = Unmanaged<SimulatedNode>.fromOpaque(context).takeUnretainedValue()
  node.end(Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue())
  memory?.pointee = nil
}
