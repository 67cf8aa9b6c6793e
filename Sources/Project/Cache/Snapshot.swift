import Digests
import Foundation
import RemoteCache
import Results
import StageKit
import Store

/// Where a run left off, as it lies in a shared cache or a pack: its state and its results, each file cut into objects of
/// one size. The same inputs give the same bytes, whatever runs came before.
///
/// Sheets spare a first run the steps over documents; what is counted and decided over the corpus, the rows of the results
/// and their indexes would still have to be made. With a snapshot, a first run over the same corpus begins as a second one.
struct Snapshot: Equatable {
    /// A file in pieces.
    struct File: Equatable {
        var name: String
        var size: Int
        var pieces: [Piece]
    }

    /// An object of the cache: a piece of a file, compressed.
    struct Piece: Equatable {
        var digest: ContentDigest
        /// Its bytes as they lie there.
        var size: Int
    }

    var files: [File] = []

    static let state = "state"
    static let results = "results"
    /// Bytes of a file in each of its pieces; fewer in the last.
    static let piece = 1 << 20
    private static let magic = Array("colophon snapshot 2\n".utf8)

    /// The name of the snapshot that the run of a key leaves.
    static func name(of runKey: ContentDigest) -> ContentDigest {
        var fields = KeyFields()
        fields.add("snapshot", magic)
        fields.add("state", "\(StateDatabase.version)")
        fields.add("results", "\(ResultsDatabase.layout)")
        fields.add("run", runKey.bytes)
        return ContentDigest(of: fields.encoded)
    }

    init() {}

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(Self.magic)
        writer.write(list: files) { writer, file in
            writer.write(file.name)
            writer.write(file.size)
            writer.write(list: file.pieces) { writer, piece in
                writer.write(piece.digest.bytes)
                writer.write(piece.size)
            }
        }
        return writer.bytes
    }

    /// Reads a snapshot and checks that its sizes agree.
    init(_ bytes: [UInt8]) throws(LayerError) {
        guard bytes.starts(with: Self.magic) else { throw LayerError("no snapshot, or one of another release") }
        var reader = ByteReader(Array(bytes[Self.magic.count...]))
        files = try reader.list { reader throws(LayerError) in
            let file = File(
                name: try reader.string(), size: try reader.integer(),
                pieces: try reader.list { reader throws(LayerError) in
                    guard let digest = ContentDigest(try reader.blob()) else {
                        throw LayerError("no digest of a piece")
                    }
                    return Piece(digest: digest, size: try reader.integer())
                })
            guard file.size >= 0, file.pieces.count == (file.size + Self.piece - 1) / Self.piece,
                file.pieces.allSatisfy({ (0...2 * Self.piece).contains($0.size) })
            else { throw LayerError("the sizes of a snapshot do not agree") }
            return file
        }
        try reader.finish()
    }

    func file(_ name: String) -> File? { files.first { $0.name == name } }

    /// Where the pieces of a file of `size` bytes begin.
    static func starts(of size: Int) -> [Int] { Array(stride(from: 0, to: size, by: piece)) }

    /// The object that is made of the piece from `start` on of the file at `path`; nil where it can't be read.
    static func packed(_ path: String, from start: Int, size: Int) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        let count = min(piece, size - start)
        guard (try? file.seek(toOffset: UInt64(start))) != nil, let data = try? file.read(upToCount: count),
            data.count == count
        else { return nil }
        return Packing.packed([UInt8](data))
    }
}

extension RemoteCache {
    /// Sends a file in pieces; nil where the server did not take all of it.
    func put(_ name: String, at path: String) async throws -> Snapshot.File? {
        guard let size = FileWriting.size(of: path) else { return nil }
        let pieces = try await concurrentMap(Snapshot.starts(of: size), jobs: 8) { start -> Snapshot.Piece? in
            guard !self.isGivenUp, let packed = Snapshot.packed(path, from: start, size: size) else { return nil }
            guard await self.put(packed) else { return nil }
            return Snapshot.Piece(digest: ContentDigest(of: packed), size: packed.count)
        }
        guard pieces.allSatisfy({ $0 != nil }) else { return nil }
        return Snapshot.File(name: name, size: size, pieces: pieces.compactMap { $0 })
    }
}
