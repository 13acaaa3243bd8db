/// Which build an ELF is.
extension ELFFile {
  /// The SHA-256 of the whole file, whose first digits a panic prints as `ELF file SHA256:` and a
  /// boot as well; reads the file to its end.
  public func digest() -> Digest {
    var hash = SHA256()
    hash.update(file.bytes)
    return hash.digest
  }

  /// What the app says of itself; nil for bootloaders and other programs.
  ///
  /// It lies in a section of its own since ESP-IDF 4.1, before that at the start of the read-only
  /// data; its symbol is the same in all versions.
  public var descriptor: AppDescriptor? {
    let places =
      [".flash.appdesc", ".rodata_desc"].compactMap { section(named: $0)?.address }
      + [symbols.symbol(named: "esp_app_desc")?.address].compactMap(\.self)
      + [".flash.rodata"].compactMap { section(named: $0)?.address }
    for address in places {
      if let bytes = bytes(at: address, count: AppDescriptor.length),
        let descriptor = AppDescriptor(ImageBytes(bytes))
      {
        return descriptor
      }
    }
    return nil
  }

  /// Whether it is a second-stage bootloader of ESP-IDF.
  public var isBootloader: Bool {
    descriptor == nil
      && (symbols.symbol(named: "bootloader_init") != nil
        || symbols.symbol(named: "esp_bootloader_desc") != nil)
  }
}
