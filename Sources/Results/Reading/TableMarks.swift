import Digests
import Foundation
package import GRDB
package import StageKit

/// When each table of a results database last moved.
///
/// A *moment* stands for all that was ever written into the file: it is the digest of the moment before and of what the
/// results are then, so that no two histories have one in common from where they part. Each table has the moment at
/// which its rows last became others. What was read from tables still holds where their marks are what they were.
package struct TableMarks: Sendable {
    /// The moment at which the results were last written.
    package let now: [UInt8]
    /// The moment before; nil where the file was written from nothing.
    package let before: [UInt8]?
    private var marks: [String: [UInt8]]
    private let views: Set<String>

    /// The marks as the database has them.
    package init(_ db: Database) throws {
        let moment = try Row.fetchOne(db, sql: "select now, before from moment")
        now = (moment?[0] as Data?).map(Array.init) ?? []
        before = (moment?[1] as Data?).map(Array.init)
        var marks: [String: [UInt8]] = [:]
        for row in try Row.fetchAll(db, sql: "select name, moment from marks") {
            marks[(row[0] as String).lowercased()] = Array(row[1] as Data)
        }
        self.marks = marks
        views = Set(
            try String.fetchAll(db, sql: "select name from sqlite_schema where type = 'view'").map { $0.lowercased() })
    }

    /// These and a mark for what is no table of the database.
    package func adding(_ mark: [UInt8], for name: String) -> TableMarks {
        var all = self
        all.marks[name] = mark
        return all
    }

    /// The tables among what a query reads, in order: views read tables themselves. Nil where something has no mark,
    /// so that nothing tells whether it moved.
    package func tables(among names: Set<String>) -> [String]? {
        let tables = names.subtracting(views)
        return tables.allSatisfy { marks[$0] != nil } ? tables.sorted() : nil
    }

    /// The digest of the marks of `tables`; nil where one has none.
    package func digest(of tables: [String]) -> ContentDigest? {
        var writer = ByteWriter()
        for table in tables {
            guard let mark = marks[table] else { return nil }
            writer.write(table)
            writer.write(mark)
        }
        return ContentDigest(of: writer.bytes)
    }

    /// The tables that can tell of a passage.
    package static let ofPassages: Set<String> = [
        "claim_rows", "document_rows", "document_texts", "entities", "mention_rows", "paths", "sentence_rows",
        "shared_texts",
        "searched_texts",
    ]

    /// The numbers of the documents whose rows are others than at `moment`; nil where it is too long ago to be told.
    package func movedDocuments(since moment: [UInt8], in db: Database) throws -> Set<Int>? {
        if moment == now { return [] }
        guard moment == before else { return nil }
        return try Int.fetchSet(db, sql: "select d from moved")
    }

    /// Writes that at a moment behind the last one, at which the results are what `content` tells, `tables` and
    /// `documents` moved.
    static func write(
        _ tables: Set<String>, documents: some Sequence<Int>, content: ContentDigest, to db: Database
    ) throws {
        let before = try Data.fetchOne(db, sql: "select now from moment")
        var writer = ByteWriter()
        writer.write(optional: before.map(Array.init)) { $0.write($1) }
        writer.write(content.bytes)
        let now = Data(ContentDigest(of: writer.bytes).bytes.prefix(16))
        try db.execute(sql: "delete from moment")
        try db.execute(sql: "insert into moment values (?, ?)", arguments: [now, before])
        for table in tables.sorted() {
            try db.execute(sql: "insert or replace into marks values (?, ?)", arguments: [table, now])
        }
        try db.execute(sql: "delete from moved")
        for document in documents {
            try db.cachedStatement(sql: "insert or ignore into moved values (?)").execute(arguments: [document])
        }
    }
}
