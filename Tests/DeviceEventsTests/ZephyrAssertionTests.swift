import Testing

@testable import DeviceEvents

@Suite("Zephyr's assertions, and its traps of all versions")
struct ZephyrAssertionTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test(
    "give file, line and expression",
    arguments: [
      "ASSERTION FAIL [z_spin_lock_valid(l)] @ WEST_TOPDIR/zephyr/include/zephyr/spinlock.h:114",
      "ASSERTION FAIL [z_spin_lock_valid(l)] @ WEST_TOPDIR/zephyr/include/zephyr/spinlock.h:114:",
    ])
  func assertion(line: String) {
    let assertion = Assertion(
      file: "WEST_TOPDIR/zephyr/include/zephyr/spinlock.h", line: 114,
      expression: "z_spin_lock_valid(l)")
    #expect(events(line) == [.foreign(.zephyr), .panic(.assertion(assertion))])
  }

  @Test("the system's own exception says nothing of its own")
  func ownException() {
    let found = events(" ** CPU 0 EXCCAUSE 63 (zephyr exception)")
    #expect(found.contains(.panic(.header(reason: "", core: 0))))
  }

  @Test("up to 1.13 the program counter stands in the line of the cause")
  func oneLine() {
    let found = events(" ** CPU 0 EXCCAUSE 28 PS 0x00060020 PC 0x400d2c14 VADDR 0x00000010")
    let registers = [
      Register(name: "PC", value: 0x400d_2c14), Register(name: "EXCVADDR", value: 0x10),
    ]
    #expect(found.contains(.panic(.header(reason: "LoadProhibited", core: 0))))
    #expect(found.contains(.panic(.registers(registers))))
  }

  @Test("a thread without a name is no task")
  func unnamedThread() {
    let found = events("Current thread: 0x3ffb2c10 (unknown)")
    #expect(!found.contains(.panic(.crashedTask("unknown"))))
    #expect(events("Current thread: 0x3ffb2c10 (main)").contains(.panic(.crashedTask("main"))))
  }
}
