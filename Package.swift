// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Whether this is a build for the fuzzer. There the optimizer would spend a quarter of an hour on the embedded rules.
let isFuzzing = Context.environment["FUZZ"] != nil
let withEmbeddedRules = strict + (isFuzzing ? [.unsafeFlags(["-Onone"])] : [])

/// What a release build leaves out of its start: the shared C++ library and the compiler's support library, of which the
/// static Swift runtime needs little. `scripts/linking` says how; `lld` comes with the toolchain.
let selfContained: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-L", Context.packageDirectory + "/scripts/linking",
      "-Xclang-linker", "-static-libgcc",
    ], .when(platforms: [.linux], configuration: .release))
]

let package = Package(
  name: "esptriage",
  products: [.executable(name: "esptriage", targets: ["esptriage"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Files become bytes.
    // Libraries are loaded when they are first needed; to build takes their headers (libdw-dev,
    // libudev-dev, libyaml-dev, zlib1g-dev, libzstd-dev, liblzma-dev), which scripts/bootstrap installs.
    .target(name: "CLazyLibrary"),
    .target(name: "CZlib", dependencies: ["CLazyLibrary"]),
    .target(name: "CZstd", dependencies: ["CLazyLibrary"]),
    .target(name: "CLzma", dependencies: ["CLazyLibrary"]),
    .target(
      name: "LogFiles", dependencies: ["CZlib", "CZstd", "CLzma"], swiftSettings: strict),
    // Ports become bytes.
    .target(name: "CUdev", dependencies: ["CLazyLibrary"]),
    .target(name: "CSerial"),
    .target(name: "SerialInput", dependencies: ["CSerial", "CUdev"], swiftSettings: strict),
    // Bytes become lines, lines become events, events become boots.
    .target(name: "CLineScan"),
    .target(name: "LineReading", dependencies: ["CLineScan"], swiftSettings: strict),
    .target(
      name: "DeviceEvents", dependencies: ["LineReading", "CLineScan"], swiftSettings: strict),
    .target(
      name: "BootTimeline", dependencies: ["LineReading", "DeviceEvents", "CLineScan"],
      swiftSettings: strict),
    // What was built: ELFs, images.
    .target(name: "CElfutils", dependencies: ["CLazyLibrary"]),
    .target(name: "CDemangle"),
    .target(
      name: "Firmware", dependencies: ["CElfutils", "CDemangle", "DeviceEvents"],
      swiftSettings: strict),
    // Nodes on the network become events.
    .target(name: "CCurlTransfer"),
    .target(
      name: "NodeHTTP", dependencies: ["CCurlTransfer", "DeviceEvents"], swiftSettings: strict),
    .target(name: "CNodeServer"),
    .target(
      name: "NodeSimulation", dependencies: ["CNodeServer", "Firmware"], swiftSettings: strict),
    // Boots meet rules, rules give findings, findings give one verdict.
    .target(
      name: "Diagnosis", dependencies: ["LineReading", "DeviceEvents", "BootTimeline"],
      swiftSettings: withEmbeddedRules),
    .target(name: "CYaml", dependencies: ["CLazyLibrary"]),
    .target(
      name: "RuleFiles",
      dependencies: [
        "Diagnosis", "BootTimeline", "DeviceEvents", "CYaml",
      ],
      swiftSettings: strict),
    .target(
      name: "Analysis",
      dependencies: ["LineReading", "DeviceEvents", "BootTimeline", "Diagnosis", "Firmware"],
      swiftSettings: strict),
    // The verdict is written.
    .target(
      name: "Reporting",
      dependencies: ["Analysis", "Diagnosis", "BootTimeline", "DeviceEvents", "LineReading"],
      swiftSettings: strict),
    .target(name: "CInterruption"),
    .target(name: "CProgramPages"),
    .executableTarget(
      name: "esptriage",
      dependencies: [
        "CInterruption", "CProgramPages",
        "LogFiles", "SerialInput", "NodeHTTP", "NodeSimulation", "Firmware", "LineReading",
        "DeviceEvents", "BootTimeline", "Diagnosis", "Analysis", "Reporting", "RuleFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict, linkerSettings: isFuzzing ? [] : selfContained),
    .executableTarget(
      name: "esptriage-dev",
      dependencies: [
        "RuleFiles", "Diagnosis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .target(
      name: "SimulatedPrograms", dependencies: ["Firmware", "DeviceEvents"],
      path: "Tests/SimulatedPrograms", swiftSettings: strict),
    .target(
      name: "FuzzEntryPoints",
      dependencies: [
        "LogFiles", "SerialInput", "NodeHTTP", "Firmware", "LineReading", "DeviceEvents",
        "BootTimeline", "Diagnosis", "Analysis", "Reporting", "RuleFiles", "CZlib",
      ], path: "Tests/FuzzEntryPoints", swiftSettings: strict,
      // The program itself loads it when it is needed; the seeds are packed here.
      linkerSettings: [.linkedLibrary("z")]),
    .target(name: "Measuring", path: "Tests/Measuring", swiftSettings: strict),
    .testTarget(
      name: "HardnessTests",
      dependencies: [
        "FuzzEntryPoints", "LogFiles", "Firmware", "Analysis", "BootTimeline", "Diagnosis",
        "DeviceEvents", "Reporting",
      ], swiftSettings: strict),
    .testTarget(
      name: "FirmwareTests", dependencies: ["Firmware", "SimulatedPrograms"],
      exclude: ["Programs"], swiftSettings: strict),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Analysis", "Reporting", "Diagnosis", "BootTimeline", "DeviceEvents", "Firmware",
        "SimulatedPrograms",
      ], swiftSettings: strict),
    .testTarget(
      name: "NodeHTTPTests",
      dependencies: [
        "NodeHTTP", "NodeSimulation", "Analysis", "BootTimeline", "Diagnosis", "DeviceEvents",
      ], swiftSettings: strict),
    .testTarget(
      name: "LogFilesTests", dependencies: ["LogFiles", "CLazyLibrary"], swiftSettings: strict),
    .testTarget(
      name: "LineReadingTests", dependencies: ["LineReading", "CLineScan"], swiftSettings: strict),
    .testTarget(
      name: "DeviceEventsTests", dependencies: ["DeviceEvents", "LineReading", "Measuring"],
      swiftSettings: strict),
    .testTarget(
      name: "BootTimelineTests",
      dependencies: ["BootTimeline", "DeviceEvents", "LineReading", "Measuring"],
      swiftSettings: strict),
    .testTarget(
      name: "DiagnosisTests",
      dependencies: ["Diagnosis", "BootTimeline", "DeviceEvents", "LineReading", "Measuring"],
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
      name: "CommandTests",
      dependencies: ["esptriage", "Analysis", "Diagnosis", "RuleFiles", "NodeSimulation"],
      swiftSettings: strict),
    .testTarget(
      name: "SampleTests",
      dependencies: [
        "LineReading", "DeviceEvents", "BootTimeline", "Diagnosis", "Analysis", "Reporting",
      ], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings the `main`; an ordinary build has none for this target.
if isFuzzing {
  package.products.append(.executable(name: "FuzzProgram", targets: ["FuzzProgram"]))
  package.targets.append(
    .executableTarget(
      name: "FuzzProgram", dependencies: ["FuzzEntryPoints"], path: "Tests/FuzzProgram",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
