/// A call that a monitor with the ELF named under a crash.
public struct ResolvedCall: Hashable, Sendable {
  /// In which form it was printed.
  public enum Form: Hashable, Sendable {
    /// For an address that stands in the line above.
    case address
    /// As the function into which the one above was inlined.
    case inlinedBy
    /// As an entry of a backtrace of the monitor's own.
    case frame
  }

  /// The address that was resolved; nil for `inlinedBy`.
  public var address: UInt32?
  /// In which form it was printed.
  public var form: Form
  /// The function.
  public var function: String
  /// The source file.
  public var file: String?
  /// The line in it, counted from 1.
  public var line: Int?

  /// Puts a call together.
  public init(
    address: UInt32?, form: Form, function: String, file: String? = nil, line: Int? = nil
  ) {
    self.address = address
    self.form = form
    self.function = function
    self.file = file
    self.line = line
  }
}
