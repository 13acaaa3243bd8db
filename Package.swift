// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "esptriage",
  products: [.executable(name: "esptriage", targets: ["esptriage"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Files become bytes.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLzma", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .target(
      name: "LogFiles", dependencies: ["CZlib", "CZstd", "CLzma"], swiftSettings: strict),
    // Ports become bytes.
    .systemLibrary(name: "CUdev", pkgConfig: "libudev", providers: [.apt(["libudev-dev"])]),
    .target(name: "CSerial"),
    .target(name: "SerialInput", dependencies: ["CSerial", "CUdev"], swiftSettings: strict),
    // Bytes become lines, lines become events, events become boots.
    .target(name: "CLineScan"),
    .target(name: "LineReading", dependencies: ["CLineScan"], swiftSettings: strict),
    .target(
      name: "DeviceEvents", dependencies: ["LineReading", "CLineScan"], swiftSettings: strict),
    .target(
      name: "BootTimeline", dependencies: ["LineReading", "DeviceEvents"], swiftSettings: strict),
    // Boots meet rules, rules give findings, findings give one verdict.
    .target(
      name: "Diagnosis", dependencies: ["LineReading", "DeviceEvents", "BootTimeline"],
      swiftSettings: strict),
    .target(
      name: "RuleFiles",
      dependencies: ["Diagnosis", "DeviceEvents", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "Analysis",
      dependencies: ["LineReading", "DeviceEvents", "BootTimeline", "Diagnosis"],
      swiftSettings: strict),
    // The verdict is written.
    .target(
      name: "Reporting",
      dependencies: ["Analysis", "Diagnosis", "BootTimeline", "DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .executableTarget(
      name: "esptriage",
      dependencies: [
        "LogFiles", "SerialInput", "LineReading", "BootTimeline", "Diagnosis", "Analysis",
        "Reporting", "RuleFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "esptriage-dev",
      dependencies: [
        "RuleFiles", "Diagnosis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .testTarget(name: "LogFilesTests", dependencies: ["LogFiles"], swiftSettings: strict),
    .testTarget(name: "LineReadingTests", dependencies: ["LineReading"], swiftSettings: strict),
    .testTarget(
      name: "DeviceEventsTests", dependencies: ["DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .testTarget(
      name: "BootTimelineTests", dependencies: ["BootTimeline", "DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: ["Diagnosis", "BootTimeline", "DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .testTarget(
      name: "RuleFilesTests",
      dependencies: ["RuleFiles", "Diagnosis", "BootTimeline", "DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Analysis", "Diagnosis", "BootTimeline", "DeviceEvents", "LineReading",
      ], exclude: ["Golden"], swiftSettings: strict),
    .systemLibrary(
      name: "CUMockdev", pkgConfig: "umockdev-1.0", providers: [.apt(["libumockdev-dev"])]),
    .target(name: "CIoctlWitness", path: "Tests/CIoctlWitness"),
    .testTarget(
      name: "SerialInputTests", dependencies: ["SerialInput", "CUMockdev", "CIoctlWitness"],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["esptriage", "Analysis", "Diagnosis", "RuleFiles"],
      swiftSettings: strict),
    .testTarget(
      name: "SampleTests",
      dependencies: [
        "LineReading", "DeviceEvents", "BootTimeline", "Diagnosis", "Analysis", "Reporting",
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
