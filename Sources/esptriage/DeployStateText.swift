import NodeHTTP
import Reporting

/// A deployment's record as JSON, and back.
enum DeployStateText {
  static let schema = "esptriage.deploy-state/1"

  static func text(_ record: DeployRecord) -> String {
    var json = JSONWriter(layout: .indented)
    json.object { json in
      json.member("schema", unmasked: schema)
      json.member("image", unmasked: record.imagePath)
      json.member("image_sha256", unmasked: record.imageDigest)
      json.member("condition", unmasked: record.condition.rawValue)
      json.member("reason", record.reason)
      json.key("stages")
      json.array(record.stages.percents) { $0.string(unmasked: String($1)) }
      json.member("stage", record.stage)
      json.member("soaked_ms", record.soaked.wholeMilliseconds)
      json.member("forgiven", record.forgiven)
      json.key("nodes")
      json.array(record.nodes) { $0.node($1) }
    }
    return json.text + "\n"
  }

  /// Nil for anything that this version did not write.
  static func record(_ bytes: [UInt8]) -> DeployRecord? {
    guard let json = JSONValue(bytes), json["schema"]?.asText == schema,
      let digest = json["image_sha256"]?.asText, let image = json["image"]?.asText,
      let condition = json["condition"]?.asText.flatMap(DeployRecord.Condition.init(rawValue:)),
      case .list(let shares)? = json["stages"],
      let stages = StagePlan(shares.compactMap(\.asText).joined(separator: ",")),
      let stage = json["stage"]?.asInteger, stages.percents.indices.contains(stage),
      let soaked = json["soaked_ms"]?.asInteger, 0..<1 << 50 ~= soaked,
      case .list(let nodes)? = json["nodes"]
    else { return nil }
    var record = DeployRecord(imageDigest: digest, imagePath: image, stages: stages, nodes: [])
    record.condition = condition
    record.reason = json["reason"]?.asText
    record.stage = stage
    record.soaked = .milliseconds(soaked)
    record.forgiven = max(json["forgiven"]?.asInteger ?? 0, 0)
    for node in nodes {
      guard let node = self.node(node) else { return nil }
      record.nodes.append(node)
    }
    return record
  }

  private static func node(_ json: JSONValue) -> NodeRecord? {
    guard let host = json["host"]?.asText, let port = json["port"]?.asInteger,
      1...65_535 ~= port, let address = try? NodeAddress(parsing: Self.literal(host, port)),
      let step = json["step"]?.asText.flatMap(NodeStep.init(rawValue:))
    else { return nil }
    var node = NodeRecord(address: address)
    node.step = step
    node.before = json["before"].flatMap(status)
    node.after = json["after"].flatMap(status)
    if let verdict = json["verdict"]?.asText {
      node.judgement = NodeJudgement(
        verdict: verdict, why: json["why"]?.asText ?? "", next: json["next"]?.asText ?? "")
    }
    return node
  }

  private static func literal(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  private static func status(_ json: JSONValue) -> NodeStatus? {
    guard let running = json["running_partition"]?.asText else { return nil }
    return NodeStatus(
      version: json["version"]?.asText, date: json["date"]?.asText, time: json["time"]?.asText,
      runningPartition: running, nextPartition: json["next_partition"]?.asText,
      maxSize: json["max_size"]?.asInteger)
  }
}

extension JSONWriter {
  /// A node of a deployment.
  mutating func node(_ node: NodeRecord) {
    object { json in json.members(of: node, called: node.address.host) }
  }

  /// What is kept of a node, and how its host is called.
  mutating func members(of node: NodeRecord, called host: String) {
    member("host", place: host)
    member("port", node.address.port)
    member("step", unmasked: node.step.rawValue)
    member("before", node.before)
    member("after", node.after)
    member("verdict", unmasked: node.judgement?.verdict)
    member("why", node.judgement?.why)
    if let next = node.judgement?.next, !next.isEmpty { member("next", next) }
  }

  /// A node's own words.
  mutating func member(_ name: StaticString, _ status: NodeStatus?) {
    guard let status else { return }
    key(name)
    object { json in
      json.member("version", status.version)
      json.member("date", status.date)
      json.member("time", status.time)
      json.member("running_partition", status.runningPartition)
      json.member("next_partition", status.nextPartition)
      json.member("max_size", status.maxSize)
    }
  }
}

extension Duration {
  /// In milliseconds, the rest dropped.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(clamping: seconds) &* 1_000 &+ Int(attoseconds / 1_000_000_000_000_000)
  }
}
