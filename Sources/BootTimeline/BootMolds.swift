/// The molds of the boots that are kept, by the steps at which these ended.
struct BootMolds {
  private var molds: [Int: BootMold] = [:]
  /// How many records were made of molds.
  private(set) var casts = 0
  private var breaches = 0
  /// How many courses were noted, with a mold or without.
  private var courses = 0
  private var isGivenUp = false

  /// To note the course of a boot takes as long as to read it: not each is noted.
  private static let mostAtOnce = 3
  private static let bootsForEach = 16
  /// A boot that leaves its course is read from its beginning: so many may, and one more for so many that did not.
  private static let patience = 4
  private static let castsForEach = 2
  /// A mold holds a record.
  private static let most = 32

  var isEmpty: Bool { molds.isEmpty }

  /// Whether the courses of boots that are kept are to be noted, behind so many boots: the first is like no other.
  func areWorthwhile(behind boots: Int) -> Bool {
    !isGivenUp && boots > 0 && molds.count < Self.most
      && courses < Self.mostAtOnce + boots / Self.bootsForEach
  }

  /// Whether it pays to follow boots that are kept.
  var pay: Bool { breaches <= Self.patience + casts / Self.castsForEach }

  @inline(__always)
  func has(_ place: Int) -> Bool { molds[place] != nil }

  subscript(place: Int) -> BootMold? { molds[place] }

  mutating func add(_ mold: BootMold, at place: Int) { molds[place] = mold }

  mutating func noteCourse() { courses += 1 }

  mutating func noteCast() { casts += 1 }

  mutating func noteBreach() { breaches += 1 }

  mutating func giveUp() {
    molds = [:]
    isGivenUp = true
  }
}
