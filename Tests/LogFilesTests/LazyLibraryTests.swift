import CLazyLibrary
import Testing

/// Libraries that are loaded when they are first needed.
@Suite("Libraries")
struct LazyLibraryTests {
  @Test(
    "a library that is not there is named with the package that brings it, each time it is asked for"
  )
  func missing() {
    let problems = load("libesptriage-has-no-such.so.9", function: "nothing")
    #expect(problems.count == 2)
    for problem in problems {
      #expect(problem?.hasPrefix("libesptriage-has-no-such.so.9 cannot be loaded") == true)
      #expect(problem?.contains("sudo apt install a-package") == true)
    }
  }

  @Test("a library that lacks a function is refused as a whole")
  func lacking() {
    #expect(load("libz.so.1", function: "inflate") == [nil, nil])
    #expect(load("libz.so.1", function: "inflate_but_better").allSatisfy { $0 != nil })
  }

  /// What is said at the first and at the second time.
  private func load(_ library: String, function: String) -> [String?] {
    library.withCString { name in
      function.withCString { function in
        "a-package".withCString { package in
          var place: UnsafeMutableRawPointer?
          return withUnsafeMutablePointer(to: &place) { place in
            let names: [UnsafePointer<CChar>?] = [name, nil]
            let functions = [lazy_function(name: function, place: place)]
            return names.withUnsafeBufferPointer { names in
              functions.withUnsafeBufferPointer { functions in
                var library = lazy_library()
                library.names = names.baseAddress
                library.package = package
                library.functions = functions.baseAddress
                library.function_count = functions.count
                return (0..<2).map { _ in lazy_library_load(&library).map { String(cString: $0) } }
              }
            }
          }
        }
      }
    }
  }
}
