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

    /// Writes its results to `path`, with what its lock says of them. Throws where they are not that.
    func results(to path: String) throws -> LockedResults {
        guard manifest.hasTexts else {
            throw problem(
                "the pack has no texts, so only its lock can be compared",
                hint: "Compare it with a lock or another pack.", isUsage: true)
        }
        let prefix = PackManifest.pieces(of: Snapshot.results)
        let pieces = manifest.entries.filter { $0.name.hasPrefix(prefix) }
        guard !pieces.isEmpty, FileManager.default.createFile(atPath: path, contents: nil),
            let target = FileHandle(forWritingAtPath: path)
        else { throw problem("the pack has no results to be compared") }
        let bounds = ArchiveBounds()
        let most = min(bounds.total, max(ArchiveBounds.small, (FileWriting.size(of: self.path) ?? 0) * bounds.ratio))
        guard pieces.count * Snapshot.piece <= most else {
            throw problem("the results in the pack have more than \(most) bytes")
        }
        // The pieces stand one behind another, before what is not needed here.
        try Self.reading(self.path) { archive throws(ArchiveProblem) in
            var left = pieces[...]
            while let piece = left.first, let entry = try archive.next() {
                guard entry.name == piece.name else { continue }
                left = left.dropFirst()
                let packed = try archive.contents(most: 2 * Snapshot.piece)
                guard ContentDigest(of: packed) == piece.digest,
                    let bytes = Packing.unpacked(packed, most: Snapshot.piece + 1),
                    bytes.count <= Snapshot.piece
                else { throw ArchiveProblem("'\(piece.name.printable())' has another digest than is listed") }
                do { try target.write(contentsOf: bytes) } catch {
                    throw ArchiveProblem("its results can't be written to '\(path)': \(error.localizedDescription)")
                }
            }
            guard left.isEmpty else { throw ArchiveProblem("pieces of its results are listed and do not come") }
        }
        try target.close()
        let lock = try lock()
        let locked = LockedResults(name: self.path.printable(), tables: lock.tables, facts: lock.shown)
        try refusing { () throws(ResultsError) in try locked.admit(path) }
        return locked
    }

    /// Tells what is wrong with results that are not those of their lock.
    static let hint =
        "Unpack it and run it: the results are made from what it holds then. Or ask who packed it."

    private func refusing(_ body: () throws(ResultsError) -> Void) throws {
        do throws(ResultsError) { try body() } catch {
            throw problem(error.description, hint: Self.hint)
        }
    }

    private func problem(_ message: String, hint: String? = nil, isUsage: Bool = false) -> ProjectProblem {
        let diagnostic = Diagnostic(
            message, hint: hint, id: isUsage ? "not-comparable" : "pack", at: SourcePosition(file: path.printable()))
        return isUsage ? .usage([diagnostic]) : .failure([diagnostic])
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
