/// All decoders, in the order in which they are asked.
enum DecoderTable {
  /// For messages of the log macros, chosen by tag.
  static let messageDecoders: [any MessageDecoder.Type] = [
    BootloaderDecoder.self, ImageDecoder.self, ApplicationDecoder.self, TaskWatchdogDecoder.self,
    CoreDumpDecoder.self, PowerDecoder.self, BootLineDecoder.self, NamedReset.self,
    UpdateDecoder.self, NoticeDecoder.self, FrameworkDecoder.self, UpdaterTrouble.self,
  ]
  /// For text without a log prefix.
  static let plainDecoders: [any PlainDecoder.Type] = [
    ROMDecoder.self, PanicDecoder.self, TaskWatchdogDecoder.self, CoreDumpDecoder.self,
    ForeignDecoder.self, DecodedCoreDump.self, ArduinoReportDecoder.self, BootloaderDecoder.self,
    PowerDecoder.self, BootLineDecoder.self, UpdateDecoder.self,
    NoticeDecoder.self, ToldRollback.self,
  ]
}
