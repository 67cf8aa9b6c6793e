import Corpus
import Digests
import StageKit
import Store

/// What a run left behind: the files that it wrote, as the file system tells of them, and what its report says of
/// checks and documents. Where all of it stands, there is nothing to write.
struct OutputManifest: Equatable {
    /// A file without its content.
    struct Stamp: Equatable {
        var size: Int
        var modified: Int
        var inode: UInt64
    }

    /// By name, the stamps of the files that the run wrote.
    var stamps: [String: Stamp]
    /// The digest of each file of the report and of the lock: by these a file is known that was copied, or touched.
    var digests: [String: ContentDigest]
    /// The checks that failed, in words.
    var failedChecks: [String]
    /// How many documents are in the analysis.
    var documents: Int
    /// How many could not be read or were rejected.
    var leftOut: Int
    /// How many the pipeline does not select.
    var unselected: Int
    /// The digest of the variants' results that the report was made from; empty where there are none.
    var variants: [UInt8]

    /// The name under which the state keeps it.
    static let name = "outputs"

    /// The stamp of the file at `path`; nil if there is none.
    static func stamp(_ path: String) -> Stamp? {
        FileStamp(path: path).map { Stamp(size: $0.size, modified: $0.modified, inode: $0.inode) }
    }

    /// The manifest of a run that wrote `files`, each with its path.
    init(
        files: [String: String], digests: [String: ContentDigest] = [:], failedChecks: [String], variants: [UInt8] = [],
        documents: Int, leftOut: Int, unselected: Int = 0
    ) {
        stamps = files.compactMapValues(Self.stamp)
        self.digests = digests
        self.failedChecks = failedChecks
        self.documents = documents
        self.leftOut = leftOut
        self.unselected = unselected
        self.variants = variants
    }

    /// Whether every file is as the run left it; `path` tells where it is now.
    func stands(_ path: (String) -> String) -> Bool {
        stamps.allSatisfy { Self.stamp(path($0.key)) == $0.value }
    }

    /// Whether every file has the content that the run left, whenever it was written; `path` tells where it is now. The
    /// results have no digest here: `results` says whether they are those of the run.
    func standsByContent(_ path: (String) -> String, results: () throws -> Bool) rethrows -> Bool {
        for (name, stamp) in stamps where Self.stamp(path(name)) != stamp {
            if name == OutputFolder.results {
                guard try results() else { return false }
            } else {
                guard let digest = digests[name], let bytes = FileWriting.contents(of: path(name)),
                    ContentDigest(of: bytes) == digest
                else { return false }
            }
        }
        return true
    }

    /// The bytes that the state keeps.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: stamps.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { writer, file in
            writer.write(file.key)
            writer.write(file.value.size)
            writer.write(file.value.modified)
            writer.write(file.value.inode)
            writer.write(digests[file.key]?.bytes ?? [])
        }
        writer.write(list: failedChecks) { $0.write($1) }
        writer.write(documents)
        writer.write(leftOut)
        writer.write(unselected)
        writer.write(variants)
        return writer.bytes
    }

    /// Reads what the state keeps.
    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        stamps = [:]
        digests = [:]
        for _ in 0..<(try reader.unsigned()) {
            let name = try reader.string()
            stamps[name] = Stamp(
                size: try reader.integer(), modified: try reader.integer(), inode: try reader.unsigned())
            digests[name] = ContentDigest(try reader.blob())
        }
        failedChecks = try reader.list { reader throws(LayerError) in try reader.string() }
        documents = try reader.integer()
        leftOut = try reader.integer()
        unselected = try reader.integer()
        variants = try reader.blob()
        try reader.finish()
    }
}
