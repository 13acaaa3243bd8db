import CYaml

/// Why a text is not YAML, or not what a rule file may hold.
struct YAMLError: Error {
  let message: String
  let mark: Mark?

  /// The same, placed within the text: libyaml looks for what is missing at the end on a line of its own, also where
  /// the text has no such line.
  fileprivate func within(_ text: UnsafeBufferPointer<UInt8>) -> YAMLError {
    let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
    guard let mark, mark.line > lines else { return self }
    let lastStart = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: text[lastStart...], as: UTF8.self).unicodeScalars.count + 1
    return YAMLError(message: message, mark: Mark(line: lines, column: column))
  }
}

/// Makes nodes of a text with libyaml, which is small and known to every distribution.
///
/// Every node keeps its place, so that a problem of a rule can be reported where it stands.
struct YAMLReader: ~Copyable {
  /// libyaml keeps a pointer to its parser in the parser: it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var anchors: [String: Anchored] = [:]
  /// Nodes made so far, those of aliases each time anew.
  private var nodes = 0

  /// No rule comes near; a few lines of aliases of aliases come to billions.
  private static let mostNodes = 100_000

  private var depth = 0

  /// Rules nest some ten deep; a file of brackets would otherwise use up the stack.
  private static let greatestDepth = 100

  /// A node that an alias may name, with the number of nodes in it.
  private struct Anchored {
    let node: Node
    let nodes: Int
  }

  private init() throws(YAMLError) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(message: "no memory is left", mark: nil)
    }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The only document of `text`; nil where there is none.
  static func document(of text: [UInt8]) throws(YAMLError) -> Node? {
    // A closure with `throws` would lose the kind of the error.
    let result: Result<Node?, YAMLError> = text.withUnsafeBufferPointer { bytes in
      do throws(YAMLError) {
        if let problem = cyaml_load() {
          throw YAMLError(message: String(cString: problem), mark: nil)
        }
        var reader = try YAMLReader()
        yaml_parser_set_encoding(reader.parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(reader.parser, bytes.baseAddress, bytes.count)
        return .success(try reader.document())
      } catch {
        return .failure(error.within(bytes))
      }
    }
    return try result.get()
  }

  private mutating func document() throws(YAMLError) -> Node? {
    _ = try next()
    guard try next().kind != YAML_STREAM_END_EVENT else { return nil }
    let node = try node(from: try next())
    _ = try next()
    let after = try next()
    guard after.kind == YAML_STREAM_END_EVENT else {
      throw YAMLError(
        message: "but found another document (expected a single document in the stream)",
        mark: after.mark)
    }
    return node
  }

  private func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }

  private mutating func node(from event: YAMLEvent) throws(YAMLError) -> Node {
    if event.kind == YAML_ALIAS_EVENT { return try aliased(by: event) }
    guard depth < Self.greatestDepth else {
      throw YAMLError(message: "nested more than \(Self.greatestDepth) deep", mark: event.mark)
    }
    depth += 1
    defer { depth -= 1 }
    let before = nodes
    try count(1, at: event.mark)
    let content: Node.Content
    switch event.kind {
    case YAML_SEQUENCE_START_EVENT: content = .sequence(try sequence())
    case YAML_MAPPING_START_EVENT: content = .mapping(try mapping())
    default: content = .scalar(event.scalar)
    }
    let node = Node(mark: event.mark, content: content)
    if let anchor = event.anchor { anchors[anchor] = Anchored(node: node, nodes: nodes - before) }
    return node
  }

  private mutating func sequence() throws(YAMLError) -> [Node] {
    var nodes: [Node] = []
    var event = try next()
    while event.kind != YAML_SEQUENCE_END_EVENT {
      nodes.append(try node(from: event))
      event = try next()
    }
    return nodes
  }

  private mutating func mapping() throws(YAMLError) -> Node.Mapping {
    var entries: [(key: Node, value: Node)] = []
    var marks: [String: Mark] = [:]
    var event = try next()
    while event.kind != YAML_MAPPING_END_EVENT {
      let key = try node(from: event)
      let value = try node(from: try next())
      if let name = key.scalar?.string {
        if let first = marks[name] {
          throw YAMLError(message: "key '\(name)' stands twice", mark: first)
        }
        marks[name] = key.mark
      }
      entries.append((key, value))
      event = try next()
    }
    return Node.Mapping(entries: entries)
  }

  private mutating func aliased(by event: YAMLEvent) throws(YAMLError) -> Node {
    guard let anchored = event.anchor.flatMap({ anchors[$0] }) else {
      throw YAMLError(message: "not YAML: found undefined alias", mark: event.mark)
    }
    try count(anchored.nodes, at: event.mark)
    return anchored.node
  }

  private mutating func count(_ more: Int, at mark: Mark) throws(YAMLError) {
    nodes += more
    guard nodes <= Self.mostNodes else {
      throw YAMLError(
        message: "more than \(Self.mostNodes) values, aliases counted as what they stand for",
        mark: mark)
    }
  }

  /// What libyaml says is wrong.
  private func problem() -> YAMLError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no memory is left"
    let context = parser.pointee.context.map { " (\(String(cString: $0)))" } ?? ""
    guard parser.pointee.error != YAML_READER_ERROR else {
      return YAMLError(
        message: "not YAML: \(problem) at byte \(parser.pointee.problem_offset)", mark: nil)
    }
    return YAMLError(
      message: "not YAML: \(problem)\(context)", mark: Mark(parser.pointee.problem_mark))
  }
}
