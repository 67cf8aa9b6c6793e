import Digests
import Foundation
package import GRDB
package import StageKit

/// When each table of a results database last moved.
///
/// A *moment* stands for all that was ever written into the file: it is the digest of the moment before and of what the
/// results are then, so that no two histories have one in common from where they part. Each table has the moment at
/// which its rows last became others. What was read from tables still holds where their marks are what they were.
///
/// An edit gives most rows of a document other places, or the document another digest, and leaves the rest of them as
/// it was. So a table of documents has marks of its columns as well: one of a column moves where the column has other
/// values and no row has come or gone, and that of the table where rows have. What was read is named `table` for all of
/// it, `table:column` for one column, and `table:` for which rows there are.
package struct TableMarks: Sendable {
    /// The moment at which the results were last written.
    package let now: [UInt8]
    /// The moment before; nil where the file was written from nothing.
    package let before: [UInt8]?
    private var marks: [String: [UInt8]]
    /// By table, the marks of columns that moved while its rows stayed.
    private let columns: [String: [String: [UInt8]]]
    private let views: Set<String>

    /// The marks as the database has them.
    package init(_ db: Database) throws {
        let moment = try Row.fetchOne(db, sql: "select now, before from _moment")
        now = (moment?[0] as Data?).map(Array.init) ?? []
        before = (moment?[1] as Data?).map(Array.init)
        var marks: [String: [UInt8]] = [:]
        var columns: [String: [String: [UInt8]]] = [:]
        for row in try Row.fetchAll(db, sql: "select name, moment from _marks") {
            let name = (row[0] as String).lowercased()
            let mark = Array(row[1] as Data)
            guard let end = name.firstIndex(of: Self.separator), Self.isByColumn(String(name[..<end])) else {
                marks[name] = mark
                continue
            }
            columns[String(name[..<end]), default: [:]][String(name[name.index(after: end)...])] = mark
        }
        self.marks = marks
        self.columns = columns
        views = Set(
            try String.fetchAll(db, sql: "select name from sqlite_schema where type = 'view'").map { $0.lowercased() })
    }

    /// These and a mark for what is no table of the database.
    package func adding(_ mark: [UInt8], for name: String) -> TableMarks {
        var all = self
        all.marks[name] = mark
        return all
    }

    /// What is read of a table when a column of it is; nil where that tells nothing that another name does not: a shared
    /// text never changes while a row has its number.
    package static func names(reading column: String, of table: String) -> Set<String> {
        if let names = ViewReads.all.names(of: column, in: table) { return names }
        if SharedTexts.Kind(rawValue: table) != nil { return [] }
        return [isByColumn(table) ? name(of: column.lowercased(), in: table) : table]
    }

    /// Whether `view` is a view of documents: what a query reads through it is told by the columns of the view.
    package static func isOfDocuments(_ view: String) -> Bool { ViewReads.all.names(of: "", in: view) != nil }

    /// Whether a table has marks of its columns.
    static func isByColumn(_ table: String) -> Bool { byColumn[table] != nil }

    private static let byColumn = Dictionary(
        uniqueKeysWithValues: ResultsSchema.documentTables.filter { $0.key != .part }.map {
            ($0.name, Set($0.columnNames))
        })

    /// The name of a column, in small letters, of a table; the numbers of a row tell which rows there are.
    static func name(of column: String, in table: String) -> String {
        "\(table)\(separator)\(byColumn[table]?.contains(column) ?? false ? column : "")"
    }

    /// The name of words that the view cuts out of the text for a column. They may stay while their place moves.
    static func name(ofCut column: String, in table: String) -> String {
        "\(table)\(separator)\(MovedColumns.cut(column))"
    }

    private static let separator: Character = ":"

    /// The tables and columns among what a query reads, in order: views read tables themselves. Nil where something has
    /// no mark, so that nothing tells whether it moved.
    package func tables(among names: Set<String>) -> [String]? {
        let tables = names.subtracting(views)
        return tables.allSatisfy { mark(of: $0) != nil } ? tables.sorted() : nil
    }

    /// The digest of the marks of `tables` and columns; nil where one has none.
    package func digest(of tables: [String]) -> ContentDigest? {
        var writer = ByteWriter()
        for table in tables {
            guard let mark = mark(of: table) else { return nil }
            writer.write(table)
            writer.write(list: mark) { $0.write($1) }
        }
        return ContentDigest(of: writer.bytes)
    }

    /// The mark of a table with those of all its columns, or that of a table with that of one column.
    private func mark(of name: String) -> [[UInt8]]? {
        guard let end = name.firstIndex(of: Self.separator) else {
            return marks[name].map { [$0] + (columns[name] ?? [:]).sorted { $0.key < $1.key }.map(\.value) }
        }
        let table = String(name[..<end])
        let column = columns[table]?[String(name[name.index(after: end)...])]
        return marks[table].map { [$0] + (column.map { [$0] } ?? []) }
    }

    /// The tables that can tell of a passage.
    package static let ofPassages: Set<String> = [
        "_claim_rows", "_document_rows", "_document_texts", "entities", "_mention_rows", "_paths", "_sentence_rows",
        "_shared_texts",
        "_searched_texts",
    ]

    /// Documents whose rows are others than before, by their numbers.
    package struct MovedDocuments: Sendable {
        /// All of them.
        package var all: Set<Int> = []
        /// Those of which a passage may read otherwise than before.
        package var passages: Set<Int> = []
    }

    /// The columns of a document's own row that do not stand beside its passages.
    private static let ofFile: Set<String> = ["author", "language", "words", "sentences", "bytes", "sha256"]

    /// Whether passages of a document read otherwise where a table of it has moved, in `columns` or, with nil, as a whole.
    static func tellsOfPassages(_ table: String, _ columns: Set<String>?) -> Bool {
        guard ofPassages.contains(table) else { return false }
        return table != ResultsSchema.documents.name || columns.map { !$0.isSubset(of: ofFile) } ?? true
    }

    /// The documents whose rows are others than at `moment`; nil where it is too long ago to be told.
    package func movedDocuments(since moment: [UInt8], in db: Database) throws -> MovedDocuments? {
        if moment == now { return MovedDocuments() }
        guard moment == before else { return nil }
        var moved = MovedDocuments()
        let rows = try Row.fetchCursor(db, sql: "select d, passages from _moved")
        while let row = try rows.next() {
            moved.all.insert(row[0])
            if row[1] { moved.passages.insert(row[0]) }
        }
        return moved
    }

    /// What the results of a run are, by which the moment after it is told from others.
    static func content(_ runKey: String, _ digests: TableDigests, _ about: [(key: String, value: String)])
        -> ContentDigest
    {
        var content = KeyFields()
        content.add("run", runKey)
        // A run may end otherwise than the last one of its key: a program may have failed.
        for (table, digest) in digests.digests.sorted(by: { $0.key < $1.key }) { content.add(table, digest.bytes) }
        for fact in about { content.add("about \(fact.key)", fact.value) }
        return ContentDigest(of: content.encoded)
    }

    /// The tables that have marks, but `digests`, which every run marks.
    static func tables(custom: [String], counts: [CountTable]) -> [String] {
        ResultsSchema.documentTables.map(\.name) + ResultsSchema.tables.map(\.name) + custom + counts.map(\.stored)
            + KeptTable.all.map(\.name) + ["about", "_paths", "_entity_forms"]
            + SharedTexts.Kind.allCases.map(\.rawValue)
    }

    /// Writes that at a moment behind the last one, at which the results are what `content` tells, `tables` have moved,
    /// of other tables `columns`, and the rows of documents as `moved` tells.
    static func write(
        _ tables: Set<String>, columns: [String: Set<String>], moved documents: MovedDocuments, content: ContentDigest,
        to db: Database
    ) throws {
        let before = try Data.fetchOne(db, sql: "select now from _moment")
        var writer = ByteWriter()
        writer.write(optional: before.map(Array.init)) { $0.write($1) }
        writer.write(content.bytes)
        let now = Data(ContentDigest(of: writer.bytes).bytes.prefix(16))
        try db.execute(sql: "delete from _moment")
        try db.execute(sql: "insert into _moment values (?, ?)", arguments: [now, before])
        let byName =
            tables.sorted()
            + columns.flatMap { table, columns in columns.map { "\(table)\(separator)\($0)" } }.sorted()
        for name in byName {
            try db.cachedStatement(sql: "insert or replace into _marks values (?, ?)").execute(arguments: [name, now])
        }
        try db.execute(sql: "delete from _moved")
        for document in documents.all.sorted() {
            try db.cachedStatement(sql: "insert into _moved values (?, ?)")
                .execute(arguments: [document, documents.passages.contains(document)])
        }
    }
}
