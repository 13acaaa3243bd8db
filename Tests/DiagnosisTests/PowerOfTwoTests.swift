import Testing

@testable import Diagnosis

@Suite("Powers of two")
struct PowerOfTwoTests {
  @Test("whole weights are exact")
  func whole() {
    #expect(powerOfTwo(2) == 4)
    #expect(powerOfTwo(-1) == 0.5)
    #expect(powerOfTwo(0) == 1)
  }

  @Test("half weights are the square root of two")
  func half() {
    #expect(abs(powerOfTwo(0.5) - 1.414_213_562_373) < 1e-9)
    #expect(abs(powerOfTwo(-1.5) - 0.353_553_390_593) < 1e-9)
  }
}
