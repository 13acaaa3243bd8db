import BootTimeline
import DeviceEvents
import Diagnosis
import Synchronization

/// Names the calls of crashes with the ELFs at hand.
///
/// May be shared among logs that are diagnosed at the same time; they take turns.
public final class CrashDecoder: Sendable {
  private let state: Mutex<State>

  /// What came of the crashes of a log.
  public struct Decoding: Sendable {
    /// The crashes that an ELF belongs to, by the number of their first line.
    public var crashes: [Int: DecodedCrash] = [:]
    /// Why crashes of this log have no names: ELFs of other builds, ELFs that cannot be read.
    public var problems: [String] = []
  }

  private struct State {
    var shelf: ELFShelf
    /// A log that grows is asked about again and again, and crash loops repeat themselves.
    var known: [Question: DecodedCrash] = [:]
  }

  private struct Question: Hashable {
    var crash: PrintedCrash
    var chip: Chip?
    var elf: MatchedELF
  }

  /// More different crashes say nothing new about a node; a hostile log may hold thousands.
  private static let mostNewCrashes = 128
  private static let mostKnown = 512

  /// A decoder with these ELFs; they are opened when a crash asks for them.
  public init(_ choice: ELFChoice) { state = Mutex(State(shelf: ELFShelf(choice))) }

  /// Names the calls of the crashes of `timeline`.
  public func decode(_ timeline: Timeline) -> Decoding {
    guard !timeline.crashes.isEmpty else { return Decoding() }
    let boots = timeline.boots
    // By their places: to put the boots themselves into a dictionary would copy each.
    let places = Dictionary(
      boots.indices.map { (boots[$0].index, $0) }, uniquingKeysWith: { first, _ in first })
    return state.withLock { state in
      state.shelf.refresh()
      var choosing = ELFMatching()
      var decoding = Decoding()
      var left = Self.mostNewCrashes
      let crashes = timeline.crashes
      for index in crashes.indices where left > 0 {
        let place = places[crashes[index].boot]
        // In most logs no ELF is at hand, and that shows without a copy of the crash and its boot.
        let sha = crashes[index].elfSHA256 ?? place.flatMap { boots[$0].app.elfSHA256 }
        guard choosing.mayMatch(sha, on: &state.shelf) else { continue }
        let crash = crashes[index]
        let boot = place.map { boots[$0] }
        let chip = boot?.chip ?? timeline.device.chip
        guard let match = choosing.match(for: crash, of: boot, chip: chip, on: &state.shelf) else {
          continue
        }
        let question = Question(crash: PrintedCrash(crash), chip: chip, elf: match)
        let line = crash.firstLine.number
        if let known = state.known[question] {
          decoding.crashes[line] = known
          continue
        }
        guard let elf = state.shelf.open(match.path, saying: &choosing.problems) else { continue }
        let decoded = CrashNaming(elf, match, chip: chip).names(of: question.crash)
        left -= 1
        decoding.crashes[line] = decoded
        if state.known.count >= Self.mostKnown { state.known.removeAll() }
        state.known[question] = decoded
      }
      decoding.problems = choosing.problems.texts
      return decoding
    }
  }
}
