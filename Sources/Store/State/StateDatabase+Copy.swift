import Foundation
internal import GRDB
import Model

extension StateDatabase {
    /// Makes a state at `path` that goes on from where this one left off, without the facts `names`: a run with other
    /// settings then has as little to do as after an edit of the pipeline.
    ///
    /// Every row is sealed anew, for the state that it is a part of from now on. The file appears under its name when
    /// all of it is there.
    package func copy(to path: String, without names: Set<String>) throws(StoreProblem) {
        let aside = path + ".part"
        do {
            try FileWriting.makeFolder(Pipeline.folder(of: path))
            unlink(aside)
            try write(to: aside, as: path, without: names)
            guard rename(aside, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        } catch {
            unlink(aside)
            // What can't be read is of this state; what can't be written, of the other.
            throw StoreProblem(error, path: error is DamagedState ? self.path : path)
        }
    }

    private func write(to aside: String, as path: String, without names: Set<String>) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA page_size = \(Self.pageSize); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        let copy = try DatabaseQueue(path: aside, configuration: configuration)
        try access { db in
            try copy.write { copy in
                try SQLiteFile.create(copy, version: Self.version, schema: Self.schema)
                try pour(db, into: copy, as: Self.identity(of: path), without: names)
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
    private func pour(_ db: Database, into copy: Database, as target: [UInt8], without names: Set<String>) throws {
        func sealed(_ value: Data, _ place: [UInt8]) throws -> Data {
            guard let bytes = Checked.opened(value, place: identity + place) else { throw DamagedState() }
            return Data(Checked.sealed(bytes, place: target + place))
        }
        let facts = try Row.fetchCursor(db, sql: "SELECT name, value FROM meta")
        while let row = try facts.next() {
            let name = try row.decode(String.self, atIndex: 0)
            guard !names.contains(name) else { continue }
            let value = try sealed(row.decode(Data.self, atIndex: 1), Array(name.utf8))
            try copy.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
        }
        let documents = try Row.fetchCursor(db, sql: "SELECT number, id, state FROM documents ORDER BY number")
        while let row = try documents.next() {
            let id = try row.decode(String.self, atIndex: 1)
            try copy.cachedStatement(sql: "INSERT INTO documents VALUES (?, ?, ?)").execute(arguments: [
                row.decode(Int64.self, atIndex: 0), id,
                sealed(row.decode(Data.self, atIndex: 2), Array(id.utf8)),
            ])
        }
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
}
