import Foundation
import Testing

/// Addresses, logs and ELFs on the command line, with a program that is compiled here.
@Suite("esptriage decode and elf", .enabled(if: isCompilerThere || isCompilerDemanded))
struct DecodeTests {
  let program: BuiltProgram
  /// Where each function of the program begins.
  let places: [String: UInt32]

  init() throws {
    program = try BuiltProgram()
    try program.write(Self.source, to: "main.c")
    let built = try program.shell(
      """
      clang --target=riscv32-unknown-elf -march=rv32imc -O2 -g -ffreestanding -nostdlib \
        -fuse-ld=lld -Wl,--image-base=0x42000000 -Wl,-Ttext=0x42000020 -Wl,-e,app_main \
        -Wl,--defsym=rom_delay=0x40000050 main.c -o app.elf && \
      riscv64-unknown-elf-nm app.elf
      """)
    try #require(built.status == 0, "\(built.errors)")
    var places: [String: UInt32] = [:]
    for line in built.lines {
      let words = line.split(separator: " ")
      if words.count == 3 { places[String(words[2])] = UInt32(words[0], radix: 16) }
    }
    self.places = places
  }

  private static let source = """
    volatile unsigned sink;
    static inline __attribute__((always_inline)) void poke(unsigned *place) {
      *place = sink;
    }
    __attribute__((noinline)) void handle(unsigned *place) {
      poke(place);
    }
    void app_main(void) {
      handle(0);
      for (;;) sink++;
    }
    """

  private func address(_ name: String, plus offset: UInt32 = 0) throws -> String {
    let place = try #require(places[name])
    return "0x" + String(place + offset, radix: 16)
  }

  /// An address in `handle` that belongs to the function inlined there.
  private func inlined() throws -> String {
    for offset: UInt32 in stride(from: 0, to: 16, by: 2) {
      let place = try address("handle", plus: offset)
      let run = try program.run("decode", "--elf", "app.elf", place)
      if run.output.contains("poke") { return place }
    }
    Issue.record("poke is nowhere in handle")
    return ""
  }

  @Test("shows functions, files, lines and what was inlined where")
  func text() throws {
    let place = try inlined()
    let run = try program.run("decode", "--elf", "app.elf", place)
    #expect(run.status == 0)
    #expect(run.lines.count == 2)
    #expect(run.lines[0].hasPrefix("\(place): poke at ") && run.lines[0].hasSuffix("main.c:3"))
    #expect(run.lines[1].hasPrefix(" (inlined by) handle at "))
    #expect(run.lines[1].hasSuffix("main.c:6"))
  }

  @Test("says what an address is that is no code")
  func elsewhere() throws {
    let run = try program.run("decode", "--elf", "app.elf", "0x40000054", "3ffb0000", "40010000")
    #expect(run.status == 0)
    #expect(
      run.lines == [
        "0x40000054: rom_delay+0x4 in the ROM of the chip",
        "0x3ffb0000: in no section of the ELF",
        "0x40010000: in the ROM of the chip",
      ])
  }

  @Test("writes what addr2line writes for the same letters")
  func addr2line() throws {
    let place = try inlined()
    for letters in ["-a", "-f", "-fi", "-afiC", "-pfia", "-s", "-fsp"] {
      let ours = try program.run("decode", "-e", "app.elf", letters, place, "0x10")
      let theirs = try program.shell(
        "riscv64-unknown-elf-addr2line -e app.elf \(letters) \(place) 0x10")
      #expect(ours.output == theirs.output, "with \(letters)")
    }
  }

  @Test("gives programs one object a line, innermost frame first")
  func json() throws {
    let place = try inlined()
    let run = try program.run("decode", "--elf", "app.elf", "--format", "json", place)
    let data = Data(run.output.utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["address"] as? String == place)
    let frames = try #require(object["frames"] as? [[String: Any]])
    #expect(frames.map { $0["function"] as? String } == ["poke", "handle"])
    #expect(frames.map { $0["line"] as? Int } == [3, 6])
    #expect(frames.map { $0["inlined"] as? Bool } == [true, false])
  }

  @Test("reads addresses line by line, and answers before the next one comes")
  func streaming() throws {
    let run = try program.shell(
      """
      mkfifo in out; "$esptriage" decode -e app.elf -f - <in >out & exec 3>in 4<out
      for place in \(try address("app_main")) \(try address("handle")):0x3fc90000; do
        echo $place >&3; read -t 20 name <&4; read -t 20 line <&4; echo "$name"
      done; exec 3>&-; wait $!
      """)
    #expect(run.lines.first == "app_main")
    #expect(run.lines.count == 2)
    #expect(run.status == 0)
  }

  @Test("a word that is no address is named, the others are answered")
  func wrongWord() throws {
    let run = try program.run(
      "decode", "--elf", "app.elf", "-", input: "main\u{1B}[2J\n\n\(try address("app_main"))\n")
    #expect(run.status == 2)
    #expect(run.errors.contains(#"'main\u{1b}[2J' is no address"#))
    #expect(run.output.contains("app_main"))
  }

  @Test("copies a log byte for byte and adds symbols behind the addresses in it")
  func annotation() throws {
    let place = try inlined()
    let after = try address("app_main", plus: 8)
    let log =
      Data("I (1) boot\r\nMEPC    : \(place)  GP      : 0x3fc90000\n".utf8)
      + Data([0xFF, 0x00, 0x1B, 0x0A])
      + Data("\(place)0 \(place.dropLast()) Backtrace: \(place):0x3fc9a2f0 0x4fffffff".utf8)
    try program.write(log, to: "uart.log")
    let run = try program.shell(
      #""$esptriage" decode --elf app.elf --annotate uart.log >with; "#
        + #"sed -E 's/ \[[^]]*\]//g' with | cmp - uart.log && cat with"#)
    #expect(run.status == 0)
    #expect(run.output.contains("MEPC    : \(place) [poke "))
    #expect(run.output.contains("main.c:3 < handle "))
    #expect(run.output.contains("\(place):0x3fc9a2f0 [poke "))
    #expect(run.output.contains("\(place)0 \(place.dropLast()) Backtrace"))
    let call = try program.run(
      "decode", "--elf", "app.elf", "--annotate", input: "RA      : \(after)\n")
    #expect(call.output.hasPrefix("RA      : \(after) [app_main "))
  }

  @Test("says when the log is of another build than the ELF, and when it is not says nothing")
  func annotationOfAnotherBuild() throws {
    let place = try address("app_main")
    let run = try program.shell(
      """
      sum=$(sha256sum app.elf | cut -c 1-9)
      printf 'PC      : \(place)\\nELF file SHA256:  %s...\\n' "$sum" | "$esptriage" decode -e app.elf --annotate
      printf 'ELF file SHA256: 0123abcd4567\\nELF file SHA256: 0123abcd4567\\n' | "$esptriage" decode -e app.elf --annotate
      """)
    #expect(run.status == 0)
    #expect(run.output.contains("[app_main "))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.errors.contains("names the build 0123abcd4567"))
  }

  @Test("takes the ELF of the build that the log named last")
  func annotationOfTwoBuilds() throws {
    let place = try address("app_main")
    let run = try program.shell(
      """
      clang --target=riscv32-unknown-elf -march=rv32imc -O2 -g -ffreestanding -nostdlib \
        -fuse-ld=lld -Wl,--image-base=0x42000000 -Wl,-Ttext=0x42000020 -Wl,-e,trial_main \
        -Dapp_main=trial_main main.c -o trial.elf || exit 1
      for elf in app trial app; do
        echo "I (190) app_init: ELF file SHA256:  $(sha256sum $elf.elf | cut -c 1-9)..."
        echo "PC      : \(place)"
      done | "$esptriage" decode -e app.elf -e trial.elf --annotate
      """)
    #expect(run.status == 0)
    let named = run.lines.filter { $0.hasPrefix("PC") }.map { $0.contains("[trial_main ") }
    #expect(named == [false, true, false])
  }

  @Test("says when two ELFs hold code at the same addresses")
  func twoPrograms() throws {
    let run = try program.shell(
      #"cp app.elf other.elf; "$esptriage" decode -e app.elf -e other.elf \#(try address("app_main"))"#
    )
    #expect(run.status == 0)
    #expect(run.output.contains("app_main"))
    #expect(run.errors.contains("app.elf and other.elf both hold code"))
  }

  @Test("refuses files that are no ELF by name, with what to do")
  func refusal() throws {
    try program.write("not an ELF", to: "notes.txt")
    for (name, words) in [
      ("notes.txt", "is not an ELF"), ("gone.elf", "cannot be read"), ("/bin/sh", "another kind"),
    ] {
      let run = try program.run("decode", "--elf", name, "0x42000020")
      #expect(run.status == 2)
      #expect(run.errors.contains(name) && run.errors.contains(words))
    }
  }

  @Test("the store keeps an ELF under its digest until it is removed")
  func store() throws {
    let run = try program.shell(
      """
      export XDG_DATA_HOME=$PWD/data; sum=$(sha256sum app.elf | cut -c 1-64); set -e
      "$esptriage" elf add app.elf; "$esptriage" elf add app.elf
      cmp app.elf data/esptriage/elfs/$sum
      "$esptriage" elf list ${sum::9} --format json
      "$esptriage" elf remove ${sum::9}
      ! "$esptriage" elf remove ${sum::9}
      ls data/esptriage/elfs | wc -l
      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 5)
    #expect(run.lines.first?.hasPrefix("added  ") == true)
    #expect(run.lines.dropFirst().first?.hasPrefix("known  ") == true)
    #expect(run.output.contains(#""architecture":"riscv""#))
    #expect(run.lines.last == "0")
    #expect(run.errors.contains("No ELF in the store has a SHA-256 that begins with"))
  }
}

private let isCompilerThere = ["clang", "ld.lld", "riscv64-unknown-elf-addr2line"].allSatisfy {
  name in
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
  }
}
/// Where a build must be sure of itself, a missing compiler is a failure and not a reason to skip.
private let isCompilerDemanded = ProcessInfo.processInfo.environment["CI"] != nil
