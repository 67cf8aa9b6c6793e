import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Results

@Suite("A database in pieces")
struct PiecedDatabaseTests {
    /// A database of some thousand rows, and its bytes.
    private func make() throws -> (folder: TemporaryProject, bytes: [UInt8]) {
        let folder = try TemporaryProject(["standing.sqlite": ""])
        let queue = try DatabaseQueue(path: folder.path("a.sqlite"))
        try queue.write { db in
            try db.execute(sql: "create table t (n integer primary key, text text)")
            for n in 0..<5000 { try db.execute(sql: "insert into t values (?, ?)", arguments: [n, "row \(n * n)"]) }
        }
        try queue.close()
        return (folder, try folder.bytes(of: "a.sqlite"))
    }

    private func pieces(
        of bytes: [UInt8], size: Int = 1000, read: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) -> PiecedDatabase {
        PiecedDatabase(size: bytes.count, piece: size) { number in
            try read(number)
            return Array(bytes[number * size..<min(bytes.count, (number + 1) * size)])
        }
    }

    @Test(
        "it reads as the file does, whatever the size of its pieces, and only the pieces that are needed",
        arguments: [
            500, 1000, 4096, 1 << 20,
        ])
    func reading(size: Int) throws {
        let (folder, bytes) = try make()
        let asked = Counted()
        let database = pieces(of: bytes, size: size) { asked.add($0) }
        try database.standing(at: folder.path("standing.sqlite")) {
            let queue = try ResultsFile.open(folder.path("standing.sqlite"), readonly: true)
            let text = try queue.read { try String.fetchOne($0, sql: "select text from t where n = 4321") }
            #expect(text == "row \(4321 * 4321)")
            #expect(asked.numbers.count < max(2, bytes.count / size))
            let sum = try queue.read { try Int.fetchOne($0, sql: "select sum(n) from t where text like 'row %'") }
            let found = try queue.read { try String.fetchOne($0, sql: "pragma integrity_check") }
            #expect(sum == 5000 * 4999 / 2 && found == "ok")
            #expect(throws: DatabaseError.self) {
                try ResultsFile.open(folder.path("standing.sqlite"), readonly: false).write {
                    try $0.execute(sql: "delete from t")
                }
            }
        }
        // Behind that, the path is the file that stands there; other files were never anything else.
        let count = try ResultsFile.open(folder.path("standing.sqlite"), readonly: true).read {
            try Int.fetchOne($0, sql: "select count(*) from sqlite_schema")
        }
        #expect(count == 0)
        #expect(try folder.bytes(of: "a.sqlite") == bytes)
    }

    @Test("a piece that can't be had is an error, and is told as what it was")
    func lostPiece() throws {
        let (folder, bytes) = try make()
        let database = pieces(of: bytes) { if $0 > 40 { throw ResultsError("piece \($0) is lost") } }
        try database.standing(at: folder.path("standing.sqlite")) {
            let queue = try ResultsFile.open(folder.path("standing.sqlite"), readonly: true)
            #expect(throws: DatabaseError.self) {
                try queue.read { try Int.fetchOne($0, sql: "select sum(length(text)) from t") }
            }
        }
        #expect((database.problem as? ResultsError)?.summary.hasSuffix("is lost") == true)
    }
}

/// Numbers that were asked for.
private final class Counted: Sendable {
    private let found = Mutex<Set<Int>>([])
    var numbers: Set<Int> { found.withLock { $0 } }
    func add(_ number: Int) { found.withLock { _ = $0.insert(number) } }
}
