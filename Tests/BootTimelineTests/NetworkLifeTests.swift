import BootTimeline
import Testing

@Suite("Connections that are lost")
struct NetworkLifeTests {
  static let joined = """
    I (3300) esp_netif_handlers: sta ip: 10.0.4.31, mask: 255.255.255.0, gw: 10.0.4.1

    """
  static let lost = "I (43715) wifi:state: run -> init (c800)\n"
  static let later = "I (143715) main: level 4\n"

  private func boot(_ text: String) throws -> Boot {
    try #require(timeline(of: Block.powerOn + Block.start + text).boots.last)
  }

  @Test("a connection that never comes back is lost since its last disconnect")
  func forGood() throws {
    let boot = try boot(Self.joined + Self.lost + Self.later)
    #expect(boot.lostNetwork?.name == "Wi-Fi")
    #expect(boot.timeWithoutNetwork == 100_000)
  }

  @Test("a connection that comes back is not lost")
  func back() throws {
    let again =
      "I (50000) esp_netif_handlers: sta ip: 10.0.4.31, mask: 255.255.255.0, gw: 10.0.4.1\n"
    #expect(try boot(Self.joined + Self.lost + again + Self.later).lostNetwork == nil)
  }

  @Test("what never was cannot be lost, and who leaves by itself has lost nothing")
  func neverThere() throws {
    #expect(try boot(Self.lost + Self.later).lostNetwork == nil)
    let left = "W (43715) wifi: Wi-Fi disconnected 8, trying to reconnect...\n"
    #expect(try boot(Self.joined + left + Self.later).lostNetwork == nil)
  }

  @Test("a sketch that tells its address once may be back unseen")
  func once() throws {
    let sketch = "WiFi connected\nIP address: 10.0.4.31\n"
    let lost = (0..<7).map {
      "[\(50_000 + $0 * 500)][W][WiFiGeneric.cpp:1062] _eventCallback(): Reason: 201 - NO_AP_FOUND\n"
    }
    let quiet = try boot(sketch + lost.joined() + "[900000][I][main.cpp:9] loop(): 4\n")
    #expect(quiet.timeWithoutNetwork == nil)
    #expect(quiet.failuresWithoutNetwork == 0)
    let failing = try boot(sketch + lost.joined())
    #expect(failing.failuresWithoutNetwork == 6)
  }

  @Test("a node that publishes and closes its session has lost nothing")
  func closed() throws {
    let text =
      Self.joined + "I (4000) main: MQTT_EVENT_CONNECTED\nI (4800) main: MQTT_EVENT_DISCONNECTED\n"
    #expect(try boot(text + Self.later).timeWithoutNetwork == nil)
    let retry = "I (64800) main: MQTT_EVENT_DISCONNECTED\n"
    #expect(try boot(text + retry + Self.later).timeWithoutNetwork == 138_915)
  }

  @Test("a node with two links has its network as long as one of them is up")
  func twoLinks() throws {
    let wired = "I (4000) eth_example: Ethernet Link Up\n"
    let pulled = "I (9000) eth_example: Ethernet Link Down\n"
    let joinedLater =
      "I (10000) esp_netif_handlers: sta ip: 10.0.4.31, mask: 255.255.255.0, gw: 10.0.4.1\n"
    #expect(try boot(wired + pulled + Self.later).lostNetwork?.name == "Ethernet")
    #expect(try boot(wired + pulled + joinedLater + Self.later).lostNetwork == nil)
    let wiredLater = "I (60000) eth_example: Ethernet Link Up\n"
    #expect(try boot(Self.joined + Self.lost + wiredLater + Self.later).lostNetwork == nil)
    let both = Self.joined + wired + Self.lost
    #expect(try boot(both + Self.later).lostNetwork == nil)
    let pulledLast = "I (140000) eth_example: Ethernet Link Down\n"
    #expect(try boot(both + pulledLast + Self.later).timeWithoutNetwork == 3_715)
  }

  @Test("a broker that is reached again proves the network below it")
  func layers() throws {
    let text =
      Self.joined + "I (4000) main: MQTT_EVENT_CONNECTED\n" + Self.lost
      + "I (43800) main: MQTT_EVENT_DISCONNECTED\n"
    #expect(try boot(text + Self.later).lostNetwork?.name == "Wi-Fi")
    #expect(try boot(text + "I (60000) main: MQTT_EVENT_CONNECTED\n").lostNetwork == nil)
  }
}

@Suite("Logs that begin in the middle of a report")
struct CutReportTests {
  private static let row = String(repeating: "AAAb3Z0c", count: 8) + "\n"
  private static func rows(_ count: Int) -> String {
    (0..<count).map { _ in row }.joined()
  }

  @Test("the end of a core dump shows a crash whose beginning is not in the log")
  func endOfDump() {
    let text = Self.rows(3) + "================= CORE DUMP END =================\nRebooting...\n"
    let crashes = timeline(of: text + Block.software + Block.start).crashes
    #expect(crashes.map(\.isFatal) == [true])
    #expect(crashes.map(\.isBeginningKnown) == [false])
    #expect(crashes.map(\.coreDump) == [.cut])
  }

  @Test("rows show one where the panic handler restarts the chip behind them")
  func rowsAndRestart() {
    func crashes(_ beginning: String, _ reset: String = Block.software) -> Int {
      timeline(of: beginning + reset + Block.start).crashes.count
    }
    #expect(crashes(Self.rows(20) + "Rebooting...\n") == 1)
    #expect(crashes(Self.rows(20) + "Rebooting...\n", Block.powerOn) == 0)
    #expect(crashes(Self.rows(4) + "Rebooting...\n") == 0)
    #expect(crashes(Self.rows(20) + "I (5) app: photo sent\nRebooting...\n") == 0)
  }

  @Test("rows alone show none, as a picture is printed the same way")
  func rowsAlone() {
    let restart = "I (5) app: photo sent, going to restart\n"
    #expect(timeline(of: Self.rows(20) + Block.software + Block.start).crashes.isEmpty)
    #expect(timeline(of: Self.rows(20) + restart + Block.software + Block.start).crashes.isEmpty)
  }

  @Test("an entry of the task watchdog's list counts when its report goes on")
  func watchdog() {
    let report = """
      - IDLE (CPU 0)
      E (25312) task_wdt: Tasks currently running:
      E (25312) task_wdt: CPU 0: sampler

      """
    let crashes = timeline(of: report).crashes
    #expect(crashes.map(\.watchedTask) == ["IDLE"])
    #expect(crashes.map(\.task) == ["sampler"])
    #expect(crashes.map(\.firstLine.number) == [1])
    #expect(timeline(of: "- IDLE (CPU 0)\nready\nsteady\n").crashes.isEmpty)
  }

  @Test("a report that goes on behind lines of the application is still one")
  func oneReport() {
    let lines = (0..<6).map { "I (\(25_313 + $0)) main: level \($0)\n" }.joined()
    let report =
      "E (25312) task_wdt: Task watchdog got triggered. The following tasks did not reset the watchdog in time:\n"
      + "E (25312) task_wdt:  - IDLE (CPU 0)\n" + lines + "E (25320) task_wdt: CPU 0: sampler\n"
    #expect(timeline(of: report).crashes.count == 1)
  }
}
