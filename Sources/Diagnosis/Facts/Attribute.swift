/// What a rule can ask about an item.
public enum Attribute: Hashable, Sendable {
  case boot(BootAttribute)
  case crash(CrashAttribute)
  case update(UpdateAttribute)
  case notice(NoticeAttribute)
  case log(LogAttribute)
  case node(NodeAttribute)
  case capture(CaptureAttribute)

  /// Its name in rules.
  public var name: String {
    switch self {
    case .boot(let attribute): attribute.rawValue
    case .crash(let attribute): attribute.rawValue
    case .update(let attribute): attribute.rawValue
    case .notice(let attribute): attribute.rawValue
    case .log(let attribute): attribute.rawValue
    case .node(let attribute): attribute.rawValue
    case .capture(let attribute): attribute.rawValue
    }
  }

  /// What its values are.
  public var type: AttributeType {
    switch self {
    case .boot(let attribute): attribute.type
    case .crash(let attribute): attribute.type
    case .update(let attribute): attribute.type
    case .notice(let attribute): attribute.type
    case .log(let attribute): attribute.type
    case .node(let attribute): attribute.type
    case .capture(let attribute): attribute.type
    }
  }

  /// What it tells, for authors of rules.
  public var explains: String {
    switch self {
    case .boot(let attribute): attribute.explains
    case .crash(let attribute): attribute.explains
    case .update(let attribute): attribute.explains
    case .notice(let attribute): attribute.explains
    case .log(let attribute): attribute.explains
    case .node(let attribute): attribute.explains
    case .capture(let attribute): attribute.explains
    }
  }

  /// The attributes of a kind, in the order of the documentation.
  public static func all(of kind: ItemKind) -> [Attribute] {
    switch kind {
    case .boot: BootAttribute.allCases.map(Attribute.boot)
    case .crash: CrashAttribute.allCases.map(Attribute.crash)
    case .update: UpdateAttribute.allCases.map(Attribute.update)
    case .notice: NoticeAttribute.allCases.map(Attribute.notice)
    case .log: LogAttribute.allCases.map(Attribute.log)
    case .node: NodeAttribute.allCases.map(Attribute.node)
    }
  }

  /// The attribute of that kind with that name.
  public static func named(_ name: String, of kind: ItemKind) -> Attribute? {
    switch kind {
    case .boot: BootAttribute(rawValue: name).map(Attribute.boot)
    case .crash: CrashAttribute(rawValue: name).map(Attribute.crash)
    case .update: UpdateAttribute(rawValue: name).map(Attribute.update)
    case .notice: NoticeAttribute(rawValue: name).map(Attribute.notice)
    case .log: LogAttribute(rawValue: name).map(Attribute.log)
    case .node: NodeAttribute(rawValue: name).map(Attribute.node)
    }
  }
}

/// What the values of an attribute are.
public enum AttributeType: Hashable, Sendable {
  /// Any text.
  case text
  /// One of these words.
  case choice([String])
  /// A number.
  case number
  /// A 32-bit address.
  case address
  /// `true` or `false`.
  case flag
}
