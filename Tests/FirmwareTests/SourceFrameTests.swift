import Firmware
import Testing

@Suite("Source frames")
struct SourceFrameTests {
  @Test("A frame is not inlined unless said so")
  func plainFrame() {
    #expect(!SourceFrame(function: "app_main").isInlined)
  }
}
