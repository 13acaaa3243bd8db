/// What names stand for while a condition is solved: a few, so that going through them is the fastest.
struct Bindings<Value: Hashable & Sendable>: Hashable, Sendable {
  private var entries: [Entry] = []

  private struct Entry: Hashable, Sendable {
    let name: String
    var value: Value
  }

  subscript(name: String) -> Value? {
    get {
      for entry in entries where entry.name == name { return entry.value }
      return nil
    }
    set {
      let place = entries.firstIndex { $0.name == name }
      guard let newValue else {
        if let place { entries.remove(at: place) }
        return
      }
      if let place {
        entries[place].value = newValue
      } else {
        entries.append(Entry(name: name, value: newValue))
      }
    }
  }
}
