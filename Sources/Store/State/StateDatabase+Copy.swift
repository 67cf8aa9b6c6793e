import Foundation
internal import GRDB
import Model
import StageKit

extension StateDatabase {
    /// Makes a state at `path` that goes on from where this one left off, without the facts `names`: a run with other
    /// settings then has as little to do as after an edit of the pipeline.
    ///
    /// Every row is sealed anew, for the state that it is a part of from now on. The file appears under its name when
    /// all of it is there.
    ///
    /// With `isCutAnew`, states that hold the same give the same bytes, whatever runs came before: documents are numbered in
    /// the order of their ids, and the pages of tables are cut as those of a table that is made at once.
    package func copy(to path: String, without names: Set<String>, isCutAnew: Bool = false) throws(StoreProblem) {
        let aside = path + ".part"
        do {
            try FileWriting.makeFolder(Pipeline.folder(of: path))
            unlink(aside)
            // What an index has lost would be left out without a word.
            if isCutAnew { try checkIndexes() }
            try write(to: aside, as: path, without: names, isCutAnew: isCutAnew)
            guard rename(aside, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        } catch {
            unlink(aside)
            // What can't be read is of this state; what can't be written, of the other.
            throw StoreProblem(error, path: error is DamagedState || error is LayerError ? self.path : path)
        }
    }

    private func write(to aside: String, as path: String, without names: Set<String>, isCutAnew: Bool) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA page_size = \(Self.pageSize); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        let copy = try DatabaseQueue(path: aside, configuration: configuration)
        try access { db in
            try copy.write { copy in
                try SQLiteFile.create(copy, version: Self.version, schema: Self.schema)
                try pour(db, into: copy, as: Self.identity(of: path), without: names, isCutAnew: isCutAnew)
            }
        }
        try copy.close()
    }

    /// Fills this state with all that `other` has, and with the facts `facts`, in one step.
    package func fill(from other: StateDatabase, adding facts: [String: [UInt8]]) throws(StoreProblem) {
        try access { own in
            try own.inTransaction(.immediate) {
                for table in Self.tables { try own.execute(sql: "DELETE FROM \(table)") }
                try other.access { try other.pour($0, into: own, as: identity, without: []) }
                for (name, value) in facts.sorted(by: { $0.key < $1.key }) { try keep(name, value, in: own) }
                return .commit
            }
        }
    }

    /// Writes every row of this state into the tables of another one, sealed for `target`.
    private func pour(
        _ db: Database, into copy: Database, as target: [UInt8], without names: Set<String>, isCutAnew: Bool = false
    ) throws {
        func sealed(_ value: Data, _ place: [UInt8]) throws -> Data {
            guard let bytes = Checked.opened(value, place: identity + place) else { throw DamagedState() }
            return Data(Checked.sealed(bytes, place: target + place))
        }
        let facts = try Row.fetchCursor(db, sql: "SELECT name, value FROM meta ORDER BY name")
        while let row = try facts.next() {
            let name = try row.decode(String.self, atIndex: 0)
            // Rows of other numbers have other sums.
            guard !names.contains(name), !isCutAnew || name != Self.indexes else { continue }
            let value = try sealed(row.decode(Data.self, atIndex: 1), Array(name.utf8))
            try copy.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
        }
        let documents = try Row.fetchCursor(
            db,
            sql: isCutAnew
                ? "SELECT row_number() OVER (ORDER BY id), id, state FROM documents ORDER BY id"
                : "SELECT number, id, state FROM documents ORDER BY number")
        while let row = try documents.next() {
            let id = try row.decode(String.self, atIndex: 1)
            try copy.cachedStatement(sql: "INSERT INTO documents VALUES (?, ?, ?)").execute(arguments: [
                row.decode(Int64.self, atIndex: 0), id,
                sealed(row.decode(Data.self, atIndex: 2), Array(id.utf8)),
            ])
        }
        guard !isCutAnew else { return try pourAnew(db, into: copy, as: target) }
        let pages = try Row.fetchCursor(db, sql: "SELECT id, name, start, bytes FROM pages ORDER BY name, start")
        while let row = try pages.next() {
            let name = try row.decode(String.self, atIndex: 1)
            let start = try row.decode(Data.self, atIndex: 2)
            try copy.cachedStatement(sql: "INSERT INTO pages VALUES (?, ?, ?, ?)").execute(arguments: [
                row.decode(Int64.self, atIndex: 0), name, start,
                sealed(row.decode(Data.self, atIndex: 3), PagedTable.place(name, Array(start))),
            ])
        }
    }
    /// Writes the tables of this state into those of another one, in pages of their own.
    private func pourAnew(_ db: Database, into copy: Database, as target: [UInt8]) throws {
        for name in try String.fetchAll(db, sql: "SELECT DISTINCT name FROM pages ORDER BY name") {
            let entries = try EntryMerge(runs: [try table(name, in: db).all()])
            try PagedTable.build(name, target, from: entries) { _ in
            } write: {
                try PagedTable(db: copy, name: name, identity: target).write($0)
            }
        }
        let sums = Packing.packed(Self.encoded(try Self.indexSums(copy)))
        try copy.execute(
            sql: "INSERT INTO meta VALUES (?, ?)",
            arguments: [
                Self.indexes, Data(Checked.sealed(sums, place: target + Array(Self.indexes.utf8))),
            ])
    }
}
