/// How a port is opened.
public struct SerialSettings: Hashable, Sendable {
  /// Who else may use the port meanwhile.
  public enum Sharing: Hashable, Sendable {
    /// Nobody: locked and claimed.
    case exclusive
    /// Everybody; each byte then reaches only one of the readers.
    case shared
  }

  /// Bits a second; any number. USB CDC ignores it.
  public var baud: UInt32
  /// Who else may use it.
  public var sharing: Sharing
  /// What is done to DTR and RTS; nil: what suits the kind of port.
  public var lines: LineTreatment?

  /// 115200 baud, exclusive, lines by the kind of port.
  public init(
    baud: UInt32 = 115_200, sharing: Sharing = .exclusive, lines: LineTreatment? = nil
  ) {
    self.baud = baud
    self.sharing = sharing
    self.lines = lines
  }
}
