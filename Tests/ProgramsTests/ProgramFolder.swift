import Foundation
import Model
import StageKit
import Text

@testable import Programs

/// A project folder with one program in Python, for a test.
struct ProgramFolder {
    let path: String

    /// A folder with `program.py`; what `source` says in place of `ANSWER` runs for each record `r`, after hello.
    init(_ source: String) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "colophon-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        try source.write(to: url.appending(path: "program.py"), atomically: true, encoding: .utf8)
    }

    /// A program that answers each record `r` with what the Python in `body` says.
    static func answering(_ body: String) throws -> ProgramFolder {
        let indented = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
        return try ProgramFolder(
            """
            import json, os, sys, time
            hello = json.loads(sys.stdin.readline())["hello"]
            def say(value): print(json.dumps(value))
            say({"hello": {"protocol": 1}})
            for line in sys.stdin:
                r = json.loads(line)
            \(indented.joined(separator: "\n"))
            """)
    }

    func specification(
        command: [String] = ["python3", "program.py"], reads: [LayerName] = [], options: [String: OptionValue] = [:],
        environment: [String: String] = [:], patience: Duration = .seconds(20), limits: ProgramLimits = ProgramLimits()
    ) -> ProgramSpecification {
        ProgramSpecification(
            stage: "tone",
            use: ProgramUse(
                command: command, files: ["program.py"], reads: reads, writes: ["tone"],
                environment: environment.keys.sorted(), limits: limits),
            files: [.init(path: "program.py", digest: Self.digest)], options: options, environment: environment,
            projectFolder: path, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "", patience: patience)
    }

    /// What the program says of documents with these texts, named `0.txt` and so on.
    func annotate(
        _ texts: [String], reads: [LayerName] = [], options: [String: OptionValue] = [:],
        environment: [String: String] = [:], patience: Duration = .seconds(20), limits: ProgramLimits = ProgramLimits()
    ) async throws -> [Result<CustomLayer, StageFailure>] {
        let pool = ProgramPool(
            specification(reads: reads, options: options, environment: environment, patience: patience, limits: limits),
            workers: 1)
        do {
            let results = try await pool.annotate(Self.records(texts))
            await pool.shutdown()
            return try results.map { try Self.layer($0) }
        } catch {
            await pool.shutdown()
            throw error
        }
    }

    /// An answer as a layer of the program's own.
    static func layer(_ answer: Result<[[UInt8]], StageFailure>) throws -> Result<CustomLayer, StageFailure> {
        switch answer {
        case .success(let layers): .success(try CustomLayer(encoded: layers[0]))
        case .failure(let failure): .failure(failure)
        }
    }

    static func records(_ texts: [String]) -> [ProgramRecord] {
        texts.enumerated().map { number, text in
            let layers = LayerSet()
            layers.set(DocumentText(Array(text.utf8)))
            layers.set(Sentences([ByteSpan(0, text.utf8.count)]))
            return ProgramRecord(document: "\(number).txt", layers: layers)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Of the right length, so there is one.
    private static let digest = ContentDigest(repeatElement(7, count: 32))!
}
