// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The house, cellar first: a module may import the modules listed for it and nothing else of ours.
let house: [(name: String, imports: [String])] = [
  ("Quantities", []),
  ("Randomness", []),
  ("DiscreteEvents", ["Quantities"]),
  ("Statistics", ["Randomness"]),
  ("Syntax", []),
  ("Catalog", ["Quantities"]),
  ("Pricing", ["Quantities"]),
  ("MLSystem", ["Quantities", "Randomness", "DiscreteEvents", "Statistics", "Pricing"]),
  (
    "Scenarios",
    [
      "Quantities", "Randomness", "DiscreteEvents", "Statistics", "Syntax", "Catalog", "Pricing",
      "MLSystem",
    ]
  ),
  (
    "Experiments",
    [
      "Quantities", "Randomness", "DiscreteEvents", "Statistics", "Syntax", "Catalog", "Pricing",
      "MLSystem", "Scenarios",
    ]
  ),
  (
    "Reports",
    [
      "Quantities", "Randomness", "Statistics", "Syntax", "Catalog", "Pricing", "MLSystem",
      "Scenarios", "Experiments",
    ]
  ),
  (
    "CommandLineTool",
    [
      "Quantities", "Randomness", "DiscreteEvents", "Statistics", "Syntax", "Catalog", "Pricing",
      "MLSystem", "Scenarios", "Experiments", "Reports",
    ]
  ),
]

/// What the tests and the two checking executables share: readers of golden files, theory, markers,
/// the stepping reference of the LLM server.
let support = [
  "Quantities", "Randomness", "Statistics", "Syntax", "MLSystem",
]

let everything = house.map(\.name)

let package = Package(
  name: "towtank",
  products: [.executable(name: "towtank", targets: ["towtank"])],
  targets: house.map { module in
    .target(
      name: module.name,
      dependencies: module.imports.map { .init(stringLiteral: $0) },
      swiftSettings: settings,
      // Rounding and square roots of the standard library live in libm.
      linkerSettings: module.imports.isEmpty ? [.linkedLibrary("m")] : [])
  } + [
    .executableTarget(
      name: "towtank", dependencies: ["CommandLineTool"], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: support.map { .init(stringLiteral: $0) },
      swiftSettings: settings),
    .executableTarget(
      name: "verify",
      dependencies: (everything + ["TestSupport"]).map { .init(stringLiteral: $0) },
      swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: everything.map { .init(stringLiteral: $0) },
      swiftSettings: settings),
  ]
    + house.map { module in
      .testTarget(
        name: module.name + "Tests",
        dependencies: (module.imports + [module.name, "TestSupport"]).map {
          .init(stringLiteral: $0)
        },
        swiftSettings: settings)
    } + [
      .testTarget(name: "RepositoryTests", dependencies: ["TestSupport"], swiftSettings: settings),
      // It depends on the executable, so that the real one is built beside the tests.
      .testTarget(
        name: "EndToEndTests", dependencies: ["towtank", "CommandLineTool", "TestSupport"],
        swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6]
)
