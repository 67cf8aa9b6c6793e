import Digests
import Foundation
import Model
import RemoteCache
import StageKit
import Store

/// Where a snapshot lies that somebody else's run left: in a shared cache, or in the store, where a pack brought it.
protocol SnapshotSource: Sendable {
    /// The list of its files; nil where there is none under this name.
    func snapshot(named name: ContentDigest) async -> [UInt8]?
    /// A piece of a file, which has been compared with its digest; nil where it can't be had.
    func object(of digest: ContentDigest, most: Int) async -> [UInt8]?
    /// Tells what is wrong with it.
    func report(wrong summary: String)
}

extension RemoteCache: SnapshotSource {
    func snapshot(named name: ContentDigest) async -> [UInt8]? { await object(name) }
}

extension SnapshotSource {
    /// Writes the file that the pieces make to `path`. False where one of them can't be had.
    func get(_ file: Snapshot.File, to path: String) async throws -> Bool {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let target = FileHandle(forWritingAtPath: path)
        else { throw FileWriteProblem(path: path, number: errno) }
        defer { try? target.close() }
        var isWhole = true
        let last = file.pieces.count - 1
        try await concurrentForEach(Array(file.pieces.enumerated()), jobs: 8) { number, piece -> [UInt8]? in
            guard let packed = await self.object(of: piece.digest, most: piece.size) else { return nil }
            let bytes = Packing.unpacked(packed, most: Snapshot.piece + 1)
            let wanted = number < last ? Snapshot.piece : file.size - last * Snapshot.piece
            guard bytes?.count == wanted else {
                self.report(wrong: "a piece of a snapshot has another size than it should have")
                return nil
            }
            return bytes
        } then: { bytes in
            guard let bytes else {
                isWhole = false
                return
            }
            if isWhole { try target.write(contentsOf: bytes) }
        }
        return isWhole
    }
}

/// A snapshot that a pack brought, in a folder of the store until the first run of its pipeline.
struct UnpackedSnapshot: SnapshotSource {
    /// What a pack has of a snapshot: its list, and pieces under their digests.
    private let folder: String
    private let tell: @Sendable (Diagnostic) -> Void

    /// That of an output folder; nil where there is none.
    init?(of outputName: String, in place: ProjectStore, tell: @escaping @Sendable (Diagnostic) -> Void) {
        folder = place.path(ofSnapshot: outputName)
        self.tell = tell
        guard !FileWriting.isGone(folder) else { return nil }
    }

    /// The name of the file with the list of the snapshot `name`.
    static func list(of name: String) -> String { "\(name).list" }
    /// The name of the file that says where the snapshot comes from.
    static let origin = "origin"

    func snapshot(named name: ContentDigest) async -> [UInt8]? {
        FileWriting.contents(of: "\(folder)/\(Self.list(of: name.description))")
    }

    func object(of digest: ContentDigest, most: Int) async -> [UInt8]? {
        guard let bytes = FileWriting.contents(of: "\(folder)/\(digest)"), bytes.count <= most,
            ContentDigest(of: bytes) == digest
        else {
            report(wrong: "a piece of it is not there as its digest says")
            return nil
        }
        return bytes
    }

    func report(wrong summary: String) {
        tell(
            Diagnostic(
                "the snapshot that \(origin) brought is not used: \(summary)",
                hint: "The run looks at every document instead, and comes to the same results.", id: "snapshot",
                severity: .warning))
    }

    /// Where it comes from, in words.
    var origin: String {
        FileWriting.contents(of: "\(folder)/\(Self.origin)").map { String(decoding: $0, as: UTF8.self) } ?? "a pack"
    }

    /// Deletes it: who has begun with it goes on from there, and who has not needs it no more.
    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
        rmdir(Pipeline.folder(of: folder))
    }
}
