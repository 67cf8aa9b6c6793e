import Digests
import Results
import StageKit

/// What a query read, by which the next report tells whether it would give the same again.
struct KeptReads: Sendable, Equatable {
    /// The tables and columns, in order, and the digest of their marks.
    private var tables: [String] = []
    private var marks: ContentDigest?
    /// By named query whose rows were read, the digest of these.
    private(set) var queries: [String: ContentDigest] = [:]

    /// Stands before the name of a query among the names of tables.
    private static let sign: Character = "?"

    /// The name under which the rows of a named query are among what was read.
    static func name(ofQuery name: String) -> String { "\(sign)\(name)" }

    /// Nothing that is known: it never holds.
    init() {}

    /// What is told by `names`, of tables by `marks` and of named queries by `rows`. Nil where something has no mark.
    init?(_ names: Set<String>, marks: TableMarks, rows: (String) -> ContentDigest?) {
        let queries = names.filter { $0.first == Self.sign }
        guard let tables = marks.tables(among: names.subtracting(queries)), let digest = marks.digest(of: tables) else {
            return nil
        }
        (self.tables, self.marks) = (tables, digest)
        for name in queries {
            let name = String(name.dropFirst())
            guard let digest = rows(name) else { return nil }
            self.queries[name] = digest
        }
    }

    /// Whether nothing of it has moved. The rows of a query are asked for last.
    func hold(_ marks: TableMarks, rows: (String) -> ContentDigest?) -> Bool {
        self.marks != nil && marks.digest(of: tables) == self.marks
            && queries.sorted { $0.key < $1.key }.allSatisfy { rows($0.key) == $0.value }
    }

    /// Writes it.
    func encode(into writer: inout ByteWriter) {
        writer.write(list: tables) { $0.write($1) }
        writer.write(optional: marks) { $0.write($1.bytes) }
        writer.write(list: queries.sorted { $0.key < $1.key }) { writer, query in
            writer.write(query.key)
            writer.write(query.value.bytes)
        }
    }

    /// Reads what ``encode(into:)`` wrote.
    init(decoding reader: inout ByteReader) throws(LayerError) {
        tables = try reader.list { reader throws(LayerError) in try reader.string() }
        marks = try reader.optional { reader throws(LayerError) in try ContentDigest(decoding: &reader) }
        for _ in 0..<(try reader.unsigned()) {
            let name = try reader.string()
            queries[name] = try ContentDigest(decoding: &reader)
        }
    }
}

/// What a named query gave, for the cells that read it.
struct KeptQuery: Sendable, Equatable {
    /// What it read.
    var reads: KeptReads
    /// The digest of its rows; nil where they are too many to be kept.
    var rows: ContentDigest?
}

extension ContentDigest {
    /// Reads a digest that was written as its bytes.
    init(decoding reader: inout ByteReader) throws(LayerError) {
        guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no such digest") }
        self = digest
    }
}
