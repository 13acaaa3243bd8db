/// Tells whose source code a file is, by its path.
///
/// ESP-IDF's folder is found by the components that only ESP-IDF has; besides, ESP-IDF, Arduino,
/// PlatformIO, Rust and the toolchains leave marks in the paths that the compiler recorded.
public struct SourceOwners: Sendable {
  private var frameworkRoots: [String] = []

  /// Owners of a program compiled from `files`, among them ideally some of ESP-IDF's own.
  public init(files: some Sequence<String>) {
    for file in files {
      guard let root = Self.frameworkRoot(of: Self.plain(file)), !frameworkRoots.contains(root)
      else { continue }
      frameworkRoots.append(root)
    }
  }

  /// Whose source `file` is.
  public func owner(of file: String?) -> DecodedFrame.Owner {
    guard let file, !file.isEmpty, file != "??" else { return .unknown }
    let path = Self.plain(file)
    // Fetched components and generated files lie inside the project as well.
    if path.contains("/managed_components/") || path.contains("/.cargo/") { return .component }
    if path.contains("/libdeps/") || path.contains("/Arduino/libraries/") { return .component }
    if frameworkRoots.contains(where: path.hasPrefix) { return .framework }
    if Self.toolchainMarks.contains(where: path.contains) { return .toolchain }
    if Self.frameworkMarks.contains(where: path.contains) { return .framework }
    return .application
  }

  /// The folder of ESP-IDF to which a file of a component that only ESP-IDF has belongs.
  private static func frameworkRoot(of path: String) -> String? {
    for component in ownComponents {
      if let range = path.firstRange(of: component) {
        return String(path[..<range.lowerBound]) + "/"
      }
    }
    return nil
  }

  private static func plain(_ path: String) -> String {
    var plain = String(path.map { $0 == "\\" ? "/" : $0 })
    if !plain.hasPrefix("/") { plain = "/" + plain }
    return plain
  }

  /// Components that no project brings itself.
  private static let ownComponents = [
    "/components/esp_system/", "/components/freertos/", "/components/esp_hw_support/",
    "/components/esp_rom/", "/components/spi_flash/", "/components/app_update/",
    "/components/bootloader_support/", "/components/newlib/", "/components/heap/",
    "/components/esp_libc/", "/components/esp_common/", "/components/xtensa/",
    "/components/riscv/", "/components/esp32/", "/components/esp_http_server/",
  ]
  private static let frameworkMarks = [
    "/esp-idf/", "/esp-idf-v", "/framework-espidf", "/IDF/components/", "/IDF/", "/cores/esp32/",
    "/framework-arduinoespressif32", "/esp-adf/", "/esp-matter/", "/packages/esp32/hardware/",
    "/arduino-esp32/",
  ]
  private static let toolchainMarks = [
    "/newlib/", "/picolibc/", "/crosstool-NG", "/crosstool-ng", "/libgcc/", "/gcc/", "/libstdc++",
    "/rustc/", "/rust-src/", "/lib/rustlib/", "/compiler-builtins", "/toolchain-xtensa",
    "/toolchain-riscv", "/xtensa-esp-elf/", "/riscv32-esp-elf/", "/xtensa-esp32",
  ]
}
