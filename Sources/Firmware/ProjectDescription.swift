/// What ESP-IDF's build writes into `build/project_description.json`, as far as it names ELFs.
struct ProjectDescription: Hashable {
  /// The app's ELF, relative to the build folder.
  var appELF: String?
  /// The bootloader's ELF; an absolute path on the machine that built it.
  var bootloaderELF: String?
  /// The build folder, on the machine that built it.
  var buildFolder: String?

  /// Nil where the text is no JSON object.
  init?(_ text: [UInt8]) {
    guard let members = TopLevelStrings.read(text) else { return nil }
    appELF = members["app_elf"]
    bootloaderELF = members["bootloader_elf"]
    buildFolder = members["build_dir"]
  }
}
