import Testing

@testable import DeviceEvents

@Suite("Lines of a traceback")
struct ScriptFrameTests {
  @Test(
    "name file and line, also where a page left out the blanks before them",
    arguments: [
      #"  File "inisetup.py", line 44, in setup"#, #"File "inisetup.py", line 44, in setup"#,
    ])
  func frame(line: String) {
    var decoder = EventDecoder()
    let frame = Notice(.scriptFrame, numbers: [44], detail: "inisetup.py")
    #expect(decoder.events(of: line) == [.notice(frame)])
  }
}
