// swift-tools-version: 6.2
// What the project is made of, from the bottom up: a target depends on some of those above it and on no other.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
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
        // gives stages of other packages the fingerprint that their results are kept under
        .plugin(name: "Embed", targets: ["Embed"]),
    ],
    // Each version is exact: `Package.resolved` is not kept (see .gitignore), and a build is reproducible without it.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    ],
    targets: [
        // C libraries that the system has
        .systemLibrary(
            name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(
            name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CCommonMark", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(
            name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        // what the C library has for giving memory back
        .systemLibrary(name: "CMemory"),
        .systemLibrary(name: "CSync"),
        // Landlock, with which a process gives up what it may do with files
        .systemLibrary(name: "CConfine"),
        // the model of `tag-entities` for names, as constant data
        .target(name: "CNameModel", exclude: ["names.model"]),
        // the tables of encodings that the C library has
        .target(name: "CIconv"),
        // in place of what Foundation knows of languages, of which the tool uses nothing
        .target(name: "CLocaleData"),
        // YAML as events with their places, for pipelines and for the front matter of documents
        part("YAML", ["CLibYAML"]),
        // the model of `link-claims` for attributions, as constant data
        .target(name: "CClaimModel", exclude: ["claims.model"]),
        // a sentence encoder: the forward pass over the pieces of a text, in whole numbers and floats of fixed order
        .target(name: "CSentenceEncoder"),
        // work on bytes: spans, scanners, Unicode, offsets; touches no file
        part("Text"),
        // the vocabulary of stages: steps of four shapes, layers and how they are encoded, options, keys
        part("StageKit", ["Text"]),
        // SHA-256 of contents and of sets of rows
        part("Digests", ["StageKit", "COpenSSL"]),
        // the stages that come with the tool; word lists and rules stand in their `Data` folders
        part("CleanStage", ["StageKit", "Text", "YAML", "CGumbo", "CIconv"], embeds: true),
        part("SegmentStage", ["StageKit", "Text"], embeds: true),
        part("EntityStage", ["StageKit", "Text", "CNameModel"], embeds: true),
        part("ClaimStage", ["StageKit", "Text", "Digests", "CClaimModel", "CSentenceEncoder"], embeds: true),
        part("StatisticsStage", ["StageKit", "Text"], embeds: true),
        // plain values: pipeline, diagnostics, corpus tree; touches no file
        part("Model", ["StageKit", "Text"]),
        // starts programs of the system and waits for them
        part("Processes"),
        // reads documents out of files that are not texts by themselves: records, messages, word processor files
        part("Formats", ["Model", "StageKit", "Text", "CIconv", "CZstd", "CZlib", "CExpat"]),
        // from YAML with positions to a pipeline that was checked
        part("PipelineFile", ["Model", "StageKit", "Text", "YAML"]),
        // all that is cached: objects, results, state, file table; locks
        part("Store", ["Model", "StageKit", "Text", "Digests", "CZstd", "CSync", grdb]),
        // finds and reads documents and their metadata, and grows the tree
        part("Corpus", ["Model", "Formats", "Store", "Processes", "StageKit", "Text", "Digests"]),
        // talks with programs that users wrote as stages
        part("Programs", ["StageKit", "Text", "Model", "Processes", "CConfine", subprocess, system]),
        // many files in one: writes and reads archives, and refuses those that are not safe to unpack
        part("Archive", ["CZstd"]),
        // HTTP by the system's libcurl, loaded when it is needed
        .target(name: "CCurl"),
        // a cache on a server: asks it, checks what comes, and goes on without it
        part("RemoteCache", ["StageKit", "Digests", "CCurl"]),
        // starts tasks, here or on a cluster, and knows whether anybody still works on them
        part("Executors", ["Processes"]),
        // decides what is due, does it, and explains it
        part("Engine", ["Model", "Formats", "Store", "Corpus", "StageKit", "Text", "Digests", "CMemory"]),
        // writes `results.sqlite` from layers and tables
        part("Results", ["Model", "StatisticsStage", "StageKit", "Text", "Digests", grdb]),
        // finds and counts words in results: patterns, concordances, measures of words
        part("Words", ["Results", "StatisticsStage", "StageKit", "Text", "CPCRE2", grdb], embeds: true),
        // turns a notebook into the report: cells, charts, evidence pages
        part(
            "Notebook", ["Model", "Results", "Words", "StageKit", "Text", "Digests", grdb, "CCommonMark"], embeds: true),
        // turns results into static pages: documents, names, sources, questions, publishers, search
        part("Site", ["Model", "Results", "Words", "Notebook", "Store", "StageKit", "Text", grdb], embeds: true),
        // turns results into the formats of other programs
        part("Export", ["Model", "Results", "StageKit", "Text", "Digests"]),
        // runs pipelines without a terminal: plans, runs, verifies; throws problems and tells events to an observer
        part(
            "Project",
            [
                "Model", "StageKit", "Text", "Digests", "Formats", "PipelineFile", "Store", "Corpus", "Programs",
                "Archive", "RemoteCache", "Executors", "Engine", "Results", "Notebook", "CleanStage", "SegmentStage",
                "EntityStage",
                "ClaimStage", "StatisticsStage",
            ]),
        // shows the site of a project in a browser, and runs it again when files are saved
        part(
            "Server",
            [
                "Model", "StageKit", "Text", "Store", "Corpus", "Results", "Notebook", "Site", "Project", grdb,
                flyingSocks,
            ], embeds: true),
        // the subcommands and what they print; a library, for the sake of its tests
        part(
            "Commands",
            [
                "Model", "StageKit", "Text", "Digests", "Formats", "PipelineFile", "Store", "Corpus", "Processes",
                "Programs", "Engine", "Results", "Words", "Notebook", "Site", "Export", "EntityStage", "Project",
                "Server",
                argumentParser,
            ], embeds: true),
        // the door for stages written in Swift outside the project
        part("ColophonKit", ["StageKit", "Text", "Commands"]),
        .executableTarget(
            name: "colophon", dependencies: ["Commands", "CLocaleData"], swiftSettings: settings,
            // takes the place of the C library's memory, which costs a tenth of a first run more
            linkerSettings: [.linkedLibrary("jemalloc", .when(platforms: [.linux]))]),
        // makes `names.model` from texts in which names are marked; no part of the tool
        .executableTarget(
            name: "train-names", dependencies: ["StageKit", "Text", "CleanStage", "SegmentStage", "EntityStage"],
            exclude: ["Data"], swiftSettings: settings),
        // makes `claims.model` from sentences in which cues are labelled; no part of the tool
        .executableTarget(
            name: "train-claims", dependencies: ["StageKit", "Text", "ClaimStage"], swiftSettings: settings),
        // what processes of tests have in their environment
        .target(name: "CTestEnvironment"),
        // what tests share: handmade documents, golden files, one test of conduct for all stages
        part("TestSupport", ["StageKit", "Text", "CTestEnvironment"]),
        // compiles a target's fingerprint and data files into it
        .plugin(name: "Embed", capability: .buildTool()),

        tests("Text"),
        tests("StageKit"),
        tests("Digests", ["StageKit"]),
        tests("CleanStage", ["StageKit", "Text"], golden: true),
        tests("SegmentStage", ["StageKit", "Text"], golden: true),
        tests("EntityStage", ["StageKit", "Text", "CleanStage", "SegmentStage"]),
        tests(
            "ClaimStage",
            ["StageKit", "Text", "Digests", "CSentenceEncoder", "CleanStage", "SegmentStage", "EntityStage"]),
        tests("StatisticsStage", ["StageKit", "Text", "SegmentStage"]),
        tests("Model", ["StageKit"]),
        .testTarget(
            name: "FormatsTests", dependencies: ["Formats", "TestSupport", "Model", "StageKit"], exclude: ["Samples"],
            swiftSettings: settings),
        tests("PipelineFile", ["Model", "StageKit"]),
        tests("Store", ["Model", "StageKit", "Text", "Digests", grdb]),
        tests("Corpus", ["Model", "Store", "StageKit", "Digests"]),
        tests("Processes"),
        tests("Programs", ["StageKit", "Model"]),
        tests("Archive"),
        tests("RemoteCache", ["StageKit", "Digests"]),
        tests("Executors"),
        tests("Engine", ["Model", "Store", "Corpus", "StageKit"]),
        tests("Results", ["Model", "StageKit", "Text", grdb], golden: true),
        tests("Words", ["Results", "StatisticsStage", "StageKit", "Text", "SegmentStage", grdb], golden: true),
        tests("Notebook", ["Model", "Results", "Words", "StageKit", "Text", grdb], golden: true),
        tests("Site", ["Results", "StageKit", "Text"]),
        tests("Export", ["Results", "StageKit", "Text"]),
        tests(
            "Project",
            ["Model", "Store", "Executors", "Engine", "Results", "StageKit", "Digests", "Archive", "RemoteCache"]),
        tests("Server", ["Model", "Project", "Results", "StageKit", "Text"]),
        tests(
            "Commands",
            [
                "StageKit", "Model", "Store", "Engine", "PipelineFile", "Results", "Notebook", "Site", "Project",
                "Text",
                "CConfine",
                grdb, argumentParser,
            ],
            golden: true),
    ]
)
