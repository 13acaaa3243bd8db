import ArgumentParser

/// The table of contents: each command is a file of its own.
struct Esptriage: ParsableCommand {
  /// What `--version` says.
  static let versionText = "esptriage \(Version.text)"

  static let configuration = CommandConfiguration(
    commandName: "esptriage",
    abstract: "Says what is wrong with an ESP32 node, how sure that is, and how to fix it.",
    discussion: """
      Give it the log that the node printed on its serial line, or the node itself. A port is \
      followed as 'esptriage watch' does, other paths are diagnosed as 'esptriage diagnose' does; \
      what is piped in is a log; with nothing at all it waits for a node to be plugged in.

      EXAMPLES
        esptriage                        the node that is plugged in, or will be
        esptriage /dev/ttyACM0           the node on this port
        esptriage node-7.log             what happened to this node?
        esptriage logs/                  all logs below a folder, one summary
        cat run.log | esptriage          standard input, also named as -
        esptriage rfc2217://10.0.0.7:4000   the node on another machine
        esptriage diagnose --help        all that can be asked of a saved log
        esptriage watch --help           all that can be asked of a live node
        esptriage decode --help          from addresses to functions and lines
        esptriage probe 192.168.1.40     the node on the network, without a cable
        esptriage deploy app.bin         update nodes over Wi-Fi, and prove it

      EXIT STATUS
        0    nothing wrong
        1    a fault was diagnosed
        2    something could not be read or used, whatever else was diagnosed
        130  stopped by Ctrl-C
      """,
    version: versionText,
    subcommands: [
      Diagnose.self, Watch.self, Ports.self, ProbeCommand.self, Deploy.self, Node.self,
      Decode.self, ElfCommand.self, Simulate.self, Rules.self, Schema.self,
    ],
    defaultSubcommand: Diagnose.self)
}

Program.run()
