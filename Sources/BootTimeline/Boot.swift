import DeviceEvents
import LineReading

/// How far a boot came.
public enum BootStage: Int, Comparable, Hashable, Sendable {
  /// Nothing but the chip's ROM.
  case rom
  /// The second-stage bootloader printed something (or the ROM jumped to it).
  case bootloader
  /// The application's start-up code (`cpu_start`, `app_init`) printed something.
  case startup
  /// The application's own code runs.
  case application

  /// The ROM is the first.
  public static func < (left: BootStage, right: BootStage) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How a boot ended.
public enum BootEnding: String, CaseIterable, Hashable, Sendable {
  case panic, watchdog, brownout, restart, power
  case deepSleep = "deep_sleep"
  case endOfLog = "end_of_log"
  case unknown
}

/// Which witness told a boot's reset reason.
public enum ResetReasonSource: String, Hashable, Sendable {
  /// The application's own line.
  case app
  /// What the boot before printed at its end.
  case text
  /// The ROM's code, where it is unambiguous for the chip.
  case rom
}

/// Which witness told the running slot.
public enum SlotSource: String, Hashable, Sendable {
  /// The application's own line.
  case app
  /// The bootloader's `Loaded app … offset` with the partition table.
  case offset
  /// The `paddr` of the first segment that the bootloader loads.
  case segment
  /// The update before it.
  case update
  /// The same image (by its ELF's SHA-256) ran in a known slot elsewhere in the log.
  case image
}

/// One run of the chip, from its reset to the next.
public struct Boot: Hashable, Sendable {
  /// Its index, counted from 0, in the whole log.
  public var index: Int
  /// Its first line.
  public var firstLine: LineReference
  /// How many lines it has.
  public var lineCount = 0
  /// Whether the log shows how it began.
  public var beganInLog: Bool
  /// The chip, where this boot tells.
  public var chip: Chip?
  /// The ROM's banner.
  public var romBanner: String?
  /// The ROM's reset line.
  public var romReset: ROMReset?
  /// The line of `romReset`.
  public var romResetLine: LineReference?
  /// The PC at the reset, as the ROM saved it.
  public var savedPC: UInt32?
  /// The bootloader's segments as the ROM loads them; their lengths are a fingerprint of its binary.
  public var bootloaderSegments: [LoadedSegment] = []
  /// Whether the ROM jumped to the bootloader.
  public var romFinished = false
  /// Whether the ROM waits for a download.
  public var waitsForDownload = false
  /// The line on which it says so, where it is another than the reset line.
  public var waitLine: LineReference?
  /// Why the chip started again; left out when nothing proves it.
  public var resetReason: ResetReason?
  /// Which witness told it.
  public var resetReasonSource: ResetReasonSource?
  /// The line that told it.
  public var resetReasonLine: LineReference?
  /// The number that stands for the reason, where the application printed nothing else.
  public var resetReasonNumber: Int?
  /// The ROM's reset code as the application printed it.
  public var toldResetCode: Int?
  /// The line of `toldResetCode`.
  public var toldResetCodeLine: LineReference?
  /// Whether `resetReason` is told in prose of the application's own.
  public var isReasonProse = false
  /// The label of the running partition.
  public var slot: String?
  /// Which witness told it.
  public var slotSource: SlotSource?
  /// The line that told it.
  public var slotLine: LineReference?
  /// The label that the application printed, where a better witness names another slot.
  public var overruledLabel: String?
  /// Where the app was loaded from, bytes from the start of flash.
  public var loadedOffset: Int?
  /// The ESP-IDF that built the bootloader.
  public var bootloaderIDF: String?
  /// The line of `bootloaderIDF`.
  public var bootloaderLine: LineReference?
  /// When the bootloader was built.
  public var bootloaderCompiled: String?
  /// The application's description of itself.
  public var app = AppDescription()
  /// The partition table.
  public var partitions: [PartitionRow] = []
  /// The segments that the bootloader mapped or loaded for the app it started.
  public var segments: [ImageSegment] = []
  /// How far it came.
  public var stage = BootStage.rom
  /// The line on which the app's own code was first seen.
  public var reachedAppLine: LineReference?
  /// The bootloader (or the ROM) chose a slot by default.
  public var slotDefault: SlotDefault?
  /// Lines of the application.
  public var applicationLines = 0
  /// The log's clock at its last line, milliseconds since boot.
  public var clockAtEnd: Int?
  /// The app went to deep sleep at its end, or woke from it.
  public var sleeps = false
  /// The last line that says so.
  public var sleepLine: LineReference?
  /// The app confirmed itself.
  public var confirmedLine: LineReference?
  /// The connection that it had, and is without at its end.
  public var lostNetwork: LostNetwork?
  /// How it ended.
  public var ending = BootEnding.endOfLog
  /// The line that tells how it ended.
  public var endingLine: LineReference?
  /// Whether the app itself told its reset reason or its slot.
  public var hasBootLine = false
  /// Whether it begins with what its framework prints after each start, or counts its starts.
  public var tellsItsStart = false
  /// Whether any line of the second-stage bootloader was seen.
  public var hasBootloaderLines = false
  /// How many boots like this one follow it and were not kept.
  public var repeats = 0

  /// A boot that begins at `firstLine`.
  public init(index: Int, firstLine: LineReference, beganInLog: Bool) {
    self.index = index
    self.firstLine = firstLine
    self.beganInLog = beganInLog
  }

  /// Takes a row of the partition table; a table has at most 95.
  mutating func add(_ row: PartitionRow) {
    if partitions.count < 128 { partitions.append(row) }
  }

  /// Takes a segment of an image; a table's 17 apps with the 16 segments that an image may have are 272.
  mutating func add(_ segment: ImageSegment) {
    if segments.count < 512 { segments.append(segment) }
  }

  /// Takes a segment of the bootloader, which has five at most; a ROM that starts again within a boot tells them
  /// again.
  mutating func addBootloaderSegment(at address: UInt32, length: Int) {
    guard bootloaderSegments.count < 64 else { return }
    bootloaderSegments.append(LoadedSegment(address: address, length: UInt32(clamping: length)))
  }

  /// For how many milliseconds it is without the connection that it lost, at its end.
  public var timeWithoutNetwork: Int? { lostNetwork?.duration(until: clockAtEnd) }

  /// How many attempts to get that connection back failed.
  public var failuresWithoutNetwork: Int? { lostNetwork?.failures(until: clockAtEnd) }

  /// Whether the application's own code was seen running.
  public var reachedApp: Bool { stage == .application }
}

/// A segment that the ROM loads into RAM, `load:0x403c8700,len:0xd24`.
public struct LoadedSegment: Hashable, Sendable {
  /// Where it lies in RAM.
  public var address: UInt32
  /// In bytes.
  public var length: UInt32

  /// A segment at `address`.
  public init(address: UInt32, length: UInt32) {
    self.address = address
    self.length = length
  }

  /// Whether an address lies in it.
  public func contains(_ other: UInt32) -> Bool {
    other >= address && other - address < length
  }
}

/// What the application says about itself at its start.
public struct AppDescription: Hashable, Sendable {
  /// The project's name.
  public var project: String?
  /// The app's version.
  public var version: String?
  /// The ESP-IDF that built it.
  public var idf: String?
  /// When it was built.
  public var compiled: String?
  /// The SHA-256 of its ELF, a prefix of 9 to 64 hex digits.
  public var elfSHA256: String?
  /// The line of `idf`.
  public var idfLine: LineReference?

  /// Nothing known.
  public init() {}

  /// Whether nothing is known.
  public var isEmpty: Bool {
    project == nil && version == nil && idf == nil && compiled == nil && elfSHA256 == nil
  }
}
