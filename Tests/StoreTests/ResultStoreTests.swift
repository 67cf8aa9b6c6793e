import Foundation
import GRDB
import Digests
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("The store of results")
struct ResultStoreTests {
    /// A batch with one result whose layer is `bytes`.
    private func batch(_ bytes: [UInt8], step: StepID = "clean.text") -> (key: ContentDigest, batch: WriteBatch) {
        var parts = KeyFields()
        parts.add("step", step.description)
        parts.add("input", bytes)
        let digest = ContentDigest(of: bytes)
        let key = ContentDigest(of: parts.encoded)
        var batch = WriteBatch()
        batch.objects = [KeptObject(digest, bytes, "text")]
        batch.results = [
            KeptResult(key: key, step: step, parts: parts, result: StepResult(.layers([.init("text", digest)])))
        ]
        return (key, batch)
    }

    /// Changes the database of a store behind its back.
    private func tamper(_ project: TemporaryProject, _ sql: String) throws {
        try DatabaseQueue(path: project.path("s/store.sqlite")).write { try $0.execute(sql: sql) }
    }

    @Test("a result that was found to be wrong is not taken from elsewhere again, and one that is computed is")
    func wrong() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        let (key, batch) = batch([1, 2, 3])
        let (other, second) = self.batch([4])
        try store.write(batch, isForeign: true)
        try store.note(origin: "a pack", name: "pack", of: [key])
        #expect(store.origin(of: key) == "a pack" && store.origin(of: other) == nil)
        try store.discard(results: [key])
        try store.write(batch, isForeign: true)
        try store.write(second, isForeign: true)
        #expect(try store.reader.results([key, other]).map { $0 == nil } == [true, false])
        try store.write(batch)
        #expect(try store.reader.result(key) != nil)
    }

    @Test("what was written is read again, after a restart as well", arguments: [0, 1, 1 << 20, 1 << 20 + 1])
    func roundTrip(size: Int) throws {
        let project = try TemporaryProject()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (key, batch) = batch(bytes)
        var store = try ResultStore(folder: project.path("s"))
        try store.write(batch)
        for _ in 0..<2 {
            #expect(try store.object(ContentDigest(of: bytes)) == bytes)
            #expect(try store.reader.result(key) == batch.results[0].result)
            #expect(try store.reader.parts(key)?.encoded == batch.results[0].parts.encoded)
            store = try ResultStore(folder: project.path("s"))
        }
        #expect(store.takeDamage().isEmpty)
    }

    @Test("only objects over 1 MiB stand in files of their own")
    func largeObjects() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        try store.write(batch([1, 2, 3]).batch)
        #expect(!project.exists("s/objects"))
        let large = [UInt8](repeating: 7, count: 1 << 20 + 1)
        try store.write(batch(large).batch)
        let name = ContentDigest(of: large).description
        #expect(try project.bytes(of: "s/objects/\(name.prefix(2))/\(name.dropFirst(2))") == large)
    }

    @Test("what the store has not is nil, not an error")
    func missing() throws {
        let store = try ResultStore(folder: nil)
        #expect(try store.object(ContentDigest(of: [1])) == nil)
        #expect(try store.reader.result(ContentDigest(of: [1])) == nil)
        #expect(store.takeDamage().isEmpty)
    }

    @Test("a damaged object is told, not served, and replaced by the next write")
    func damagedObject() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        let written = batch([1, 2, 3]).batch
        try store.write(written)
        try store.damageEveryObject()
        #expect(try store.object(ContentDigest(of: [1, 2, 3])) == nil)
        #expect(store.takeDamage().count == 1)
        try store.write(written)
        #expect(try store.object(ContentDigest(of: [1, 2, 3])) == [1, 2, 3])
    }

    @Test("a damaged file of an object is told, not served, and replaced")
    func damagedFile() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        let large = [UInt8](repeating: 7, count: 1 << 20 + 1)
        try store.write(batch(large).batch)
        let name = ContentDigest(of: large).description
        let path = "s/objects/\(name.prefix(2))/\(name.dropFirst(2))"
        for damage in [Array(large.dropLast()), nil] {
            if let damage { try project.write(damage, to: path) } else { try project.remove(path) }
            #expect(try store.object(ContentDigest(of: large)) == nil)
            #expect(store.takeDamage().count == 1)
            try store.write(batch(large).batch)
            #expect(try store.object(ContentDigest(of: large)) == large)
        }
    }

    @Test("a result that is damaged, or that answers for another key, is not served")
    func damagedResult() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        let (one, first) = batch([1])
        let (two, second) = batch([2])
        try store.write(first)
        try store.write(second)
        try tamper(project, "UPDATE results SET pack = (SELECT pack FROM results WHERE id = 1) WHERE id = 2")
        #expect(try store.reader.result(one) != nil)
        #expect(try store.reader.result(two) == nil)
        #expect(store.takeDamage() == ["a result of 'clean.text' was damaged and is recomputed"])
        try store.write(second)
        #expect(try store.reader.result(two) != nil)
    }

    @Test("a file that is no database is moved aside, and a new store begun")
    func noDatabase() throws {
        let text = String(repeating: "not a database. ", count: 100)
        let project = try TemporaryProject(["s/store.sqlite": text])
        var notes: [String] = []
        let store = try ResultStore(folder: project.path("s")) { notes.append($0) }
        #expect(notes.count == 1)
        #expect(try project.text(of: "s/store.sqlite.damaged") == text)
        let (key, written) = batch([1])
        try store.write(written)
        #expect(try store.reader.result(key) != nil)
    }

    @Test("a database of something else is moved aside unharmed")
    func foreignDatabase() throws {
        let project = try TemporaryProject(["s/x": ""])
        try tamper(project, "CREATE TABLE t(a); INSERT INTO t VALUES (42)")
        var notes: [String] = []
        _ = try ResultStore(folder: project.path("s")) { notes.append($0) }
        #expect(notes.count == 1)
        let old = try DatabaseQueue(path: project.path("s/store.sqlite.damaged"))
        #expect(try old.read { try Int.fetchOne($0, sql: "SELECT a FROM t") } == 42)
    }

    @Test("a store of an earlier release is begun anew, and that is told")
    func older() throws {
        let project = try TemporaryProject()
        let (key, written) = batch([1])
        do { try ResultStore(folder: project.path("s")).write(written) }
        try tamper(project, "PRAGMA user_version = 2")
        var renewed = 0
        for _ in 0..<2 {
            let store = try ResultStore(folder: project.path("s"), renewed: { renewed += 1 })
            #expect(try store.reader.result(key) == nil)
        }
        #expect(renewed == 1)
    }

    @Test("a store of a later release is refused and stays as it is")
    func newer() throws {
        let project = try TemporaryProject()
        _ = try ResultStore(folder: project.path("s"))
        try tamper(project, "PRAGMA user_version = 99")
        #expect(throws: StoreProblem.newer(path: project.path("s/store.sqlite"), version: 99)) {
            _ = try ResultStore(folder: project.path("s"))
        }
        #expect(!project.exists("s/store.sqlite.damaged"))
    }

    @Test("damage found on the way names the database that has to be put aside")
    func damageOnTheWay() throws {
        let project = try TemporaryProject()
        let path = project.path("s/store.sqlite")
        do {
            let store = try ResultStore(folder: project.path("s"))
            for k in 0..<200 { try store.write(batch([UInt8](repeating: UInt8(k), count: 500)).batch) }
            try store.access(write: true) { db in _ = try Row.fetchAll(db, sql: "SELECT 1") }
        }
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        var bytes = try project.bytes(of: "s/store.sqlite")
        // The first page says that it is a store; everything behind it is spoiled.
        for k in stride(from: 4096, to: bytes.count, by: 13) { bytes[k] ^= 0x5A }
        try project.write(bytes, to: "s/store.sqlite")
        let store = try ResultStore(folder: project.path("s"))
        #expect(throws: StoreProblem.damaged(path: path)) {
            for k in 0..<200 {
                _ = try store.object(ContentDigest(of: [UInt8](repeating: UInt8(k), count: 500)))
                try store.write(batch([UInt8(k), 1]).batch)
            }
        }
        try DamagedFile.putAside(path)
        #expect(project.exists("s/store.sqlite.damaged") && !project.exists("s/store.sqlite"))
    }

    @Test("a folder that can't be made is told with its reason")
    func noFolder() throws {
        let project = try TemporaryProject(["file": ""])
        #expect(throws: StoreProblem.failed(path: project.path("file"), reason: "not a directory")) {
            _ = try ResultStore(folder: project.path("file/s"))
        }
    }

    @Test("several stores on one folder see what the others write")
    func shared() async throws {
        let project = try TemporaryProject()
        let folder = project.path("s")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                let batches = (0..<20).map { batch([UInt8(worker), UInt8($0)]).batch }
                group.addTask {
                    let store = try ResultStore(folder: folder)
                    for batch in batches { try store.write(batch) }
                }
            }
            try await group.waitForAll()
        }
        let store = try ResultStore(folder: folder)
        for worker in 0..<4 {
            for k in 0..<20 {
                #expect(try store.object(ContentDigest(of: [UInt8(worker), UInt8(k)])) == [UInt8(worker), UInt8(k)])
            }
        }
    }

    @Test("records of runs are listed by pipeline, the newest first")
    func runs() throws {
        let store = try ResultStore(folder: nil)
        for (record, pipeline) in [("1", "a"), ("2", "b"), ("3", "a")] {
            _ = try store.append(run: record, of: pipeline)
        }
        #expect(try store.runs(of: "a", limit: 9).map(\.record) == ["3", "1"])
        #expect(try store.runs(of: nil, limit: 2).map(\.number) == [3, 2])
    }
}
