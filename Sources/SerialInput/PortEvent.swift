/// Something that happened to a port that is followed.
///
/// A node keeps the same identity through every unplugging and renumbering.
public enum PortEvent {
  /// No node is there yet; the follower waits for one to be plugged in.
  case waiting
  /// A port was plugged in, or was there when the following began; whether it is followed is another question.
  case appeared(AttachedPort)
  /// A node is open for the first time.
  case opened(NodeIdentity, AttachedPort, at: ArrivalTime)
  /// Bytes arrived. They are valid only during the call.
  case bytes(NodeIdentity, UnsafeRawBufferPointer, at: ArrivalTime)
  /// No byte came for a while after some did; told once until the next bytes.
  case quiet(NodeIdentity, at: ArrivalTime)
  /// The node is gone: unplugged, or its USB restarts.
  case disconnected(NodeIdentity, at: ArrivalTime)
  /// The node is back and open, perhaps under another name.
  case reconnected(NodeIdentity, AttachedPort, at: ArrivalTime)
  /// The node cannot be opened, or did not do what was asked. The follower keeps trying to open it.
  case failed(NodeIdentity, SerialPortError, at: ArrivalTime)
  /// So much time has passed, as the settings asked for.
  case tick(at: ArrivalTime)
}
