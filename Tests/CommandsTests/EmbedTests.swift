import Foundation
import TestSupport
import Testing

/// What `Tools/embed.sh` makes of folders of sources, as the build calls it.
@Suite("Fingerprints of stages")
struct EmbedTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Tools/embed.sh").path

    /// The fingerprint of a stage of a package of its own, which is built from the vocabulary of another package.
    private func fingerprint(stage: String, vocabulary: String, data: String = "word") throws -> String {
        let package = try TemporaryProject(["Sources/Mine/Stage.swift": stage, "Sources/Mine/Data/words.txt": data])
        let other = try TemporaryProject(["Sources/StageKit/Step.swift": vocabulary])
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            Self.script, package.path("Embedded.swift"), package.path("Sources/Mine"), package.path(),
            package.path("Sources/Mine"), other.path(), other.path("Sources/StageKit"),
        ]
        try process.run()
        process.waitUntilExit()
        let text = try package.text(of: "Embedded.swift")
        #expect(text.contains("static let words: StaticString") && text.contains(data))
        let line = try #require(text.split(separator: "\n").first { $0.contains("fingerprint =") })
        return String(line.split(separator: "\"")[1])
    }

    @Test("a fingerprint is of contents, wherever the packages stand")
    func places() throws {
        let one = try fingerprint(stage: "a", vocabulary: "b")
        #expect(one.count == 64)
        #expect(try fingerprint(stage: "a", vocabulary: "b") == one)
        #expect(try fingerprint(stage: "c", vocabulary: "b") != one)
        #expect(try fingerprint(stage: "a", vocabulary: "c") != one, "what a stage is built from is in its fingerprint")
        #expect(try fingerprint(stage: "a", vocabulary: "b", data: "other") != one)
    }
}
