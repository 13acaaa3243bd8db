import Foundation
import Testing

/// Hostile text in an ELF, in the names of USB devices and in rules; files made to waste time and memory.
@Suite("Hostile text and files elsewhere")
struct HostileElsewhereTests {
  private let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  private func expectHarmless(_ line: String, at place: SourceLocation = #_sourceLocation) throws {
    let run = try program.shell("$esptriage \(line)")
    for text in [run.output, run.errors] {
      let found = text.unicodeScalars.first { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: scalar != "\n"
        default: false
        }
      }
      #expect(found == nil, "\(line): U+\(found?.value ?? 0)", sourceLocation: place)
    }
    #expect(!run.output.isEmpty || !run.errors.isEmpty, "\(line)", sourceLocation: place)
  }

  @Test("names of functions and sources in an ELF are escaped, mangled or not")
  func elf() throws {
    // An escape sequence, a mark that turns the reading direction, and a C++ name made of them.
    let poison = "\\033[2J\\342\\200\\256\\b"
    try program.write(
      """
      volatile unsigned sink;
      #line 2 "a\(poison).c"
      __attribute__((noinline)) void handle(unsigned *place) __asm__("h\(poison)");
      __attribute__((noinline)) void handle(unsigned *place) { *place = sink; }
      __attribute__((noinline)) void other(unsigned *place) __asm__("_ZN4\\033[2J6handleEv");
      __attribute__((noinline)) void other(unsigned *place) { *place = sink + 1; }
      void app_main(void) { handle(0); other(0); for (;;) sink++; }

      """, to: "main.c")
    let built = try program.shell(
      """
      for debug in -g -g0; do clang --target=riscv32-unknown-elf -march=rv32imc -O1 $debug -ffreestanding \
        -nostdlib -fuse-ld=lld -Wl,-Ttext=0x42000020 -Wl,-e,app_main main.c -o app$debug.elf || exit 1; done
      """)
    // A machine without a cross compiler tests the rest.
    guard built.status == 0 else { return }
    try program.write("PC      : 0x42000020 0x4200002c\n", to: "a.log")
    for elf in ["app-g.elf", "app-g0.elf"] {
      let addresses = "0x42000020 0x42000028 0x4200002c 0x42000034"
      for line in [
        "decode --elf \(elf) \(addresses)", "decode --elf \(elf) --format json \(addresses)",
        "decode -e \(elf) -afiCp \(addresses)", "decode -e \(elf) -f \(addresses)",
        "decode --elf \(elf) --annotate a.log",
      ] { try expectHarmless(line) }
    }
  }

  @Test("a rule's title and texts are escaped")
  func rules() throws {
    try program.write(
      "id: bad\nseverity: error\ntitle: \"a\\e[2J\\u202e\"\nwhy: \"\\e]0;t\\a\"\nwhen:\n  log: { tag: sensor, message: \"*\" }\n",
      to: "rules/a.yaml")
    try program.write(ShortLog.healthy, to: "a.log")
    for line in [
      "diagnose a.log --rules rules --explain", "diagnose a.log --rules rules --format json",
      "rules list --rules rules", "rules explain bad --rules rules", "rules show bad --rules rules",
      "rules test --rules rules", "rules check --rules rules",
    ] { try expectHarmless(line) }
  }

  @Test(
    "an archive that unpacks to a thousand times its size takes little memory",
    .disabled(if: Sanitizing.isReservingMemory),
    arguments: [("gz", "gzip -1"), ("xz", "xz -0"), ("zst", "zstd -q -1")])
  func bomb(_ ending: String, _ packer: String) throws {
    let name = "bomb.log." + ending
    let packed = try program.shell("head -c 50000000 /dev/zero | \(packer) > \(name)")
    // A machine without the packer tests the others.
    guard packed.status == 0 else { return }
    let run = try program.shell(
      """
      (ulimit -v 3000000; timeout 50 $esptriage diagnose \(name) --quiet); echo "ended with $?"
      """)
    #expect(
      run.output.contains("wrong_baud") && !run.output.contains("ended with 124"), "\(run.errors)")
  }

  @Test("what cannot be read in a folder is told, and the rest is diagnosed")
  func folder() throws {
    for name in ["good", "locked", "unreadable/inner"] {
      try program.write(ShortLog.healthy, to: "logs/\(name).log")
    }
    // Whoever runs as root reads everything: there the modes tell nothing.
    let run = try program.shell(
      """
      cd logs && ln -s loop loop && ln -s ../logs again && mkfifo fifo.log && ln -s /dev/zero z.log \
        && ln -s /dev/tty t.log && ln -s missing gone.log && tar cf a.tar good.log && gzip -k good.log \
        && gzip <good.log.gz >nested.log.gz.gz && python3 -c \
        "import socket; socket.socket(socket.AF_UNIX).bind('s.log')"
      chmod 000 locked.log unreadable; cd ..; timeout 50 $esptriage diagnose logs --quiet
      status=$?; chmod 700 logs/unreadable; exit $status
      """)
    #expect(run.status != 124)
    #expect(run.output.contains("good.log: ok healthy"), "\(run.output)\(run.errors)")
    #expect(run.output.contains("good.log.gz: ok healthy"))
    #expect(run.lines.filter { $0.contains("good.log:") }.count == 1)
  }
}
