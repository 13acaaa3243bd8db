import Testing

@testable import LogFiles

@Suite("Rotated sets")
struct RotatedSetTests {
  @Test(
    "parts come oldest first, in whatever order they were given",
    arguments: [
      ["app.log.10", "app.log.9", "app.log.2", "app.log.1", "app.log"],
      ["app.log.3.gz", "app.log.2.gz", "app.log.1", "app.log"],
      ["app-2025-12-31.log", "app-2026-01-01.log", "app-2026-01-02.log.gz", "app.log"],
      ["app.log-20251231.gz", "app.log-20260101", "app.log"],
      ["app.log.2025-12-31", "app.log.2026-01-01", "app.log"],
      ["app.2026-01-01.0.log", "app.2026-01-01.1.log", "app.2026-01-01.10.log", "app.log"],
      ["capture-9.log", "capture-10.log", "capture-11.log"],
      ["2026-01-01_09-00-00.log", "2026-01-01_10-00-00.log"],
      ["app.log.old", "app.log"],
      ["screenlog.2", "screenlog.1", "screenlog.0"],
    ])
  func order(oldestFirst: [String]) {
    let rotations = [oldestFirst, oldestFirst.reversed(), oldestFirst.sorted()]
    for given in rotations {
      let ordered = LogInputs.inOrderOfTime(given.map { LogInput(path: "logs 1/\($0)") })
      #expect(ordered.map(\.displayName) == oldestFirst.map { "logs 1/\($0)" })
    }
  }

  @Test("different logs are not mixed, and the same name in two folders is two logs")
  func separate() {
    let given = ["b/app.log", "a/app.log", "b/app.log.1", "a/app.log.1", "b/boot.log"]
    let ordered = LogInputs.inOrderOfTime(given.map { LogInput(path: $0) })
    #expect(
      ordered.map(\.displayName)
        == ["b/app.log.1", "b/app.log", "a/app.log.1", "a/app.log", "b/boot.log"])
  }

  @Test("a folder's rotated set is found and ordered")
  func folder() throws {
    let bench = try Workbench()
    for name in ["app.log", "app.log.1", "app.log.2.gz"] { try bench.file(name, "boot\n") }
    let resolved = LogInputs.rotated(paths: [bench.path])
    #expect(bench.names(resolved.inputs) == ["app.log.2.gz", "app.log.1", "app.log"])
  }
}
