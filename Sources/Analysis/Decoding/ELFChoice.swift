import Firmware

/// The ELFs that may be the images that ran.
public struct ELFChoice: Sendable {
  /// Files that were given, of applications and bootloaders.
  public var given: [String]
  /// Whether `given` is used even where the log names another build.
  public var trust: Trust
  /// The file of a store for the first digits of an ELF's SHA-256; throws what a person should
  /// read when the store cannot be used.
  public var stored: @Sendable (_ digits: String) throws -> String?

  /// How far `given` is trusted.
  public enum Trust: Sendable {
    /// Only where the log does not name another build.
    case checked
    /// Whatever the log says.
    case forced
  }

  /// A choice among files and a store.
  public init(
    given: [String] = [], trust: Trust = .checked,
    stored: @escaping @Sendable (_ digits: String) throws -> String? = { _ in nil }
  ) {
    self.given = given
    self.trust = trust
    self.stored = stored
  }
}
