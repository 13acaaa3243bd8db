// swift-format-ignore-file
// Made from rules/ by `esptriage-dev generate`; change the rules there.

/// The rules that are compiled in.
enum EmbeddedRules {
  static let rules: [Rule] = {
    var rules: [Rule] = []
    rules += otaFamily()
    rules += imageFamily()
    rules += crashFamily()
    rules += watchdogFamily()
    rules += powerFamily()
    rules += flashFamily()
    rules += runFamily()
    rules += notesFamily()
    rules += nodeFamily()
    return rules
  }()
}
