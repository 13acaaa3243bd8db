import Diagnosis
import Testing

@testable import esptriage

@Suite("An sdkconfig")
struct SdkconfigFileTests {
  @Test("gives its options, without quotes, and n for those that are not set")
  func options() throws {
    let file = try SdkconfigFile(
      path: "sdkconfig",
      text: """
        #
        # Automatically generated file. DO NOT EDIT.
        #
        CONFIG_IDF_TARGET="esp32s3"\r
        CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y
        # CONFIG_APP_ANTI_ROLLBACK is not set
        CONFIG_EMPTY=""
        CONFIG_STACK=4096
        # CONFIG_X is not set at all
        """)
    #expect(
      file.options == [
        "CONFIG_IDF_TARGET": "esp32s3", "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE": "y",
        "CONFIG_APP_ANTI_ROLLBACK": "n", "CONFIG_EMPTY": "", "CONFIG_STACK": "4096",
      ])
    #expect(file.rollback == .on)
  }

  @Test("that does not set rollback has it off, and one that is silent tells nothing")
  func rollback() throws {
    let off = try SdkconfigFile(
      path: "s", text: "# CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE is not set\n")
    #expect(off.rollback == .off)
    #expect(try SdkconfigFile(path: "s", text: "CONFIG_A=y").rollback == nil)
  }

  @Test("with lines that make no sense is refused, each with its number")
  func problems() throws {
    let error = try #require(throws: SdkconfigError.self) {
      try SdkconfigFile(path: "my/sdkconfig", text: "CONFIG_A=y\nrubbish\n\u{1b}[2J\n=y\n")
    }
    #expect(error.problems.map(\.line) == [2, 3, 4])
    #expect(error.description.contains("my/sdkconfig:2: expected"))
    #expect(!error.description.contains("\u{1b}"))
  }

  @Test("without any option is refused: it is another file", arguments: ["", "# nothing\n"])
  func empty(_ text: String) {
    #expect(throws: SdkconfigError.self) { try SdkconfigFile(path: "s", text: text) }
  }
}
