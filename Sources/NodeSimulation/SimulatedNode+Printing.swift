/// When the node prints what.
extension SimulatedNode {
  /// All that a start prints, for a node that is there already.
  func printStart() {
    printFirstLines()
    printServices()
  }

  /// From the start of the application to its own first lines.
  func printFirstLines() {
    console.start(
      running?.descriptor ?? BuildDescription(), state.running, state.lastReset,
      node: setup.number)
  }

  /// From the network to the end of the start.
  func printServices() {
    let key: Console.KeyState =
      switch setup.scenario.access {
      case .withKey: .loaded(length: setup.key.utf8.count)
      case .withUnknownKey: .loaded(length: 64)
      case .noKeyProvisioned: .missing
      case .open: .notWanted
      }
    let parts = setup.timing.boot.components
    console.services(
      key: key, target: flash.target,
      at: Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000))
  }
}
