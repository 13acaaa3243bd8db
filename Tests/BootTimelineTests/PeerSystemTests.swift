import BootTimeline
import DeviceEvents
import Testing

@Suite("Other chips that speak through a log")
struct PeerSystemTests {
  static let ownLines = (1...6).map { "I (\($0)000) thermo: level \($0)\n" }.joined()
  static let registers =
    "epc1=0x40213f8c epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000010 depc=0x00000000\n"

  private func names(_ text: String) -> Int {
    timeline(of: text).notices.filter { $0.notice.kind == .otherChipNamed }.count
  }

  @Test("what an nRF says behind the application's own lines names no other chip")
  func nRF() {
    let banner = "*** Booting nRF Connect SDK v2.6.0 ***\n"
    #expect(names(banner) == 1)
    #expect(names(Self.ownLines + banner + Self.ownLines + banner) == 0)
  }

  @Test("an ESP8266 whose crash stands behind the application's own lines is a peer")
  func esp8266() {
    #expect(timeline(of: Self.registers).foreign[.esp8266] != nil)
    #expect(timeline(of: Self.ownLines + Self.registers).foreign[.esp8266] == nil)
  }
}
