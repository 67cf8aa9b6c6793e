import Archive
import Digests
import Foundation
import Model
import Results
import StageKit

/// What a pack says of its results, without being unpacked: it stands at its beginning.
package struct PackedResults: Sendable {
    private let path: String
    private let manifest: PackManifest

    init(_ path: String) throws {
        self.path = path
        manifest = try Self.reading(path) { archive throws(ArchiveProblem) in try PackManifest(from: archive) }
    }

    private var entry: PackManifest.Entry? { manifest.entries.first { $0.name == PackManifest.comparison } }

    /// Whether the rows of its results can be compared: a pack without texts has only its lock.
    var hasResults: Bool { entry != nil }

    /// The digest of what its results say.
    var digest: ContentDigest? { entry?.digest }

    /// What its results say.
    func results() throws -> ResultsExtract {
        guard let entry else {
            throw ProjectProblem.usage([
                Diagnostic(
                    "the pack '\(path.printable())' has no texts, so only its lock can be compared",
                    hint: "Compare it with a lock or another pack.", id: "not-comparable")
            ])
        }
        return try ResultsExtract(encoded: try contents(of: entry))
    }

    /// Its lock.
    func lock() throws -> Lock {
        let name =
            PackManifest.project + Pipeline.folder(of: manifest.pipeline) + "/"
            + Pipeline.name(of: manifest.pipeline) + ".lock"
        let plain = name.replacing("/./", with: "/")
        guard let entry = manifest.entries.first(where: { $0.name == plain }) else {
            throw ProjectProblem.failure([
                Diagnostic("the pack '\(path.printable())' has no lock", id: "pack")
            ])
        }
        return Lock(text: String(decoding: try contents(of: entry), as: UTF8.self))
    }

    /// No entry that is compared has more bytes.
    private static let most = 1 << 31

    private func contents(of wanted: PackManifest.Entry) throws -> [UInt8] {
        try Self.reading(path) { archive throws(ArchiveProblem) in
            while let entry = try archive.next() {
                guard entry.name == wanted.name else { continue }
                let bytes = try archive.contents(most: Self.most)
                guard ContentDigest(of: bytes) == wanted.digest else {
                    throw ArchiveProblem("'\(entry.name)' has another digest than is listed")
                }
                return bytes
            }
            throw ArchiveProblem("'\(wanted.name)' is listed and does not come")
        }
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
