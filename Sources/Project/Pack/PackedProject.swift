import Archive
import Digests
import Foundation
import Model
import Results
import StageKit
import Store

/// A pack that is compared without being unpacked.
///
/// What it says of its results is taken as far as it is what its lock says, as in a comparison of two locks; whether the lock
/// is right, `verify --lock` tells. The results of a pack are those of its snapshot.
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

    /// Its results, with what its lock says of them. Of the archive, what is needed of them is read when it is needed.
    func results() throws -> (database: PiecedDatabase, lock: LockedResults) {
        guard manifest.hasTexts else {
            throw problem(
                "the pack has no texts, so only its lock can be compared",
                hint: "Compare it with a lock or another pack.", isUsage: true)
        }
        let prefix = PackManifest.pieces(of: Snapshot.results)
        let pieces = Array(manifest.entries.filter { $0.name.hasPrefix(prefix) })
        guard let first = manifest.entries.firstIndex(where: { $0.name.hasPrefix(prefix) }),
            manifest.entries[first...].starts(with: pieces)
        else { throw problem("the pack has no results to be compared") }
        // The list of contents stands in the first frame, and before the pieces each entry in one of its own.
        let frames = try Self.refusing(path) { () throws(ArchiveProblem) in
            try ArchiveFrames(path: path, count: 1 + first + pieces.count)
        }
        let unpacked = { @Sendable (number: Int) throws(ArchiveProblem) -> [UInt8] in
            let piece = pieces[number]
            let packed = try frames.entry(inFrame: 1 + first + number, name: piece.name, size: piece.size)
            guard ContentDigest(of: packed) == piece.digest,
                let bytes = Packing.unpacked(packed, most: Snapshot.piece + 1),
                number == pieces.count - 1 ? bytes.count <= Snapshot.piece : bytes.count == Snapshot.piece
            else { throw ArchiveProblem("'\(piece.name.printable())' has another digest than is listed") }
            return bytes
        }
        let end = try Self.refusing(path) { () throws(ArchiveProblem) in try unpacked(pieces.count - 1).count }
        let lock = try lock()
        let database = PiecedDatabase(size: (pieces.count - 1) * Snapshot.piece + end, piece: Snapshot.piece) {
            [path] number in try Self.refusing(path) { () throws(ArchiveProblem) in try unpacked(number) }
        }
        return (
            database, LockedResults(name: path.printable(), tables: lock.tables, facts: lock.shown)
        )
    }

    /// Tells what is wrong with results that are not those of their lock.
    static let hint =
        "Unpack it and run it: the results are made from what it holds then. Or ask who packed it."

    private func problem(_ message: String, hint: String? = nil, isUsage: Bool = false) -> ProjectProblem {
        let diagnostic = Diagnostic(
            message, hint: hint, id: isUsage ? "not-comparable" : "pack", at: SourcePosition(file: path.printable()))
        return isUsage ? .usage([diagnostic]) : .failure([diagnostic])
    }

    private static func reading<Value>(
        _ path: String, _ body: (ArchiveReader) throws(ArchiveProblem) -> Value
    ) throws -> Value {
        try refusing(path) { () throws(ArchiveProblem) in try body(try ArchiveReader(path: path)) }
    }

    private static func refusing<Value>(
        _ path: String, _ body: () throws(ArchiveProblem) -> Value
    ) throws -> Value {
        do throws(ArchiveProblem) { return try body() } catch {
            throw ProjectProblem.failure([
                Diagnostic(error.summary, hint: error.hint, id: "pack", at: SourcePosition(file: path.printable()))
            ])
        }
    }
}
