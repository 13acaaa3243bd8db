/// A place in a text, counted from one.
struct Mark: Hashable {
  let line: Int
  let column: Int
}

/// A value of a YAML text, with the place where it begins.
struct Node {
  let mark: Mark
  let content: Content

  /// What it is.
  enum Content {
    case scalar(Scalar)
    case sequence([Node])
    case mapping(Mapping)
  }

  /// A word, a number or a text.
  struct Scalar {
    let string: String
    /// Neither in quotes nor a block nor tagged: only then it may be a number, a flag or nothing.
    let isPlain: Bool
  }

  /// Keys with their values, in the order written.
  struct Mapping {
    let entries: [(key: Node, value: Node)]

    subscript(_ key: String) -> Node? {
      entries.first { $0.key.scalar?.string == key }?.value
    }
  }

  var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  var sequence: [Node]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  var mapping: Mapping? {
    if case .mapping(let mapping) = content { mapping } else { nil }
  }
}
