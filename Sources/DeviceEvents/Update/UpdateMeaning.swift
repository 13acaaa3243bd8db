import LineReading

/// The meanings that sentences of updates share.
enum UpdateMeaning {
  /// An update line without anything to read.
  static func line(_ line: UpdateLine) -> Sentence.Meaning {
    { _ in [.update(line)] }
  }

  /// A failure whose error ESP-IDF documents but does not print.
  static func failure(_ stage: UpdateFailure.Stage, code: Int? = nil) -> Sentence.Meaning {
    { _ in [.update(.failed(UpdateFailure(stage: stage, error: code.map(ErrorCode.init(number:)))))]
    }
  }

  /// A failure whose error is the template's first text.
  static func failureWithText(_ stage: UpdateFailure.Stage) -> Sentence.Meaning {
    { match in [failed(stage, error: error(in: match.texts.first))] }
  }

  /// A failure whose error stands in the template's first text; nothing where none does.
  static func failureWithError(_ stage: UpdateFailure.Stage) -> Sentence.Meaning {
    { match in
      // A number without a name of ESP-IDF's may count anything: `OTA failed 3 times`.
      guard let text = match.texts.first, let error = error(in: text),
        error.name != nil || isHexadecimal(text)
      else { return [] }
      var failure = UpdateFailure(stage: self.stage(of: error, unlike: stage), error: error)
      failure.isAtLarge = true
      return [.update(.failed(failure))]
    }
  }

  /// A failure that names its step, `OTA update failed in OTA Write`; nothing where what is named is no step. Nobody
  /// but a line at large tells it.
  static let failureInStep: Sentence.Meaning = { match in
    guard let text = match.texts.first else { return [] }
    let words = words(of: text.lowercased()).prefix(3).flatMap { $0.split(separator: "_") }
    let named = words.lazy.compactMap { word in
      steps.first { word.hasPrefix($0.word) }?.stage
    }
    guard let stage = named.first else { return [] }
    var failure = UpdateFailure(stage: stage)
    failure.isAtLarge = true
    return [.update(.failed(failure))]
  }

  /// A failure that names what was wrong with the image, `OTA update failed: sha256 mismatch`; nothing where nothing is
  /// named. Nobody but a line at large tells it.
  static let failureForImage: Sentence.Meaning = { match in
    guard let text = match.texts.first, saysImageIsWrong(text.lowercased()) else { return [] }
    return failureAtLarge(.validation)(match)
  }

  /// A failure that a sentence at large tells with its step.
  static func failureAtLarge(_ stage: UpdateFailure.Stage) -> Sentence.Meaning {
    { _ in
      var failure = UpdateFailure(stage: stage)
      failure.isAtLarge = true
      return [.update(.failed(failure))]
    }
  }

  /// Whether words in small letters say of an image that it is not the right one. That of a server's certificate is
  /// another signature.
  static func saysImageIsWrong(_ text: String) -> Bool {
    let words = words(of: text).prefix(24)
    guard !words.contains(where: { $0.hasPrefix("certif") || $0 == "tls" || $0 == "ssl" }) else {
      return false
    }
    return words.contains { word in word == "sha" || proofs.contains { word.hasPrefix($0) } }
      && words.contains { word in refusals.contains { word.hasPrefix($0) } }
  }

  private static let proofs = [
    "sha1", "sha2", "sha5", "checksum", "hash", "digest", "crc", "md5", "signature",
  ]
  private static let refusals = [
    "mismatch", "match", "wrong", "invalid", "fail", "bad", "incorrect", "unknown", "error",
  ]

  private static let steps: [(word: String, stage: UpdateFailure.Stage)] = [
    ("begin", .begin), ("writ", .write), ("eras", .write), ("flash", .write),
    ("end", .validation), ("finish", .validation), ("verif", .validation),
    ("validat", .validation), ("download", .download), ("receiv", .download),
    ("transfer", .download),
  ]

  /// Whether what follows `OTA failed` tells that none did: a count, no error, a question, or that there was nothing to
  /// load, or not yet.
  static let tellsNoFailure: Sentence.Refusal = { behind in
    let text = behind.slice(from: 0, to: 160).string.lowercased()
    if text.drop(while: { $0 == " " }).first == "?" || saysNothingToLoad(text) { return true }
    let words = words(of: text)
    guard let first = words.first, text[..<first.startIndex].last != "-" else { return false }
    let denials: [Substring] = [
      "none", "false", "never", "esp_ok", "postponed", "skipped", "deferred",
    ]
    if denials.contains(first) { return true }
    if first.hasPrefix("0x") { return Int(first.dropFirst(2), radix: 16) == 0 }
    guard let number = Int(first) else { return false }
    // `OTA failed: 3, ok: 12`
    return number == 0
      || ErrorNames.byNumber[number] == nil && text.contains(",")
        && words.dropFirst().contains { Int($0) != nil }
  }

  private static let nothingToLoad: [StaticString] = [
    "no newer", "not newer", "no new ", "nothing new", "no update", "up to date", "up-to-date",
    "same version", "already running", "already installed", "battery too low", "battery low",
    "battery is low", "battery is too low", "low battery", "press any key",
  ]

  /// Compared as bytes: a log may repeat such a line without end, and to look for a `String` in another one takes as long
  /// as all else together.
  private static func saysNothingToLoad(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      nothingToLoad.contains { ByteText(bytes).contains($0) }
    }
  }

  /// The words and numbers of a text.
  static func words(of text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
  }

  /// Whether the first word of a text is a number with `0x`.
  private static func isHexadecimal(_ text: String) -> Bool {
    let word = text.drop { !$0.isLetter && !$0.isNumber }.lowercased()
    return word.hasPrefix("0x")
  }

  /// A failure as `…! err=0x%x` or `…: %s` tells it.
  ///
  /// Up to ESP-IDF 4.3 `err=0x` is followed by decimal digits: of a number that is no error as it
  /// stands, but one when read as decimal, the decimal reading counts.
  static func failureWithCall(_ stage: UpdateFailure.Stage) -> Sentence.Meaning {
    { match in
      guard let text = match.texts.first else { return [] }
      guard let digits = text.split(separator: "0x").dropFirst().first, text.contains("err=") else {
        return [failed(stage, error: error(in: text))]
      }
      let written = digits.prefix { $0.isHexDigit }
      let asDecimal = Int(written).flatMap { ErrorNames.byNumber[$0] == nil ? nil : $0 }
      guard let number = Int(written, radix: 16) else { return [failed(stage, error: nil)] }
      let isKnown = ErrorNames.byNumber[number] != nil
      return [failed(stage, error: ErrorCode(number: isKnown ? number : asDecimal ?? number))]
    }
  }

  /// A failure whose error is the template's first number.
  static func failureWithNumber(_ stage: UpdateFailure.Stage) -> Sentence.Meaning {
    { match in [failed(stage, error: match.numbers.first.map(ErrorCode.init(number:)))] }
  }

  /// The error that a text names.
  static func error(in text: String?) -> ErrorCode? {
    guard var text else { return nil }
    return text.withUTF8 { ErrorCode(printed: ByteText($0)) }
  }

  /// A failure, with the stage set right where the error tells it better than the sentence.
  static func failed(
    _ stage: UpdateFailure.Stage, error: ErrorCode?, atByte: Int? = nil
  ) -> DeviceEvent {
    .update(
      .failed(
        UpdateFailure(stage: self.stage(of: error, unlike: stage), error: error, atByte: atByte)))
  }

  /// The end of an open update with an error.
  static func brokeOff(_ error: ErrorCode) -> DeviceEvent {
    var failure = UpdateFailure(stage: stage(of: error, unlike: .unknown), error: error)
    failure.isOfFirmware = error.name?.hasPrefix("ESP_ERR_OTA_") ?? false
    return .update(.brokeOff(failure))
  }

  /// The step that an error gives away: `esp_ota_write` reports a wrong first byte, `esp_ota_begin`
  /// an unconfirmed running image, and a summary at the end everything.
  private static func stage(
    of error: ErrorCode?, unlike stage: UpdateFailure.Stage
  ) -> UpdateFailure.Stage {
    switch error?.number {
    case 0x1503, 0x1504, 0x1508, 0x2002: .validation
    case 0x1506: .unconfirmed
    case 0x104 where stage == .begin || stage == .write || stage == .unknown: .size
    case let number? where stage == .unknown: self.stage(ofNumber: number)
    case _?, nil: stage
    }
  }

  /// The step that an error alone gives away: what only the flash, the check of an image, the HTTP client, TLS, or a
  /// socket returns.
  private static func stage(ofNumber number: Int) -> UpdateFailure.Stage {
    switch number {
    case 0x1501: .begin
    case 0x1502: .setBoot
    case 0x6001...0x6fff: .write
    // A wrong checksum, and what else `bootloader_support` finds wrong with an image.
    case 0x109, 0x2001...0x20ff: .validation
    // A timeout, the HTTP client, TLS.
    case 0x107, 0x7001...0x8fff: .download
    // Mbed TLS.
    case -0x7fff ... -0x1000: .download
    default: .unknown
    }
  }

  /// `12.3%` or `45%`, at most 100.
  static let percent: Sentence.Meaning = { match in
    guard let number = match.numbers.first, (0...100).contains(number),
      let behind = match.texts.first
    else { return [] }
    let fraction = behind.drop { $0 == "." || $0.isNumber }
    let isPercent = behind.hasPrefix("%") || (behind.hasPrefix(".") && fraction.hasPrefix("%"))
    return isPercent ? [.update(.percent(number))] : []
  }

  /// Received and total.
  static let progress: Sentence.Meaning = { match in
    guard let received = match.numbers.first, received >= 0 else { return [] }
    let total = match.numbers.dropFirst().first.flatMap { $0 > 0 ? $0 : nil }
    return [.update(.progress(received: received, total: total))]
  }

  /// The length that was written.
  static let written: Sentence.Meaning = { match in
    match.numbers.first.map { [.update(.written(bytes: $0))] } ?? []
  }

  /// A beginning that announces its length; none is announced by 0 and by negative numbers.
  static let beganWithBytes: Sentence.Meaning = { match in
    [.update(.began(bytes: match.numbers.first.flatMap { $0 > 0 ? $0 : nil }))]
  }

  /// A partition was opened for writing: from here on bytes of an app go to flash.
  static let opened = UpdateMeaning.began(.app)

  /// A beginning that names the file: a bootloader, partition table or file system is no app.
  static let beganWithFile: Sentence.Meaning = { match in
    let content = UpdateContent.content(ofFile: match.texts.first ?? "")
    guard content != .app else { return [.update(.began(bytes: nil))] }
    return [.update(.began(bytes: nil)), .update(.target(UpdateTarget(content: content)))]
  }

  /// A beginning that opens a partition with that content.
  static func began(_ content: UpdateTarget.Content) -> Sentence.Meaning {
    { _ in [.update(.began(bytes: nil)), .update(.target(UpdateTarget(content: content)))] }
  }

  /// `<ota_1> … 0x1d0000`: a label, then an offset where the template has one.
  static let labelledTarget: Sentence.Meaning = { match in
    guard let label = match.texts.last, UpdateContent.isLabel(label) else { return [] }
    return [
      .update(
        .target(
          UpdateTarget(
            label: label, offset: match.numbers.first,
            content: UpdateContent.content(ofLabel: label))))
    ]
  }

  /// `subtype 17 at offset 0x110000`.
  static let numberedTarget: Sentence.Meaning = { match in
    guard match.numbers.count == 2 else { return [] }
    return [.update(.target(UpdateTarget(subtype: match.numbers[0], offset: match.numbers[1])))]
  }

  /// Success that names the label of the new slot.
  static let succeededWithLabel: Sentence.Meaning = { match in
    let label = match.texts.first.flatMap { UpdateContent.isLabel($0) ? $0 : nil }
    return [.update(.succeeded(target: label))]
  }

  /// The version of the image on offer.
  static let newVersion: Sentence.Meaning = { match in
    match.texts.first.flatMap { $0.isEmpty ? nil : [.update(.newVersion($0))] } ?? []
  }

  /// The version that runs.
  static let runningVersion: Sentence.Meaning = { match in
    match.texts.first.flatMap { $0.isEmpty ? nil : [.update(.runningVersion($0))] } ?? []
  }
}

/// What an update writes, told from a label or a file's name.
enum UpdateContent {
  /// What the partition of that label holds.
  static func content(ofLabel label: String) -> UpdateTarget.Content {
    let name = label.lowercased()
    if name.contains("btldr") || name.contains("bootloader") { return .bootloader }
    if name.contains("prttable") || name.contains("partition") { return .partitionTable }
    return isDataName(name) ? .data : .app
  }

  /// What the file at that address holds.
  static func content(ofFile address: String) -> UpdateTarget.Content {
    let file = address.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if file.hasPrefix("bootloader") { return .bootloader }
    if file.hasPrefix("partition-table") || file.hasPrefix("partition_table") {
      return .partitionTable
    }
    return isDataName(file.split(separator: ".").first.map(String.init) ?? "") ? .data : .app
  }

  /// Whether a text can be a label: 1 to 16 characters without blanks.
  static func isLabel(_ text: String) -> Bool {
    (1...16).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }

  private static func isDataName(_ name: String) -> Bool {
    let names = [
      "storage", "spiffs", "littlefs", "fatfs", "ffat", "fat", "www", "web", "webui", "data",
      "nvs", "fs", "filesystem", "assets", "model", "flash_tone", "custom",
    ]
    return names.contains(name)
  }
}
