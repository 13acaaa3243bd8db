import BootTimeline
import DeviceEvents
import Testing

@Suite("Starts that only a framework tells")
struct ToldStartTests {
  private func espHome(_ attempts: Int) -> String {
    """
    [I][logger:171]: Log initialized
    [C][safe_mode:079]: There have been \(attempts) suspected unsuccessful boot attempts
    [I][app:029]: Running through setup()...
    [C][wifi:047]: Setting up WiFi...

    """
  }

  private let tasmota = """
    00:00:00.001 HDW: ESP32-D0WD-V3 v3.1
    00:00:00.062 CFG: Loaded from File, Count 40
    00:00:00.231 Project tasmota - valve Version 14.4.1(tasmota32)-3_1_0(2026-02-02T08:01:30)
    00:00:00.640 WIF: Connecting to AP1 Lodge Channel 6

    """

  private func information(_ topic: String, _ reason: String) -> String {
    "07:31:06.104 MQT: tele/\(topic)/INFO3 = {\"Info3\":{\"RestartReason\":\(reason)}}\n"
  }

  @Test("the marks of a start begin a boot where they come again, in whatever part")
  func marks() {
    #expect(timeline(of: espHome(0) + espHome(1) + espHome(2)).boots.count == 3)
    #expect(timeline(of: tasmota + tasmota).boots.count == 2)
    #expect(timeline(of: tasmota + information("valve", "\"Power On\"")).boots.count == 1)
    #expect(timeline(of: Block.powerOn + espHome(0)).boots.count == 1)
    #expect(timeline(of: Block.powerOn + espHome(0) + Block.software + espHome(1)).boots.count == 2)
    let told = timeline(of: espHome(0) + espHome(1)).boots[1]
    #expect(told.tellsItsStart && told.reachedApp && !told.beganInLog)
  }

  @Test("a start in mid-run begins a boot, and its later lines do not")
  func midRun() {
    let run = (0..<9).map { "[D][sensor:093]: 'Attic': Sending state 18.\($0) °C\n" }.joined()
    #expect(timeline(of: run + espHome(0)).boots.count == 2)
    #expect(timeline(of: run + information("valve", "\"Power On\"")).boots.count == 1)
    #expect(timeline(of: "[D][main:001]: hello\n" + espHome(0)).boots.count == 1)
  }

  @Test("lines that come twice, other nodes' and other programs' are no starts")
  func others() {
    let twice = espHome(0).split(separator: "\n").map { "\($0)\n\($0)\n" }.joined()
    #expect(timeline(of: twice).boots.count == 1)
    let other = tasmota.replacing("- valve", with: "- porch").split(separator: "\n")[2] + "\n"
    #expect(timeline(of: tasmota + other).boots.count == 1)
    let plain = "I (300) logger: Log initialized\nI (400) app: Running through setup()...\n"
    #expect(timeline(of: plain + plain).boots.count == 1)
    let hosts = ["porch", "attic", "porch"].map {
      "Feb  1 07:31:03 \($0) ESP-RSL: INFO3 = {\"Info3\":{\"RestartReason\":\"Power On\"}}\n"
    }
    #expect(timeline(of: hosts.joined()).boots.count == 1)
    let between = "Feb  1 07:31:03 porch ESP-MQT: Connected\n"
    #expect(timeline(of: hosts[0] + between + hosts[2]).boots.count == 2)
    let gateway = (1...4).map {
      "I (\($0)0000) uart: tele/valve/INFO3 = {\"Info3\":{\"RestartReason\":\"Power On\"}}\n"
    }
    #expect(timeline(of: gateway.joined()).boots.count == 1)
  }

  @Test("an uptime that falls, and a count of starts that goes on, begin boots")
  func uptime() {
    func state(_ seconds: Int, _ name: String = "Uptime") -> String {
      "[D][sensor:093]: '\(name)': Sending state \(seconds) s with 0 decimals of accuracy\n"
    }
    let falling = timeline(of: state(400) + state(460) + state(12))
    #expect(falling.boots.map(\.clockAtEnd) == [460_000, 12_000])
    #expect(timeline(of: state(400) + state(20, "Router Uptime") + state(460)).boots.count == 1)
    #expect(timeline(of: state(90_000) + state(5_000)).boots.count == 1)
    func left(_ count: Int) -> String {
      "[W][safe_mode:034]: Last reset too quick; invoke in \(count) restarts\n"
    }
    #expect(timeline(of: left(9) + left(9)).boots.count == 1)
    #expect(timeline(of: left(9) + left(8) + left(10)).boots.count == 2)
  }

  @Test("a crash that stands for the reason of a start is that start's reason")
  func crashAsReason() {
    let crash = """
      {"Exception":29,"Reason":"StoreProhibited","EPC":"400e7b12","EXCVADDR":"00000010"}
      """
    let boots = timeline(of: tasmota + information("valve", crash)).boots
    #expect(boots.map(\.resetReason) == [.panic])
    let syslog =
      "Feb  1 07:31:03 valve-4401 ESP-MQT: tele/valve/INFO3 = {\"Info3\":{\"RestartReason\":"
    let start = syslog + crash + "}}\nFeb  1 07:31:09 valve-4401 ESP-QPC: Reset\n"
    let twice = timeline(of: start + start).boots
    #expect(twice.map(\.resetReason) == [.panic, .panic])
  }

  @Test("the number 12 is the ROM's code of a reset by software, unless the ROM tells of JTAG")
  func numberOfSoftware() {
    let line = "I (335) main: reset reason: 12\n"
    #expect(timeline(of: line).boots[0].resetReason == nil)
    #expect(timeline(of: line).boots[0].toldResetCode == 12)
    let jtag = Block.rom("18", "JTAG_CPU_RST")
    #expect(timeline(of: jtag + line).boots[0].resetReason == .jtag)
    let sketch =
      "[   330][I][main.cpp:20] setup(): CPU0 reset reason: 12\n[  2200][I][main.cpp:4] f(): up\n"
    #expect(timeline(of: sketch + sketch).boots.count == 2)
  }
}
