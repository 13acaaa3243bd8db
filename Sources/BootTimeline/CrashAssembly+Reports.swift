import DeviceEvents
import LineReading

/// The reports beside a panic: the task watchdog's, and a core dump on the console.
extension CrashAssembly {
  // MARK: task watchdog

  mutating func take(
    _ line: TaskWatchdogLine, _ reading: LineReadingState, _ record: inout BootRecord,
    update: Update.Phase?
  ) {
    expire(reading, &record)
    switch line {
    case .triggered:
      // The second core starving at the same time continues the report.
      if crash?.kind == .taskWatchdog, reading.line.number - lastLine <= 4,
        crash?.isFatal == true
      {
        return touch(reading)
      }
      start(reading, &record, update, kind: .taskWatchdog)
      change(reading) { crash in
        crash.isFatal = false
        crash.message = reading.line.text.trimmed.string
      }
    case .starved(let task, let cpu):
      change(reading) { crash in
        guard crash.kind == .taskWatchdog else { return }
        crash.core = crash.core ?? cpu.flatMap { CrashReading.core(ofCPU: $0) }
        crash.watchedTask = crash.watchedTask ?? task
        crash.details.append(reading.line.reference)
      }
    case .runningTasks:
      guard isOpen, !hasEnded else {
        // Without its tag it is as likely an application's own list.
        guard reading.line.text.contains("task_wdt") else { return }
        // The report's first lines were lost or damaged.
        start(reading, &record, update, kind: .taskWatchdog)
        change(reading) { $0.message = reading.line.text.trimmed.string }
        return
      }
      touch(reading)
    case .running(let cpu, let task):
      change(reading) { crash in
        guard crash.kind == .taskWatchdog else { return }
        if crash.task == nil || crash.core == cpu { crash.task = task }
        crash.details.append(reading.line.reference)
      }
    case .aborting:
      change(reading) { $0.isFatal = true }
    case .printsBacktrace(let cpu): change(reading) { $0.core = $0.core ?? cpu }
    }
  }

  // MARK: core dumps

  mutating func take(
    _ line: CoreDumpLine, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    guard isOpen else { return }
    switch line {
    case .begins:
      coreDumpIsOpen = true
      change(reading) { crash in
        crash.coreDump = .cut
        crash.coreDumpLines = reading.line.number...reading.line.number
      }
    case .data: change(reading) { $0.extendCoreDump(to: reading.line.number) }
    case .ends:
      if coreDumpIsOpen {
        change(reading) { crash in
          crash.coreDump = .complete
          crash.extendCoreDump(to: reading.line.number)
        }
      }
      coreDumpIsOpen = false
    case .checksum, .progress: touch(reading)
    }
  }
}

extension Crash {
  fileprivate mutating func extendCoreDump(to line: Int) {
    guard let first = coreDumpLines?.lowerBound, first <= line else { return }
    coreDumpLines = first...line
  }
}
