import Diagnosis

/// The parts of a rule that carry conditions of their own.
extension RuleDecoder {
  /// Decodes something with names of its own, which end with it.
  mutating func scoped<Value>(
    _ node: Node?, _ body: (inout RuleDecoder, Node) -> Value?
  ) -> Value? {
    guard let node else { return nil }
    let outer = scope
    scope.pendingTexts = []
    let result = body(&self, node)
    checkPendingTexts()
    let inner = scope
    scope = outer
    for (name, binding) in scope.close(inner).sorted(by: { $0.name < $1.name })
    where !binding.isUsed {
      reportUnused(name, binding)
    }
    return result
  }

  private mutating func condition(in fields: Fields) -> Condition? {
    fields["when"].flatMap { condition($0) }
  }

  private mutating func each<Part>(
    _ node: Node?, of what: String, as form: FormName,
    _ body: (inout RuleDecoder, Fields) -> Part?
  ) -> [Part] {
    var parts: [Part] = []
    for entry in reader.list(node, of: what) ?? [] {
      let part = scoped(entry) { decoder, entry in
        decoder.reader.fields(of: entry, as: form).flatMap { body(&decoder, $0) }
      }
      if let part { parts.append(part) }
    }
    return parts
  }

  mutating func witnesses(_ node: Node?) -> [Witness] {
    each(node, of: "witnesses", as: .witness) { decoder, fields in
      let when = decoder.condition(in: fields)
      let strength = decoder.probability(fields["strength"], of: "strength")
      let says = decoder.interpolated(fields["says"], of: "says")
      guard let when, let strength, let says else { return nil }
      return Witness(when: when, strength: strength, says: says)
    }
  }

  mutating func limits(_ node: Node?) -> [ConfidenceLimit] {
    each(node, of: "limits", as: .limit) { decoder, fields in
      let when = decoder.condition(in: fields)
      let atMost = decoder.probability(fields["at_most"], of: "at_most")
      let says = decoder.interpolated(fields["says"], of: "says")
      guard let when, let atMost, let says else { return nil }
      return ConfidenceLimit(when: when, atMost: atMost, says: says)
    }
  }

  mutating func severities(_ node: Node?) -> [SeverityCase] {
    each(node, of: "severities", as: .severityCase) { decoder, fields in
      let when = decoder.condition(in: fields)
      let severity = decoder.severity(fields["severity"])
      guard let when, let severity else { return nil }
      return SeverityCase(when: when, severity: severity)
    }
  }

  mutating func hints(_ node: Node?) -> [Hint] {
    var hints: [Hint] = []
    for entry in reader.list(node, of: "settled_by") ?? [] {
      guard entry.mapping != nil else {
        if let says = interpolated(entry, of: "settled_by") {
          hints.append(Hint(when: nil, says: says))
        }
        continue
      }
      let hint: Hint? = scoped(entry) { decoder, entry in
        guard let fields = decoder.reader.fields(of: entry, as: .hint) else { return nil }
        let when = decoder.condition(in: fields)
        guard let says = decoder.interpolated(fields["says"], of: "says") else { return nil }
        return Hint(when: when, says: says)
      }
      if let hint { hints.append(hint) }
    }
    return hints
  }

  mutating func causes(_ node: Node?) -> [CauseCandidate] {
    var seen: Set<String> = []
    return each(node, of: "causes", as: .causeCandidate) { decoder, fields in
      let id = decoder.reader.text(fields["id"], of: "id")
      if let id, let place = fields["id"] {
        decoder.note(cause: id, at: place)
        if !seen.insert(id).inserted {
          decoder.reader.report("cause '\(id)' is listed twice", at: place)
        }
      }
      let priors = decoder.priors(fields["prior"])
      let evidence = decoder.evidence(fields["evidence"])
      guard let id, !priors.isEmpty else { return nil }
      return CauseCandidate(id: id, priors: priors, evidence: evidence)
    }
  }

  private mutating func priors(_ node: Node?) -> [CauseCandidate.Prior] {
    guard let node else { return [] }
    guard node.sequence != nil else {
      return probability(node, of: "prior").map { [.init(when: nil, value: $0)] } ?? []
    }
    return each(node, of: "prior", as: .prior) { decoder, fields in
      let when = decoder.condition(in: fields)
      guard let value = decoder.probability(fields["prior"], of: "prior") else { return nil }
      return CauseCandidate.Prior(when: when, value: value)
    }
  }

  private mutating func evidence(_ node: Node?) -> [CauseEvidence] {
    each(node, of: "evidence", as: .evidence) { decoder, fields in
      let when = decoder.condition(in: fields)
      let weight = fields["weight"].flatMap { decoder.weight($0) }
      let says = decoder.interpolated(fields["says"], of: "says")
      guard let when, let weight, let says else { return nil }
      return CauseEvidence(when: when, weight: weight, says: says)
    }
  }

  private mutating func weight(_ node: Node) -> CauseEvidence.Weight? {
    if let bits = node.int.map(Double.init) ?? node.float {
      if abs(bits) > 10 { reader.report("'weight' must be between -10 and +10", at: node) }
      return .bits(bits)
    }
    switch reader.choice(node, of: "weight", among: ["decides", "refutes"]) {
    case "decides": return .decides
    case "refutes": return .refutes
    case .some, .none: return nil
    }
  }
}
