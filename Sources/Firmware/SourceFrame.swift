/// One call at an address: a function, or a function inlined into the one behind it.
public struct SourceFrame: Hashable, Sendable {
  /// The function's readable name, demangled.
  public var function: String?
  /// The name that the linker knows it by, where that differs from `function`.
  public var linkageName: String?
  /// The source file as the compiler recorded it.
  public var file: String?
  /// The line in the file, counted from 1.
  public var line: Int?
  /// Whether the compiler inlined the function into the next frame's.
  public var isInlined: Bool
  /// Where the name comes from, which is how far it can be trusted.
  public var origin: Origin

  /// Where a frame's name comes from.
  public enum Origin: Hashable, Sendable {
    /// From the debug information.
    case debugInfo
    /// From the symbol table; the address lies that many bytes behind the symbol.
    case symbol(offset: UInt32)
    /// No function is known: the name is that of the section it lies in.
    case section(offset: UInt32)
    /// In the chip's ROM, whose code the ELF does not have. With a name, the address lies that
    /// many bytes behind a ROM function that the ELF was linked against.
    case rom(offset: UInt32)
  }

  /// Puts a frame together.
  public init(
    function: String?, linkageName: String? = nil, file: String? = nil, line: Int? = nil,
    isInlined: Bool = false, origin: Origin = .debugInfo
  ) {
    self.function = function
    self.linkageName = linkageName
    self.file = file
    self.line = line
    self.isInlined = isInlined
    self.origin = origin
  }
}
