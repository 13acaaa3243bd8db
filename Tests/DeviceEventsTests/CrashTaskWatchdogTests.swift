import Testing

@testable import DeviceEvents

@Suite("the task watchdog's report")
struct CrashTaskWatchdogTests {
  static let report: [(String, TaskWatchdogLine)] = [
    (
      "Task watchdog got triggered. The following tasks did not reset the watchdog in time:",
      .triggered
    ),
    (
      "Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:",
      .triggered
    ),
    (" - IDLE (CPU 0)", .starved(task: "IDLE", cpu: "CPU 0")),
    (" - IDLE1 (CPU 1)", .starved(task: "IDLE1", cpu: "CPU 1")),
    (" - mytask (CPU 0/1)", .starved(task: "mytask", cpu: "CPU 0/1")),
    (" - my (x) task (0x3)", .starved(task: "my (x) task", cpu: "0x3")),
    ("\u{2013} async_tcp (CPU 0/1)", .starved(task: "async_tcp", cpu: "CPU 0/1")),
    ("Tasks currently running:", .runningTasks),
    ("CPU 0: edge_task", .running(cpu: 0, task: "edge_task")),
    ("CPU 1: IDLE", .running(cpu: 1, task: "IDLE")),
    ("Aborting.", .aborting),
    ("Print CPU 0 (current core) backtrace", .printsBacktrace(cpu: 0)),
    ("Print CPU 1 backtrace", .printsBacktrace(cpu: 1)),
    ("Print CPU 0 (current core) registers", .printsBacktrace(cpu: 0)),
  ]

  @Test("is read under its tag and raw", arguments: report)
  func lines(text: String, line: TaskWatchdogLine) {
    let tagged = CrashReading.events(text, tag: "task_wdt", of: TaskWatchdogDecoder.self)
    #expect(tagged == [.taskWatchdog(line)])
    #expect(CrashReading.events(text) == [.taskWatchdog(line)])
  }

  @Test("begins also with a wrong byte, under its tag alone")
  func damagedBeginning() {
    for text in [
      "Task wat#hdog got triggered. The following", "Task watchdog got triggered",
      "Tsk watchdog got triggered. T",
    ] {
      let tagged = CrashReading.events(text, tag: "task_wdt", of: TaskWatchdogDecoder.self)
      #expect(tagged == (text.hasSuffix("d") ? [] : [.taskWatchdog(.triggered)]))
      #expect(CrashReading.events(text).isEmpty)
    }
  }

  @Test("names users without a core under its tag alone")
  func users() {
    let tagged = CrashReading.events(" - my_user", tag: "task_wdt", of: TaskWatchdogDecoder.self)
    #expect(tagged == [.taskWatchdog(.starved(task: "my_user", cpu: nil))])
    #expect(CrashReading.events(" - my_user").isEmpty)
  }

  @Test("is read with the entries that a web page joined to its first words")
  func joined() {
    let text = """
      Task watchdog got triggered. The following tasks did not reset the watchdog in time: - IDLE0 (CPU 0) \
      - net (CPU 0/1)
      """
    let events: [DeviceEvent] = [
      .taskWatchdog(.triggered), .taskWatchdog(.starved(task: "IDLE0", cpu: "CPU 0")),
      .taskWatchdog(.starved(task: "net", cpu: "CPU 0/1")),
    ]
    #expect(CrashReading.events(text) == events)
    #expect(CrashReading.events(text, tag: "task_wdt", of: TaskWatchdogDecoder.self) == events)
  }

  @Test("is found behind an unfinished line")
  func glued() {
    #expect(
      CrashReading.events("Temp 21Task watchdog got triggered. The following tasks did not")
        == [.taskWatchdog(.triggered)])
  }

  @Test(
    "is nothing else under the same tag",
    arguments: ["TWDT was never initialized", "esp_task_wdt_reset(763): task not found", "CPU 99"])
  func others(text: String) {
    #expect(CrashReading.events(text, tag: "task_wdt", of: TaskWatchdogDecoder.self).isEmpty)
  }
}

@Suite("a core dump on the console")
struct CrashCoreDumpTests {
  @Test(
    "has marks and a checksum",
    arguments: [
      ("================= CORE DUMP START =================", CoreDumpLine.begins),
      ("I (8) wi================= CORE DUMP START =================", .begins),
      ("================= CORE DUMP END =================", .ends),
      ("Coredump checksum='5e3e6d0c'", .checksum("5e3e6d0c")),
    ])
  func marks(line: String, event: CoreDumpLine) {
    #expect(CrashReading.events(line) == [.coreDump(event)])
  }

  @Test(
    "is told of by its own component while it is written",
    arguments: [
      "Print core dump to uart...", "Save core dump to flash...",
      "Erase flash 20480 bytes @ 0x110000",
      "Core dump has been written to uart.", "Core dump write failed with error=-1",
      "Backing up stack @ 0x3ffb1230 and use core dump stack @ 0x3ffb4560",
      "elf_write_file_header(312): Failed to write the header",
    ])
  func progress(message: String) {
    let events = CrashReading.events(message, tag: "esp_core_dump_uart", of: CoreDumpDecoder.self)
    #expect(events == [.coreDump(.progress)])
  }

  @Test(
    "of an earlier crash is no progress",
    arguments: [
      "Init core dump to UART", "Found partition 'coredump' @ 110000 65536 bytes",
      "No core dump partition found!", "Found core dump 8192 bytes in flash @ 0x110000",
    ])
  func boot(message: String) {
    let events = CrashReading.events(message, tag: "esp_core_dump_flash", of: CoreDumpDecoder.self)
    #expect(events.isEmpty)
  }
}
