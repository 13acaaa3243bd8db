import CIoctlWitness
import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("Opening a port")
  struct Opening {
    let bench: Workbench
    let pseudo: PseudoPort

    init() throws {
      bench = try Workbench()
      pseudo = try PseudoPort(bench.path + "/ttyACM0")
    }

    private func open(
      _ settings: SerialSettings = SerialSettings(), lines: LineTreatment = .untouched,
      recorder: LineRecorder? = nil
    ) throws(SerialPortError) -> SerialPort {
      try SerialPort(opening: pseudo.path, as: settings, lines: lines, recorder: recorder)
    }

    /// The error of an opening that must fail.
    private func refusal(_ path: String) -> SerialPortError? {
      do throws(SerialPortError) {
        _ = try SerialPort(opening: path, lines: .untouched)
        return nil
      } catch {
        return error
      }
    }

    @Test("what the chip prints is read, byte for byte")
    func reads() throws {
      let port = try open()
      let sent = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      pseudo.print(sent)
      #expect(port.bytes(sent.count) == sent)
      var buffer = [UInt8](repeating: 0, count: 16)
      #expect(buffer.withUnsafeMutableBytes { port.read(into: $0) } == .nothingYet)
    }

    @Test("a port without data is not taken for one that is gone, and the other way round")
    func hangUp() throws {
      let port = try open()
      var buffer = [UInt8](repeating: 0, count: 16)
      #expect(buffer.withUnsafeMutableBytes { port.read(into: $0) } == .nothingYet)
      pseudo.pullOut()
      #expect(buffer.withUnsafeMutableBytes { port.read(into: $0) } == .disconnected)
    }

    @Test(
      "any baud rate is set and read back",
      arguments: [300, 74880, 115_200, 921_600, 1_234_567, 3_000_000] as [UInt32])
    func baud(baud: UInt32) throws {
      let port = try open(SerialSettings(baud: baud))
      #expect(try port.actualBaud() == baud)
      try port.setBaud(74880)
      #expect(try port.actualBaud() == 74880)
    }

    @Test("zero baud, which means hanging up, is refused")
    func zeroBaud() throws {
      let port = try open()
      #expect(throws: SerialPortError.baudRefused(path: pseudo.path, baud: 0)) {
        try port.setBaud(0)
      }
    }

    @Test("closing does not hang up, reading waits for a byte, and nothing is translated")
    func settings() throws {
      // As a terminal would be: with echo, line editing and translation.
      let terminal = Glibc.open(pseudo.terminal, O_RDWR | O_NOCTTY | O_CLOEXEC)
      defer { close(terminal) }
      var sane = termios()
      tcgetattr(terminal, &sane)
      sane.c_lflag |= tcflag_t(ICANON | ECHO | ISIG)
      sane.c_iflag |= tcflag_t(ICRNL | IXON)
      sane.c_oflag |= tcflag_t(OPOST)
      sane.c_cflag |= tcflag_t(HUPCL)
      tcsetattr(terminal, TCSANOW, &sane)

      let port = try open()
      var found = termios()
      #expect(tcgetattr(port.descriptor, &found) == 0)
      #expect(found.c_cflag & tcflag_t(HUPCL) == 0)
      #expect(found.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
      #expect(found.c_iflag & tcflag_t(ICRNL | IXON) == 0)
      #expect(found.c_oflag & tcflag_t(OPOST) == 0)
      let minimum = withUnsafeBytes(of: &found.c_cc) { $0[Int(VMIN)] }
      #expect(minimum == 1)
      pseudo.print("\r\n\u{3}\u{11}\0")
      #expect(port.bytes(5) == [13, 10, 3, 17, 0])
    }

    @Test("the port does not become the controlling terminal and is not inherited")
    func flags() throws {
      let port = try open()
      #expect(fcntl(port.descriptor, F_GETFD) & FD_CLOEXEC != 0)
      #expect(fcntl(port.descriptor, F_GETFL) & O_NONBLOCK != 0)
    }

    @Test("a path without anything, a file, a folder and a device that is no terminal say so")
    func wrongPaths() throws {
      #expect(refusal(bench.path + "/none") == .notFound(path: bench.path + "/none"))
      let file = bench.path + "/file"
      #expect(FileManager.default.createFile(atPath: file, contents: Data()))
      for path in [file, bench.path, "/dev/null"] {
        #expect(refusal(path) == .notATTY(path: path))
      }
    }

    @Test("a port that another program has locked is busy, and the program is named")
    func busyByLock() throws {
      let holder = Process()
      holder.executableURL = URL(fileURLWithPath: "/bin/sh")
      holder.arguments = ["-c", "exec 3<>'\(pseudo.path)'; flock 3; exec sleep 60"]
      try holder.run()
      defer {
        holder.terminate()
        holder.waitUntilExit()
      }
      var error: SerialPortError?
      for _ in 0..<200 {
        error = refusal(pseudo.path)
        if case .busy(_, let holders) = error, holders.map(\.name) == ["sleep"] { break }
        usleep(10_000)
      }
      let named = PortHolder(process: holder.processIdentifier, name: "sleep")
      #expect(error == .busy(path: pseudo.path, holders: [named]))
      #expect(error?.description.contains("sleep (process \(named.process))") == true)
      // Who shares on purpose gets in.
      _ = try open(SerialSettings(sharing: .shared))
    }

    @Test("a port that we hold is closed to every other user")
    func busyByClaim() async throws {
      let port = try open()
      chmod(pseudo.terminal, 0o666)
      let path = pseudo.path
      // Root passes every claim; so somebody else tries.
      await #expect(processExitsWith: .success) { [path = path as String] in
        becomeNobody()
        do throws(SerialPortError) {
          _ = try SerialPort(
            opening: path, as: SerialSettings(sharing: .shared), lines: .untouched)
          exit(1)
        } catch {
          guard case .busy = error else { exit(2) }
        }
      }
      #expect(port.path == path)
    }

    @Test("a port without permission tells the group and the fix")
    func notAllowed() async throws {
      let dialout = try #require(getgrnam("dialout")?.pointee.gr_gid)
      #expect(chown(pseudo.terminal, 0, dialout) == 0)
      chmod(pseudo.terminal, 0o660)
      let path = pseudo.path
      await #expect(processExitsWith: .success) { [path = path as String] in
        becomeNobody()
        do throws(SerialPortError) {
          _ = try SerialPort(opening: path, lines: .untouched)
          exit(1)
        } catch {
          guard case .notAllowed(path, let access?) = error else { exit(2) }
          guard access.group == "dialout", access.mode == 0o660, !access.isOpenable else { exit(3) }
          guard error.description.contains("usermod -aG dialout") else { exit(4) }
        }
      }
    }

    @Test("a node of root alone is not blamed on a group")
    func rootsOwn() {
      let access = PortAccess(owner: "root", group: "root", mode: 0o600, isOpenable: false)
      let text = SerialPortError.notAllowed(path: "/dev/ttyACM0", access: access).description
      #expect(text.contains("udev rules"))
      #expect(!text.contains("usermod"))
    }

    // MARK: - Not touching

    @Test(
      "on a bridge both lines are dropped in one call, and nothing else is said, to the closing")
    func bridge() throws {
      let recorder = LineRecorder()
      let witnessed = try operations(lines: .dropBothAtOnce, recorder)
      #expect(
        recorder.operations == [
          .opened(path: pseudo.path), .locked, .claimed, .linesSet([]),
          .settingsWritten(baud: 115_200), .closed,
        ])
      #expect(
        witnessed.map(\.request) == [
          witness_TCGETS2, witness_TIOCEXCL, witness_TIOCMSET, witness_TCGETS2, witness_TCSETS2,
        ])
      #expect(witnessed.map(\.argument) == [0, 0, 0, 0, 0])
    }

    @Test("on the USB Serial/JTAG no line is touched")
    func usbSerialJTAG() throws {
      let recorder = LineRecorder()
      let witnessed = try operations(lines: .untouched, recorder)
      #expect(
        recorder.operations == [
          .opened(path: pseudo.path), .locked, .claimed, .settingsWritten(baud: 115_200), .closed,
        ])
      #expect(
        witnessed.map(\.request) == [
          witness_TCGETS2, witness_TIOCEXCL, witness_TCGETS2, witness_TCSETS2,
        ])
    }

    @Test("a shared port is neither locked nor claimed")
    func shared() throws {
      let recorder = LineRecorder()
      let witnessed = try operations(lines: .untouched, sharing: .shared, recorder)
      #expect(
        recorder.operations == [
          .opened(path: pseudo.path), .settingsWritten(baud: 115_200), .closed,
        ])
      #expect(witnessed.map(\.request) == [witness_TCGETS2, witness_TCGETS2, witness_TCSETS2])
    }

    /// Opens, reads and closes; what the witness saw of it.
    private func operations(
      lines: LineTreatment, sharing: SerialSettings.Sharing = .exclusive, _ recorder: LineRecorder
    ) throws -> [ioctl_witnessed] {
      let before = witnessedIoctls(pseudo.device).count
      do {
        let port = try open(SerialSettings(sharing: sharing), lines: lines, recorder: recorder)
        pseudo.print("hello")
        #expect(port.bytes(5).count == 5)
      }
      return Array(witnessedIoctls(pseudo.device).dropFirst(before))
    }

    @Test(
      "a reset sets both lines step by step",
      arguments: [
        (ResetStrategy.classic, [.rts, []] as [ModemLines]),
        (.usbSerialJTAG, [[], .rts, []] as [ModemLines]),
      ])
    func reset(strategy: ResetStrategy, lines: [ModemLines]) throws {
      #expect(strategy.steps.map(\.lines) == lines)
      let recorder = LineRecorder()
      let port = try open(recorder: recorder)
      // A pseudo-terminal has no such lines; the attempt is noted and refused.
      #expect(throws: SerialPortError.noModemLines(path: pseudo.path)) {
        try port.reset(using: strategy)
      }
      #expect(recorder.operations.last == lines.first.map { .linesSet($0) })
    }

    @Test("no step of a reset raises DTR alone, which would ask for download mode")
    func neverDownloadMode() {
      for strategy in [ResetStrategy.classic, .usbSerialJTAG] {
        #expect(!strategy.steps.contains { $0.lines == .dtr })
        #expect(strategy.steps.last?.lines == [])
      }
    }
  }
}

/// Serial-port requests on a device, as the program's own ioctl saw them.
func witnessedIoctls(_ device: UInt) -> [ioctl_witnessed] {
  var all = [ioctl_witnessed](repeating: ioctl_witnessed(), count: 4096)
  let count = ioctl_witness_copy(device, &all, Int32(all.count))
  return Array(all.prefix(Int(count)))
}

/// Gives up all rights, where there are any to give up.
func becomeNobody() {
  guard getuid() == 0 else { return }
  guard setgroups(0, nil) == 0, setgid(65534) == 0, setuid(65534) == 0 else { exit(9) }
}
