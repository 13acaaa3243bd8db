import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

/// Reports put together by hand, so that the reporters are tested without the rest.
enum SampleReports {
  static func line(_ number: Int, _ text: String) -> LineReference {
    LineReference(number: number, offset: number * 80, text: text)
  }

  /// A new image that crashed once, after which the old slot runs again.
  static let newImagePanic: Report = {
    let header = line(
      311,
      "Guru Meditation Error: Core  0 panic'ed (IllegalInstruction). Exception was unhandled.")
    let registers = line(318, "PC      : 0x42101a30  PS      : 0x00060f30  A0      : 0x82008c1f")
    let success = line(290, "I (61042) ota: OTA update successful! Rebooting...")
    let newSlot = line(301, "I (335) main: boot: reset_reason=SW running_partition=ota_1")
    let oldSlot = line(352, "I (336) main: boot: reset_reason=PANIC running_partition=ota_0")

    var timeline = Timeline()
    timeline.device.chip = .esp32s3
    timeline.device.chipRevision = "v0.2"
    timeline.device.mac = "f4:12:fa:00:11:22"
    timeline.capture.bytes = 48_211
    timeline.capture.lines = 602
    timeline.capture.espLines = 600

    var first = Boot(index: 0, firstLine: line(1, "ESP-ROM:esp32s3-20210327"), beganInLog: true)
    first.lineCount = 290
    first.chip = .esp32s3
    first.romBanner = "ESP-ROM:esp32s3-20210327"
    first.romReset = ROMReset(
      code: 1, name: "POWERON", bootModeCode: 8, bootMode: "SPI_FAST_FLASH_BOOT")
    first.resetReason = .powerOn
    first.resetReasonSource = .app
    first.slot = "ota_0"
    first.slotSource = .app
    first.loadedOffset = 0x20000
    first.bootloaderIDF = "v5.2"
    first.app.project = "esp32-csi-node"
    first.app.version = "0.6.4"
    first.app.elfSHA256 = "1a2b3c4d5"
    first.partitions = [
      PartitionRow(label: "ota_0", type: 0, subtype: 0x10, offset: 0x20000, size: 0x200000)
    ]
    first.stage = .application
    first.ending = .restart
    first.endingLine = success

    var second = Boot(index: 1, firstLine: line(291, "ESP-ROM:esp32s3-20210327"), beganInLog: true)
    second.lineCount = 50
    second.resetReason = .software
    second.resetReasonSource = .app
    second.slot = "ota_1"
    second.slotSource = .app
    second.app.version = "0.6.5"
    second.stage = .application
    second.ending = .panic
    second.endingLine = header

    var third = Boot(index: 2, firstLine: line(341, "ESP-ROM:esp32s3-20210327"), beganInLog: true)
    third.lineCount = 262
    third.resetReason = .panic
    third.resetReasonSource = .app
    third.slot = "ota_0"
    third.slotSource = .app
    third.app.version = "0.6.4"
    third.stage = .application
    timeline.boots = [first, second, third]

    var update = Update(
      firstLine: line(201, "I (40120) ota: OTA update started"), boot: 0, from: "ota_0")
    update.target = "ota_1"
    update.expectedBytes = 891_234
    update.receivedBytes = 891_234
    update.outcome = .rolledBack
    timeline.updates = [update]

    var crash = Crash(firstLine: header, boot: 1, slot: "ota_1")
    crash.kind = .exception
    crash.reason = "IllegalInstruction"
    crash.core = 0
    crash.pc = 0x4210_1a30
    crash.faultAddress = 0
    crash.registers = [
      Register(name: "PC", value: 0x4210_1a30), Register(name: "PS", value: 0x60f30),
    ]
    crash.backtrace = Backtrace(
      frames: [
        .init(pc: 0x4210_1a2d, sp: 0x3fc9_a2f0), .init(pc: 0x4200_8c1c, sp: 0x3fc9_a310),
        .init(pc: 0x4037_d2a1, sp: nil),
      ], ending: .corrupted)
    crash.elfSHA256 = "9f8e7d6c5"
    crash.signature = "exception/IllegalInstruction/0x42101a30"
    timeline.crashes = [crash]

    let verdict = Verdict(
      id: .otaNewImagePanic, rule: "new-image-crashed",
      title: "The new image crashed, and the old slot runs again", severity: .error,
      confidence: 0.97,
      summary:
        "The node took the update to ota_1 and restarted into it. The new image crashed with "
        + "IllegalInstruction before it was confirmed, and the bootloader went back to ota_0, "
        + "which runs to the end of the log.",
      evidence: [
        Evidence(line: success, why: "the update was written and accepted"),
        Evidence(line: newSlot, why: "the new slot ran"),
        Evidence(line: header, why: "it crashed there"),
        Evidence(line: oldSlot, why: "the old slot runs again, and remembers a panic"),
      ],
      reasoning: [
        "Three independent lines prove it: 0.80, 0.75 and 0.60 together give 0.98.",
        "The whole story is in the capture, so nothing is taken off.",
      ])
    let tail = RankedCause(
      id: "stale_flash_tail", title: "The tail of an older, bigger image is still in flash",
      probability: 0.81,
      evidence: [
        Evidence(
          line: registers,
          why: "PC 0x42101a30 lies 0x1a30 past the end of the image's code segment, still inside "
            + "its last mapped page")
      ],
      fix: Fix(
        summary: "Erase the whole slot before writing it",
        steps: [
          "Pass OTA_SIZE_UNKNOWN to esp_ota_begin(). It worked when several seconds of silence "
            + "follow 'OTA update started'.",
          "Flash this version once over USB; updates over the air are safe from then on.",
        ],
        commands: ["esp_ota_begin(partition, OTA_SIZE_UNKNOWN, &handle);", "idf.py -p PORT flash"]
      ),
      reasoning: ["It starts from 0.35 (rollback is on).", "The PC makes it 8 times as likely."])
    let bug = RankedCause(
      id: "app_bug", title: "A bug in the new code", probability: 0.12,
      evidence: [Evidence(line: nil, why: "one crash only: whether the place repeats is unknown")],
      fix: Fix(summary: "Read the top frame with an ELF of 0.6.5 at hand"), reasoning: [])
    let unknown = RankedCause(
      id: "unknown", title: "unknown", probability: 0.07, evidence: [], fix: nil, reasoning: [])
    let finding = Finding(
      rule: "app-older-than-bootloader", severity: .warning,
      title: "The app was built with an older ESP-IDF than its bootloader",
      advice: "Espressif does not support that; flash a bootloader of the app's own build.",
      evidence: [Evidence(line: line(9, "I (24) boot: ESP-IDF v5.2 2nd stage bootloader"), why: "")]
    )
    return Report(
      source: "logs/node-7.log", timeline: timeline,
      conclusion: Conclusion(
        verdict: verdict, causes: [tail, bug, unknown], findings: [finding],
        settledBy: ["an ELF of the new image", "the bootloader's segment lines (log level INFO)"]))
  }()

  /// A log in which nothing is wrong.
  static let healthy: Report = {
    let running = line(31, "I (335) main: boot: reset_reason=POWERON running_partition=ota_0")
    var timeline = Timeline()
    timeline.capture.bytes = 2_100
    timeline.capture.lines = 40
    var boot = Boot(index: 0, firstLine: line(1, "ESP-ROM:esp32s3-20210327"), beganInLog: true)
    boot.lineCount = 40
    boot.resetReason = .powerOn
    boot.resetReasonSource = .app
    boot.slot = "ota_0"
    boot.slotSource = .app
    boot.stage = .application
    timeline.boots = [boot]
    let verdict = Verdict(
      id: .healthy, rule: "healthy", title: "Nothing wrong", severity: .ok, confidence: 0.9,
      summary: "One boot, which reached the application and runs to the end of the log.",
      evidence: [Evidence(line: running, why: "the application runs")], reasoning: [])
    return Report(
      source: "logs/node-1.log", timeline: timeline,
      conclusion: Conclusion(verdict: verdict, causes: [], findings: [], settledBy: []))
  }()

  /// The healthy log, with `text` in every place where a device's words can stand.
  static func saying(_ text: String) -> Report {
    var report = newImagePanic
    report.timeline.device.chipRevision = text
    report.timeline.device.mac = text
    for index in report.timeline.boots.indices {
      report.timeline.boots[index].slot = text
      report.timeline.boots[index].romBanner = text
      report.timeline.boots[index].bootloaderIDF = text
      report.timeline.boots[index].app.version = text
      report.timeline.boots[index].app.project = text
      report.timeline.boots[index].romReset = ROMReset(code: 1, name: text, bootMode: text)
      report.timeline.boots[index].partitions = [
        PartitionRow(label: text, type: 0, subtype: 0, offset: 0, size: 0)
      ]
    }
    for index in report.timeline.updates.indices {
      report.timeline.updates[index].target = text
      report.timeline.updates[index].newVersion = text
    }
    for index in report.timeline.crashes.indices {
      report.timeline.crashes[index].reason = text
      report.timeline.crashes[index].task = text
      report.timeline.crashes[index].watchedTask = text
      report.timeline.crashes[index].signature = text
      report.timeline.crashes[index].registers = [Register(name: text, value: 1)]
    }
    let evidence = [Evidence(line: line(7, text), why: text)]
    report.conclusion.verdict.title = text
    report.conclusion.verdict.summary = text
    report.conclusion.verdict.evidence = evidence
    report.conclusion.verdict.reasoning = [text]
    for index in report.conclusion.causes.indices {
      report.conclusion.causes[index].title = text
      report.conclusion.causes[index].evidence = evidence
      report.conclusion.causes[index].reasoning = [text]
    }
    for index in report.conclusion.findings.indices {
      report.conclusion.findings[index].title = text
      report.conclusion.findings[index].advice = text
      report.conclusion.findings[index].evidence = evidence
    }
    return report
  }
}
