import ArgumentParser
import Firmware

/// `esptriage decode`
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which function, file and line an address of the code is.",
    discussion: """
      Needs no toolchain: reads the ELF of any ESP32, Xtensa or RISC-V, with functions that the \
      compiler inlined and with C++ and Rust names made readable. Addresses are hexadecimal, with or \
      without 0x; 0xPC:0xSP of a backtrace will do. '-' reads them from standard input, one a line, \
      and answers each line at once.

      With none of -a -f -i -C -p -s an answer shows all that is known; with any of them it is what \
      addr2line writes for the same letters.

      Where several ELFs hold code at the same addresses, the first answers, and a note says so. \
      --annotate takes the one whose build the log named last ('ELF file SHA256:'), and says where \
      that is none of them.

      Addresses are looked up as they are. The PC of a register dump and the entries of an Xtensa \
      'Backtrace:' are meant so; RA and addresses from a stack lie behind their call: add --return.

      EXAMPLES
        esptriage decode --elf build/app.elf 0x42008c1f 0x42009d1d
        esptriage decode --elf . 0x42008c1f                      in an ESP-IDF project
        esptriage decode --elf . --return 0x42009d20             the call before this address
        esptriage decode -e app.elf -afiC - <addresses.txt       as addr2line does
        esptriage decode --elf . --format json 42008c1f | jq .frames
        esptriage decode --elf . --annotate uart.log             the log, with symbols in it

      EXIT STATUS
        0 also for addresses that are in no ELF, 2 when something cannot be read or is no address.
      """)

  @Option(
    name: [.customShort("e"), .long],
    help: ArgumentHelp(
      "The ELF, a folder of ELFs, or an ESP-IDF project; may be given several times.",
      valueName: "path"),
    completion: .file())
  var elf: [String]

  @Argument(
    help: ArgumentHelp(
      "Addresses, or - for standard input; with --annotate, files.",
      valueName: "address"))
  var words: [String] = []

  @Flag(help: "Copy text, a log for instance, and add symbols behind each address of the code.")
  var annotate = false

  @Flag(name: .customLong("return"), help: "The addresses are return addresses: show the calls.")
  var areReturnAddresses = false

  @Option(help: "How to write the answers: text for people, json for one object a line.")
  var format = ReportFormat.text

  @OptionGroup var privacy: PrivacyOptions

  @OptionGroup var habits: DecodeHabits

  mutating func validate() throws {
    guard !elf.isEmpty else {
      throw ValidationError("Name the ELF, or the ESP-IDF project: --elf PATH.")
    }
    if annotate {
      guard format == .text else {
        throw ValidationError("--annotate copies text: leave --format json away.")
      }
      guard !habits.areGiven, !areReturnAddresses else {
        throw ValidationError(
          "--annotate knows which addresses are return addresses, and has a form of its own: "
            + "leave --return and the letters of addr2line away.")
      }
    } else if words.isEmpty {
      throw ValidationError("Name addresses, or '-' to read them from standard input.")
    }
    if format == .json, habits.areGiven {
      throw ValidationError("JSON always holds everything: leave the letters of addr2line away.")
    }
  }

  func run() throws {
    let programs = try DecodePrograms(elf)
    if let ambiguity = programs.ambiguity { Diagnostics.say(ambiguity) }
    let readers = privacy.privacy(of: format)
    if annotate { return try DecodeAnnotation(programs, for: readers).run(words) }
    var answers = DecodeAnswers(
      programs, form: format == .json ? .json : habits.areGiven ? .addr2line(habits) : .everything,
      meaning: areReturnAddresses ? .returnAddress : .instruction, readers: readers)
    for word in words {
      if word == "-" {
        try answers.answerStandardInput()
      } else {
        try answers.answer(Array(word.utf8)[...])
      }
    }
    try answers.finish()
  }
}

/// The letters of addr2line.
struct DecodeHabits: ParsableArguments {
  @Flag(name: .customShort("a"), help: "As addr2line: show the address.")
  var addresses = false
  @Flag(name: .customShort("f"), help: "As addr2line: show the function.")
  var functions = false
  @Flag(name: .customShort("i"), help: "As addr2line: show the callers of inlined functions.")
  var inlines = false
  @Flag(name: .customShort("C"), help: "As addr2line: make C++ and Rust names readable.")
  var demangle = false
  @Flag(name: .customShort("p"), help: "As addr2line: one line for each function.")
  var pretty = false
  @Flag(name: .customShort("s"), help: "As addr2line: file names without folders.")
  var basenames = false

  var areGiven: Bool {
    addresses || functions || inlines || demangle || pretty || basenames
  }
}
