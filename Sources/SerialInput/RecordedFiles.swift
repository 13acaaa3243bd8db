/// The files of all devices of one recording.
struct RecordedFiles: RecordingSink {
  private let began: ArrivalTime
  private let rotateAfter: Int64
  private var devices: [String: RecordedDevice] = [:]

  init(began: ArrivalTime, rotateAfter: Int64) {
    self.began = began
    self.rotateAfter = rotateAfter
  }

  mutating func keep(_ order: RecordingOrder) throws(RecordingError) {
    let device = try device(order.base)
    if let mark = order.mark {
      try device.mark(mark, at: order.time)
    } else {
      try device.record(order.bytes, at: order.time)
    }
  }

  func bringToDisk() {
    for device in devices.values { device.bringToDisk() }
  }

  private mutating func device(_ base: String) throws(RecordingError) -> RecordedDevice {
    if let device = devices[base] { return device }
    let device = try RecordedDevice(base: base, began: began, rotateAfter: rotateAfter)
    devices[base] = device
    return device
  }
}
