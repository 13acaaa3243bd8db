import Firmware

/// The ELFs at hand, each opened when it is first wanted.
///
/// A folder may hold all releases of a product: who they are is kept, and only a few stay open.
struct ELFShelf {
  let choice: ELFChoice
  private var identities: [String: ELFIdentity] = [:]
  /// The one used last stands last.
  private var opened: [ShelvedELF] = []
  private var lastRefresh: ContinuousClock.Instant?
  /// What the store answered since then: a crash loop asks the same for each of its crashes.
  private var storedPaths: [String: String?] = [:]

  private static let mostOpen = 6
  /// A build that somebody watches is a new one within seconds, not within less.
  private static let betweenRefreshes: Duration = .seconds(1)

  init(_ choice: ELFChoice) { self.choice = choice }

  /// Forgets what was built anew since it was read. A file that is gone stays as it was.
  mutating func refresh() {
    let now = ContinuousClock.now
    if let lastRefresh, now - lastRefresh < Self.betweenRefreshes { return }
    lastRefresh = now
    storedPaths.removeAll()
    for identity in identities.values {
      guard let stamp = FileStamp(path: identity.path), stamp != identity.stamp else { continue }
      forget(identity.path)
    }
  }

  private mutating func forget(_ path: String) {
    identities[path] = nil
    opened.removeAll { $0.elf.path == path }
  }

  /// Those that were given and can be read, in the order given.
  mutating func given(_ role: ELFIdentity.Role, saying problems: inout ELFProblems) -> [ELFIdentity]
  {
    choice.given.compactMap { identity($0, saying: &problems) }.filter { $0.role == role }
  }

  /// The ELF of the store with these digits.
  mutating func stored(_ digits: String, saying problems: inout ELFProblems) -> ELFIdentity? {
    do {
      let path: String?
      if let known = storedPaths[digits] {
        path = known
      } else {
        path = try choice.stored(digits)
        storedPaths[digits] = .some(path)
      }
      return path.flatMap { identity($0, saying: &problems) }
    } catch {
      problems.say("\(error)")
      return nil
    }
  }

  /// Which build a file is; nil, with a problem said, where it cannot be read.
  private mutating func identity(
    _ path: String, saying problems: inout ELFProblems
  ) -> ELFIdentity? {
    if let known = identities[path] { return known }
    return open(path, saying: &problems) == nil ? nil : identities[path]
  }

  /// The file, open; nil, with a problem said, where it cannot be read.
  mutating func open(_ path: String, saying problems: inout ELFProblems) -> ShelvedELF? {
    if let place = opened.firstIndex(where: { $0.elf.path == path }) {
      let shelved = opened.remove(at: place)
      opened.append(shelved)
      return shelved
    }
    do throws(ELFError) {
      // The older stamp: a build that ends while the file is read is noticed later.
      let stamp = FileStamp(path: path)
      let shelved = ShelvedELF(try ELFFile(path: path))
      if identities[path].map({ $0.stamp == nil || $0.stamp != stamp }) ?? true {
        identities[path] = ELFIdentity(shelved.elf, stamp: stamp)
      }
      if opened.count >= Self.mostOpen { opened.removeFirst() }
      opened.append(shelved)
      return shelved
    } catch {
      problems.say(error.description)
      return nil
    }
  }
}

/// What is wrong with ELFs, or with the choice among them, for one log.
struct ELFProblems {
  private(set) var texts: [String] = []
  private var subjects: Set<String> = []

  /// Says a problem, unless the same subject had one already: a crash loop has one, not hundreds.
  mutating func say(_ text: String, about subject: String? = nil) {
    if subjects.insert(subject ?? text).inserted { texts.append(text) }
  }
}
