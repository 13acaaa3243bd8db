import Testing

@testable import DeviceEvents

@Suite("Tasmota's uploads")
struct TasmotaUploadTests {
  private func updates(_ line: String) -> [UpdateLine] {
    var decoder = EventDecoder()
    return decoder.events(of: line).compactMap {
      if case .update(let line) = $0 { line } else { nil }
    }
  }

  @Test("an image that is uploaded begins an update, a file of settings does not")
  func begin() {
    #expect(updates("UPL: File tasmota32.bin") == [.began(bytes: nil)])
    #expect(updates("UPL: File tasmota32.bin.gz") == [.began(bytes: nil)])
    #expect(updates("UPL: File config_porch.dmp").isEmpty)
    #expect(updates("UPL: Successful 2100224 bytes") == [.succeeded(target: nil)])
    #expect(updates("UPL: Successful 4096 bytes").isEmpty)
  }

  @Test(
    "refusals tell the step that went wrong",
    arguments: [
      ("Not enough space", .size), ("Magic byte is not 0xE9", .validation),
      ("Program flash size is larger than real flash size", .size),
      ("Upload failed. Enable logging 3", .validation), ("Upload aborted", .download),
      ("Upload error code 4", .size), ("Upload error 7", .download),
    ] as [(String, UpdateFailure.Stage)])
  func refusals(text: String, stage: UpdateFailure.Stage) {
    #expect(updates("UPL: " + text) == [.failed(UpdateFailure(stage: stage))])
  }

  @Test("files of settings that are refused, and codes of other uploads, say nothing")
  func otherFiles() {
    #expect(updates("UPL: File invalid").isEmpty)
    #expect(updates("UPL: Upload error code 108").isEmpty)
  }
}
