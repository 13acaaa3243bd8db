/// How an image dies.
enum PanicKind {
  /// A null pointer, somewhere in the application's own code.
  case loadProhibited
  /// The stack of the web server's task, while an image is verified on it.
  case handlerOverflow
}

/// What a dying image prints.
extension Console {
  func panic(_ kind: PanicKind, _ image: StoredImage?) {
    let code = image?.segments.first(where: \.isCode)
    let base = Int(code?.address ?? 0x4200_0020)
    let length = max(0x400, code?.length ?? 0x40000)
    // The same image always dies at the same place, as a real fault does.
    let place = base + length / 3 & ~1 | 1
    let elf = image?.descriptor.shortELF ?? "000000000"
    switch kind {
    case .loadProhibited:
      print("Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n")
      registers(place, cause: 0x1C, address: 0x14)
      backtrace([place, base + length / 5, base + length / 9], stack: 0x3FCA_1C40)
    case .handlerOverflow:
      print(
        """
        Guru Meditation Error: Core  0 panic'ed (Unhandled debug exception). \n\
        Debug exception reason: Stack canary watchpoint triggered (httpd) \n
        """)
      registers(0x4037_B2F4, cause: 0x01, address: 0)
      backtrace([0x4037_B2F4, place, base + length / 5], stack: 0x3FCA_4430)
    }
    print("\n\n\n\nELF file SHA256: \(elf)\n\nRebooting...\n")
  }

  /// The supply sags.
  func brownout() { print("\nE BOD: Brownout detector was triggered\n\n") }

  /// A task that hangs is found out, which this firmware makes a panic of.
  func taskWatchdog() {
    line(
      "E", "task_wdt",
      "Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:")
    line("E", "task_wdt", " - httpd (CPU 0)")
    line("E", "task_wdt", "Tasks currently running:")
    line("E", "task_wdt", "CPU 0: httpd")
    line("E", "task_wdt", "CPU 1: IDLE1")
    line("E", "task_wdt", "Aborting.")
  }

  private func registers(_ place: Int, cause: Int, address: Int) {
    let values: [(String, Int)] = [
      ("PC", place), ("PS", 0x0006_0C30), ("A0", 0x8200_9A41), ("A1", 0x3FCA_1C40),
      ("A2", 0), ("A3", 0x20), ("A4", 0x3FC9_8D14), ("A5", 1), ("A6", 0x0006_0E20),
      ("A7", 0), ("A8", 0x8200_9A38), ("A9", 0x3FCA_1C20), ("A10", 0), ("A11", 0x14),
      ("A12", 0x3FC9_8D00), ("A13", 4), ("A14", 0x3FCA_1C90), ("A15", 0), ("SAR", 0x18),
      ("EXCCAUSE", cause), ("EXCVADDR", address), ("LBEG", 0x4005_6F5C), ("LEND", 0x4005_6F72),
      ("LCOUNT", 0),
    ]
    print("\nCore  0 register dump:\n")
    var rest = values[...]
    while !rest.isEmpty {
      for (name, value) in rest.prefix(4) {
        let column = name + String(repeating: " ", count: max(0, 8 - name.count))
        print("\(column): 0x\(hexadecimal(value, 8))  ")
      }
      print("\n")
      rest = rest.dropFirst(4)
    }
  }

  private func backtrace(_ places: [Int], stack: Int) {
    let frames = places.enumerated().map { number, place in
      "0x\(hexadecimal(place, 8)):0x\(hexadecimal(stack + number * 0x20, 8))"
    }
    print("\nBacktrace: \(frames.joined(separator: " "))\n")
  }
}
