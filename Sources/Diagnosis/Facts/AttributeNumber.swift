// A number for each attribute, as small as can be: values are looked up by it for each test of each rule. Names would
// be hashed, and a search through `allCases` compares half of them.
extension Attribute {
  /// A number of its own, below `numbers`.
  var number: Int {
    switch self {
    case .boot(let attribute): attribute.place
    case .crash(let attribute): Self.most + attribute.place
    case .update(let attribute): Self.most * 2 + attribute.place
    case .notice(let attribute): Self.most * 3 + attribute.place
    case .log(let attribute): Self.most * 4 + attribute.place
    case .node(let attribute): Self.most * 5 + attribute.place
    case .capture(let attribute): Self.most * 6 + attribute.place
    }
  }

  /// How many attributes a kind may have.
  private static let most = 64
  /// How many numbers there can be.
  static let numbers = most * 7
}

extension BootAttribute {
  fileprivate var place: Int {
    switch self {
    case .index: 0
    case .slot: 1
    case .slotSource: 2
    case .resetReason: 3
    case .resetSource: 4
    case .romCode: 5
    case .romName: 6
    case .resetClass: 7
    case .bootMode: 8
    case .gpio12: 9
    case .romBanner: 10
    case .chip: 11
    case .beganInLog: 12
    case .stage: 13
    case .reachedApp: 14
    case .romFinished: 15
    case .waitsForDownload: 16
    case .endedBy: 17
    case .applicationLines: 18
    case .seconds: 19
    case .confirmed: 20
    case .sleeps: 21
    case .slotDefault: 22
    case .loadedOffset: 23
    case .bootloaderIDF: 24
    case .appIDF: 25
    case .appVersion: 26
    case .appProject: 27
    case .appELF: 28
    case .appOlderThanBootloader: 29
    case .appNewerThanBootloader: 30
    case .hasBootLine: 31
    case .hasBootloaderLines: 32
    case .bootloaderFingerprint: 33
    case .crashed: 34
    case .updates: 35
    case .repeats: 36
    case .spuriousPowerOn: 37
    case .lostNetwork: 38
    case .secondsWithoutNetwork: 39
    case .failuresWithoutNetwork: 40
    case .resetInProse: 41
    case .tellsItsStart: 42
    case .toldResetClass: 43
    case .lines: 44
    }
  }
}

extension CrashAttribute {
  fileprivate var place: Int {
    switch self {
    case .kind: 0
    case .fatal: 1
    case .ranOn: 2
    case .beginningKnown: 3
    case .reason: 4
    case .core: 5
    case .task: 6
    case .watchedTask: 7
    case .pc: 8
    case .faultAddress: 9
    case .slot: 10
    case .boot: 11
    case .stage: 12
    case .afterFirstAppLine: 13
    case .updatePhase: 14
    case .inUpdate: 15
    case .signature: 16
    case .nested: 17
    case .elf: 18
    case .backtraceCorrupted: 19
    case .coreDump: 20
    case .pcClass: 21
    case .faultClass: 22
    case .pcPlace: 23
    case .imageEndsAboveLastPage: 24
    case .errorName: 25
    case .errorNumber: 26
    case .assertionExpression: 27
    case .assertionFunction: 28
    case .assertionFile: 29
    case .heapDamage: 30
    case .message: 31
    case .registerPoison: 32
    case .memoryDump: 33
    case .elfMatchesSlot: 34
    case .repeats: 35
    case .spInBounds: 36
    case .decoded: 37
    case .calls: 38
    case .site: 39
    case .suspect: 40
    case .suspectFunction: 41
    case .taskEntry: 42
    case .faultPlace: 43
    case .inBootloader: 44
    }
  }
}

extension UpdateAttribute {
  fileprivate var place: Int {
    switch self {
    case .outcome: 0
    case .target: 1
    case .from: 2
    case .content: 3
    case .phase: 4
    case .expectedBytes: 5
    case .receivedBytes: 6
    case .complete: 7
    case .failureStage: 8
    case .errorName: 9
    case .errorNumber: 10
    case .boot: 11
    case .succeeded: 12
    case .verifyPasses: 13
    case .secondsBeforeFirstData: 14
    case .newVersion: 15
    case .sameVersion: 16
    case .ledToBoot: 17
    case .givenUp: 18
    case .begun: 19
    case .presumed: 20
    case .toldAsError: 21
    case .secondsSince: 22
    }
  }
}

extension NoticeAttribute {
  fileprivate var place: Int {
    switch self {
    case .kind: 0
    case .stage: 1
    case .detail: 2
    case .number: 3
    case .number2: 4
    case .boot: 5
    case .count: 6
    case .inUpdate: 7
    }
  }
}

extension LogAttribute {
  fileprivate var place: Int {
    switch self {
    case .boot: 0
    case .text: 1
    }
  }
}

extension NodeAttribute {
  fileprivate var place: Int {
    switch self {
    case .host: 0
    case .upload: 1
    case .refusal: 2
    case .failure: 3
    case .phase: 4
    case .first: 5
    case .last: 6
    case .course: 7
    case .oldSlot: 8
    case .running: 9
    case .changes: 10
    case .reads: 11
    case .answers: 12
    case .refused: 13
    case .accepted: 14
    case .secondsWatched: 15
    case .secondsUntilReverted: 16
    case .build: 17
    case .sameBuild: 18
    case .logBuild: 19
    case .imageBytes: 20
    case .imageChip: 21
    case .maxSize: 22
    case .tooLarge: 23
    case .acknowledged: 24
    case .sent: 25
    case .uploadSeconds: 26
    case .keySent: 27
    case .httpStatus: 28
    case .answer: 29
    case .hasLog: 30
    }
  }
}

extension CaptureAttribute {
  fileprivate var place: Int {
    switch self {
    case .bytes: 0
    case .lines: 1
    case .boots: 2
    case .espLines: 3
    case .undecodableShare: 4
    case .byteRepetition: 5
    case .damagedLines: 6
    case .startsMidRun: 7
    case .endsMidLine: 8
    case .foreign: 9
    case .garbledEndBytes: 10
    case .garbledEndShare: 11
    case .ruinedShare: 12
    case .ruinedStretches: 13
    case .severalNodes: 14
    case .ruinedWords: 15
    }
  }
}
