import CYaml

/// What libyaml met, copied out of its memory.
struct YAMLEvent {
  let kind: yaml_event_type_t
  let mark: Mark
  /// What an alias names, or what a value is called.
  let anchor: String?
  let scalar: Node.Scalar

  init(_ event: yaml_event_t) {
    kind = event.type
    mark = Mark(event.start_mark)
    var scalar = Node.Scalar(string: "", isPlain: true)
    let anchor: UnsafeMutablePointer<yaml_char_t>?
    switch event.type {
    case YAML_ALIAS_EVENT: anchor = event.data.alias.anchor
    case YAML_SEQUENCE_START_EVENT: anchor = event.data.sequence_start.anchor
    case YAML_MAPPING_START_EVENT: anchor = event.data.mapping_start.anchor
    case YAML_SCALAR_EVENT:
      anchor = event.data.scalar.anchor
      scalar = Node.Scalar(event.data.scalar)
    default: anchor = nil
    }
    self.scalar = scalar
    self.anchor = anchor.map { String(cString: $0) }
  }
}

extension Node.Scalar {
  fileprivate init(_ scalar: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar) {
    // A length, since a text may hold a NUL.
    string = String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil
  }
}

extension Mark {
  init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
