import BootTimeline
import DeviceEvents

/// Where the code of the image that crashed lies, from its segments.
struct CodeLayout {
  private let code: [ImageSegment]
  private let flashCode: ImageSegment?
  private let imageEnd: Int?

  /// The unit in which flash is mapped (64 KiB; chips that can map smaller pages use it as well
  /// unless told otherwise).
  static let pageSize = 0x10000
  /// Behind the last segment follow a checksum that ends on 16 bytes and a SHA-256.
  static let trailer = 48

  init(_ segments: [ImageSegment], chip: Chip?) {
    let classified = segments.map { ($0, AddressMap.classify($0.address, chip: chip)) }
    code = classified.filter { $0.1 == .flashCode || $0.1 == .iram }.map(\.0)
    flashCode = classified.first { $0.1 == .flashCode && $0.0.use != .load }?.0
    imageEnd = segments.map { $0.flashAddress &+ $0.size }.max()
  }

  /// Where an address lies.
  func place(of address: UInt32?) -> PCPlace {
    guard let address, let flashCode else { return .unknown }
    let pc = Int(address)
    if code.contains(where: { pc >= Int($0.address) && pc < Int($0.address) &+ $0.size }) {
      return .inCode
    }
    let end = Int(flashCode.address) &+ flashCode.size
    let lastPageEnd = Self.roundedUp(end)
    // Only addresses of the same 16 MiB window are flash code at all.
    guard pc >> 24 == Int(flashCode.address) >> 24, pc >= end else { return .unknown }
    return pc < lastPageEnd ? .pastCodeInLastPage : .pastLastPage
  }

  /// Whether the image covers the last page of its code to the end; nil without segments.
  var imageEndsAboveLastPage: Bool? {
    guard let flashCode, let imageEnd else { return nil }
    let codeEnd = flashCode.flashAddress &+ flashCode.size
    return imageEnd &+ Self.trailer >= Self.roundedUp(codeEnd)
  }

  private static func roundedUp(_ address: Int) -> Int {
    (address &+ pageSize &- 1) / pageSize * pageSize
  }
}
