import ArgumentParser
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
  static func run() async -> Never {
    // A closed pipe then shows as an error of `write`, and is dealt with there.
    signal(SIGPIPE, SIG_IGN)
    do {
      let arguments = BareArguments.completed(Array(CommandLine.arguments.dropFirst()))
      var command = try Esptriage.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      exit(ExitStatus.nothingWrong.rawValue)
    } catch {
      exit(finish(error))
    }
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
