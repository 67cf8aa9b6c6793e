import Digests
import Foundation
import GRDB
import StageKit

/// Results as they travel in a pack or a shared cache: every row, and little that follows from rows by a query. Indexes and
/// kept sums are made where they arrive, so nobody can lie about them; sums that have a digest come along for who compares
/// results without all of their rows, and are made again all the same.
extension ResultsDatabase {
    /// Writes such a copy to `path`. Results of the same rows give the same bytes, whatever runs came before: documents have
    /// the numbers that a run from nothing gives them.
    package func copyRows(to path: String) throws(ResultsError) {
        try ResultsError.wrapping("the results at '\(self.path)' can't be copied to '\(path)'") {
            let (copy, anew) = ("\(path).copy", "\(path).anew")
            defer { for file in [copy, anew] { unlink(file) } }
            for file in [copy, anew, path] { unlink(file) }
            let target = try Self.openQuickly(copy)
            try ResultsFile.open(self.path, readonly: true).backup(to: target)
            let isNumbered = try target.inDatabase { db in
                guard try Self.isAsFromNothing(db) else { return false }
                try Self.strip(db)
                return true
            }
            if !isNumbered {
                let renumbered = try Self.openQuickly(anew)
                try renumbered.inDatabase { try RenumberedRows(copy, $0).write() }
                try renumbered.close()
            }
            try target.close()
            // The rows of each table stand together, in their order.
            let source = try Self.openQuickly(isNumbered ? copy : anew)
            try source.inDatabase { try $0.execute(sql: "vacuum into ?", arguments: [path]) }
            try source.close()
        }
    }

    /// A connection to a file that nobody else knows of.
    private static func openQuickly(_ path: String) throws -> DatabaseQueue {
        let queue = try ResultsFile.open(path, readonly: false)
        try queue.inDatabase { db in
            try db.execute(sql: "pragma page_size = 8192; pragma journal_mode = off; pragma synchronous = off")
        }
        return queue
    }

    /// Whether tables and numbers are those that a run from nothing makes; else they are put in anew.
    private static func isAsFromNothing(_ db: Database) throws -> Bool {
        guard try KeptNamespaces.all(in: db).isEmpty, try CustomTable.shapes(in: db).isEmpty else { return false }
        let documents = try Int.fetchOne(db, sql: "select count(*) from _document_rows")
        let room = DocumentNumbers.room(for: documents ?? 0)
        let numbers = try Int.fetchCursor(db, sql: "select d from _paths order by document")
        var count = 0
        while let number = try numbers.next() {
            count += 1
            guard number == count * room else { return false }
        }
        return count == documents
    }

    /// Takes out what follows from the rows, and what tells of runs before.
    private static func strip(_ db: Database) throws {
        for name in try String.fetchAll(db, sql: indexes) { try db.execute(sql: "drop index \(SQL.name(name))") }
        let made = KeptTable.all.filter { !$0.isDigested }.map(\.name)
        for table in made + ofHistory { try db.execute(sql: "delete from \(table)") }
        for kind in SharedTexts.Kind.allCases {
            try db.execute(sql: "delete from \(kind.rawValue) where uses <= 0")
        }
    }

    private static let indexes = "select name from sqlite_schema where type = 'index' and sql is not null"
    /// The tables that tell which of the rows are others than in the run before.
    private static let ofHistory = ["_epoch", "_moment", "_marks", "_moved"]

    /// Makes of a copy that ``copyRows(to:)`` wrote, and whose rows were checked, what a run leaves. False where a sum that
    /// came with it is not that of its rows.
    static func complete(_ path: String, runKey: String) throws -> Bool {
        let queue = try openQuickly(path)
        var isRight = true
        try queue.inDatabase { db in
            try db.inTransaction {
                try ResultsFile.createIndexes(in: db)
                for table in KeptTable.digested { try db.execute(sql: "delete from \(table.name)") }
                let kept = try TableDigests(db).sums
                isRight = try KeptTable.buildAll(in: db).allSatisfy { $0.value == kept[$0.key, default: SetDigest()] }
                for table in ofHistory { try db.execute(sql: "delete from \(table)") }
                try db.execute(sql: "insert into _epoch values (?)", arguments: [runKey])
                let about = try Row.fetchAll(db, sql: "select key, value from about order by n").map {
                    (key: $0[0] as String, value: $0[1] as String)
                }
                let counts = try ([.plain] + KeptNamespaces.all(in: db)).flatMap(\.tables)
                let names = TableMarks.tables(custom: try CustomTable.shapes(in: db).map(\.name), counts: counts)
                try TableMarks.write(
                    Set(names + ["digests"]), columns: [:], moved: TableMarks.MovedDocuments(),
                    content: TableMarks.content(runKey, TableDigests(db), about), to: db)
                return .commit
            }
        }
        try queue.close()
        return isRight
    }
}

/// Puts the rows of results into an empty database, where documents have the numbers that a run from nothing gives them.
private struct RenumberedRows {
    private let db: Database

    /// From the results at `path` into `db`.
    init(_ path: String, _ db: Database) throws {
        self.db = db
        try db.execute(sql: "attach ? as old", arguments: [path])
    }

    func write() throws {
        try db.inTransaction {
            try ResultsFile.create(in: db)
            let prefixes = try String.fetchAll(db, sql: "select prefix from old._namespaces order by prefix")
            let namespaces = prefixes.map(StatisticsNamespace.init(kept:))
            _ = try KeptNamespaces.bring(db, to: namespaces)
            try number()
            for table in ResultsSchema.documentTables { try copy(table) }
            try db.execute(
                sql: "insert into _document_sums select \(Self.number("d")), sums from old._document_sums")
            for kind in SharedTexts.Kind.allCases {
                try db.execute(
                    sql: "insert into \(kind.rawValue) select * from old.\(kind.rawValue) where uses > 0 order by k")
            }
            let own = ResultsSchema.simpleTables.map(\.name)
            let counts = ([.plain] + namespaces).flatMap(\.tables).map(\.stored)
            for table in own + counts + KeptTable.digested.map(\.name) + ["about", "digests", "_entity_forms"] {
                try db.execute(sql: "insert into \(SQL.name(table)) select * from old.\(SQL.name(table))")
            }
            for shape in try CustomTable.shapes(in: db, of: "old") {
                try db.execute(sql: shape.creation)
                let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
                try db.execute(
                    sql: "insert into main.\(SQL.name(shape.name)) select \(columns) from old.\(SQL.name(shape.name))")
            }
            return .commit
        }
        try db.execute(sql: "detach old")
    }

    /// Numbers the documents that have rows, or that rows of others name.
    private func number() throws {
        try db.execute(sql: "create temp table numbers (old integer primary key, new integer not null)")
        let documents = try Row.fetchAll(
            db,
            sql: """
                select d, document from old._paths where d in (select d from old._document_rows
                    union select other from old._link_rows union select other from old._document_pair_rows)
                    order by document
                """)
        let room = DocumentNumbers.room(for: documents.count)
        for (n, row) in documents.enumerated() {
            let number = (n + 1) * room
            try db.cachedStatement(sql: "insert into numbers values (?, ?)")
                .execute(arguments: [row[0] as Int, number])
            try db.cachedStatement(sql: "insert into _paths values (?, ?)")
                .execute(arguments: [number, row[1] as String])
        }
    }

    private static func number(_ old: String) -> String { "(select new from numbers where old = \(old))" }

    private func copy(_ table: DocumentTable) throws {
        var columns: [(name: String, value: String)] = table.keyColumns.map { key in
            switch key {
            case "d": (key, Self.number("t.d"))
            case "part":
                (key, "\(Self.number("t.part / \(TextParts.most)")) * \(TextParts.most) + t.part % \(TextParts.most)")
            default: (key, "t.\(key)")
            }
        }
        if table.key == .part { columns.append(("text", "t.text")) }
        for column in table.columns where table.key != .part {
            for stored in column.stored {
                let name = String(stored[..<(stored.lastIndex(of: " ") ?? stored.endIndex)])
                if case .document = column.form {
                    columns.append((name, Self.number("t.\(name)")))
                } else {
                    columns.append((name, "t.\(name)"))
                }
            }
        }
        try db.execute(
            sql: """
                insert into main.\(table.name) (\(columns.map(\.name).joined(separator: ", ")))
                select \(columns.map(\.value).joined(separator: ", ")) from old.\(table.name) t
                    order by \(table.keyColumns.map { "t.\($0)" }.joined(separator: ", "))
                """)
    }
}
