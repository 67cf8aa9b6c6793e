import Archive
import Digests
import Foundation
import Model
import Results
import StageKit
import Store

/// A pack that is compared without being unpacked by hand.
///
/// Nothing that it says of its results is believed: it is unpacked into a folder of its own, where everything in it is
/// verified, and its results are made there from the cached results in it. No programs are started.
package struct PackedProject: Sendable {
    private let path: String
    let manifest: PackManifest

    init(_ path: String) throws {
        self.path = path
        manifest = try Self.reading(path) { archive throws(ArchiveProblem) in try PackManifest(from: archive) }
    }

    /// Its lock.
    func lock() throws -> Lock {
        let name = PackManifest.project + manifest.lockPath
        guard let wanted = manifest.entries.first(where: { $0.name == name }) else {
            throw problem("the pack has no lock")
        }
        let bytes = try Self.reading(path) { archive throws(ArchiveProblem) -> [UInt8] in
            while let entry = try archive.next() {
                guard entry.name == name else { continue }
                let bytes = try archive.contents(most: Self.most)
                guard ContentDigest(of: bytes) == wanted.digest else {
                    throw ArchiveProblem("'\(name.printable())' has another digest than is listed")
                }
                return bytes
            }
            throw ArchiveProblem("'\(name.printable())' is listed and does not come")
        }
        return Lock(text: String(decoding: bytes, as: UTF8.self))
    }

    /// No lock has more bytes.
    private static let most = 1 << 28

    /// Verifies everything in it.
    func verify(jobs: Int) async throws { try await Unpacking(path, jobs: jobs) { _ in }.verify() }

    /// Makes its results in `folder`, under a `name` of their own, and gives their path. A second pack of the same pipeline goes
    /// on from what the first one's run left in the folder, as a run goes on after documents were changed.
    func results(in folder: String, as name: String, jobs: Int) async throws -> String {
        guard manifest.hasTexts else {
            throw problem(
                "the pack has no texts, so only its lock can be compared",
                hint: "Compare it with a lock or another pack.", isUsage: true)
        }
        let store = PipelineRun.store(in: folder)
        try FileWriting.makeFolder(folder)
        let project = "\(folder)/\(name)"
        _ = try await Unpacking(path, store: store, jobs: jobs) { _ in }.unpack(to: project, into: false, force: false)
        let analysis = try Analysis(path: "\(project)/\(manifest.pipeline)")
        let run = PipelineRun(
            analysis, jobs: jobs, scratch: folder, seed: "", programs: .never, observer: SilentObserver())
        _ = try await run.run()
        let results = try ResultsDatabase(at: run.outputs.path(OutputFolder.results))
        var withheld = 0
        try results.forEachRow(of: "left_out", columns: ["code"]) { row in
            if row.values[0].text == ProgramPermission.withheld { withheld += 1 }
        }
        guard withheld == 0 else {
            throw problem(
                "the pack lacks what its programs gave for \(Wording.count(withheld, "document"))",
                hint: "Unpack it, and run it after 'colophon trust'; then compare the results.")
        }
        let path = "\(folder)/\(name).sqlite"
        try FileManager.default.copyItem(atPath: results.path, toPath: path)
        return path
    }

    private func problem(_ message: String, hint: String? = nil, isUsage: Bool = false) -> ProjectProblem {
        let diagnostic = Diagnostic(
            message, hint: hint, id: isUsage ? "not-comparable" : "pack", at: SourcePosition(file: path.printable()))
        return isUsage ? .usage([diagnostic]) : .failure([diagnostic])
    }

    /// What is told of a project that nobody keeps helps nobody.
    private struct SilentObserver: RunObserver {
        func tell(_ event: RunEvent) {}
    }

    private static func reading<Value>(
        _ path: String, _ body: (ArchiveReader) throws(ArchiveProblem) -> Value
    ) throws -> Value {
        do throws(ArchiveProblem) {
            return try body(try ArchiveReader(path: path))
        } catch {
            throw ProjectProblem.failure([
                Diagnostic(error.summary, hint: error.hint, id: "pack", at: SourcePosition(file: path.printable()))
            ])
        }
    }
}
