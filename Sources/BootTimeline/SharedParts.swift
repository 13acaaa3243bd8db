import DeviceEvents
import LineReading

/// What many boots have in common, so that the memory has it once.
///
/// The boots of a long log say the same again and again: their texts and tables take more room than all that is
/// their own.
struct SharedParts {
  /// Of texts that differ from boot to boot there is no end.
  private static let mostTexts = 4_096
  /// The longest text that needs no memory beside its own place.
  private static let longestInPlace = 15

  private var texts: Set<String> = []
  private var partitions: [PartitionRow] = []
  private var segments: [ImageSegment] = []
  private var bootloaderSegments: [LoadedSegment] = []

  /// Replaces what others had before by what they have.
  mutating func share(_ record: inout BootRecord) {
    share(&record.boot)
    for index in record.crashes.indices { share(&record.crashes[index]) }
    for index in record.updates.indices { share(&record.updates[index]) }
    for index in record.notices.indices {
      share(&record.notices[index].line)
      share(&record.notices[index].notice.detail)
    }
    for index in record.watched.indices { share(&record.watched[index].line) }
  }

  private mutating func share(_ boot: inout Boot) {
    Self.share(&boot.partitions, last: &partitions)
    Self.share(&boot.segments, last: &segments)
    Self.share(&boot.bootloaderSegments, last: &bootloaderSegments)
    share(&boot.firstLine)
    share(&boot.romBanner)
    share(&boot.romResetLine)
    if var reset = boot.romReset {
      share(&reset.name)
      share(&reset.bootMode)
      boot.romReset = reset
    }
    share(&boot.waitLine)
    share(&boot.resetReasonLine)
    share(&boot.toldResetCodeLine)
    share(&boot.slot)
    share(&boot.slotLine)
    share(&boot.overruledLabel)
    share(&boot.bootloaderIDF)
    share(&boot.bootloaderLine)
    share(&boot.bootloaderCompiled)
    share(&boot.app)
    share(&boot.reachedAppLine)
    share(&boot.sleepLine)
    share(&boot.confirmedLine)
    share(&boot.endingLine)
  }

  private mutating func share(_ app: inout AppDescription) {
    share(&app.project)
    share(&app.version)
    share(&app.idf)
    share(&app.compiled)
    share(&app.elfSHA256)
    share(&app.idfLine)
  }

  private mutating func share(_ crash: inout Crash) {
    Self.share(&crash.segments, last: &segments)
    share(&crash.firstLine)
    share(&crash.slot)
    share(&crash.reason)
    share(&crash.message)
    share(&crash.task)
    share(&crash.watchedTask)
    share(&crash.elfSHA256)
    share(&crash.signature)
    share(&crash.registerLine)
    share(&crash.faultLine)
    share(&crash.backtraceLine)
    for index in crash.details.indices { share(&crash.details[index]) }
  }

  private mutating func share(_ update: inout Update) {
    share(&update.firstLine)
    share(&update.lastLine)
    share(&update.failureLine)
    share(&update.successLine)
    share(&update.newVersion)
  }

  private mutating func share(_ line: inout LineReference) { share(&line.text) }

  private mutating func share(_ line: inout LineReference?) {
    guard var known = line else { return }
    share(&known.text)
    line = known
  }

  private mutating func share(_ text: inout String?) {
    guard var known = text else { return }
    share(&known)
    text = known
  }

  private mutating func share(_ text: inout String) {
    guard text.utf8.count > Self.longestInPlace else { return }
    if texts.count < Self.mostTexts {
      text = texts.insert(text).memberAfterInsert
    } else if let place = texts.firstIndex(of: text) {
      text = texts[place]
    }
  }

  private static func share<Part: Equatable>(_ parts: inout [Part], last: inout [Part]) {
    if parts == last { parts = last } else { last = parts }
  }
}
