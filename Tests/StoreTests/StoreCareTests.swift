import Digests
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("Looking after a store")
struct StoreCareTests {
    /// A store with `count` results, of which each names an object of its own.
    private func filled(_ folder: String?, count: Int = 5) throws -> (store: ResultStore, keys: [ContentDigest]) {
        let store = try ResultStore(folder: folder)
        var batch = WriteBatch()
        for k in 0..<count {
            let bytes = content(k)
            var parts = KeyFields()
            parts.add("input", bytes)
            let digest = ContentDigest(of: bytes)
            batch.objects.append(KeptObject(digest, bytes, "text"))
            batch.results.append(
                KeptResult(
                    key: ContentDigest(of: parts.encoded), step: k < 2 ? "a" : "b", parts: parts,
                    result: StepResult(.layers([.init("text", digest)]))))
        }
        try store.write(batch)
        return (store, batch.results.map(\.key))
    }

    private func object(_ k: Int) -> ContentDigest {
        ContentDigest(of: content(k))
    }

    /// Bytes that no compression makes shorter.
    private func content(_ k: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(k))
        return random.bytes(100 * (k + 1))
    }

    private func tamper(_ project: TemporaryProject, _ sql: String) throws {
        try DatabaseQueue(path: project.path("s/store.sqlite")).write { try $0.execute(sql: sql) }
    }

    @Test("the size is told by kind and by step")
    func size() throws {
        let size = try filled(nil).store.size()
        #expect(size.objects == .init(count: 5, bytes: 1500))
        #expect(size.results.count == 5 && size.others == .init())
        #expect(
            size.steps.mapValues(\.objects) == ["a": .init(count: 2, bytes: 300), "b": .init(count: 3, bytes: 1200)])
    }

    @Test("a checkup finds each damaged row of every kind, and repair throws these away and no other")
    func checkup() async throws {
        let project = try TemporaryProject()
        let (store, keys) = try filled(project.path("s"))
        _ = try store.append(run: "{}", of: "p")
        _ = try store.append(run: "{}", of: "p")
        let stamp = FileStamp(size: 1, modified: 2, changed: 3, inode: 4)
        try store.update(fileRecords: ["a", "b"].map { ($0, FileRecord(stamp: stamp, seen: 9, digest: object(0))) })
        #expect(try await store.checkup(jobs: 3).isSound)

        try tamper(
            project,
            """
            UPDATE objects SET start = start + 1 WHERE id = 2;
            UPDATE results SET start = start + 1 WHERE id = 1;
            UPDATE results SET length = length - 1 WHERE id = 5;
            UPDATE runs SET record = '{"a":1}' WHERE id = 1;
            UPDATE files SET digest = zeroblob(32) WHERE path = 'b';
            """)
        let found = try await store.checkup(jobs: 3)
        #expect(Set(found.damagedObjects.keys) == [2] && found.damagedResults == [1: "a", 5: "b"])
        #expect(found.damagedRuns == [1] && found.damagedFiles == [Array("b".utf8)])
        #expect(found.problems.count == 5)

        try store.repair(found)
        #expect(try await store.checkup(jobs: 1).isSound)
        #expect(try store.object(object(1)) == nil && (try store.object(object(2))) != nil)
        #expect(try store.reader.result(keys[1]) != nil)
        #expect(try store.fileRecords().keys.sorted() == ["a"])
    }

    @Test("a damaged record of a file or of a run is not used")
    func damagedRecords() throws {
        let project = try TemporaryProject()
        let store = try ResultStore(folder: project.path("s"))
        _ = try store.append(run: "one", of: "p")
        let stamp = FileStamp(size: 1, modified: 2, changed: 3, inode: 4)
        try store.update(fileRecords: [("a", FileRecord(stamp: stamp, seen: 9, digest: object(0)))])
        try tamper(project, "UPDATE files SET seen = seen + 1; UPDATE runs SET record = 'two'")
        #expect(try store.fileRecords().isEmpty)
        #expect(try store.runs(of: "p", limit: 5).isEmpty)
    }

    @Test("a value of another type than was written is damage, and no crash")
    func otherTypes() throws {
        let project = try TemporaryProject()
        let (store, keys) = try filled(project.path("s"), count: 1)
        try tamper(project, "UPDATE objects SET length = x'07'; UPDATE results SET pack = 1.5, step = x'FF'")
        #expect(try store.object(object(0)) == nil)
        #expect(try store.reader.result(keys[0]) == nil)
        #expect(try store.reader.parts(keys[0]) == nil)
        #expect(store.takeDamage().count == 2)
    }

    @Test("what is found under the beginning of another digest is not taken for it, and makes way")
    func sameBeginning() async throws {
        let project = try TemporaryProject()
        let (store, keys) = try filled(project.path("s"), count: 2)
        try tamper(
            project,
            """
            DELETE FROM objects WHERE digest = \(object(1).short); DELETE FROM results WHERE key = \(keys[1].short);
            UPDATE objects SET digest = \(object(1).short); UPDATE results SET key = \(keys[1].short)
            """)
        #expect(try !store.reader.lacks([keys[1]]))
        #expect(try await store.checkup(jobs: 1).problems.count == 2)
        #expect(try store.object(object(1)) == nil)
        #expect(try store.reader.result(keys[1]) == nil && store.reader.parts(keys[1]) == nil)
        #expect(store.takeDamage().count == 2)
        // it is thrown away with what is written next
        var batch = WriteBatch()
        batch.objects = [KeptObject(object(1), content(1), "text")]
        try store.write(batch)
        #expect(try store.object(object(1)) == content(1))
    }

    @Test("a table under another name is damage: the store is moved aside")
    func renamedTable() throws {
        let project = try TemporaryProject()
        _ = try filled(project.path("s"), count: 1)
        try tamper(project, "ALTER TABLE objects RENAME TO objectr")
        var notes: [String] = []
        let store = try ResultStore(folder: project.path("s")) { notes.append($0) }
        #expect(notes.count == 1 && project.exists("s/store.sqlite.damaged"))
        #expect(try store.object(object(0)) == nil)
    }

    @Test("what nothing reaches is thrown away, and what is reached stays")
    func collect() async throws {
        let project = try TemporaryProject()
        let (store, keys) = try filled(project.path("s"))
        let stamp = FileStamp(size: 1, modified: 2, changed: 3, inode: 4)
        try store.update(
            fileRecords: ["gone", "here"].map { ($0, FileRecord(stamp: stamp, seen: 9, digest: object(0))) })
        let reachable = Reachable(results: [keys[0], keys[3]], objects: [object(4)])
        let collected = try store.collect(keeping: reachable, maxBytes: nil) { $0 == "gone" }
        #expect(collected.results == 3 && collected.objects == .init(count: 2, bytes: 500) && collected.needed == 0)
        #expect(try (0..<5).filter { try store.object(object($0)) != nil } == [0, 3, 4])
        #expect(try store.fileRecords().keys.sorted() == ["here"])
        #expect(try await store.checkup(jobs: 1).isSound)
    }

    @Test("with a limit the oldest objects go until the rest fits")
    func limit() throws {
        let (store, keys) = try filled(nil)
        let collected = try store.collect(keeping: Reachable(results: Set(keys)), maxBytes: 1200) { _ in false }
        #expect(collected.needed == 3)
        #expect(try (0..<5).filter { try store.object(object($0)) != nil } == [3, 4])
    }

    @Test("results that the last runs took others for are kept as long as these runs are")
    func retired() throws {
        let (store, keys) = try filled(nil)
        for run in 0..<3 {
            try store.retire([keys[run]])
            _ = try store.append(run: "{}", of: "p")
        }
        #expect(try store.retired(keepingRuns: 1) == [])
        #expect(try store.retired(keepingRuns: 2) == [keys[2]])
        #expect(try store.retired(keepingRuns: 3) == [keys[1], keys[2]])
        #expect(try store.retired(keepingRuns: 9) == Set(keys[..<3]))
        try store.forgetRetired(except: [keys[2]])
        #expect(try store.retired(keepingRuns: 9) == [keys[2]])
    }

    @Test("whoever throws away waits until nobody else has the store open, and keeps others out")
    func alone() async throws {
        let project = try TemporaryProject()
        let folder = project.path("s")
        let store = try ResultStore(folder: folder)
        var other: ResultStore? = try ResultStore(folder: folder)
        let waiting = Task { try await store.alone(waiting: {}) { true } }
        try await Task.sleep(for: .milliseconds(100))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try other?.size().objects.count == 0)
        other = nil
        #expect(try await store.alone(waiting: {}) { true })
    }

    @Test("a result that another process wrote in the meantime is counted and not written twice")
    func doubled() throws {
        let project = try TemporaryProject()
        let (first, _) = try filled(project.path("s"), count: 3)
        let (second, keys) = try filled(project.path("s"), count: 4)
        #expect(first.takeDoubled() == 0 && second.takeDoubled() == 3 && second.takeDoubled() == 0)
        #expect(try second.reader.result(keys[3]) != nil)
    }
}
