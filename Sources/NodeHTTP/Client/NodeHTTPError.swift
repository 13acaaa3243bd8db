/// Why no node can be asked at all.
public enum NodeHTTPError: Error, Hashable, Sendable, CustomStringConvertible {
  /// libcurl is not there; the text is the loader's.
  case libraryMissing(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .libraryMissing(let detail):
      "libcurl cannot be loaded (\(detail)). Install it with 'sudo apt install libcurl4'."
    }
  }
}
