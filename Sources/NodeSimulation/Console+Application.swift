/// What the application prints from its start to its services, and when it takes an image.
extension Console {
  /// The first lines of a start; the bootloader's own are at level WARN, so there are none.
  func start(_ build: BuildDescription, _ slot: PartitionSlot, _ reason: ResetReason, node: Int) {
    line("I", "cpu_start", "Multicore app", at: 262)
    line("I", "cpu_start", "Pro cpu start user code", at: 273)
    line("I", "cpu_start", "cpu freq: 160000000 Hz", at: 273)
    line("I", "app_init", "Application information:", at: 274)
    line("I", "app_init", "Project name:     \(build.project)", at: 278)
    line("I", "app_init", "App version:      \(build.version)", at: 283)
    line("I", "app_init", "Compile time:     \(build.date) \(build.time)", at: 288)
    line("I", "app_init", "ELF file SHA256:  \(build.shortELF)...", at: 293)
    line("I", "app_init", "ESP-IDF:          \(build.idfVersion)", at: 298)
    line("I", "main_task", "Started on CPU0", at: 371)
    line("I", "main_task", "Calling app_main()", at: 381)
    line(
      "I", "main",
      "boot: reset_reason=\(reason.rawValue) running_partition=\(slot.rawValue)", at: 381)
    line(
      "I", "main", "ESP32-S3 CSI Node (ADR-018) — v\(build.version) — Node ID: \(node)", at: 386)
  }

  /// The network is there, and the server listens.
  func services(key: KeyState, target: String, at milliseconds: Int) {
    line("I", "main", "Connected to WiFi", at: milliseconds)
    switch key {
    case .loaded(let length):
      line(
        "I", "ota_update", "OTA PSK loaded from NVS (\(length) chars) — authentication enabled",
        at: milliseconds + 21)
    case .missing:
      line(
        "W", "ota_update",
        "No OTA PSK in NVS — OTA upload endpoint will REJECT all requests until provisioned "
          + "(provision.py --ota-psk <hex>). Fail-closed per RuView#596.", at: milliseconds + 21)
    case .notWanted:
      line(
        "W", "ota_update",
        "No OTA PSK in NVS — OTA authentication DISABLED (provision with nvs_set)",
        at: milliseconds + 21)
    }
    line("I", "ota_update", "OTA HTTP server started on port 8032", at: milliseconds + 25)
    line(
      "I", "main",
      "CSI streaming active → \(target) (edge_tier=2, OTA=ready, WASM=ready, mmWave=off, "
        + "swarm=off, adapt=on)", at: milliseconds + 240)
  }

  /// What is known about the key for uploads.
  enum KeyState {
    case loaded(length: Int)
    case missing
    /// Builds from before the key was demanded.
    case notWanted
  }

  /// The node stays off the network.
  func failedToJoin() {
    line("E", "main", "Failed to connect to WiFi after 10 retries")
  }

  /// The lines of one verification at run time.
  func verification(_ segments: [ImageCheck.Segment], of slot: PartitionSlot) {
    for (number, segment) in segments.enumerated() {
      let place = slot.flashOffset + segment.offset
      line(
        "I", "esp_image",
        "segment \(number): paddr=\(hexadecimal(place, 8)) vaddr=\(hexadecimal(Int(segment.address), 8))"
          + " size=\(hexadecimal(segment.length, 5))h (\(padded(segment.length))) "
          + (segment.isMapped ? "map" : ""))
    }
  }

  /// An image that is none.
  func refused(
    _ failure: ImageCheck.Failure, _ segments: [ImageCheck.Segment], _ slot: PartitionSlot
  ) {
    verification(segments, of: slot)
    switch failure {
    case .magic:
      line(
        "E", "esp_image",
        "image at 0x\(hexadecimal(slot.flashOffset, 1)) has invalid magic byte "
          + "(nothing flashed here?)")
    case .chip(let number):
      line("E", "boot_comm", "mismatch chip ID, expected 9, found \(number)")
    case .length:
      line("E", "esp_image", "image at 0x\(hexadecimal(slot.flashOffset, 1)) is cut short")
    case .checksum(let calculated, let read):
      line(
        "E", "esp_image",
        "Checksum failed. Calculated 0x\(hexadecimal(Int(calculated), 1)) "
          + "read 0x\(hexadecimal(Int(read), 1))")
    case .hash:
      line("E", "esp_image", "Image hash failed - image is corrupt")
    }
  }

  /// The line of the handler about its failure; for some it has none.
  func failure(_ failure: UploadFailure, of image: ImageCheck) {
    switch failure {
    case .noPartition: break
    case .begin:
      line("E", "ota_update", "esp_ota_begin failed: ESP_ERR_OTA_ROLLBACK_INVALID_STATE")
    case .receive: line("E", "ota_update", "OTA receive error at byte \(image.count)")
    case .write:
      // Only the first byte is looked at; later ones fail for the flash's sake.
      let name = image.beginsAsImage ? "ESP_ERR_FLASH_OP_FAIL" : "ESP_ERR_OTA_VALIDATE_FAILED"
      line("E", "ota_update", "esp_ota_write failed at byte \(image.count): \(name)")
    case .validation: line("E", "ota_update", "esp_ota_end failed: ESP_ERR_OTA_VALIDATE_FAILED")
    case .setBoot:
      line("E", "ota_update", "esp_ota_set_boot_partition failed: ESP_ERR_FLASH_OP_FAIL")
    }
  }
}

extension PartitionSlot {
  /// Where it begins on a flash of 8 MB.
  var flashOffset: Int {
    switch self {
    case .ota0: 0x20000
    case .ota1: 0x220000
    }
  }
}

extension ImageCheck.Segment {
  /// Whether it is read through the cache instead of being copied to RAM.
  var isMapped: Bool {
    (0x3C00_0000..<0x3E00_0000).contains(address) || (0x4200_0000..<0x4400_0000).contains(address)
  }

  var isCode: Bool { (0x4200_0000..<0x4400_0000).contains(address) }
}

/// Lower-case digits, at least so many.
func hexadecimal(_ value: Int, _ digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

private func padded(_ value: Int) -> String {
  let text = String(value)
  return String(repeating: " ", count: max(0, 6 - text.count)) + text
}
