import Diagnosis
import Dispatch
import NodeHTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One run of `deploy`: a new deployment, or the rest of an earlier one.
struct DeployRun {
  let file: DeployImageFile
  let settings: DeploySettings
  let client: NodeClient
  let state: DeployStateFile
  let record: DeployRecord
  private let keepsState: Bool

  /// Finds the nodes, and takes up what an earlier run left.
  static func prepare(
    file: DeployImageFile, settings: DeploySettings, client: NodeClient,
    targets: DeployTargetOptions, earlier: DeployStateOptions, wishes: DeployRolloutOptions
  ) async throws -> DeployRun {
    let digest = "\(file.image.fileDigest)"
    let path =
      earlier.state ?? DeployStateFile.usualPath(digest: digest, image: file.image.path)
    let state = try DeployStateFile(path: path)
    var record = earlier.restart ? nil : try state.read()
    if let found = record {
      guard found.imageDigest == digest else {
        throw DeployStateError.otherImage(path: path, theirs: found.imagePath)
      }
      // Whatever it said then, nodes change: a finished run is no reason to believe them today.
      if found.condition == .finished { record = earlier.retryFailed ? found : nil }
    }
    var settings = settings
    let resumed: DeployRecord
    if let found = record {
      resumed = try await resume(found, path: path, targets, earlier, wishes, client)
      settings.stages = resumed.stages
    } else {
      settings.stages = wishes.stage ?? .atOnce
      let nodes = try await DeployTargets(options: targets, client: client).decide()
      resumed = DeployRecord(
        imageDigest: digest, imagePath: file.image.path, stages: settings.stages, nodes: nodes)
    }
    return DeployRun(
      file: file, settings: settings, client: client, state: state, record: resumed,
      keepsState: earlier.state != nil)
  }

  private static func resume(
    _ found: DeployRecord, path: String, _ targets: DeployTargetOptions,
    _ earlier: DeployStateOptions, _ wishes: DeployRolloutOptions, _ client: NodeClient
  ) async throws -> DeployRecord {
    var record = found
    if let stage = wishes.stage, stage != record.stages {
      guard stage.continues(record.stages) else {
        throw DeployStateError.otherStages(path: path)
      }
      record.stages = stage
    }
    if record.condition == .stopped {
      guard earlier.goOn else {
        throw DeployStateError.stopped(
          reason: record.reason ?? "too many failures", nodes: record.nodes)
      }
      record.forgiven += record.failures.failed
    }
    // Without names the record's nodes are meant; with names all of them must be among those.
    if !targets.hosts.isEmpty {
      let named = try await DeployTargets(options: targets, client: client).decide()
      // A name that nobody knew then may lead to its node now.
      for index in record.nodes.indices where record.nodes[index].step.isUntouched {
        let today = try? record.nodes[index].address.resolved()
        if let today, !record.nodes.contains(where: { $0.address == today }) {
          record.nodes[index].address = today
        }
      }
      let known = record.nodes.map(\.address)
      guard known.allSatisfy(named.contains) else {
        throw DeployStateError.otherNodes(path: path, count: known.count)
      }
      record.nodes += named.filter { !known.contains($0) }.map { NodeRecord(address: $0) }
    }
    if earlier.retryFailed { record.stage = 0 }
    let done = record.nodes.count { $0.step.isGood }
    Diagnostics.say(
      TextOfName.shown(
        "going on where an earlier run ended: \(done) of \(record.nodes.count) nodes confirmed "
          + "(\(path))"))
    return record
  }

  /// Hundreds of nodes are asked at once, each through a socket of its own.
  private static func allowOpenFiles() {
    var limit = rlimit()
    #if canImport(Glibc)
      let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let files = RLIMIT_NOFILE
    #endif
    guard getrlimit(files, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 8_192))
    setrlimit(files, &limit)
  }

  /// Updates the nodes.
  func perform(
    rules: RuleSet, stop: Interruption.Signal, progress: DeployProgress
  ) async throws -> Deployment.Outcome {
    Self.allowOpenFiles()
    let (file, state) = (file, state)
    let judge = DeployJudge(
      image: file.deployed, chip: file.image.chip?.title, sendsKey: settings.token != nil,
      rules: rules)
    let deployment = Deployment(
      of: file.deployed, record: record, settings: settings, client: client,
      judge: { judge.judge($0) }, save: { try state.write($0) },
      isStopRequested: { stop.isRequested }, isImageIntact: { file.isIntact },
      tell: { event in
        Self.warn(event, of: file)
        progress.hear(event)
      })
    let interrupt = DispatchSource.makeReadSource(
      fileDescriptor: stop.descriptor, queue: .global())
    interrupt.setEventHandler {
      progress.tellOfStop()
      // The byte is never read, so the source would fire for ever: once is enough.
      interrupt.cancel()
    }
    interrupt.activate()
    defer { interrupt.cancel() }
    let outcome: Deployment.Outcome
    do {
      outcome = try await deployment.run()
    } catch {
      progress.close()
      Diagnostics.say(TextOfName.shown("\(error)"))
      throw ExitStatus.unusable
    }
    if outcome.record.isConfirmed, outcome.record.condition == .finished, !keepsState {
      state.remove()
    }
    return outcome
  }

  /// What somebody may not have meant to do.
  private static func warn(_ event: DeployEvent, of file: DeployImageFile) {
    guard case .node(_, let node) = event, node.step == .sending, let before = node.before,
      let build = file.deployed.build, let running = before.build
    else { return }
    if build < running {
      Diagnostics.say(
        TextOfName.shown(
          "warning: \(node.address) runs a later build (\(running)) than the image (\(build))"))
    } else if build == running {
      Diagnostics.say(
        TextOfName.shown("warning: \(node.address) runs this build already; sent again (--force)"))
    }
  }
}
