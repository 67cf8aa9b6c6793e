import Foundation
import GRDB
import StageKit

/// The file beside a site in which its record is kept.
///
/// It is a cache: a site whose record is lost or damaged is made as if there were none.
final class RecordFile {
    private let queue: DatabaseQueue
    /// What was kept; nil where there is nothing that holds for the site.
    let record: SiteRecord?

    private static let creation = """
        create table facts (name text primary key, value text not null) without rowid;
        create table documents (document text primary key, sums blob not null, head integer not null, parts blob not null,
            told blob not null) without rowid;
        create table entities (entity text primary key, label integer not null, rest integer not null) without rowid;
        create table files (path text primary key, subject integer not null, key integer not null, size integer not null,
            modified integer not null, inode integer not null) without rowid;
        """

    /// Opens the record at `path`. It holds only for a site of the same `version`, which stands for the code and for what
    /// all pages show. With `anew` it does not hold in any case.
    init(at path: String, version: String, anew: Bool) throws {
        if !anew, let (queue, record) = try? Self.read(path, version: version) {
            self.queue = queue
            self.record = record
            return
        }
        for end in ["", "-journal", "-wal", "-shm"] { unlink(path + end) }
        queue = try DatabaseQueue(path: path)
        record = nil
        try queue.write { db in
            try db.execute(sql: Self.creation)
            try db.execute(sql: "insert into facts values ('version', ?)", arguments: [version])
        }
    }

    /// Something in the record is not what a record holds.
    private struct Damage: Error {}

    private static func read(_ path: String, version: String) throws -> (DatabaseQueue, SiteRecord) {
        guard FileManager.default.fileExists(atPath: path) else { throw Damage() }
        let queue = try DatabaseQueue(path: path)
        let record = try queue.read { db in
            var facts: [String: String] = [:]
            for row in try Row.fetchAll(db, sql: "select name, value from facts") { facts[row[0]] = row[1] }
            guard facts["version"] == version, facts["whole"] != nil else { throw Damage() }
            var record = SiteRecord()
            try each(db, "select document, sums, head, parts, told from documents") { row in
                record.documents[row[0]] = try document(row)
            }
            try each(db, "select entity, label, rest from entities") { row in
                record.entities[row[0]] = .init(
                    label: UInt64(bitPattern: row[1]), rest: UInt64(bitPattern: row[2]))
            }
            try each(db, "select path, subject, key, size, modified, inode from files") { row in
                record.files[row[0]] = .init(
                    subject: SiteSubject(stored: row[1]), key: UInt64(bitPattern: row[2]),
                    stamp: PageStamp(size: row[3], modified: row[4], inode: row[5]))
            }
            return record
        }
        return (queue, record)
    }

    private static func each(_ db: Database, _ sql: String, _ body: (Row) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() { try body(row) }
    }

    private static func document(_ row: Row) throws -> SiteRecord.Document {
        var document = SiteRecord.Document(sums: bytes(row[1]), head: UInt64(bitPattern: row[2]))
        var reader = ByteReader(bytes(row[3]))
        document.parts = try reader.list { reader throws(LayerError) in try reader.integer() }
        let told = bytes(row[4])
        guard told.count % 8 == 0 else { throw Damage() }
        document.told = told.withUnsafeBytes { told in
            stride(from: 0, to: told.count, by: 8).map { at in
                let value = UInt64(littleEndian: told.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                return SiteSubject(stored: Int(Int64(bitPattern: value)))
            }
        }
        return document
    }

    private static func bytes(_ data: Data) -> [UInt8] { Array(data) }

    /// Notes that pages are about to be written: until ``keep(_:)`` the record does not hold.
    func begin() throws {
        try queue.write { try $0.execute(sql: "delete from facts where name = 'whole'") }
    }

    /// Keeps `record`, of which the rows that differ from what was kept are written.
    func keep(_ new: SiteRecord) throws {
        let old = record ?? SiteRecord()
        try queue.write { db in
            for document in old.documents.keys where new.documents[document] == nil {
                try db.cachedStatement(sql: "delete from documents where document = ?").execute(arguments: [document])
            }
            for (id, document) in new.documents.sorted(by: { $0.key < $1.key }) where old.documents[id] != document {
                var parts = ByteWriter()
                parts.write(list: document.parts) { $0.write($1) }
                var told = Data(capacity: document.told.count * 8)
                for subject in document.told {
                    withUnsafeBytes(of: subject.value.littleEndian) { told.append(contentsOf: $0) }
                }
                try db.cachedStatement(sql: "insert or replace into documents values (?, ?, ?, ?, ?)").execute(
                    arguments: [
                        id, Data(document.sums), Int64(bitPattern: document.head), Data(parts.bytes), told,
                    ])
            }
            for entity in old.entities.keys where new.entities[entity] == nil {
                try db.cachedStatement(sql: "delete from entities where entity = ?").execute(arguments: [entity])
            }
            for (id, entity) in new.entities.sorted(by: { $0.key < $1.key }) where old.entities[id] != entity {
                try db.cachedStatement(sql: "insert or replace into entities values (?, ?, ?)").execute(
                    arguments: [id, Int64(bitPattern: entity.label), Int64(bitPattern: entity.rest)])
            }
            for path in old.files.keys where new.files[path] == nil {
                try db.cachedStatement(sql: "delete from files where path = ?").execute(arguments: [path])
            }
            for (path, file) in new.files.sorted(by: { $0.key < $1.key }) where old.files[path] != file {
                try db.cachedStatement(sql: "insert or replace into files values (?, ?, ?, ?, ?, ?)").execute(
                    arguments: [
                        path, file.subject.stored, Int64(bitPattern: file.key), file.stamp.size, file.stamp.modified,
                        file.stamp.inode,
                    ])
            }
            try db.execute(sql: "insert or replace into facts values ('whole', '')")
        }
    }
}
