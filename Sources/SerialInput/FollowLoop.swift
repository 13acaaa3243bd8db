import Glibc

/// The following itself: waits, reads, opens, tells.
final class FollowLoop {
  private let follower: PortFollower
  private let settings: FollowSettings
  private var watch = HotplugWatch()
  private var lanes = FollowLanes()
  private var streams: [any StreamLane] = []
  private var present: Set<Presence> = []
  private var nextLook: Int64?
  private var nextTick: Int64?
  private var hasLooked = false
  private var toldListing: SerialPortError?

  /// A port that is there; another device under the same name is another one.
  private struct Presence: Hashable {
    let node: String
    let usb: USBDevice?
  }

  init(_ follower: PortFollower) {
    self.follower = follower
    settings = follower.settings
  }

  func run(_ receive: (PortEvent) -> Void) {
    let tell: (PortEvent) -> Void = { [follower] event in
      if !follower.shallStop { receive(event) }
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { buffer.deallocate() }
    nextTick = settings.tickEvery.map { monotonicNow() + $0.nanoseconds }
    addStreams(tell)
    if follower.target.hasDevices { look(tell) }
    while !follower.shallStop {
      actOnTime(tell)
      guard !follower.shallStop else { return }
      wait(buffer, tell)
    }
  }

  // MARK: - Waiting and reading

  private func wait(_ buffer: UnsafeMutableRawBufferPointer, _ tell: (PortEvent) -> Void) {
    let open = lanes.all.filter(\.isOpen)
    let watching = watch.descriptors
    var polled = open.map { lane in pollfd(fd: lane.descriptor, events: Int16(POLLIN), revents: 0) }
    polled += streams.map(\.poll)
    polled += (watching + [follower.wakeDescriptor]).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let ready = poll(&polled, nfds_t(polled.count), pollTimeout())
    guard ready > 0 else { return }

    for (lane, state) in zip(open, polled) where state.revents != 0 {
      read(lane, state.revents, buffer, tell)
    }
    for (stream, state) in zip(streams, polled.dropFirst(open.count)) where state.revents != 0 {
      stream.ready(state.revents, buffer, tell)
    }
    let others = polled.dropFirst(open.count + streams.count)
    if others.dropLast().contains(where: { $0.revents != 0 }), watch.drain() == .ports,
      follower.target.hasDevices
    {
      look(tell)
    }
    if let wake = others.last, wake.revents != 0 {
      for request in follower.takeRequests() { answer(request, tell) }
    }
  }

  private func read(
    _ lane: FollowLane, _ events: Int16, _ buffer: UnsafeMutableRawBufferPointer,
    _ tell: (PortEvent) -> Void
  ) {
    // Several reads, as the kernel hands out 4 KiB at most; not without end, as others wait.
    for _ in 0..<16 {
      switch lane.port?.read(into: buffer) {
      case .bytes(let count):
        let now = ArrivalTime.now()
        lane.quietAt = now.monotonicNanoseconds + settings.quietAfter.nanoseconds
        tell(.bytes(lane.node, UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: now))
        if count >= 2048 { continue }
      case .nothingYet:
        if events & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { lose(lane, tell) }
      case .disconnected:
        lose(lane, tell)
      case nil:
        break
      }
      return
    }
  }

  private func lose(_ lane: FollowLane, _ tell: (PortEvent) -> Void) {
    lane.closed()
    tell(.disconnected(lane.node, at: .now()))
    look(tell)
  }

  // MARK: - Time

  private func pollTimeout() -> Int32 {
    var next: Int64? = nextTick
    func consider(_ moment: Int64?) {
      guard let moment else { return }
      next = min(next ?? moment, moment)
    }
    consider(nextLook)
    for lane in lanes.all {
      if !lane.isOpen { consider(lane.nextTry) }
      consider(lane.quietAt)
      consider(lane.nextStep)
    }
    for stream in streams { consider(stream.deadline) }
    guard let next else { return -1 }
    // Rounded up, so that a deadline has passed when poll returns.
    let milliseconds = (next - monotonicNow() + 999_999) / 1_000_000
    return Int32(clamping: max(0, milliseconds))
  }

  private func actOnTime(_ tell: (PortEvent) -> Void) {
    let now = monotonicNow()
    if let nextLook, nextLook <= now { look(tell) }
    for lane in lanes.all {
      if let quietAt = lane.quietAt, quietAt <= now {
        lane.quietAt = nil
        tell(.quiet(lane.node, at: .now()))
      }
      if let nextTry = lane.nextTry, nextTry <= now, !lane.isOpen { open(lane, tell) }
      do throws(SerialPortError) {
        try lane.stepReset(now: now)
      } catch {
        tell(.failed(lane.node, error, at: .now()))
      }
    }
    for stream in streams { stream.act(now: now, tell) }
    if let nextTick, nextTick <= now, let every = settings.tickEvery {
      self.nextTick = now + every.nanoseconds
      tell(.tick(at: .now()))
    }
  }

  // MARK: - Requests

  private func answer(_ request: FollowRequest, _ tell: (PortEvent) -> Void) {
    switch request {
    case .baud(let baud, let node):
      if let stream = stream(node) { return stream.setBaud(baud, tell) }
      guard let lane = lanes.all.first(where: { $0.node == node }) else { return }
      do throws(SerialPortError) {
        try lane.port?.setBaud(baud)
        lane.baud = baud
      } catch {
        tell(.failed(node, error, at: .now()))
      }
    case .reset(let node, let strategy):
      if let stream = stream(node) { return stream.reset(strategy ?? .classic, tell) }
      guard let lane = lanes.all.first(where: { $0.node == node }), lane.isOpen else { return }
      lane.beginReset(strategy ?? lane.strategy, now: monotonicNow())
    }
  }

  private func addStreams(_ tell: (PortEvent) -> Void) {
    do throws(RemotePortError) {
      streams = try follower.target.streams(settings)
    } catch {
      tell(.failed(NodeIdentity(node: error.url), .remote(error), at: .now()))
    }
  }

  private func stream(_ node: NodeIdentity) -> (any StreamLane)? {
    streams.first { $0.node == node }
  }

  // MARK: - Looking and opening

  /// Sees which ports are there, and matches them with what is followed.
  private func look(_ tell: (PortEvent) -> Void) {
    let now = monotonicNow()
    var ports: [AttachedPort] = []
    do throws(SerialPortError) {
      ports = try SerialPorts.list()
    } catch {
      // Paths that were named can still be opened.
      if toldListing != error { tell(.failed(NodeIdentity(node: error.path), error, at: .now())) }
      toldListing = error
    }
    let newcomers = ports.filter { !present.contains(Presence(node: $0.node, usb: $0.usb)) }
    present = Set(ports.map { Presence(node: $0.node, usb: $0.usb) })
    for port in newcomers { tell(.appeared(port)) }

    lanes.seek(among: ports, now: now, patience: settings.patience)
    addLanes(ports, newcomers, now, tell)
    for lane in lanes.all where !lane.isOpen && lane.nextTry.map({ $0 <= now }) ?? false {
      open(lane, tell)
    }
    if !hasLooked, lanes.all.isEmpty { tell(.waiting) }
    hasLooked = true
    let awaitsSomething =
      lanes.all.isEmpty || follower.target == .everyNode || lanes.all.contains { !$0.isOpen }
    nextLook = awaitsSomething ? now + settings.lookEvery.nanoseconds : nil
  }

  private func addLanes(
    _ ports: [AttachedPort], _ newcomers: [AttachedPort], _ now: Int64, _ tell: (PortEvent) -> Void
  ) {
    switch follower.target {
    case .ports(let paths):
      for path in paths where PortSource.isDevice(path) { addLane(path, ports, now, tell) }
    case .everyNode:
      for port in ports where port.kind.mayBeNode && !lanes.has(port, among: ports) {
        addLane(port, now)
      }
    case .firstNode:
      guard !lanes.all.contains(where: \.isOpen) else { return }
      if let port = newcomers.first(where: { $0.kind.mayBeNode && !lanes.has($0, among: ports) }) {
        addLane(port, now)
      }
    }
  }

  private func addLane(
    _ path: String, _ ports: [AttachedPort], _ now: Int64, _ tell: (PortEvent) -> Void
  ) {
    if let folder = path.lastIndex(of: "/"), !path.hasPrefix("/dev/tty") {
      watch.watch(folder: String(path[..<folder]))
    }
    let isNamed = lanes.all.contains { $0.wantedPath == path }
    guard let port = SerialPorts.port(at: path, among: ports) else {
      guard !isNamed else { return }
      let lane = FollowLane(NodeIdentity(node: path), baud: settings.serial.baud)
      lane.wantedPath = path
      lanes.append(lane)
      let error = SerialPortError.notFound(path: path)
      if lane.isNews(error) { tell(.failed(lane.node, error, at: .now())) }
      return
    }
    // Another board under the name that was asked for is another node.
    guard !isNamed || (port.usb != nil && !lanes.has(port, among: ports)) else { return }
    let lane = addLane(port, now)
    lane.wantedPath = path
  }

  @discardableResult
  private func addLane(_ port: AttachedPort, _ now: Int64) -> FollowLane {
    let lane = FollowLane(port.identity, baud: settings.serial.baud)
    // What was there from the start has its permissions; refusals count at once.
    lane.found(port, now: now, patience: hasLooked ? settings.patience : .zero)
    lanes.append(lane)
    return lane
  }

  private func open(_ lane: FollowLane, _ tell: (PortEvent) -> Void) {
    guard let attached = lane.candidate else { return }
    let now = monotonicNow()
    var serial = settings.serial
    serial.baud = lane.baud
    do throws(SerialPortError) {
      let port = try SerialPort(
        opening: attached.node, as: serial, lines: attached.lineTreatment,
        naming: lane.holderSearch(now: now), recorder: settings.recorder)
      let isFirst = lane.openings == 0
      lane.opened(port, as: attached)
      guard isFirst else {
        tell(.reconnected(lane.node, attached, at: .now()))
        return
      }
      tell(.opened(lane.node, attached, at: .now()))
      if settings.reset == .onFirstOpening {
        lane.beginReset(lane.strategy, now: monotonicNow())
      }
    } catch {
      if now < lane.patientUntil {
        lane.nextTry = monotonicNow() + settings.retryEvery.nanoseconds
        return
      }
      lane.nextTry = nil
      if lane.isNews(error) { tell(.failed(lane.node, error, at: .now())) }
    }
  }
}
