// swift-tools-version: 6.2
// The architecture as a diagram: every target with its purpose in one line, arrows pointing down only.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A target of the project. One with `embeds` gets its fingerprint and the files of its `Data` folder
/// compiled in by the build.
func part(_ name: String, _ dependencies: [Target.Dependency] = [], embeds: Bool = false) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: embeds ? ["Data"] : [], swiftSettings: settings,
        plugins: embeds ? ["Embed"] : [])
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], golden: Bool = false) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
        exclude: golden ? ["Golden"] : [], swiftSettings: settings)
}

let package = Package(
    name: "colophon",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "colophon", targets: ["colophon"]),
        .library(name: "ColophonKit", targets: ["ColophonKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // the system's libyaml and gumbo
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(
            name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),
        // bytes, spans, Unicode, offsets, scanners: no input or output
        part("Text"),
        // what a stage is made of: document, layers and their codecs, the four shapes, options, keys
        part("StageKit", ["Text"]),
        // SHA-256 of contents and of sets of rows
        part("Digests", ["StageKit", crypto]),
        // the built-in stages, their data files beside them
        part("CleanStage", ["StageKit", "Text", "CGumbo"], embeds: true),
        part("SegmentStage", ["StageKit", "Text"], embeds: true),
        part("EntityStage", ["StageKit", "Text"], embeds: true),
        part("ClaimStage", ["StageKit", "Text"], embeds: true),
        part("StatisticsStage", ["StageKit", "Text"], embeds: true),
        // corpus tree, pipeline, diagnostic, event, run record: values, no input or output
        part("Model", ["StageKit", "Text"]),
        // YAML with positions to a checked pipeline
        part("PipelineFile", ["Model", "StageKit", "Text", "CLibYAML"]),
        // objects, results, fold tables, file table, locks: on disk and in memory
        part("Store", ["Model", "StageKit", "Text", "Digests", grdb]),
        // walk, read, metadata file, tree
        part("Corpus", ["Model", "Store", "StageKit", "Digests"]),
        // stages that are other people's programs, as asynchronous batches
        part("Programs", ["StageKit", "Text", "Model", subprocess, system]),
        // plan, explain, run the four shapes
        part("Engine", ["Model", "Store", "Corpus", "StageKit", "Text", "Digests"]),
        // layers and tables to results.sqlite
        part("Results", ["Model", "StageKit", "Text", "Digests", grdb]),
        // notebook, cells, charts, Markdown, evidence pages
        part("Notebook", ["Model", "Results", "StageKit", grdb], embeds: true),
        // subcommands, terminal, exit codes: a library, so that it is tested
        part(
            "Commands",
            [
                "Model", "StageKit", "Text", "Digests", "PipelineFile", "Store", "Corpus", "Programs", "Engine",
                "Results",
                "Notebook",
                "CleanStage", "SegmentStage", "EntityStage", "ClaimStage", "StatisticsStage", argumentParser,
            ], embeds: true),
        // what a stage of one's own needs, and nothing else
        part("ColophonKit", ["StageKit", "Text", "Commands"]),
        .executableTarget(name: "colophon", dependencies: ["Commands"], swiftSettings: settings),
        // golden files, temporary projects, the conformance test that every stage passes
        part("TestSupport", ["StageKit", "Text"]),
        // compiles a target's fingerprint and data files into it
        .plugin(name: "Embed", capability: .buildTool()),

        tests("Text"),
        tests("StageKit"),
        tests("CleanStage", ["StageKit", "Text"]),
        tests("SegmentStage", ["StageKit", "Text"]),
        tests("EntityStage", ["StageKit", "Text", "CleanStage", "SegmentStage"]),
        tests("ClaimStage", ["StageKit", "Text", "CleanStage", "SegmentStage", "EntityStage"]),
        tests("StatisticsStage", ["StageKit", "Text", "SegmentStage"]),
        tests("Model", ["StageKit"]),
        tests("PipelineFile", ["Model", "StageKit"]),
        tests("Store", ["Model", "StageKit", "Text", "Digests", grdb]),
        tests("Corpus", ["Model", "Store", "StageKit", "Digests"]),
        tests("Programs", ["StageKit", "Model"]),
        tests("Engine", ["Model", "Store", "Corpus", "StageKit"]),
        tests("Results", ["Model", "StageKit", "Text", grdb]),
        tests("Notebook", ["Model", "Results", "StageKit", "Text", grdb], golden: true),
        tests("Commands", ["StageKit", "Model", "Store", "Text", grdb, argumentParser], golden: true),
    ]
)
