// Members whose value may be absent are left out then.
extension JSONWriter {
  package mutating func member(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    key(name)
    string(text)
  }

  package mutating func member(_ name: StaticString, unmasked text: String?) {
    guard let text else { return }
    key(name)
    string(unmasked: text)
  }

  package mutating func member(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  package mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    truth(value)
  }

  package mutating func member(_ name: StaticString, share value: Double) {
    key(name)
    share(value)
  }

  package mutating func member(_ name: StaticString, address: UInt32?) {
    guard let address else { return }
    key(name)
    self.address(address)
  }

  package mutating func member(_ name: StaticString, flashOffset: Int?) {
    guard let flashOffset else { return }
    key(name)
    self.flashOffset(flashOffset)
  }

  package mutating func member(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  package mutating func member<Elements: Sequence>(
    _ name: StaticString, each elements: Elements,
    _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }

  /// Texts that names from outside stand in; left out when there are none.
  package mutating func member(_ name: StaticString, texts: [String]) {
    guard !texts.isEmpty else { return }
    member(name, each: texts) { $0.string($1) }
  }

  /// Texts of rules; left out when there are none.
  package mutating func member(_ name: StaticString, unmasked texts: [String]) {
    guard !texts.isEmpty else { return }
    member(name, each: texts) { $0.string(unmasked: $1) }
  }

  /// Where something is: an address or a name that holds no secret, and may tell whose it is.
  package mutating func member(_ name: StaticString, place: String?) {
    guard let place else { return }
    key(name)
    string(unmasked: shown(place))
  }

  /// Places that things are at; left out when there are none.
  package mutating func member(_ name: StaticString, places: [String]) {
    guard !places.isEmpty else { return }
    member(name, each: places) { $0.string(unmasked: $0.shown($1)) }
  }
}
