import Testing

@testable import DeviceEvents

@Suite("a backtrace")
struct CrashBacktraceTests {
  typealias Frame = Backtrace.Frame

  static let two = [
    Frame(pc: 0x4008_12CA, sp: 0x3FFB_70D0), Frame(pc: 0x4008_7F3D, sp: 0x3FFB_70F0),
  ]

  @Test(
    "is read in every version's form",
    arguments: [
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0", Backtrace.Ending.plain),
      ("Backtrace:0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0 ", .plain),
      ("Backtrace:0x400812ca:0x3ffb70d00x40087f3d:0x3ffb70f0 ", .plain),
      ("Backtrace:0x400812CA:0x3FFB70D0 0x40087F3D:0x3FFB70F0  |<-CORRUPTED", .corrupted),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0 |<-CONTINUES", .continues),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0 |<-COR", .corrupted),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0 |<-CO", .plain),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0z40111c89:0x3ffb6540 0x40087f3d:0x3ffb70f0", .plain),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x4011c89:0x3ffb6540 0x40087f3d:0x3ffb70f0", .plain),
      ("Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0 0x400d", .plain),
      ("I (12) apBacktrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0", .plain),
    ])
  func forms(line: String, ending: Backtrace.Ending) {
    #expect(CrashReading.panic(line) == .backtrace(Backtrace(frames: Self.two, ending: ending)))
  }

  @Test("keeps an entry whose stack pointer is damaged or missing")
  func missingStackPointer() {
    let frames = [Frame(pc: 0x4008_12CA, sp: nil), Frame(pc: 0x4008_7F3D, sp: 0x3FFB_70F0)]
    let expected = PanicLine.backtrace(Backtrace(frames: frames, ending: .plain))
    #expect(CrashReading.panic("Backtrace: 0x400812ca:0x3ffb7 0x40087f3d:0x3ffb70f0") == expected)
    #expect(CrashReading.panic("Backtrace: 0x400812ca 0x40087f3d:0x3ffb70f0") == expected)
  }

  @Test("goes on in a line of its own where it was broken")
  func continuation() {
    func rest(_ frames: [Frame], _ ending: Backtrace.Ending) -> PanicLine {
      .backtrace(Backtrace(frames: frames, ending: ending, isContinuation: true))
    }
    #expect(
      CrashReading.panic("0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0") == rest(Self.two, .plain))
    #expect(
      CrashReading.panic(
        "1a2c:0x3ffb5e30 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0  |<-CORRUPTED")
        == rest(Self.two, .corrupted))
    #expect(CrashReading.panic("b5e30 0x400812ca:0x3ffb70d0") == rest([Self.two[0]], .plain))
    #expect(CrashReading.panic("|<-CORRUPTED") == rest([], .corrupted))
  }

  @Test("goes on in lines with one entry and the function that a tool found")
  func namedEntries() {
    let entry = PanicLine.backtrace(
      Backtrace(
        frames: [Frame(pc: 0x4008_12CA, sp: 0x3FFB_70D0)], ending: .plain, isContinuation: true))
    #expect(CrashReading.panic("0x400812ca:0x3ffb70d0 multi_heap_malloc") == entry)
    #expect(CrashReading.panic("0x400812ca:0x3ffb70d0 Pump::start") == entry)
    #expect(CrashReading.panic("0x400812ca:0x3ffb70d0 2nd_call") == nil)
  }

  @Test(
    "is not seen in prose or in what monitors print",
    arguments: [
      "Backtrace:", "Backtrace: see below", "0x400d1a2c: app_main at main.c:12",
      "0x400812ca:0x3ffb70d0 is the first entry", "#0  0x400d1a2c in app_main () at main.c:12",
      "range 0x400812ca:0x3ffb70d0",
    ])
  func prose(line: String) {
    #expect(CrashReading.events(line).isEmpty)
  }

  @Test("that is cut anywhere holds only entries of the whole one")
  func cutAnywhere() {
    let line = "Backtrace: 0x400812ca:0x3ffb70d0 0x40087f3d:0x3ffb70f0  |<-CORRUPTED"
    for length in 0...line.utf8.count {
      for event in CrashReading.events(Array(line.utf8.prefix(length))) {
        guard case .panic(.backtrace(let backtrace)) = event else {
          Issue.record("\(event) at \(length)")
          continue
        }
        #expect(backtrace.frames.map(\.pc) == Self.two.prefix(backtrace.frames.count).map(\.pc))
      }
    }
  }
}
