import DeviceEvents
import NodeHTTP
import Reporting
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a probe is doing, on a terminal's standard error: one line that is written anew.
final class ProbeProgress: Sendable {
  private let isShown: Bool
  private let hasLine = Mutex(false)

  init(_ options: ReportOptions) {
    isShown = isatty(STDERR_FILENO) == 1 && !options.quiet
  }

  func tell(_ news: Probe.News) {
    guard isShown else { return }
    switch news {
    case .read(let read):
      let answer = read.running ?? read.result.rawValue.split(separator: "_").joined(separator: " ")
      show("status: \(answer)")
    case .progress(let progress):
      let percent = progress.total > 0 ? progress.acknowledged * 100 / progress.total : 0
      show("sending the image: \(percent) %")
    case .upload(let upload):
      show("sent: \(upload.result.rawValue.split(separator: "_").joined(separator: " "))")
    case .waiting(let time):
      show("waiting \(time.components.seconds) s for the boot")
    }
  }

  /// Takes the line away.
  func finish() {
    guard hasLine.withLock({ $0 }) else { return }
    write("\r\u{1b}[K")
  }

  private func show(_ text: String) {
    hasLine.withLock { $0 = true }
    write("\r\u{1b}[K" + HostileText.shown(text))
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    // Nobody is left to tell where standard error is closed.
    _ = systemWrite(bytes)
  }

  private func systemWrite(_ bytes: [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.write(STDERR_FILENO, bytes, bytes.count)
    #elseif canImport(Musl)
      Musl.write(STDERR_FILENO, bytes, bytes.count)
    #else
      Darwin.write(STDERR_FILENO, bytes, bytes.count)
    #endif
  }
}
