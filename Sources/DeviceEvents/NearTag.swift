import LineReading

/// Tags that a damaged byte made unknown.
enum NearTag {
  /// ESP-IDF's own and those of updaters by their lengths; short ones are too close to each other to tell.
  private static let byLength: [[StaticString]] = {
    let own = (StartupTags.bootloader + StartupTags.startup).filter { $0.utf8CodeUnitCount >= 6 }
    let updaters = UpdateDecoder.tags.filter { $0.utf8CodeUnitCount >= 8 }
    var byLength = [[StaticString]](repeating: [], count: 40)
    for tag in own + updaters where tag.utf8CodeUnitCount < byLength.count {
      byLength[tag.utf8CodeUnitCount].append(tag)
    }
    return byLength
  }()

  /// The message under the tag that it was printed under; nil if its own may be right.
  static func mended(_ message: LogMessage) -> LogMessage? {
    guard message.style == .espIDF, !message.hasLostPrefix else { return nil }
    if let tag = meant(by: message.tag) { return message.under(tag) }
    // The bootloader's is a word like many: its messages tell.
    guard 3...5 ~= message.tag.count, message.tag.isNearly("boot") else { return nil }
    let asBootloaders = message.under("boot")
    return BootloaderDecoder.knows(asBootloaders) ? asBootloaders : nil
  }

  private static func meant(by tag: ByteText) -> StaticString? {
    guard 5..<byLength.count - 1 ~= tag.count else { return nil }
    for length in tag.count - 1...tag.count + 1 {
      if let found = byLength[length].first(where: { tag.isNearly($0) }) { return found }
    }
    return nil
  }
}

extension LogMessage {
  /// The same message under another tag.
  fileprivate func under(_ tag: StaticString) -> LogMessage {
    LogMessage(
      level: level, time: time, tag: ByteText(tag.buffer), message: message, style: style)
  }
}
