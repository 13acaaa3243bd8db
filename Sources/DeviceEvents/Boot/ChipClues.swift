/// Which chip a boot runs on, from lines that name it and lines that narrow it down.
///
/// A name (the ROM's banner, a `boot.<chip>` tag) decides. Without one, the day of the ROM, reset names, load addresses
/// and segment addresses cut the set of chips down; the chip is told once one is left.
public struct ChipClues: Hashable, Sendable {
  /// The chip that a line named.
  private var named: Chip?
  /// The chips that all clues so far allow.
  public private(set) var candidates: Set<Chip>

  /// Nothing is known yet.
  public init() { candidates = ChipMemory.allChips }

  /// The chip, once it is certain.
  public var chip: Chip? { named ?? (candidates.count == 1 ? candidates.first : nil) }

  /// Takes an event of this boot into account; most say nothing about the chip.
  public mutating func add(_ event: DeviceEvent) {
    guard named == nil else { return }
    switch event {
    case .rom(let line): add(line)
    case .bootloader(.chip(let chip)), .application(.chip(let chip)): named = chip
    case .segment(let segment): narrow(to: ChipMemory.chips(with: segment.address))
    case .bootloader, .application, .bootLine, .update, .panic, .taskWatchdog, .power, .coreDump,
      .notice, .watched, .clockWentBack, .foreign:
      break
    }
  }

  private mutating func add(_ line: ROMLine) {
    switch line {
    case .banner(_, let chip): named = chip
    case .chip(let chip): named = chip
    case .reset(let reset):
      let printing = ROMResetNames.chips(printing: reset.name)
      narrow(to: printing.isEmpty ? ResetCauses.chips(having: reset.code) : printing)
    case .savedPC(_, let core):
      // Only the chips after the C6 name the core, and only two of them have two.
      if let core {
        narrow(
          to: core == 0
            ? [.esp32c5, .esp32c61, .esp32h4, .esp32p4, .esp32s31]
            : [.esp32h4, .esp32p4, .esp32s31]
        )
      }
    case .load(let address, _), .entry(let address):
      narrow(to: ChipMemory.chips(with: address))
    case .build(let date):
      if let chip = ROMBuilds.chip(builtOn: date) { narrow(to: [chip]) }
    case .waitsForDownload, .settings: break
    }
  }

  /// A clue that contradicts all others stems from damage, and is dropped.
  private mutating func narrow(to chips: Set<Chip>) {
    let left = candidates.intersection(chips)
    if !left.isEmpty { candidates = left }
  }
}

/// Where the chips have memory that images are loaded or mapped to.
enum ChipMemory {
  static let allChips = Set(Chip.allCases)

  /// The chips that may load or map something at an address; all chips where that tells nothing.
  static func chips(with address: UInt32) -> Set<Chip> {
    let found = ranges.filter { $0.range.contains(address) }
    guard !found.isEmpty else { return allChips }
    return found.reduce(into: Set<Chip>()) { $0.formUnion($1.chips) }
  }

  /// ESP-IDF `components/soc/<chip>/include/soc/soc.h` (later `ext_mem_defs.h`), the limits of
  /// mapped flash and of internal RAM. RTC memory at 0x5000_0000 is left out: most chips have it.
  /// The S31 stands in no range, so nothing is told where it could be meant.
  private static let ranges: [(range: Range<UInt32>, chips: Set<Chip>)] = [
    // Mapped flash.
    (0x3f00_0000..<0x3f40_0000, [.esp32s2]),
    (0x3f40_0000..<0x3f80_0000, [.esp32]),
    (0x3c00_0000..<0x3e00_0000, [.esp32s3, .esp32c2, .esp32c3]),
    (
      0x4200_0000..<0x4400_0000,
      [
        .esp32s3, .esp32c2, .esp32c3, .esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21,
        .esp32h4,
      ]
    ),
    // Data RAM.
    (0x3fc8_0000..<0x3fc8_8000, [.esp32c3]),
    (0x3fc8_8000..<0x3fca_0000, [.esp32s3, .esp32c3]),
    (0x3fca_0000..<0x3fce_0000, [.esp32s3, .esp32c2, .esp32c3]),
    (0x3fce_0000..<0x3fd0_0000, [.esp32s3]),
    (0x3ffa_e000..<0x4000_0000, [.esp32, .esp32s2]),
    // Instruction RAM; 0x4008_0000 on is the S2's mapped flash and the P4's too.
    (0x4002_0000..<0x4007_2000, [.esp32s2, .esp32p4, .esp32s31]),
    (0x4007_8000..<0x4008_0000, [.esp32, .esp32p4, .esp32s31]),
    (0x4037_0000..<0x4037_c000, [.esp32s3, .esp32p4]),
    (0x4037_c000..<0x403c_0000, [.esp32s3, .esp32c2, .esp32c3]),
    (0x403c_0000..<0x403e_0000, [.esp32s3, .esp32c3]),
    (
      0x4080_0000..<0x4085_0000,
      [.esp32c5, .esp32c6, .esp32c61, .esp32h2, .esp32h21, .esp32h4]
    ),
    (0x4085_0000..<0x4086_0000, [.esp32c5, .esp32c6, .esp32h4]),
    (0x4086_0000..<0x4088_0000, [.esp32c6]),
    (0x4ff0_0000..<0x4ffc_0000, [.esp32p4]),
  ]
}
