import Testing

/// One after the other: the tests measure times, and the simulated devices are those of the whole process.
@Suite("Serial input", .serialized)
struct SerialInputTests {}
