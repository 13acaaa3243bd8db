/// A line that a framework prints once after each start, in an order that is always the same.
public struct StartMark: Hashable, Sendable {
  /// The framework.
  public enum Framework: Hashable, Sendable { case espHome, tasmota }

  /// Whose order it is.
  public var framework: Framework
  /// Its place in that order, from 0.
  public var step: Int
  /// What the node calls itself in it.
  public var name: String?

  /// Steps below this one come before anything else that the framework prints; what connects to a network comes later.
  public static let firstMoments = 4

  /// A mark at a place of the order.
  public init(_ framework: Framework, step: Int, name: String? = nil) {
    self.framework = framework
    self.step = step
    self.name = name
  }
}
