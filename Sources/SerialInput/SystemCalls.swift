import Glibc

/// A file descriptor that closes itself.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }
}

/// Calls again for as long as a signal interrupts.
@inline(__always)
func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result == -1, errno == EINTR { continue }
    return result
  }
}

/// Writes all of the bytes, or returns the errno.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var rest = bytes
  while let start = rest.baseAddress, !rest.isEmpty {
    let count = uninterrupted { write(descriptor, start, rest.count) }
    if count < 0 { return errno }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
  return 0
}

/// What the C library calls an error number.
func errorText(_ number: Int32) -> String {
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}

/// The device behind a path and whatever links lead there, by the kernel's number; nil where there is none.
///
/// Paths are compared by it: a device has many names and one number.
func deviceNumber(_ path: String) -> dev_t? {
  var status = stat()
  guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFCHR else { return nil }
  return status.st_rdev
}

/// The last part of what a link says, which may lead nowhere; nil where there is no link.
func linkedName(_ link: String) -> String? {
  var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = text.withUnsafeMutableBytes { bytes -> Int in
    guard let start = bytes.baseAddress else { return -1 }
    return readlink(link, start.assumingMemoryBound(to: CChar.self), bytes.count)
  }
  guard count > 0 else { return nil }
  let target = String(decoding: text.prefix(count), as: UTF8.self)
  return target.split(separator: "/").last.map(String.init)
}

/// The names in a folder, unsorted; nil where the folder cannot be read.
func folderNames(_ path: String) -> [String]? {
  guard let folder = opendir(path) else { return nil }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
