extension ContextMatcher {
  /// What of the context holds, in words; nil if something does not.
  func words(in context: Context) -> String? {
    var words: [String] = []
    if !rollback.isEmpty {
      guard rollback.contains(context.rollback) else { return nil }
      let source = context.rollbackSource.map { " (\($0))" } ?? ""
      switch context.rollback {
      case .on: words.append("rollback is on\(source)")
      case .off: words.append("rollback is off\(source)")
      case .unknown: words.append("whether rollback is on is not known")
      }
    }
    if let expectsUpdate {
      guard expectsUpdate == context.expectsUpdate else { return nil }
      words.append(expectsUpdate ? "an update was expected" : "no update was expected")
    }
    var names = Bindings<FactValue>()
    for (option, matcher) in sdkconfig.sorted(by: { $0.key < $1.key }) {
      let value = context.sdkconfig[option]
      guard matcher.accepts(value.map(FactValue.text), &names) else { return nil }
      words.append("the sdkconfig has \(option)=\(value ?? "(not set)")")
    }
    return words.joined(separator: "; ")
  }
}
