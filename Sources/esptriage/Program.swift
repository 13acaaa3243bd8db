import ArgumentParser
import Dispatch
import Firmware
import SerialInput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// From the command line to the exit status.
enum Program {
  static func run() -> Never {
    // A closed pipe then shows as an error of `write`, and is dealt with there.
    signal(SIGPIPE, SIG_IGN)
    StandardStreams.occupyClosed()
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments == ["--version"] { end(write(Esptriage.versionText)) }
      var command = try command(ofAll: arguments)
      if let asynchronous = command as? any AsyncParsableCommand {
        runInBackground(asynchronous)
      }
      try command.run()
      end(ExitStatus.nothingWrong.rawValue)
    } catch {
      end(finish(error))
    }
  }

  /// Ends the process at once.
  ///
  /// Everything was written by then, and nothing is registered for the end. `exit` would take down what
  /// the runtime shares between threads while others still diagnose logs that nobody waits for any more.
  private static func end(_ status: Int32) -> Never { _exit(status) }

  /// What the command line asks for, however many logs it names.
  private static func command(ofAll arguments: [String]) throws -> any ParsableCommand {
    let paths = ManyPaths(arguments)
    let command = try command(BareArguments.completed(paths.arguments))
    guard paths.areHeldOut else { return command }
    if var diagnose = command as? Diagnose {
      diagnose.paths = paths.all(of: diagnose.paths)
      return diagnose
    }
    return try Self.command(BareArguments.completed(arguments))
  }

  /// What the command line asks for.
  ///
  /// The parser looks at all commands with all their options before it reads the first word; where
  /// that word says that a log is to be diagnosed, this one command is tried alone, which takes a
  /// fifth of the time. What it does not understand is for the whole parser to explain.
  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let isNamed = arguments.first == Diagnose._commandName
    let mayBePath = arguments.first.map { $0.contains("/") || $0.contains(".") } ?? false
    if isNamed || mayBePath && arguments.first?.hasPrefix("-") == false,
      let diagnose = try? Diagnose.parse(isNamed ? Array(arguments.dropFirst()) : arguments)
    {
      return diagnose
    }
    do {
      return try Esptriage.parseAsRoot(arguments)
    } catch {
      // The parser misses the log before it looks at options that it does not know.
      if Esptriage.message(for: error) == Diagnose.logIsMissing {
        _ = try Esptriage.parseAsRoot(arguments + ["-"])
      }
      throw error
    }
  }

  /// Only commands that wait for many things at once need other threads.
  private static func runInBackground(_ command: sending any AsyncParsableCommand) -> Never {
    Task {
      do {
        var command = command
        try await command.run()
        end(ExitStatus.nothingWrong.rawValue)
      } catch {
        end(finish(error))
      }
    }
    dispatchMain()
  }

  private static func finish(_ error: any Error) -> Int32 {
    if let status = error as? ExitStatus { return status.rawValue }
    if let error = error as? OutputError {
      if case .closed(let status) = error { return status.rawValue }
      Diagnostics.say("\(error)")
      return ExitStatus.unusable.rawValue
    }
    if error is SerialPortError || error is RemotePortError || error is RecordingError
      || error is ELFError || error is ELFSearchError || error is ELFStoreError
      || error is DecodeInputError
    {
      // They name ports and folders, whose names come from outside.
      Diagnostics.say(TextOfName.shown("\(error)"))
      return ExitStatus.unusable.rawValue
    }
    let message = Esptriage.fullMessage(for: error)
    switch Esptriage.exitCode(for: error) {
    case .success: break
    case .validationFailure:
      // ArgumentParser's own status for wrong usage is 64; ours is 2.
      Diagnostics.show(message)
      return ExitStatus.unusable.rawValue
    default:
      Diagnostics.say("\(error)")
      return ExitStatus.unusable.rawValue
    }
    return write(message)
  }

  /// Writes what was asked for, and tells the exit status.
  private static func write(_ message: String) -> Int32 {
    var output = StandardOutput()
    do {
      try output.write(message + "\n")
      try output.flush()
      return ExitStatus.nothingWrong.rawValue
    } catch {
      return finish(error)
    }
  }
}
