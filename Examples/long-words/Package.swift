// swift-tools-version: 6.2
// A Colophon with one more stage, written in Swift: `swift run long-words run pipelines/words.yaml`.
import PackageDescription

let package = Package(
    name: "long-words",
    platforms: [.macOS(.v15)],
    // outside this repository, the address of Colophon's own
    dependencies: [.package(name: "colophon", path: "../..")],
    targets: [
        // the plugin computes the fingerprint under which results are kept, and compiles the files of Data in
        .target(
            name: "LongWords", dependencies: [.product(name: "ColophonKit", package: "colophon")], exclude: ["Data"],
            plugins: [.plugin(name: "Embed", package: "colophon")]),
        .executableTarget(name: "long-words", dependencies: ["LongWords"]),
    ]
)
