import Foundation
import GRDB
import StageKit

/// What comparisons read of results, as bytes that travel without the database: the same results give the same bytes.
///
/// First come tables over the whole corpus, then a block for each document. Documents with the same block are the same in
/// both of two extracts, so that only the others are looked into.
package struct ResultsExtract: Sendable {
    private static let magic = "colophon results extract 1"

    /// A table of the extract and the query that fills it, in the order in which its bytes have it.
    private struct Source {
        let name: String
        let columns: [String]
        let query: String
    }

    private static let corpus = [
        Source(name: "about", columns: ["n", "key", "value"], query: "select n, key, value from about order by n"),
        Source(
            name: "digests", columns: ["name", "rows", "digest"],
            query: "select name, rows, digest from digests order by name"),
        Source(
            name: "thing_figures", columns: ["noun", "unit", "number", "text", "mentions"],
            query: "select noun, unit, number, text, mentions from thing_figures order by noun, unit, number, text"),
        Source(
            name: "entities", columns: ["entity", "name", "mentions", "documents"],
            query: "select entity, name, mentions, documents from entities order by entity"),
    ]

    private static let questions = ResultsSchema.questions.name

    /// The first column of each query is the document's path, which is not kept again.
    private static let documents = [
        Source(
            name: "documents", columns: ["title", "date", "publisher", "author", "language", "sha256"],
            query: """
                select p.document, r.title, r.date, r.publisher, r.author, r.language, r.sha256
                    from _document_rows r join _paths p using (d) order by r.d
                """),
        Source(
            name: "claims",
            columns: [
                "claim", "content", "text", "line", "source", "source_entity", "cue", "form", "stance", "negated",
                "kind", "voice", "date", "reported",
            ],
            query: """
                select document, claim, content, null, line, source, source_entity, cue, form, stance, negated, kind,
                    voice, date, reported from claims where reported order by document, n
                """),
        Source(
            name: "quantities", columns: ["n", "noun", "unit", "number"],
            query: """
                select p.document, q.n, q.noun, q.unit, q.number from _quantity_rows q join _paths p using (d)
                    where q.noun <> '' and q.number is not null order by q.d, q.n
                """),
        Source(
            name: "mentions", columns: ["n", "text", "type", "entity"],
            query: """
                select document, n, case when entity is null then text end, type, entity from mentions
                    where entity is not null or type in ('number', 'quantity', 'money', 'percent') order by document, n
                """),
        Source(
            name: questions,
            columns: [
                "question", "heading", "versions", "disputed", "updated", "agreed", "statements", "sources",
                "publishers", "first", "last",
            ],
            query: """
                select p.document, \(ResultsSchema.questions.value(of: "question", in: "t")), heading, versions, disputed,
                    updated, agreed, statements, sources, publishers, first, last
                    from \(questions) t join _paths p using (d) where t.question_number is not null order by t.d, t.n
                """),
        Source(
            name: "question_claims", columns: ["question"],
            query: """
                select distinct document, question from question_claims where question is not null
                    order by document, question
                """),
    ]

    /// A row as it is kept.
    private typealias Row = [ResultsValue]

    private let tables: [[Row]]
    private let paths: [String]
    /// The block of each document.
    private let blocks: [[UInt8]]
    /// The digest of each document's rows in all tables.
    private let marks: [[UInt8]]

    /// Reads the extract of the results at `path`.
    package init(of path: String) throws(ResultsError) {
        (tables, paths, blocks, marks) = try ResultsError.wrapping("the results at '\(path)' can't be read") {
            try ResultsFile.open(path, readonly: true).read { db in
                let tables = try Self.corpus.map { source in
                    var rows: [Row] = []
                    let cursor = try GRDB.Row.fetchCursor(db, sql: source.query)
                    while let row = try cursor.next() {
                        rows.append(source.columns.indices.map { ResultsDatabase.value(row, at: $0) })
                    }
                    return rows
                }
                let paths = try String.fetchAll(db, sql: "select document from _paths order by d")
                let places = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
                var writers = Array(repeating: ByteWriter(), count: paths.count)
                for (number, source) in Self.documents.enumerated() {
                    let cursor = try GRDB.Row.fetchCursor(db, sql: source.query)
                    while let row = try cursor.next() {
                        guard let document: String = row[0], let place = places[document] else { continue }
                        writers[place].write(byte: UInt8(number))
                        for column in source.columns.indices {
                            Self.write(ResultsDatabase.value(row, at: column + 1), to: &writers[place])
                        }
                    }
                }
                var marks = Array(repeating: [UInt8](), count: paths.count)
                let sums = try GRDB.Row.fetchCursor(
                    db, sql: "select p.document, s.sums from _document_sums s join _paths p using (d)")
                while let row = try sums.next() {
                    if let document: String = row[0], let place = places[document], let sum: Data = row[1] {
                        marks[place] = Array(sum)
                    }
                }
                return (tables, paths, writers.map(\.bytes), marks)
            }
        }
    }

    /// The bytes.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(Self.magic)
        for table in tables {
            writer.write(list: table) { writer, row in for value in row { Self.write(value, to: &writer) } }
        }
        writer.write(paths.count)
        for (path, (block, mark)) in zip(paths, zip(blocks, marks)) {
            writer.write(path)
            writer.write(mark)
            writer.write(block)
        }
        return writer.bytes
    }

    /// Reads what ``encoded`` wrote.
    package init(encoded bytes: [UInt8]) throws(ResultsError) {
        (tables, paths, blocks, marks) = try ResultsError.wrapping("the results in the pack can't be compared") {
            var reader = ByteReader(bytes)
            guard try reader.string() == Self.magic else { throw LayerError("they are of another release") }
            let tables = try Self.corpus.map { source in
                try reader.list { reader throws(LayerError) in try Self.row(of: source, &reader) }
            }
            var paths: [String] = []
            var blocks: [[UInt8]] = []
            var marks: [[UInt8]] = []
            for _ in 0..<(try reader.integer()) {
                paths.append(try reader.string())
                marks.append(try reader.blob())
                blocks.append(try reader.blob())
            }
            try reader.finish()
            return (tables, paths, blocks, marks)
        }
    }

    private static func write(_ value: ResultsValue, to writer: inout ByteWriter) {
        switch value {
        case .null: writer.write(byte: 0)
        case .integer(let number):
            writer.write(byte: 1)
            writer.write(Int(number))
        case .real(let number):
            writer.write(byte: 2)
            writer.write(number)
        case .text(let text):
            writer.write(byte: 3)
            writer.write(text)
        }
    }

    private static func row(of source: Source, _ reader: inout ByteReader) throws(LayerError) -> Row {
        var row: Row = []
        for _ in source.columns {
            switch try reader.byte() {
            case 0: row.append(.null)
            case 1: row.append(.integer(Int64(try reader.integer())))
            case 2: row.append(.real(try reader.double()))
            case 3: row.append(.text(try reader.string()))
            default: throw LayerError("no such value")
            }
        }
        return row
    }

    // MARK: Comparing

    /// The documents with rows that differ in `other`, in order.
    fileprivate func touched(_ other: ResultsExtract) -> [String] {
        func all(_ extract: ResultsExtract) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: extract.paths.enumerated().map { ($1, $0) })
        }
        let (old, new) = (all(self), all(other))
        let differing = Set(old.keys).union(new.keys).filter { path in
            guard let before = old[path], let after = new[path] else { return true }
            return marks[before] != other.marks[after] || blocks[before] != other.blocks[after]
        }
        return differing.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes the tables that a comparison reads, with what stands in documents `touched` and what of the corpus-wide tables is
    /// not the same in `other`.
    fileprivate func fill(_ db: Database, touched: Set<String>, other: ResultsExtract) throws {
        for source in Self.corpus {
            try db.execute(sql: "create table \(source.name) (\(source.columns.joined(separator: ", ")))")
        }
        // Questions are read where they are stored: by the number of their document, and that of their text.
        let texts = SharedTexts.Kind.searched.rawValue
        try db.execute(sql: "create table _paths (d, document); create table \(texts) (k, text)")
        for source in Self.documents {
            let columns =
                source.name == Self.questions
                ? ["d", "question_number"] + source.columns.dropFirst() : ["document"] + source.columns
            try db.execute(sql: "create table \(source.name) (\(columns.joined(separator: ", ")))")
        }
        var names: Set<ResultsValue> = []
        var question: Int64 = 0
        for (place, (path, block)) in zip(paths, blocks).enumerated() where touched.contains(path) {
            let place = ResultsValue.integer(Int64(place))
            try insert([place, .text(path)], into: "_paths", db)
            var reader = ByteReader(block)
            while !reader.isAtEnd {
                let number = Int(try reader.byte())
                guard Self.documents.indices.contains(number) else { throw LayerError("no such table") }
                let source = Self.documents[number]
                let row = try Self.row(of: source, &reader)
                if source.name == "mentions" { names.formUnion([row[1], row[3]]) }
                guard source.name == Self.questions else {
                    try insert([.text(path)] + row, into: source.name, db)
                    continue
                }
                question += 1
                try insert([.integer(question), row[0]], into: texts, db)
                try insert([place, .integer(question)] + row.dropFirst(), into: source.name, db)
            }
        }
        for (k, source) in Self.corpus.enumerated() {
            let isRead: (Row) -> Bool
            switch source.name {
            // Of totals, those of what the documents mention.
            case "thing_figures":
                let names = names.union(other.names(in: touched))
                isRead = { names.contains($0[3]) }
            case "entities":
                let names = names.union(other.names(in: touched))
                isRead = { names.contains($0[0]) }
            default: isRead = { _ in true }
            }
            for row in tables[k] where isRead(row) { try insert(row, into: source.name, db) }
        }
    }

    /// Words and entities of mentions in documents.
    private func names(in touched: Set<String>) -> Set<ResultsValue> {
        var names: Set<ResultsValue> = []
        for (path, block) in zip(paths, blocks) where touched.contains(path) {
            var reader = ByteReader(block)
            while !reader.isAtEnd {
                guard let number = try? Int(reader.byte()), Self.documents.indices.contains(number),
                    let row = try? Self.row(of: Self.documents[number], &reader)
                else { break }
                if Self.documents[number].name == "mentions" { names.formUnion([row[1], row[3]]) }
            }
        }
        return names
    }

    private func insert(_ row: Row, into table: String, _ db: Database) throws {
        let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
        let insert = try db.cachedStatement(sql: "insert into \(table) values (\(marks))")
        try insert.execute(arguments: StatementArguments(row.map(\.stored)))
    }
}

extension ResultsValue {
    fileprivate var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}

extension ResultsComparison {
    /// Compares the results of two extracts, as it compares databases.
    package init(from old: ResultsExtract, to new: ResultsExtract) throws(ResultsError) {
        self = try ResultsError.wrapping("the results can't be compared") {
            let touched = old.touched(new)
            return try DatabaseQueue().inDatabase { before in
                try DatabaseQueue().inDatabase { after in
                    try old.fill(before, touched: Set(touched), other: new)
                    try new.fill(after, touched: Set(touched), other: old)
                    return try Self(ComparedDatabases(old: before, new: after), touched: touched)
                }
            }
        }
    }
}
