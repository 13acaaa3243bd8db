import Foundation

/// The folder for files that live for one input: in memory, where there is such a folder.
private let folder =
  FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

/// Shows the bytes as a file, to readers that take nothing else.
func asFile<Result, Failure: Error>(
  _ bytes: [UInt8], ending: String = "", _ body: (_ path: String) throws(Failure) -> Result
) throws(Failure) -> Result {
  let path = "\(folder)/esptriage-fuzz-\(getpid())-\(pthread_self())\(ending)"
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
    preconditionFailure("\(path) cannot be written")
  }
  defer { unlink(path) }
  return try body(path)
}
