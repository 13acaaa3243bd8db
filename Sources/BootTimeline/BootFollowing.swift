import DeviceEvents
import LineReading

/// What to do with boots that go as earlier ones did, line for line.
public enum RepeatedBoots: Sendable {
  /// Their lines are compared with those of the earlier boots, and nothing is decoded again.
  case compared
  /// They are decoded as all others: the way that proves the other one right.
  case decoded
}

/// Where the log stands on the courses that boots took before.
///
/// A crash loop of a gigabyte is a million boots of which a hundred are kept. Once enough of a kind are
/// kept, all that the next one adds are counts; it is enough to see that its lines are the same. Of the
/// last boots the text is held, so that they can be read after all when the log goes on otherwise.
struct BootFollowing {
  let repeatedBoots: RepeatedBoots
  var tree = CourseTree()
  var recording = CourseRecording()
  var held: HeldBoots
  /// What boots that end at a step of the tree leave behind where they are kept.
  var molds = BootMolds()
  /// Whether a line of the boot that is held was another one than the course has there, and told the same.
  var isInexact = false
  /// The last step taken; nil where boots are read.
  var place: Int?
  /// Lines behind it that told nothing while a crash was open.
  var gap = CourseGap.Count()
  /// Whether boots are read that were held, but for the last one.
  var isCatchingUp = false
  /// Whether the log is over.
  var isOver = false
  /// How many boots began on a known course.
  var count = 0
  /// How much is searched at once where lines come that no boot printed.
  private var window = smallestWindow
  /// Where in the input the line begins that was looked at last, and is none that comes here; no place twice.
  var unknownOffset = -1
  /// The line that comes next, if it is without colours.
  var upcoming = UpcomingLine()

  /// A boot's own lines are few; behind them its course goes on.
  private static let smallestWindow = 384
  private static let largestWindow = 1 << 20

  init(_ repeatedBoots: RepeatedBoots, holding limit: Int) {
    self.repeatedBoots = repeatedBoots
    held = HeldBoots(limit: limit)
  }

  /// How much is to be searched next; more each time, until lines are known again.
  mutating func nextWindow() -> Int {
    let size = window
    window = min(2 * window, Self.largestWindow)
    return size
  }

  /// Whether boots end at a step: what they leave behind is known, of the only one that is held or of any.
  @inline(__always)
  func mayEnd(at place: Int) -> Bool {
    tree[place].ending != nil || held.count == 1 && molds.has(place)
  }

  /// Forgets the courses of boots that are kept, where following them does not pay.
  mutating func giveUpMolds() {
    tree = CourseTree()
    molds.giveUp()
  }

  /// Notes that lines are known again.
  mutating func noteKnownLines() { window = Self.smallestWindow }
}
